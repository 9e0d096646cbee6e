"""How do we compare with the tools that people would use instead?

Makes one history of runs for Kedro-Viz 10.2 (the last with experiment tracking), MLflow and ours, starts each tool's
own server on it, and measures what people wait for: the list of runs, the first hundred by a filter and a sort, the
metrics of all runs, and the time until the page of runs can be used in Chromium. Peers are installed into environments
of their own, in `benchmarks/.peers`. "first" is the first request of its kind to a server that has just started,
"again" the median of the next ones. Bytes are as they are sent, compressed where the server compresses.
"""

from __future__ import annotations

import argparse
import contextlib
import http.client
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from api import PAGE, make_project
from generate_store import DATASETS
from peer_environments import peer_python, version_of
from peer_stores import fill_mlflow, write_versioned_files
from server import answers, free_port
from table import print_table

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
METRIC = f"{DATASETS[0]}.r2_score"
METRICS = [f"{dataset}.{key}" for dataset in DATASETS for key in ("r2_score", "mae", "max_error")]
JSON = {"Content-Type": "application/json"}
MINUTES = 3


@dataclass(frozen=True)
class Question:
    """A request: its path, and its body as JSON."""

    path: str
    body: Mapping[str, object]


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
        questions: By what is asked. What a tool cannot be asked is not there.
    """

    name: str
    command: Callable[[int], Sequence[str]]
    folder: Path
    health: str
    page: str
    ready: str
    questions: Mapping[str, Question] = field(default_factory=dict)


LIST, FILTER, ALL_METRICS = "list of runs", "filter and sort by a metric, first 100", "6 metrics of all runs"


def graphql(query: str, **variables: object) -> Question:
    """A question in GraphQL."""
    return Question("/graphql", {"query": query, "variables": variables})


def ours(project: Path) -> Tool:
    """This Kedro-Viz."""
    by_metric = f'orderBy: {{column: "metrics.{METRIC}"}}'
    filtered = graphql(
        f"query ($search: String) {{ runs(first: 100, search: $search, {by_metric}) {PAGE} }}",
        search=f'metrics["{METRIC}"] > 0.5',
    )
    columns = Question("/api/run-columns", {"columns": [f"metrics.{metric}" for metric in METRICS]})
    return Tool(
        "ours",
        lambda port: [sys.executable, "-m", "kedro", "viz", "--no-browser", "--port", str(port)],
        project,
        "/experiment-tracking",
        "/experiment-tracking",
        '[role="row"] a[href*="/runs/"]',
        {LIST: graphql(f"{{ runs(first: 100) {PAGE} }}"), FILTER: filtered, ALL_METRICS: columns},
    )


def kedro_viz_10(project: Path, runs: int) -> Tool:
    """The last Kedro-Viz that had experiment tracking. It filters and sorts nothing on the server."""
    python = peer_python("kedro-viz-10")
    listed = "{ runsList { id title author gitBranch gitSha bookmark notes runCommand } }"
    return Tool(
        f"Kedro-Viz {version_of(python, 'kedro-viz')}",
        lambda port: [str(python), "-m", "kedro", "viz", "run", "--no-browser", "--port", str(port)],
        project,
        "/experiment-tracking",
        "/experiment-tracking",
        ".runs-list-card",
        {LIST: graphql(listed), ALL_METRICS: graphql(f"{{ runMetricsData(limit: {runs}) {{ data }} }}")},
    )


def mlflow(store: Path, folder: Path, runs: int) -> Tool:
    """MLflow, with its SQLite database."""
    python = peer_python("mlflow")
    address = fill_mlflow(python, store, folder)
    search = "/api/2.0/mlflow/runs/search"
    everything = {"experiment_ids": ["1"]}
    column = f"metrics.`{METRIC}`"
    filtered = {**everything, "filter": f"{column} > 0.5", "order_by": [f"{column} DESC"], "max_results": 100}
    server = ["-m", "mlflow", "server", "--backend-store-uri", address, "--host", "127.0.0.1", "--workers", "1"]
    return Tool(
        f"MLflow {version_of(python, 'mlflow')}",
        lambda port: [str(python), *server, "--port", str(port)],
        folder,
        "/health",
        "/#/experiments/1/runs",
        'a[href*="/experiments/1/runs/"]',
        {
            LIST: Question(search, {**everything, "max_results": 100}),
            FILTER: Question(search, filtered),
            # It pages: this is the most that it gives at once.
            ALL_METRICS: Question(search, {**everything, "max_results": min(runs, 50_000)}),
        },
    )


@contextlib.contextmanager
def serving(tool: Tool) -> Iterator[int]:
    """Start a tool's server, and stop it with all its processes at the end.

    Raises:
        SystemExit: If it ended by itself, or did not answer for ten minutes.
    """
    port = free_port()
    log = tool.folder / "server.log"
    with log.open("wb") as stream:
        server = subprocess.Popen(
            tool.command(port),
            cwd=tool.folder,
            env={**os.environ, "DO_NOT_TRACK": "1", "MLFLOW_DISABLE_TELEMETRY": "true"},
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=stream,
            start_new_session=True,
        )
    try:
        late = time.monotonic() + 60 * MINUTES
        while not answers(port, tool.health):
            if server.poll() is not None or time.monotonic() > late:
                raise SystemExit(f"{tool.name} did not start:\n{log.read_text(errors='replace')[-2_000:]}")
            time.sleep(0.05)
        yield port
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait()


def ask(port: int, question: Question) -> tuple[float, int]:
    """Ask once.

    Returns:
        Milliseconds, and bytes of the answer as it was sent.

    Raises:
        SystemExit: If the answer is an error.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60 * MINUTES)
    started = time.perf_counter()
    connection.request("POST", question.path, json.dumps(question.body), {**JSON, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    milliseconds = (time.perf_counter() - started) * 1000
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{question}\n{answer.status} {body[:2_000]!r}")
    return milliseconds, len(body)


def time_to_page(browser: Browser, tool: Tool, port: int) -> tuple[float, int]:
    """How long a new visitor waits for the runs.

    Returns:
        Milliseconds from the start of navigation until a run is on the page and the main thread is free, and bytes that
        were sent for it.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sent: list[int] = []
    client.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    started = time.perf_counter()
    page.goto(f"http://127.0.0.1:{port}{tool.page}", wait_until="commit")
    page.wait_for_selector(tool.ready, timeout=60_000 * MINUTES)
    # Whoever clicks now is answered once what is being done is done.
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    milliseconds = (time.perf_counter() - started) * 1000
    context.close()
    return milliseconds, sum(sent)


def measure(tool: Tool, browser: Browser, times: int) -> dict[str, str]:
    """All that is measured of a tool, as cells by what they are about."""
    cells = {}
    for name, question in tool.questions.items():
        with serving(tool) as port:
            first, size = ask(port, question)
            again = statistics.median(ask(port, question)[0] for _ in range(times))
        cells[name] = f"{first:,.0f} ms, again {again:,.0f} ms, {size / 1000:,.0f} kB"
    with serving(tool) as port:
        first, size = time_to_page(browser, tool, port)
        again = statistics.median(time_to_page(browser, tool, port)[0] for _ in range(3))
        cells["page of runs in Chromium"] = f"{first:,.0f} ms, again {again:,.0f} ms, {size / 1000:,.0f} kB"
    return cells


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--runs", type=int, nargs="+", default=[10, 1_000, 10_000], help="how many runs (default: %(default)s)"
    )
    parser.add_argument("--ours", type=int, nargs="*", default=[100_000], help="how many for ours alone")
    parser.add_argument("--times", type=int, default=5, help="how often to ask again (default: %(default)s)")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        )
        for runs in sorted({*arguments.runs, *arguments.ours}):
            with tempfile.TemporaryDirectory() as name:
                folder = Path(name)
                project = make_project(folder / "project", runs, len(METRICS))
                tools = [ours(project)]
                if runs in arguments.runs:
                    old = make_project(folder / "old", runs, len(METRICS), kedro="0.19.12")
                    write_versioned_files(old)
                    store = project / "data" / "session_store.db"
                    tools += [kedro_viz_10(old, runs), mlflow(store, folder / "mlflow", runs)]
                results = {tool.name: measure(tool, browser, arguments.times) for tool in tools}
            questions = [LIST, FILTER, ALL_METRICS, "page of runs in Chromium"]
            rows = [[question, *(cells.get(question, "-") for cells in results.values())] for question in questions]
            print_table(f"{runs:,} runs with {len(METRICS)} metrics each", ["", *results], rows)


if __name__ == "__main__":
    main()
