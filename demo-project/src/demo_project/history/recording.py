"""Runs an experiment for real, as if `kedro run` had been typed at another time."""

from __future__ import annotations

import inspect
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kedro.framework.session import KedroSession

from demo_project.history.schedule import PlannedRun
from demo_project.history.story import Experiment, Value
from demo_project.pipelines.modelling.pipeline import FAMILIES
from kedro_viz.integrations.kedro.recording.run_registry import recorder_for


class UnexpectedOutcomeError(Exception):
    """A run has not ended as the story says, or has left no record."""


def record(run: PlannedRun, project_path: Path, store: Path) -> None:
    """Run an experiment's pipeline in this process. Its id, and the times in its record, are the planned ones.

    Args:
        run: What to run, and when.
        project_path: The project's folder; the project has been set up by `bootstrap_project`.
        store: The session store's file.

    Raises:
        UnexpectedOutcomeError: If the experiment must fail and has not. Errors that it must not end with come through.
    """
    experiment = run.experiment
    with _clock_at(run, store), _quiet(logging.CRITICAL if experiment.fails else logging.WARNING):
        try:
            _run(run, project_path)
        except Exception as error:
            if experiment.fails is None or not isinstance(error, experiment.fails):
                raise
        else:
            if experiment.fails is not None:
                raise UnexpectedOutcomeError(f"{run.run_id} ({experiment.title}) was to end with {experiment.fails}.")


def command_of(experiment: Experiment) -> list[str]:
    """The arguments to type for an experiment, beginning with `kedro`."""
    command = ["kedro", "run"]
    if experiment.pipeline:
        command.append(f"--pipelines={experiment.pipeline}")
    if experiment.changes:
        changes = ",".join(f"{name}={_as_typed(value)}" for name, value in experiment.changes.items())
        command.append(f"--params={changes}")
    return command


def _as_typed(value: Value) -> str:
    if isinstance(value, list):
        return f"[{','.join(value)}]"
    return str(value).lower() if isinstance(value, bool) else str(value)


def _run(run: PlannedRun, project_path: Path) -> None:
    experiment = run.experiment
    changes = _nested(experiment)
    session = KedroSession(run.run_id, project_path=project_path, save_on_close=True)
    # What `KedroSession.create` puts there, which would take the id from the clock and git from the checkout.
    session._store.update(  # noqa: SLF001 - the session offers its store to read only
        {
            "project_path": project_path,
            "session_id": run.run_id,
            "cli": {
                "args": [],
                "params": {"pipeline_names": [experiment.pipeline] if experiment.pipeline else [], "params": changes},
                "command_name": "run",
                "command_path": " ".join(command_of(experiment)),
            },
            "username": experiment.author,
            "git": {"commit_sha": run.commit.sha, "branch": run.commit.branch, "dirty": run.commit.dirty},
            **({"runtime_params": changes} if changes else {}),
        }
    )
    with session:
        # Runs later than this one may be there: what it has saved itself is what it loads.
        own_versions = {f"modelling.{family}.regressor": run.run_id for family in FAMILIES}
        session.run(**_pipeline_argument(experiment.pipeline), load_versions=own_versions)


# Any: values of all the kinds that `KedroSession.run` and parameters take.
def _nested(experiment: Experiment) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, value in experiment.changes.items():
        *groups, last = name.split(".")
        place = nested
        for group in groups:
            place = place.setdefault(group, {})
        place[last] = value
    return nested


def _pipeline_argument(pipeline: str | None) -> dict[str, Any]:
    if pipeline is None:
        return {}
    # Kedro has renamed the argument since 1.0, and warns of its old name.
    if "pipeline_names" in inspect.signature(KedroSession.run).parameters:
        return {"pipeline_names": [pipeline]}
    return {"pipeline_name": pipeline}


@contextmanager
def _clock_at(run: PlannedRun, store: Path) -> Iterator[None]:
    """Let the record's clock go from the planned start on, as fast as the real one."""
    recorder = recorder_for(store)
    real_clock = recorder.clock
    began = time.monotonic()
    recorder.clock = lambda: run.started.timestamp() + time.monotonic() - began
    try:
        yield
    finally:
        recorder.clock = real_clock


@contextmanager
def _quiet(level: int) -> Iterator[None]:
    """Keep Kedro's log, and warnings of versions older than the latest, out of the list of runs."""
    levels = {"kedro": level, "py.warnings": logging.ERROR}
    before = {name: logging.getLogger(name).level for name in levels}
    _set_levels(levels)
    try:
        yield
    finally:
        _set_levels(before)


def _set_levels(levels: Mapping[str, int]) -> None:
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
