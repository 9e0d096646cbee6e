"""A notebook's kernel, as Jupyter starts it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

CELL_SECONDS = 120


@contextmanager
def notebook(folder: Path) -> Iterator[BlockingKernelClient]:
    """A notebook's kernel, started in a folder."""
    manager = KernelManager()
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=CELL_SECONDS)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def execute(kernel: BlockingKernelClient, code: str) -> str:
    """What a cell prints. A cell that raises fails the test."""
    printed: list[str] = []

    def collect(message: dict[str, dict[str, str]]) -> None:
        if message["header"]["msg_type"] == "stream" and message["content"]["name"] == "stdout":
            printed.append(message["content"]["text"])

    reply = kernel.execute_interactive(code, timeout=CELL_SECONDS, output_hook=collect)
    assert reply["content"]["status"] == "ok", "\n".join(reply["content"].get("traceback", []))
    return "".join(printed)
