"""A reverse proxy of a few lines, as people put one in front of `kedro viz`."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit


@contextmanager
def reverse_proxy(
    server: str, prefix: str = "", *, strips: bool = True, forwards_host: bool = True, port: int = 0
) -> Iterator[str]:
    """Have a server below a path of another one, in a thread of this process.

    Args:
        server: The address of the server.
        prefix: The path below which the proxy has it. All else is not found.
        strips: Whether the server is asked without that path.
        forwards_host: Whether the server learns the name that the browser has asked for.
        port: Its own port; 0 for any that is free.

    Yields:
        The address below which the server is now.
    """
    target = urlsplit(server).netloc
    host, target_port = target.split(":")
    loop = asyncio.new_event_loop()
    ready, stopping = threading.Event(), asyncio.Event()
    addresses: list[str] = []

    async def meet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # One request for each connection: what follows its head is handed on as it comes, in both directions.
        with suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, path, version = head[0].split(" ")
            if path != prefix and not path.startswith(f"{prefix}/"):
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
                await writer.drain()
                writer.close()
                return
            lines = [f"{method} {(path.removeprefix(prefix) or '/') if strips else path} {version}"]
            upgrades = any(line.lower() == "upgrade: websocket" for line in head)
            for line in filter(None, head[1:]):
                name = line.partition(":")[0].lower()
                if name == "host" and not forwards_host:
                    lines.append(f"Host: {target}")
                elif name != "connection" or upgrades:
                    lines.append(line)
            lines += [] if upgrades else ["Connection: close"]
            upstream_reader, upstream_writer = await asyncio.open_connection(host, int(target_port))
            upstream_writer.write("\r\n".join([*lines, "", ""]).encode("latin-1"))
            await asyncio.gather(_hand_on(reader, upstream_writer), _hand_on(upstream_reader, writer))

    async def serve() -> None:
        listening = await asyncio.start_server(meet, "127.0.0.1", port)
        addresses.append(f"http://localhost:{listening.sockets[0].getsockname()[1]}")
        ready.set()
        await stopping.wait()
        listening.close()
        # Some wait for a browser that stays connected.
        connections = asyncio.all_tasks() - {asyncio.current_task()}
        for each in connections:
            each.cancel()
        await asyncio.gather(*connections, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=[serve()], daemon=True)
    thread.start()
    assert ready.wait(30)
    try:
        yield addresses[0] + prefix
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(30)
        loop.close()


async def _hand_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError):
        while part := await reader.read(65_536):
            writer.write(part)
            await writer.drain()
        writer.close()
