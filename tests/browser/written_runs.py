"""Runs whose whole record is chosen by a test, written as a run itself writes it."""

from __future__ import annotations

import base64
import json
import math
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    Heartbeat,
    RunContext,
    RunEnded,
    RunStarted,
    SeriesLogged,
)
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.parameters import flatten_parameters
from kedro_viz.tracking.run import RunStatus, time_of_run_id
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment, Package
from kedro_viz.tracking.surroundings.machine import process_space

CSV = "pandas.csv_dataset.CSVDataset"


# Any: parameters and configuration are whatever a user's YAML holds.
@dataclass(frozen=True)
class WrittenRun:
    """A run and all that is recorded of it. What is left out is not recorded.

    Attributes:
        id: A session id, which tells the time.
        data: What it loaded: name, version or None, fingerprint or None.
        files: Its source files by path; None for a file whose content was not kept.
        packages: Versions by name.
        series: Values by name, with steps from 0.
    """

    id: str
    metrics: Mapping[str, float] = field(default_factory=dict)
    parameters: Mapping[str, Any] = field(default_factory=dict)
    data: Sequence[tuple[str, str | None, str | None]] = ()
    files: Mapping[str, str | None] | None = None
    packages: Mapping[str, str] | None = None
    configuration: Configuration | None = None
    series: Mapping[str, Sequence[float]] = field(default_factory=dict)
    sha: str | None = None
    dirty: bool | None = None
    status: RunStatus = RunStatus.SUCCEEDED

    def events(self) -> list[Event]:
        """What happens in it."""
        started = time_of_run_id(self.id)
        assert started is not None
        events: list[Event] = [
            RunStarted(
                run_id=self.id,
                started_at=started,
                blob=json.dumps({"session_id": self.id}),
                command="kedro run",
                git_sha=self.sha,
                git_branch=self.sha and "main",
                git_dirty=self.dirty,
                parameters=flatten_parameters(self.parameters),
                host=process_space(),
                process=os.getpid(),
            ),
            self._context(),
            *(
                DataUsed(self.id, name, False, CSV, f"data/{name}", version, 2048, mark)
                for name, version, mark in self.data
            ),
            *(
                SeriesLogged(
                    self.id,
                    name,
                    "1",
                    [float(step) for step in range(len(values))],
                    list(values),
                    [started + 100 * step for step in range(len(values))],
                )
                for name, values in self.series.items()
            ),
        ]
        if self.metrics:
            path = f"data/09_tracking/scores.json/{self.id}/scores.json"
            kind = "tracking.metrics_dataset.MetricsDataset"
            events.append(DatasetSaved(self.id, "scores", kind, path, metrics=dict(self.metrics)))
        if self.status is RunStatus.RUNNING:
            # This very process is alive, so the run is not taken for lost.
            events.append(Heartbeat(self.id, round(time.time() * 1000)))
        else:
            events.append(RunEnded(self.id, started + 5000, self.status))
        return events

    def _context(self) -> RunContext:
        contents: dict[str, str] = {}

        def keep(text: str | None) -> str | None:
            if text is None:
                return None
            name = content_hash(text.encode())
            contents[name] = base64.b64encode(pack(text.encode())).decode()
            return name

        manifest = (
            self.files
            and SourceSnapshot(
                [
                    SourceFile(
                        path, len(text or ""), keep(text), problem=None if text is not None else "It is too large."
                    )
                    for path, text in self.files.items()
                ]
            ).to_json()
        )
        environment = (
            self.packages
            and Environment(
                "3.12.4", "CPython", "Linux", [Package(name, version) for name, version in self.packages.items()]
            ).to_json()
        )
        return RunContext(
            run_id=self.id,
            source=keep(manifest or None),
            environment=keep(environment or None),
            configuration=keep(self.configuration.to_json() if self.configuration else None),
            contents=contents,
        )


def write_runs(project: Path, runs: Sequence[WrittenRun]) -> None:
    """Put runs into a project's store."""
    writer = SQLiteWriter(project / "data" / "session_store.db")
    try:
        for run in runs:
            writer.apply(run.events())
    finally:
        writer.close()


