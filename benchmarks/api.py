"""How fast does the API answer with many runs?

Makes a store with `generate_store.py`, serves it with `kedro viz`, and asks what the pages ask. "Cold" is the first
request to a server that has just started and taken in what was beside the store, "warm" the median of the following
ones, "processor" the server's processor time for the first and for one of these: other programs make it wait, but take
none of that. Filters by a metric are new ones each time. All requests come over one connection, as a browser's do.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import os
import statistics
import tempfile
import time
from pathlib import Path
from textwrap import dedent

from kedro import __version__ as kedro_version

from api_questions import Question, questions
from generate_store import DATASETS, generate_store
from server import serving
from table import print_table

SETTINGS = """
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""


def make_project(folder: Path, runs: int, metrics: int, kedro: str = kedro_version, columns: int = 0) -> Path:
    """A Kedro project whose store has that many runs; see `generate_store`."""
    files = {
        "pyproject.toml": f"""
            [tool.kedro]
            package_name = "benchmark"
            project_name = "Benchmark"
            kedro_init_version = "{kedro}"
        """,
        "src/benchmark/__init__.py": "",
        "src/benchmark/settings.py": SETTINGS,
        "src/benchmark/pipeline_registry.py": """
            from kedro.pipeline import Pipeline

            def register_pipelines():
                return {"__default__": Pipeline([])}
        """,
        "conf/base/catalog.yml": "\n".join(
            f"{dataset}:\n  type: tracking.MetricsDataset\n  filepath: data/{dataset}.json" for dataset in DATASETS
        ),
        "conf/local/credentials.yml": "",
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text).lstrip())
    generate_store(folder / "data", runs, metrics, columns)
    return folder


def ask(connection: http.client.HTTPConnection, question: Question, number: int) -> tuple[float, int, int]:
    """Ask once, as a browser does.

    Args:
        connection: To the server.
        question: What to ask.
        number: How often it has been asked of this server.

    Returns:
        Milliseconds, bytes of the answer, and bytes of it as they came over the wire.
    """
    headers = {"Content-Type": "application/json", "Accept-Encoding": "gzip"}
    body = question.body(number)
    started = time.perf_counter()
    connection.request("POST", question.path, body, headers)
    response = connection.getresponse()
    sent = response.read()
    milliseconds = (time.perf_counter() - started) * 1000
    answer = gzip.decompress(sent) if response.getheader("Content-Encoding") == "gzip" else sent
    if response.status != 200 or b'"errors":' in answer[:20] + answer[-2000:]:
        raise SystemExit(f"{question.name}: {response.status}\n{answer[:2000].decode(errors='replace')}")
    return milliseconds, len(answer), len(sent)


def measure(project: Path, asked: list[Question], starts: int, times: int) -> list[list[str]]:
    """A row of the table for each question."""
    rows = []
    for question in asked:
        cold, cold_busy = [], []
        for start in range(starts):
            with serving(project) as server:
                connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
                server.come_to_rest()
                before = server.processor_time()
                cold.append(ask(connection, question, 0)[0])
                cold_busy.append(server.processor_time() - before)
                before = server.processor_time()
                warm = [ask(connection, question, 1 + n) for n in range(times if start == starts - 1 else 0)]
                busy = server.processor_time() - before
                connection.close()
        rows.append(
            [
                question.name,
                f"{statistics.median(cold):.1f} ms",
                f"{statistics.median(each for each, _, _ in warm):.1f} ms",
                f"{statistics.median(cold_busy):.0f}, {busy / times:.1f} ms",
                f"{warm[0][1] / 1000:,.1f} kB",
                f"{warm[0][2] / 1000:,.1f} kB",
            ]
        )
    return rows


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000, help="how many runs (default: %(default)s)")
    parser.add_argument("--metrics", type=int, default=6, help="how many metrics a run has (default: %(default)s)")
    parser.add_argument("--columns", type=int, default=0, help="how many metrics there are in all, if they are more")
    parser.add_argument("--times", type=int, default=20, help="how often to ask when warm (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=3, help="how many servers to ask cold (default: %(default)s)")
    parser.add_argument("--project", type=Path, help="one that was made before (default: made anew)")
    parser.add_argument("--only", default="", help="ask only what has this in its name")
    arguments = parser.parse_args()
    asked = [question for question in questions(arguments.runs) if arguments.only in question.name]
    with tempfile.TemporaryDirectory() as folder:
        project = arguments.project or make_project(
            Path(folder), arguments.runs, arguments.metrics, columns=arguments.columns
        )
        rows = measure(project, asked, arguments.starts, arguments.times)
    others = f", {arguments.columns:,} metrics in all" if arguments.columns > arguments.metrics else ""
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    print_table(
        f"{arguments.runs:,} runs with {arguments.metrics} metrics each{others}; load of the machine: {load}",
        ["", "cold", "warm", "processor", "size", "sent"],
        rows,
    )


if __name__ == "__main__":
    main()
