"""Makes the history, finds it, and takes it away."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import closing
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path

from demo_project.history.manifest import Manifest, read_manifest, remove_manifest
from demo_project.history.recording import UnexpectedOutcomeError, record
from demo_project.history.schedule import PlannedRun, plan
from demo_project.history.story import experiments
from kedro_viz.integrations.kedro.project.store_location import store_location
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.run_rows import delete_run
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.writer import SQLiteWriter

# The names by which notes speak of the families.
_FAMILIES = {
    "modelling.linear_regression.metrics": "linear",
    "modelling.random_forest.metrics": "forest",
    "modelling.gradient_boosting.metrics": "boosting",
}

Metrics = Mapping[str, Mapping[str, float]]


class History:
    """The history of a project.

    Args:
        project_path: The project's folder; it has been set up by `bootstrap_project`.

    Raises:
        RuntimeError: If the project does not keep its runs in our session store.
    """

    def __init__(self, project_path: Path) -> None:
        self._project_path = project_path
        self._data_folder = project_path / "data"
        self._store = _store_of(project_path)

    def is_there(self) -> bool:
        """Whether an earlier call has made a history, and all its runs are still in the session store."""
        manifest = read_manifest(self._data_folder)
        return manifest is not None and manifest.complete and self._are_stored(manifest.run_ids)

    def begin(self, count: int, seed: int, now: datetime) -> Manifest:
        """Plan a history, unless one of this size and seed was begun and can be gone on with.

        What another call has left otherwise is removed.

        Args:
            count: How many runs.
            seed: As for `experiments` and `plan`.
            now: When the history ends.
        """
        begun = read_manifest(self._data_folder)
        if begun is not None and not begun.complete and self._are_stored(begun.run_ids[: begun.made]):
            run_ids = [run.run_id for run in _planned(count, seed, begun.end)]
            if run_ids == begun.run_ids:
                # The run that was interrupted may have left something.
                self._remove_runs(run_ids[begun.made :])
                return begun
        self.remove()
        manifest = Manifest(seed, now.isoformat(), [run.run_id for run in _planned(count, seed, now)])
        manifest.write(self._data_folder)
        return manifest

    def make(self, manifest: Manifest) -> Iterator[str]:
        """Run the experiments that are not made yet, one after another.

        Args:
            manifest: From `begin`.

        Yields:
            A line about each run, once it has ended.

        Raises:
            UnexpectedOutcomeError: If a run does not end as the story says, or is not recorded.
        """
        count = len(manifest.run_ids)
        runs = _planned(count, manifest.seed, manifest.end)
        for number, run in enumerate(runs[manifest.made :], start=manifest.made + 1):
            began = time.monotonic()
            record(run, self._project_path, self._store)
            metrics = _metrics_of(run, self._repository)
            if not metrics and run.experiment.fails is None:
                raise UnexpectedOutcomeError(f"Nothing was recorded of run {run.run_id}: see the warnings above.")
            _annotate(run, metrics, self._repository)
            manifest.made = number
            manifest.write(self._data_folder)
            yield _line(number, count, run, metrics, time.monotonic() - began)

    def remove(self) -> bool:
        """Remove what an earlier call has made, whole or not.

        Returns:
            Whether there was anything.
        """
        manifest = read_manifest(self._data_folder)
        if manifest is None:
            return False
        self._remove_runs(manifest.run_ids)
        remove_manifest(self._data_folder)
        return True

    @cached_property
    def _repository(self) -> RunRepository:
        # Opening a store brings one of an earlier version to today's, and begins one where there is none.
        open_store(self._store).close()
        return RunRepository(engine_of(self._store))

    def _are_stored(self, run_ids: list[str]) -> bool:
        return self._store.exists() and len(self._repository.runs.get(run_ids)) == len(run_ids)

    def _remove_runs(self, run_ids: list[str]) -> None:
        made = set(run_ids)
        # A version of a dataset lies in a folder that is named by its run.
        for version in [folder for folder in self._data_folder.rglob("*Z") if folder.name in made]:
            shutil.rmtree(version)
        if self._store.exists():
            # As if they had never been: a run that users delete could not be made again.
            with closing(SQLiteWriter(self._store)) as writer:
                for run_id in run_ids:
                    writer.work(partial(delete_run, run_id=run_id))


def _planned(count: int, seed: int, now: datetime) -> list[PlannedRun]:
    return plan(experiments(count, seed), seed, now)


def _store_of(project_path: Path) -> Path:
    location = store_location(project_path)
    if location is None:
        raise RuntimeError("The project's settings.py does not set SESSION_STORE_CLASS = SQLiteStore.")
    return location


def _metrics_of(run: PlannedRun, repository: RunRepository) -> Metrics:
    metrics: dict[str, dict[str, float]] = {}
    for metric in repository.metrics.of_runs([run.run_id])[run.run_id]:
        metrics.setdefault(_FAMILIES[metric.dataset], {})[metric.key] = float(metric.value)
    return metrics


def _annotate(run: PlannedRun, metrics: Metrics, repository: RunRepository) -> None:
    experiment = run.experiment
    if experiment.title or experiment.notes or experiment.bookmark:
        repository.details.update(
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
