"""Make a session store with many runs, through the package's own writer.

Each run has its metrics in two datasets, eight parameters, git data and a duration; what it ran with (its code changes
with every tenth run, its packages with every hundredth), the data it used, and a series. Every fiftieth failed, every
third has a tag. With `--columns`, there are more metrics than each run has: experiments of 100 runs each have 20 of the
others. The same arguments make the same store.
"""

from __future__ import annotations

import argparse
import base64
import functools
import json
import math
import random
from collections.abc import Sequence
from datetime import datetime, timedelta, timezone
from pathlib import Path

from kedro_viz.store.editing.run_details import RunDetails, RunEdit
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    RunContext,
    RunEnded,
    RunStarted,
    SeriesLogged,
    SessionSaved,
)
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.parameters import flatten_parameters
from kedro_viz.tracking.run import RunFailure, RunStatus
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment, Package

METRICS = ("r2_score", "mae", "max_error", "rmse", "training_seconds", "accuracy", "f1", "precision", "recall")
DATASETS = ("linear_regression.metrics", "random_forest.metrics")
FIRST = datetime(2024, 1, 1, tzinfo=timezone.utc)
DATA = ("companies", "reviews", "shuttles")
FILES = 40
PACKAGES = 150
STEPS = 100
# Runs written in one transaction: enough to be quick, few enough to stay in memory.
BATCH = 500
# With more metrics than each run has: how many an experiment adds, and how many runs it has.
EXTRA_METRICS = 20
EXPERIMENT = 100
# Tags, and which runs have them: one of so many.
TAGS = {"baseline": 50, "candidate": 10, "nightly": 4}


def run_id(number: int) -> str:
    """The session id of one of the runs, which come every 40 minutes."""
    return (FIRST + timedelta(minutes=40 * number)).strftime("%Y-%m-%dT%H.%M.%S.%f")[:-3] + "Z"


def packed(*texts: str) -> dict[str, str]:
    """Texts as an event carries them, by their hashes."""
    return {content_hash(text.encode()): base64.b64encode(pack(text.encode())).decode() for text in texts}


@functools.lru_cache(maxsize=1)
def code(change: int) -> tuple[str, list[str]]:
    """A project's source files after so many changes, each in one file: the snapshot's manifest, and their texts."""
    texts = {f"src/benchmark/nodes_{file}.py": f"VERSION = {(change + file) // FILES}\n" * 50 for file in range(FILES)}
    files = [SourceFile(path, len(text), content_hash(text.encode())) for path, text in texts.items()]
    return SourceSnapshot(files).to_json(), list(texts.values())


@functools.lru_cache(maxsize=1)
def environment(change: int) -> str:
    """An environment after so many changes, each of one package."""
    packages = [Package(f"package-{place}", f"1.{(change + place) // PACKAGES}") for place in range(PACKAGES)]
    return Environment("3.12.4", "CPython", "Linux 6.8 x86_64", packages).to_json()


