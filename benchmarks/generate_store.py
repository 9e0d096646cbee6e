"""Make a session store with many runs, through the package's own writer.

Each run has its metrics in two datasets, four parameters, git data and a duration; every fiftieth failed. The same
arguments make the same store.
"""

from __future__ import annotations

import argparse
import json
import random
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.events import DatasetSaved, Event, RunEnded, RunStarted, SessionSaved
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure, RunStatus

METRICS = ("r2_score", "mae", "max_error", "rmse", "training_seconds", "accuracy", "f1", "precision", "recall")
DATASETS = ("linear_regression.metrics", "random_forest.metrics")
FIRST = datetime(2024, 1, 1, tzinfo=timezone.utc)
# Runs written in one transaction: enough to be quick, few enough to stay in memory.
BATCH = 500


def run_id(number: int) -> str:
    """The session id of one of the runs, which come every 40 minutes."""
    return (FIRST + timedelta(minutes=40 * number)).strftime("%Y-%m-%dT%H.%M.%S.%f")[:-3] + "Z"


def events_of_run(number: int, metrics: int, folder: Path, chance: random.Random) -> list[Event]:
    """All that happens in one run.

    Args:
        number: Of the run, from 0.
        metrics: How many metrics it has, over both datasets.
        folder: Where the files of its datasets would be.
        chance: Where its values come from.
    """
    identity = run_id(number)
    started = int((FIRST + timedelta(minutes=40 * number)).timestamp() * 1000)
    sha, branch, author = f"{chance.getrandbits(40):010x}", chance.choice(["main", "features", "tuning"]), "benchmark"
    blob = json.dumps(
        {
            "package_name": "benchmark",
            "project_path": str(folder.parent),
            "session_id": identity,
            "username": author,
            "git": {"commit_sha": sha[:7], "dirty": False, "branch": branch},
            "cli": {"args": [], "params": {}, "command_name": "run", "command_path": "kedro run"},
        }
    )
    names = [f"{METRICS[index // 2 % len(METRICS)]}{index // 2 // len(METRICS) or ''}" for index in range(metrics)]
    events: list[Event] = [
        RunStarted(
            run_id=identity,
            started_at=started,
            blob=blob,
            author=author,
            command="kedro run",
            pipeline="__default__",
            git_sha=sha[:7],
            git_branch=branch,
            git_dirty=False,
            parameters=[
                Parameter("model_options.test_size", json.dumps(chance.choice([0.1, 0.2, 0.3]))),
                Parameter("model_options.depth", json.dumps(chance.randint(2, 20))),
                Parameter("model_options.features", json.dumps(["engines", "passenger_capacity", "crew"])),
                Parameter("seed", json.dumps(number)),
            ],
        )
    ]
    for place, dataset in enumerate(DATASETS):
        values = {name: round(chance.random(), 6) for name in names[place::2]}
        path = folder / dataset / identity / f"{dataset}.json"
        events.append(
            DatasetSaved(identity, dataset, "tracking.metrics_dataset.MetricsDataset", str(path), metrics=values)
        )
    failed = number % 50 == 49
    failure = RunFailure("ValueError", "Input contains NaN", "Traceback (most recent call last): …") if failed else None
    status = RunStatus.FAILED if failed else RunStatus.SUCCEEDED
    events.append(RunEnded(identity, started + chance.randint(2_000, 90_000), status, failure))
    events.append(SessionSaved(identity, blob))
    return events


def generate_store(folder: Path, runs: int, metrics: int, seed: int = 0) -> Path:
    """Write the store.

    Args:
        folder: Where `session_store.db` is made; it must not be there yet.
        runs: How many.
        metrics: How many each run has.
        seed: Of the values.

    Returns:
        The file.
    """
    location = folder / "session_store.db"
    if location.exists():
        raise SystemExit(f"{location} is there already.")
    folder.mkdir(parents=True, exist_ok=True)
    chance = random.Random(seed)
    writer = SQLiteWriter(location)
    for first in range(0, runs, BATCH):
        numbers = range(first, min(first + BATCH, runs))
        writer.apply([event for number in numbers for event in events_of_run(number, metrics, folder, chance)])
    writer.close()
    return location


def main() -> None:
    """Read the command line and write the store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where session_store.db is made")
    parser.add_argument("--runs", type=int, default=10_000, help="how many runs (default: %(default)s)")
    parser.add_argument("--metrics", type=int, default=6, help="how many metrics a run has (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=0, help="of the values (default: %(default)s)")
    arguments = parser.parse_args()
    location = generate_store(arguments.folder, arguments.runs, arguments.metrics, arguments.seed)
    print(f"{location}: {arguments.runs:,} runs, {location.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
