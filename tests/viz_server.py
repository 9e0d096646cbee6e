"""`kedro viz` as a user starts it: a process of its own, in a project's folder, asked over HTTP."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Python code that is the command `kedro`. Where tests run in a shell's background, whatever they start ignores Ctrl-C;
# this does not.
KEDRO_WITH_CTRL_C = """
import signal
from kedro.framework.cli import main

signal.signal(signal.SIGINT, signal.default_int_handler)
main()
"""

# Generous for a busy machine: only reached where the server does not come up at all.
START_SECONDS = 90


@dataclass(frozen=True)
class Answer:
    """What the server answered."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


@dataclass(frozen=True)
class VizServer:
    """A running `kedro viz`."""

    url: str
    project: Path
    process: subprocess.Popen[bytes]
    log: Path

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Ask for a path, as a browser that wants a page unless told otherwise."""
        return _ask(urllib.request.Request(self.url + path, headers={"Accept": "text/html", **(headers or {})}))

    # `Any`: an answer's shape is the query's, and a test says what it expects of it.
    def graphql(self, query: str, **variables: Any) -> dict[str, Any]:
        """Run a GraphQL operation and give its data; errors fail the test."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(f"{self.url}/graphql", data=body, headers={"Content-Type": "application/json"})
        answer = json.loads(_ask(request).body)
        assert "errors" not in answer, answer["errors"]
        data: dict[str, Any] = answer["data"]
        return data


def free_port() -> int:
    """A port that nothing listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def viz_server(
    project: Path,
    *arguments: str,
    kedro: Sequence[str] = (sys.executable, "-m", "kedro"),
    env: Mapping[str, str] | None = None,
) -> Iterator[VizServer]:
    """Start `kedro viz` in a project and stop it at the end.

    Args:
        project: The project's root.
        arguments: Further command-line arguments.
        kedro: How to call Kedro, for environments other than this one.
        env: Environment variables beside today's.

    Yields:
        The server, once it answers.

    Raises:
        AssertionError: It ended, or did not answer in time; with all that it printed.
    """
    port = free_port()
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "kedro-viz.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [*kedro, "viz", "--no-browser", "--port", str(port), *arguments],
                cwd=project,
                env={**os.environ, **(env or {})},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
            )
        try:
            server = VizServer(f"http://127.0.0.1:{port}", project, process, log)
            _wait_until_it_answers(server)
            yield server
        finally:
            process.send_signal(signal.SIGINT)
            try:
                process.wait(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def kedro_run(
    project: Path, *arguments: str, kedro: Sequence[str] = (sys.executable, "-m", "kedro")
) -> subprocess.CompletedProcess[str]:
    """Run a project's pipeline the way a user does; the answer holds exit code and output."""
    return subprocess.run(
        [*kedro, "run", *arguments],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )


def _wait_until_it_answers(server: VizServer) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        try:
            server.process.wait(timeout=0.1)
        except subprocess.TimeoutExpired:
            pass
        else:
            raise AssertionError(f"kedro viz ended by itself:\n{server.log.read_text()}")
        try:
            server.get("/experiment-tracking")
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            continue
        return
    raise AssertionError(f"kedro viz did not answer within {START_SECONDS} s:\n{server.log.read_text()}")


def _ask(request: urllib.request.Request) -> Answer:
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return Answer(answer.status, dict(answer.headers), answer.read())
    except urllib.error.HTTPError as error:
        return Answer(error.code, dict(error.headers), error.read())
