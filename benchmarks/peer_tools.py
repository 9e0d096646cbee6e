"""The tools that are compared: how each is started, where its page of runs is, and what it is asked."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from api_questions import METRICS, NUMBER, Question, graphql, listed
from peer_environments import peer_python, version_of
from peer_stores import fill_mlflow
from server import answers, free_port

METRIC = METRICS[0]
LIST, FILTER, ALL_METRICS = "list of runs", "filter and sort by a metric, first 100", "6 metrics of all runs"
# How long a tool may take to start, to answer and to show its page.
MINUTES = 3
OURS = "ours"
# What a server says, in its folder.
LOG = "server.log"


@dataclass(frozen=True)
class Tool:
    """A tool with its runs, ready to be started.

    Attributes:
        name: With its version.
        command: Starts its server on a port.
        folder: Where it is started.
        health: A path that answers 200 once the server is there.
        page: The path of its page of runs.
        ready: What is on that page once runs can be seen, as a CSS selector.
        questions: What it is asked; what it cannot answer is not there.
    """

    name: str
    command: Callable[[int], Sequence[str]]
    folder: Path
    health: str
    page: str
    ready: str
    questions: Sequence[Question]


def ours(project: Path) -> Tool:
    """This Kedro-Viz."""
    by_metric = {"column": f"metrics.{METRIC}", "direction": "DESC"}
    filtered = listed(100, search=f'metrics["{METRIC}"] > 0.5{NUMBER}', orderBy=[by_metric])
    columns = Question(ALL_METRICS, {"columns": [f"metrics.{metric}" for metric in METRICS]}, "/api/run-columns")
    return Tool(
        OURS,
        lambda port: [sys.executable, "-m", "kedro", "viz", "--no-browser", "--port", str(port)],
        project,
        "/experiment-tracking",
        "/experiment-tracking",
        '[role="row"] a[href*="/runs/"]',
        (Question(LIST, listed(100)), Question(FILTER, filtered), columns),
    )


def kedro_viz_10(project: Path, runs: int) -> Tool:
    """The last Kedro-Viz that had experiment tracking. It filters and sorts nothing on the server."""
    python = peer_python("kedro-viz-10")
    runs_list = "{ runsList { id title author gitBranch gitSha bookmark notes runCommand } }"
    metrics = f"{{ runMetricsData(limit: {runs}) {{ data }} }}"
    return Tool(
        f"Kedro-Viz {version_of(python, 'kedro-viz')}",
        lambda port: [str(python), "-m", "kedro", "viz", "run", "--no-browser", "--port", str(port)],
        project,
        "/experiment-tracking",
        "/experiment-tracking",
        ".runs-list-card",
        (Question(LIST, graphql(runs_list)), Question(ALL_METRICS, graphql(metrics))),
    )


def mlflow(store: Path, folder: Path, runs: int) -> Tool:
    """MLflow, with its SQLite database."""
    python = peer_python("mlflow")
    address = fill_mlflow(python, store, folder)
    search = "/api/2.0/mlflow/runs/search"
    everything = {"experiment_ids": ["1"]}
    column = f"metrics.`{METRIC}`"
    filtered = {**everything, "filter": f"{column} > 0.5{NUMBER}", "order_by": [f"{column} DESC"], "max_results": 100}
    server = ["-m", "mlflow", "server", "--backend-store-uri", address, "--host", "127.0.0.1", "--workers", "1"]
    return Tool(
        f"MLflow {version_of(python, 'mlflow')}",
        lambda port: [str(python), *server, "--port", str(port)],
        folder,
        "/health",
        "/#/experiments/1/runs",
        'a[href*="/experiments/1/runs/"]',
        (
            Question(LIST, {**everything, "max_results": 100}, search),
            Question(FILTER, filtered, search),
            # It pages: this is the most that it gives at once.
            Question(ALL_METRICS, {**everything, "max_results": min(runs, 50_000)}, search),
        ),
    )


def log_of(tool: Tool) -> str:
    """The last that its server said."""
    return (tool.folder / LOG).read_text(errors="replace")[-3_000:]


@contextlib.contextmanager
def serving(tool: Tool) -> Iterator[int]:
    """Start a tool's server, and stop it with all its processes at the end.

    Raises:
        SystemExit: It ended by itself, or did not answer for minutes.
    """
    port = free_port()
    # What is imported here first would be imported by the others, too.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH" or tool.name == OURS}
    with (tool.folder / LOG).open("wb") as stream:
        server = subprocess.Popen(
            tool.command(port),
            cwd=tool.folder,
            env={**environment, "DO_NOT_TRACK": "1", "MLFLOW_DISABLE_TELEMETRY": "true"},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    try:
        late = time.monotonic() + 60 * MINUTES
        while not answers(port, tool.health):
            if server.poll() is not None or time.monotonic() > late:
                raise SystemExit(f"{tool.name} did not start:\n{log_of(tool)}")
            time.sleep(0.05)
        yield port
    finally:
        stop(server)


def stop(server: subprocess.Popen[bytes]) -> None:
    """End a server with all its processes, even one that does not want to."""
    for signal_ in (signal.SIGTERM, signal.SIGKILL):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal_)
        with contextlib.suppress(subprocess.TimeoutExpired):
            server.wait(timeout=10)
