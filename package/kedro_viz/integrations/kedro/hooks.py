"""Records each run as Kedro reports it. Registered by the entry point `kedro.hooks`.

Active only in projects that have set our session store. In worker processes of ParallelRunner, Kedro registers the hook
anew: each process writes what it sees, and the store puts it together by the run's id.
"""

from __future__ import annotations

import contextlib
import getpass
import logging
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kedro.framework.hooks import hook_impl

from kedro_viz.integrations.kedro import datasets
from kedro_viz.integrations.kedro.run_registry import recorder_for, registry
from kedro_viz.integrations.kedro.saved_version import saved_version
from kedro_viz.integrations.kedro.sqlite_store import is_configured, store_location, with_branch
from kedro_viz.integrations.kedro.worker_processes import location_told_to_workers, tell_workers
from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.git import current_commit
from kedro_viz.tracking.recorder import Recorder, failure_of
from kedro_viz.tracking.run import RunStatus

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol
    from kedro.pipeline.node import Node

logger = logging.getLogger(__name__)

# Every session loads this module, before it reads the catalog.
datasets.install()


class _CurrentNode(threading.local):
    """The run and catalog of the node that this thread is running: Kedro does not pass them when a dataset is saved."""

    run_id: str | None = None
    # Any: the catalog's own type parameters say nothing here.
    catalog: CatalogProtocol[Any, Any] | None = None


class RunTrackingHook:
    """Hooks that write the record of a run. None of them raises, returns anything, or changes what it is given."""

    def __init__(self) -> None:
        self._locations: dict[str, Path] = {}
        self._current = _CurrentNode()

    # Any in the hooks: Kedro passes run parameters, catalogs and data of every kind.
    @hook_impl
    def before_pipeline_run(self, run_params: dict[str, Any], catalog: CatalogProtocol[Any, Any]) -> None:
        """Record that the run begins."""
        with _never_in_the_way():
            run_id = _run_id(run_params)
            location = self._location_of(run_id, Path(run_params["project_path"]))
            if location is None:
                return
            registry.start(run_id)
            tell_workers(run_id, location)
            session = registry.session(run_id)
            data = dict(session.data) if session else _session_without_store(run_params)
            recorder_for(location).run_started(run_id, with_branch(data), run_params, _parameters(catalog))

    @hook_impl
    def after_pipeline_run(self, run_params: dict[str, Any]) -> None:
        """Record that the run succeeded."""
        with _never_in_the_way():
            run_id = _run_id(run_params)
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.run_ended(run_id, RunStatus.SUCCEEDED)
                self._end(run_id)

    @hook_impl
    def on_pipeline_error(self, error: Exception, run_params: dict[str, Any]) -> None:
        """Record that the run failed, and why."""
        with _never_in_the_way():
            run_id = _run_id(run_params)
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.run_ended(run_id, RunStatus.FAILED, failure_of(error))
                self._end(run_id)

    @hook_impl
    def before_node_run(self, catalog: CatalogProtocol[Any, Any], run_id: str) -> None:
        """Remember, for this thread, which run its next saved datasets belong to."""
        with _never_in_the_way():
            self._current.run_id = run_id
            self._current.catalog = catalog

    @hook_impl
    def on_node_error(self, node: Node, run_id: str) -> None:
        """Record which node failed."""
        with _never_in_the_way():
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.node_failed(run_id, node.name)

    @hook_impl
    def after_dataset_saved(self, dataset_name: str, data: Any) -> None:
        """Record a tracked dataset's values, or its file, the moment it is saved."""
        with _never_in_the_way():
            run_id, catalog = self._current.run_id, self._current.catalog
            if run_id is None or catalog is None:
                return
            recorder = self._recorder(run_id)
            version = saved_version(catalog, dataset_name, data) if recorder is not None else None
            if version is not None and recorder is not None:
                saved = _as_saved(data, version.type)
                recorder.dataset_saved(run_id, dataset_name, version.type, version.path, saved, version.files)

    def _recorder(self, run_id: str) -> Recorder | None:
        # A worker process has not seen the run begin.
        location = self._locations.get(run_id) or location_told_to_workers(run_id)
        return recorder_for(location) if location is not None else None

    def _location_of(self, run_id: str, project_path: Path) -> Path | None:
        if not is_configured():
            return None
        session = registry.session(run_id)
        location = session.location if session else store_location(project_path)
        if location is not None:
            self._locations[run_id] = location
        return location

    def _end(self, run_id: str) -> None:
        registry.end(run_id)
        tell_workers(run_id, None)
        self._locations.pop(run_id, None)
        # A notebook lives on after its runs: the catalog may hold much data.
        self._current.catalog = None
        if registry.session(run_id) is None:
            # No session store will be closed for this run, as in Kedro's HTTP server.
            registry.forget(run_id)


def _run_id(run_params: Mapping[str, Any]) -> str:
    # Kedro 1.0 has no name for the run beside its session's.
    return str(run_params.get("run_id") or run_params["session_id"])


# Any: tracked data is what users return from their nodes.
def _as_saved(data: Any, type_name: str) -> Any:
    """Tracked data as our datasets write it, so that the index says what the file says."""
    if tracking_group(type_name) is TrackingGroup.PLOT:
        return data
    # The catalog has loaded the datasets' package already, or one of kedro-datasets' own in its place.
    from kedro_viz.integrations.kedro.datasets.tracking.plain_json import plain_json

    try:
        return plain_json(data)
    except Exception:  # noqa: BLE001 - a dataset with an encoder of its own may have written what we cannot
        return data


def _session_without_store(run_params: Mapping[str, Any]) -> dict[str, Any]:
    """What the session store would hold, for sessions of Kedro that have none."""
    project_path = Path(run_params["project_path"])
    session = {
        "project_path": str(project_path),
        "session_id": _run_id(run_params),
        "env": run_params.get("env"),
        "runtime_params": run_params.get("runtime_params"),
    }
    with contextlib.suppress(Exception):
        session["username"] = getpass.getuser()
    commit = current_commit(project_path)
    if commit is not None:
        session["git"] = {"commit_sha": commit[:7]}
    return session


def _parameters(catalog: CatalogProtocol[Any, Any]) -> dict[str, Any]:
    try:
        loaded = catalog["parameters"].load() if "parameters" in catalog else {}
    except Exception:
        # A hook of the user's own may have put anything there; the run is recorded without.
        logger.debug("The parameters cannot be recorded.", exc_info=True)
        return {}
    return loaded if isinstance(loaded, dict) else {}


_warned = threading.Event()


@contextlib.contextmanager
def _never_in_the_way() -> Iterator[None]:
    try:
        yield
    except Exception as error:
        level = logging.DEBUG if _warned.is_set() else logging.WARNING
        _warned.set()
        logger.log(
            level, "The run goes on, but experiment tracking could not record all of it: %s", error, exc_info=True
        )


run_tracking_hook = RunTrackingHook()
