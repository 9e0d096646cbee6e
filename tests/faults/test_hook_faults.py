"""A fault of our own, wherever Kedro calls us: `kedro run` ends as it would, and says once what is wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.integrations.kedro.hooks import RunTrackingHook
from tests.faults.kedro_process import KEDRO, WAYS, Outcome, run_kedro
from tests.full_project import UNDRAWN_NODES, record_of
from tests.run_records import records_in

# These do something in worker processes only.
IN_WORKERS = ("before_dataset_loaded", "after_dataset_loaded", "before_dataset_saved")

HOOKS = [name for name, method in vars(RunTrackingHook).items() if hasattr(method, "kedro_impl")]

# All that is known of saved data by this hook alone, and of which nodes have ended.
SAVED: dict[str, Any] = {"nodes": set(), "metrics": {}, "documents": set(), "artifacts": {}, "saved": set()}

# What is not recorded where one of our hooks fails. Any: fields of a record.
LOST: dict[str, dict[str, Any]] = {
    "before_pipeline_run": {
        **SAVED,
        "loaded": set(),
        "series": {},
        "context": frozenset({"source", "environment"}),
    },
    "before_node_run": {**SAVED, "loaded": set()},
    "after_dataset_saved": SAVED,
}

# Whatever one of our hooks asks of what records the run raises an exception.
BROKEN_HOOK = (
    """
import sys
from kedro_viz.integrations.kedro import hooks
from kedro_viz.integrations.kedro.hooks import RunTrackingHook


class Broken:
    def __init__(self, real):
        self._real = real

    def __getattr__(self, name):
        if sys._getframe(1).f_code.co_name == {hook!r}:
            raise RuntimeError("a fault of ours")
        return getattr(self._real, name)


def opened(hook):
    if hook._tracking is None:
        hook._tracking = Broken(really_opened(hook))
    return hook._tracking


really_opened, RunTrackingHook._open = RunTrackingHook._open, opened
hooks.catalog_configurations = Broken(hooks.catalog_configurations)
hooks.configuration_loaders = Broken(hooks.configuration_loaders)
"""
    + KEDRO
)

BROKEN_SESSION_STORE = (
    """
from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore


def broken(*arguments):
    raise RuntimeError("a fault of ours")


SQLiteStore._save = broken
"""
    + KEDRO
)


def check_as_usual(outcome: Outcome, usual: Outcome) -> None:
    assert outcome.code == usual.code
    assert outcome.said == usual.said


@pytest.mark.parametrize("hook", HOOKS)
def test_hook_that_raises_changes_nothing_but_the_record(
    project: Path, store: Path, usual: dict[str, Outcome], hook: str
) -> None:
    way, status = ("failing", "failed") if "error" in hook else ("undrawn", "succeeded")
    if hook in IN_WORKERS:
        way = "undrawn in processes"
    outcome = run_kedro(project, *WAYS[way], code=BROKEN_HOOK.format(hook=hook))
    check_as_usual(outcome, usual[way])
    [warning] = outcome.warnings
    assert "a fault of ours" in warning
    assert "The run goes on" in warning
    assert "report" in warning
    [_earlier, record] = records_in(store).values()
    nodes = (*UNDRAWN_NODES, "fail") if way == "failing" else UNDRAWN_NODES
    assert record == replace(record_of(*nodes, status=status), **LOST.get(hook, {}))


def test_session_store_that_raises_changes_nothing(project: Path, store: Path, usual: dict[str, Outcome]) -> None:
    outcome = run_kedro(project, "--pipeline", "undrawn", code=BROKEN_SESSION_STORE)
    check_as_usual(outcome, usual["undrawn"])
    [warning] = outcome.warnings
    assert "a fault of ours" in warning
    [_earlier, record] = records_in(store).values()
    assert record.status == "succeeded"
