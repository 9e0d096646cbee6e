"""What does a call of `log_metric` cost, and how many points a second can a run log?

A node of a real `kedro run` logs into a real store, while it is written in the background, and tells its own times:
single calls, then as many as it can, then a steady number a second. Afterwards the points in the store are counted.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from kedro_runs import KEDRO, Cost, run, write_project
from table import print_table

PIPELINES = """
import json
import time
from pathlib import Path

from kedro.pipeline import Pipeline, node
from kedro_viz.tracking import log_metric

RESULT = Path(__file__).parents[2] / "data" / "result.json"
CALLS, POINTS, SECONDS, RATE = {calls}, {points}, {seconds}, {rate}
SERIES = [f"loss {{n}}" for n in range(5)]


def log_calls():
    rounds = []
    for _ in range(10):
        # What was logged before is written meanwhile, and does not count.
        time.sleep(1.5)
        started = time.perf_counter()
        for step in range(CALLS):
            log_metric("loss", 0.5, step=step)
        rounds.append((time.perf_counter() - started) / CALLS)
    return sorted(rounds)


def log_much():
    started = time.perf_counter()
    for step in range(POINTS // 5):
        for name in SERIES:
            log_metric(name, 1 / (step + 1), step=step)
    return time.perf_counter() - started


def log_steadily():
    busy, late, step = 0.0, 0.0, 0
    begun = time.perf_counter()
    for tenth in range(10 * SECONDS):
        started = time.perf_counter()
        late = max(late, started - begun - tenth / 10)
        for _ in range(RATE // 50):
            for name in SERIES:
                log_metric("steady " + name, 1 / (step + 1), step=step)
            step += 1
        busy += time.perf_counter() - started
        time.sleep(max(0, begun + (tenth + 1) / 10 - time.perf_counter()))
    return {{"share": busy / SECONDS, "late": late}}


def log():
    RESULT.write_text(json.dumps({{"calls": log_calls(), "much": log_much(), "steady": log_steadily()}}))
    return "done"


def register_pipelines():
    return {{"__default__": Pipeline([node(log, None, "done", name="log")])}}
"""


def stored(store: Path) -> tuple[dict[str, int], int]:
    """How many points of each series a store has, and how many bytes they take."""
    with closing(sqlite3.connect(store)) as connection:
        counts = connection.execute("SELECT name, sum(count) FROM series_chunks GROUP BY name").fetchall()
        [(size,)] = connection.execute("SELECT sum(length(points)) FROM series_chunks").fetchall()
    return dict(counts), size


def rows_of(project: Path, arguments: argparse.Namespace, cost: Cost) -> list[list[str]]:
    """The table's rows."""
    result = json.loads((project / "data" / "result.json").read_text())
    counts, size = stored(project / "data" / "session_store.db")
    calls, steady = result["calls"], result["steady"]
    expected = {
        "loss": 10 * arguments.calls,
        **{f"loss {n}": arguments.points // 5 for n in range(5)},
        **{f"steady loss {n}": arguments.seconds * (arguments.rate // 50) * 10 for n in range(5)},
    }
    total = sum(expected.values())
    return [
        ["a call, median of ten rounds", f"{calls[5] * 1e6:.2f} µs"],
        ["a call, from … to", f"{calls[0] * 1e6:.2f} … {calls[-1] * 1e6:.2f} µs"],
        [f"{arguments.points:,} points as fast as they go", f"{arguments.points / result['much']:,.0f} points/s"],
        [f"{arguments.rate:,} points/s for {arguments.seconds} s: share of the node's time", f"{steady['share']:.2%}"],
        ["latest that a tenth of a second began", f"{steady['late'] * 1000:.1f} ms"],
        ["processor time of the whole run", f"{cost.cpu:.1f} s"],
        ["points logged", f"{total:,}"],
        ["points in the store", f"{sum(counts.values()):,}"],
        ["points lost", f"{sum(max(0, expected[name] - counts.get(name, 0)) for name in expected):,}"],
        ["bytes in the store a point", f"{size / max(1, sum(counts.values())):.1f}"],
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=50_000, help="calls a round (default: %(default)s)")
    parser.add_argument("--points", type=int, default=2_000_000, help="points to log at once (default: %(default)s)")
    parser.add_argument(
        "--rate", type=int, default=10_000, help="points a second to log steadily (default: %(default)s)"
    )
    parser.add_argument("--seconds", type=int, default=30, help="how long to log steadily (default: %(default)s)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = write_project(
            Path(folder) / "logging_project",
            PIPELINES.format(
                calls=arguments.calls, points=arguments.points, seconds=arguments.seconds, rate=arguments.rate
            ),
        )
        cost = run(project, KEDRO)
        rows = rows_of(project, arguments, cost)
    print_table("`log_metric` in a `kedro run`", ["", "measured"], rows)


if __name__ == "__main__":
    main()
