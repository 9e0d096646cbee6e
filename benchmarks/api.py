"""How fast does the API answer with many runs?

Makes a store with `generate_store.py`, serves it with `kedro viz`, and asks what the pages ask. "Cold" is the first
request of its kind to a server that has just started, "warm" the median of the following ones. All requests come over
one connection, as a browser's do.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import statistics
import tempfile
import time
from pathlib import Path
from textwrap import dedent

from kedro import __version__ as kedro_version

from generate_store import DATASETS, generate_store, run_id
from server import kedro_viz
from table import print_table

SETTINGS = """
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""

METRICS = json.dumps([f"{dataset}.{key}" for dataset in DATASETS for key in ("r2_score", "mae", "max_error")])
# What the list of runs asks for, with six metrics as columns.
RUN = f"id title status startedAt duration author gitBranch gitSha bookmark metricValues(metrics: {METRICS})"
PAGE = "{ edges { cursor node { " + RUN + " } } totalCount pageInfo { hasNextPage endCursor } }"
BY_METRIC = f'orderBy: {{field: METRIC, metric: "{DATASETS[0]}.r2_score"}}'
QUESTIONS = {
    "runs: first page of 50": "{ runs(first: 50) " + PAGE + " }",
    "runs: first page by a metric": "{ runs(first: 50, " + BY_METRIC + ") " + PAGE + " }",
    "runs: search": '{ runs(first: 50, search: "tuning") ' + PAGE + " }",
    "runs: search by a parameter": '{ runs(first: 50, search: "model_options.depth=7") ' + PAGE + " }",
    "metricTable: every metric of every run": "{ metricTable { runIds startedAt columns { id values } } }",
    "runMetricsData(limit: 25)": "{ runMetricsData(limit: 25) { data } }",
    "runMetricsData(limit: all)": "{ runMetricsData(limit: %d) { data } }",
    "runsList: all at once": "{ runsList { id title bookmark gitSha notes } }",
    "runMetadata: 100 runs with data, packages, code and series": (
        f"{{ runMetadata(runIds: {json.dumps([run_id(number) for number in range(0, 1_000, 10)])}) {{ id "
        "dataUses { dataset saved fingerprint } environment { python packages { name version } } "
        "source { files { path hash } } series { name steps values } } }"
    ),
}


def make_project(folder: Path, runs: int, metrics: int) -> Path:
    """A Kedro project whose store has that many runs."""
    files = {
        "pyproject.toml": f"""
            [tool.kedro]
            package_name = "benchmark"
            project_name = "Benchmark"
            kedro_init_version = "{kedro_version}"
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
    generate_store(folder / "data", runs, metrics)
    return folder


def ask(connection: http.client.HTTPConnection, query: str) -> tuple[float, int, int]:
    """Ask once.

    Returns:
        Milliseconds, bytes of the answer, and bytes of it when compressed.
    """
    started = time.perf_counter()
    body = json.dumps({"query": query})
    connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
    answer = connection.getresponse().read()
    milliseconds = (time.perf_counter() - started) * 1000
    if "errors" in json.loads(answer):
        raise SystemExit(f"{query}\n{answer[:2000].decode()}")
    return milliseconds, len(answer), len(gzip.compress(answer, 6))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=10_000, help="how many runs (default: %(default)s)")
    parser.add_argument("--metrics", type=int, default=6, help="how many metrics a run has (default: %(default)s)")
    parser.add_argument("--times", type=int, default=20, help="how often to ask when warm (default: %(default)s)")
    parser.add_argument("--starts", type=int, default=3, help="how many servers to ask cold (default: %(default)s)")
    arguments = parser.parse_args()
    cold: dict[str, list[float]] = {name: [] for name in QUESTIONS}
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        project = make_project(Path(folder), arguments.runs, arguments.metrics)
        for start in range(arguments.starts):
            for name, question in QUESTIONS.items():
                query = question % arguments.runs if "%d" in question else question
                with kedro_viz(project) as port:
                    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                    cold[name].append(ask(connection, query)[0])
                    if start == arguments.starts - 1:
                        warm = [ask(connection, query) for _ in range(arguments.times)]
                        milliseconds = statistics.median(time for time, _, _ in warm)
                        rows.append(
                            [
                                name,
                                f"{statistics.median(cold[name]):.1f} ms",
                                f"{milliseconds:.1f} ms",
                                f"{warm[0][1] / 1000:,.1f} kB",
                                f"{warm[0][2] / 1000:,.1f} kB",
                            ]
                        )
                    connection.close()
    print_table(
        f"{arguments.runs:,} runs with {arguments.metrics} metrics each",
        ["", "cold", "warm", "size", "gzip -6"],
        rows,
    )


if __name__ == "__main__":
    main()