def context_of_run(number: int, configuration: str) -> RunContext:
    """What one run ran with; the contents that the runs before it do not have."""
    manifest, files = code(number // 10)
    packages = environment(number // 100)
    new = [configuration]
    new += [manifest, *files] if number % 10 == 0 else []
    new += [packages] if number % 100 == 0 else []
    return RunContext(
        run_id=run_id(number),
        source=content_hash(manifest.encode()),
        environment=content_hash(packages.encode()),
        configuration=content_hash(configuration.encode()),
        contents=packed(*new),
    )


def metric_name(index: int) -> str:
    """The key of one of the metrics, which the datasets have in turns."""
    return f"{METRICS[index // 2 % len(METRICS)]}{index // 2 // len(METRICS) or ''}"


def metrics_of_run(number: int, metrics: int, columns: int) -> list[int]:
    """Which metrics a run has: the first ones, and those that its experiment adds."""
    first = number // EXPERIMENT * EXTRA_METRICS
    added = range(first, first + EXTRA_METRICS) if columns > metrics else ()
    return [*range(metrics), *(metrics + index % (columns - metrics) for index in added)]


def events_of_run(number: int, metrics: Sequence[int], folder: Path, chance: random.Random) -> list[Event]:
    """All that happens in one run.

    Args:
        number: Of the run, from 0.
        metrics: Which metrics it has.
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
    parameters = {
        "model_options": {
            "test_size": chance.choice([0.1, 0.2, 0.3]),
            "depth": chance.randint(2, 20),
            "features": ["engines", "passenger_capacity", "crew"],
            "learning_rate": round(10 ** chance.uniform(-4, -1), 6),
            "regressor": chance.choice(["forest", "linear", "boosted"]),
            "warm_start": chance.random() < 0.5,
        },
        "data": {"rows": 1_000 * chance.randint(1, 100)},
        "seed": number,
    }
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
            parameters=flatten_parameters(parameters),
        ),
        context_of_run(number, Configuration({"runner": "SequentialRunner"}, parameters, {}).to_json()),
    ]
    for name in DATA:
        file = str(folder / f"{name}.csv")
        events.append(
            DataUsed(
                identity, name, False, "pandas.csv_dataset.CSVDataset", file, None, 1_000_000, f"full:{number // 30}"
            )
        )
    for place, dataset in enumerate(DATASETS):
        values = {metric_name(index): round(chance.random(), 6) for index in metrics if index % 2 == place}
        path = folder / dataset / identity / f"{dataset}.json"
        events.append(
            DatasetSaved(identity, dataset, "tracking.metrics_dataset.MetricsDataset", str(path), metrics=values)
        )
    steps = [float(step) for step in range(STEPS)]
    losses = [math.exp(-step / 20) + 0.1 * chance.random() for step in steps]
    events.append(SeriesLogged(identity, "loss", "1", steps, losses, [started + round(20 * step) for step in steps]))
    failed = number % 50 == 49
    failure = RunFailure("ValueError", "Input contains NaN", "Traceback (most recent call last): …") if failed else None
    status = RunStatus.FAILED if failed else RunStatus.SUCCEEDED
    events.append(RunEnded(identity, started + chance.randint(2_000, 90_000), status, failure))
    events.append(SessionSaved(identity, blob))
    return events


def generate_store(folder: Path, runs: int, metrics: int, columns: int = 0, seed: int = 0) -> Path:
    """Write the store.

    Args:
        folder: Where `session_store.db` is made; it must not be there yet.
        runs: How many.
        metrics: How many metrics each run has.
        columns: How many metrics there are in all, if they are more.
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
        of_runs = ((number, metrics_of_run(number, metrics, columns)) for number in numbers)
        writer.apply([event for number, names in of_runs for event in events_of_run(number, names, folder, chance)])
    writer.close()
    add_tags(location, runs)
    return location


def add_tags(location: Path, runs: int) -> None:
    """Tag runs, as people do in the app."""
    engine = engine_of(location)
    details = RunDetails(engine)
    for tag, each in TAGS.items():
        tagged = [run_id(number) for number in range(0, runs, each)]
        for first in range(0, len(tagged), BATCH):
            details.edit(tagged[first : first + BATCH], RunEdit(add_tags=[tag]), author="benchmark")
    engine.dispose()


def main() -> None:
    """Read the command line and write the store."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where session_store.db is made")
    parser.add_argument("--runs", type=int, default=10_000, help="how many runs (default: %(default)s)")
    parser.add_argument("--metrics", type=int, default=6, help="how many metrics a run has (default: %(default)s)")
    parser.add_argument("--columns", type=int, default=0, help="how many metrics there are in all, if they are more")
    parser.add_argument("--seed", type=int, default=0, help="of the values (default: %(default)s)")
    arguments = parser.parse_args()
    location = generate_store(arguments.folder, arguments.runs, arguments.metrics, arguments.columns, arguments.seed)
    print(f"{location}: {arguments.runs:,} runs, {location.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