NODES = '''"""The nodes of the science pipeline."""

from sklearn.ensemble import RandomForestRegressor
from sklearn.model_selection import train_test_split


def split_data(data, options):
    """Split data into features and targets, for training and for testing."""
    features = data[options["features"]]
    target = data["price"]
    return train_test_split(features, target, test_size=options["test_size"])


def train_model(features, target):
    """Train a model."""
    model = RandomForestRegressor(n_estimators=100)
    model.fit(features, target)
    return model


def evaluate_model(model, features, target):
    """Say how good a model is."""
    predicted = model.predict(features)
    return {"r2_score": score(target, predicted)}
'''

PACKAGES = {f"package-{number}": f"1.{number}" for number in range(30)}


def learning_curve(steps: int, rate: float) -> list[float]:
    """How a loss goes down."""
    return [math.exp(-rate * step) + 0.02 * math.sin(step) for step in range(steps)]


BASELINE = WrittenRun(
    id="2026-03-01T10.00.00.000Z",
    metrics={"r2_score": 0.71},
    parameters={"model_options": {"test_size": 0.2, "depth": 4}, "seed": 1},
    data=[("companies.csv", None, "full:aaaa"), ("shuttles.csv", None, "full:bbbb")],
    files={
        "src/science/nodes.py": NODES,
        "src/science/old_name.py": "VALUE = 1\n",
        "src/science/gone.py": "def unused():\n    return None\n",
        "conf/base/catalog.yml": "companies:\n  type: pandas.CSVDataset\n",
        "big.ipynb": None,
    },
    packages={"kedro": "1.0.0", "numpy": "2.0.0", "xgboost": "2.1.0", **PACKAGES},
    configuration=Configuration(
        {"runner": "SequentialRunner", "tags": []},
        {},
        {
            "companies": {"type": "pandas.CSVDataset", "load_args": {"sep": ","}},
            "model": {"type": "pickle.PickleDataset"},
        },
    ),
    series={"train/loss": learning_curve(60, 0.05), "train/rate": [0.1] * 60},
    sha="0123456789abcdef",
    dirty=False,
)

CHANGED = WrittenRun(
    id="2026-03-02T10.00.00.000Z",
    metrics={"r2_score": 0.78},
    parameters={"model_options": {"test_size": "0.2", "depth": 8}, "seed": 1, "only_here": None},
    data=[
        ("companies.csv", None, "full:cccc"),
        ("shuttles.csv", None, "full:bbbb"),
        ("reviews.csv", None, "full:dddd"),
    ],
    files={
        "src/science/nodes.py": NODES.replace("n_estimators=100", "n_estimators=200").replace(
            "    predicted =", "    # In the units of the target.\n    predicted ="
        ),
        "src/science/new_name.py": "VALUE = 1\n",
        "src/science/fresh.py": "def fresh():\n    return 1\n",
        "conf/base/catalog.yml": "companies:\n  type: pandas.CSVDataset\n",
        "big.ipynb": None,
    },
    packages={"kedro": "1.1.0", "numpy": "2.0.0", "pandas": "2.2.0", **PACKAGES},
    configuration=Configuration(
        {"runner": "ThreadRunner", "tags": []},
        {},
        {
            "companies": {"type": "pandas.CSVDataset", "load_args": {"sep": ";"}},
            "model": {"type": "pickle.PickleDataset"},
        },
    ),
    series={"train/loss": learning_curve(60, 0.09), "train/rate": [0.1] * 60},
    sha="0123456789abcdef",
    dirty=True,
)

# The code of the baseline, and nothing else that is worth telling apart.
REPEATED = WrittenRun(
    id="2026-03-03T10.00.00.000Z",
    metrics=BASELINE.metrics,
    parameters=BASELINE.parameters,
    data=BASELINE.data,
    files=BASELINE.files,
    packages=BASELINE.packages,
    configuration=BASELINE.configuration,
    series=BASELINE.series,
    sha=BASELINE.sha,
    dirty=False,
)

# As an older version recorded runs.
OLD = WrittenRun(id="2026-02-01T10.00.00.000Z", metrics={"r2_score": 0.5}, sha="fedcba9876543210", dirty=False)
