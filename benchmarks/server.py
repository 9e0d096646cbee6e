"""A `kedro viz` to measure."""

from __future__ import annotations

import http.client
import math
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def answers(port: int, path: str) -> bool:
    """Whether the server answers 200."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Accept": "text/html"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


# Milliseconds of a second: looking for vanished runs and for changes goes on always.
_AT_REST = 30.0


@dataclass(frozen=True)
class Server:
    """A server that answers.

    Attributes:
        port: Where.
        pid: Of its process.
    """

    port: int
    pid: int

    def processor_time(self) -> float:
        """Milliseconds of processor time that it has taken; not a number where the system does not tell."""
        try:
            # After the name in brackets, which may hold anything, stands the third field.
            fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            return math.nan
        return 1000 * (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def come_to_rest(self) -> None:
        """Wait until what it does after its start is done: it has taken hardly any processor time for a second."""
        before = -math.inf
        while (now := self.processor_time()) > before + _AT_REST:
            before = now
            time.sleep(1)


@contextmanager
def kedro_viz(project: Path) -> Iterator[int]:
    """Start `kedro viz` in a project, give its port once the experiments page answers, stop it at the end.

    Raises:
        SystemExit: It ended by itself.
    """
    with serving(project) as server:
        yield server.port


@contextmanager
def serving(project: Path) -> Iterator[Server]:
    """Like `kedro_viz`, and gives its process, too.

    Raises:
        SystemExit: It ended by itself.
    """
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "kedro", "viz", "--no-browser", "--port", str(port)],
        cwd=project,
        env={**os.environ, "DO_NOT_TRACK": "1"},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not answers(port, "/experiment-tracking"):
            if server.poll() is not None:
                raise SystemExit(f"kedro viz in {project} ended with exit code {server.returncode}")
            time.sleep(0.01)
        yield Server(port, server.pid)
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
