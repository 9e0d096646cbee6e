"""Makes the history, finds it, and takes it away."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path

from demo_project.history.manifest import Manifest, read_manifest, remove_manifest
from demo_project.history.recording import record
from demo_project.history.schedule import PlannedRun, plan
from demo_project.history.story import experiments
from kedro_viz.integrations.kedro.sqlite_store import store_location
from kedro_viz.store.engine import engine_of
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite_file import open_store

# The names by which notes speak of the families.
_FAMILIES = {
    "modelling.linear_regression.metrics": "linear",
    "modelling.random_forest.metrics": "forest",
    "modelling.gradient_boosting.metrics": "boosting",
}

Metrics = Mapping[str, Mapping[str, float]]


def make_history(project_path: Path, count: int, seed: int, now: datetime) -> Iterator[str]:
    """Run the experiments one after another.

    Args:
        project_path: The project's folder; it has been set up by `bootstrap_project`.
        count: How many runs.
        seed: As for `experiments` and `plan`.
        now: When the history ends.

    Yields:
        A line about each run, once it has ended.
    """
    runs = plan(experiments(count, seed), seed, now)
    manifest = Manifest(seed, [run.run_id for run in runs])
    manifest.write(project_path / "data")
    store = _store_of(project_path)
    for number, run in enumerate(runs, start=1):
        began = time.monotonic()
        record(run, project_path, store)
        repository = _repository(store)
        metrics = _metrics_of(run, repository)
        _annotate(run, metrics, repository)
        yield _line(number, count, run, metrics, time.monotonic() - began)
    manifest.complete = True
    manifest.write(project_path / "data")


def history_is_there(project_path: Path) -> bool:
    """Whether an earlier call has made a history, and all its runs are still in the session store."""
    manifest = read_manifest(project_path / "data")
    store = _store_of(project_path)
    if manifest is None or not manifest.complete or not store.exists():
        return False
    return len(_repository(store).get(manifest.run_ids)) == len(manifest.run_ids)


def remove_history(project_path: Path) -> bool:
    """Take away the runs of an earlier call, whole or not: their versions of datasets, and their records.

    Returns:
        Whether there were any.
    """
    data_folder = project_path / "data"
    manifest = read_manifest(data_folder)
    if manifest is None:
        return False
    made = set(manifest.run_ids)
    # A version of a dataset lies in a folder that is named by its run.
    for version in [folder for folder in data_folder.rglob("*Z") if folder.name in made]:
        shutil.rmtree(version)
    store = _store_of(project_path)
    if store.exists():
        _repository(store).delete(manifest.run_ids)
    remove_manifest(data_folder)
    return True


def _store_of(project_path: Path) -> Path:
    location = store_location(project_path)
    if location is None:
        raise RuntimeError("The project's settings.py does not set SESSION_STORE_CLASS = SQLiteStore.")
    return location


def _repository(store: Path) -> RunRepository:
    # Opening it brings a store of an earlier version to today's.
    open_store(store).close()
    return RunRepository(engine_of(store))


def _metrics_of(run: PlannedRun, repository: RunRepository) -> Metrics:
    metrics: dict[str, dict[str, float]] = {}
    for metric in repository.metrics([run.run_id])[run.run_id]:
        metrics.setdefault(_FAMILIES[metric.dataset], {})[metric.key] = float(metric.value)
    return metrics


def _annotate(run: PlannedRun, metrics: Metrics, repository: RunRepository) -> None:
    experiment = run.experiment
    if experiment.title or experiment.notes or experiment.bookmark:
        repository.update_details(
            run.run_id,
            title=experiment.title,
            notes=experiment.notes.format(**metrics) if experiment.notes else None,
            bookmark=experiment.bookmark,
            author=experiment.author,
        )


def _line(number: int, count: int, run: PlannedRun, metrics: Metrics, seconds: float) -> str:
    experiment = run.experiment
    failure = experiment.fails.__name__ if experiment.fails else ""
    outcome = failure or f"R² {max(family['r2_score'] for family in metrics.values()):.3f}"
    place = f"[{number:{len(str(count))}}/{count}]"
    who = f"{experiment.author:<13} {experiment.branch:<22}"
    return f"{place} {run.started:%Y-%m-%d %H:%M}  {who} {outcome:<20} {seconds:4.1f} s"
