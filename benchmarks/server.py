"""A `kedro viz` to measure."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def kedro_viz(project: Path) -> Iterator[int]:
    """Start `kedro viz` in a project, give its port once the experiments page answers, stop it at the end.

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
        yield port
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()
