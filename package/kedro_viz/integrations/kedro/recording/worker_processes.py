"""Tells the worker processes of a run where its record is kept, and sees to what is left when one ends.

A worker that ParallelRunner spawns begins with nothing: Kedro does not configure the project in it, so that its
settings do not name our store. What every process inherits is the environment.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_VARIABLE = "KEDRO_VIZ_RUN_STORES"
_BEFORE_OTHERS = 10

_lock = threading.Lock()


@dataclass(frozen=True)
class RunElsewhere:
    """A run that another process has begun: the file of its store, and the id under which it is recorded there."""

    location: Path
    record_id: str


def tell_workers(run_id: str, location: Path | None, record_id: str = "") -> None:
    """Put a run's store into the environment, for processes that are started from now on; None takes it out.

    Args:
        run_id: The run.
        location: The store's file.
        record_id: The id under which the run is recorded there, if it is not its own.
    """
    with _lock:
        stores = _stores()
        stores.pop(run_id, None)
        if location is not None:
            stores[run_id] = [str(location), record_id or run_id]
        if stores:
            os.environ[_VARIABLE] = json.dumps(stores)
        else:
            os.environ.pop(_VARIABLE, None)


def told_to_workers(run_id: str) -> RunElsewhere | None:
    """What is known of a run that another process has begun; None for a run that is not recorded."""
    told = _stores().get(run_id)
    return RunElsewhere(Path(told[0]), told[1]) if told is not None else None


def is_worker_of_a_run(run_id: str) -> bool:
    """Whether another process has begun this run, and records it."""
    return _VARIABLE in os.environ and run_id in _stores()


def is_worker() -> bool:
    """Whether this process was started by another one that records a run."""
    return _VARIABLE in os.environ and _is_child()


def only_run_told_to_workers() -> str | None:
    """The run that another process has begun; None if there are several."""
    runs = list(_stores())
    return runs[0] if len(runs) == 1 else None


def when_worker_ends(callback: Callable[[], None]) -> None:
    """Have something called where this process is a worker that ends by itself. The end of others is told by Kedro."""
    if _is_child():
        sys.modules["multiprocessing.util"].Finalize(None, callback, exitpriority=_BEFORE_OTHERS)


def _is_child() -> bool:
    # Every process that multiprocessing has started has imported it; others need not.
    multiprocessing = sys.modules.get("multiprocessing.process")
    return multiprocessing is not None and multiprocessing.parent_process() is not None


def _stores() -> dict[str, list[str]]:
    try:
        stores = json.loads(os.environ.get(_VARIABLE, "{}"))
    except ValueError:
        return {}
    return stores if isinstance(stores, dict) else {}
