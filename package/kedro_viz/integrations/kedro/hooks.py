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
from kedro_viz.integrations.kedro.heartbeat import Heart
from kedro_viz.integrations.kedro.run_registry import recorder_for, registry
from kedro_viz.integrations.kedro.saved_version import saved_version
from kedro_viz.integrations.kedro.sqlite_store import is_configured, store_location, with_branch
from kedro_viz.integrations.kedro.termination import TerminationWatch
from kedro_viz.integrations.kedro.worker_processes import location_told_to_workers, tell_workers
from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.git import current_commit
from kedro_viz.tracking.recorder import Recorder, failure_of
from kedro_viz.tracking.run import RunFailure, RunStatus

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol
    from kedro.pipeline import Pipeline
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
        self._heart = Heart()
        self._termination = TerminationWatch(self._terminated)
        # What each thread is loading or saving now, for runs that fail there: Kedro calls no hook then.
        self._touching: dict[int, tuple[str, str]] = {}
        registry.when_ended(self._forget)
        self._current = _CurrentNode()

    # Any in the hooks: Kedro passes run parameters, catalogs and data of every kind.
    @hook_impl
    def before_pipeline_run(
        self, run_params: dict[str, Any], pipeline: Pipeline, catalog: CatalogProtocol[Any, Any]
    ) -> None:
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
            recorder = recorder_for(location)
            nodes = [node.name for node in pipeline.nodes]
            recorder.run_started(run_id, with_branch(data), run_params, _parameters(catalog), nodes=nodes)
            self._heart.start(run_id, recorder)
            self._termination.start()

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
                node = self._node_at_fault(run_id)
                if node is not None:
                    recorder.node_failed(run_id, node)
                recorder.run_ended(run_id, RunStatus.FAILED, failure_of(error))
                self._end(run_id)

    @hook_impl
    def before_dataset_loaded(self, node: Node) -> None:
        """Remember which node is loading its inputs in this thread."""
        self._touching[threading.get_ident()] = ("", node.name)

    @hook_impl
    def before_node_run(self, node: Node, catalog: CatalogProtocol[Any, Any], run_id: str) -> None:
        """Record that a node begins, and remember, for this thread, which run its datasets belong to."""
        with _never_in_the_way():
            self._touching.pop(threading.get_ident(), None)
            self._current.run_id = run_id
            self._current.catalog = catalog
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.node_started(run_id, node.name)

    @hook_impl
    def after_node_run(self, node: Node, run_id: str) -> None:
        """Record that a node has returned."""
        with _never_in_the_way():
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.node_ended(run_id, node.name)

    @hook_impl
    def on_node_error(self, node: Node, run_id: str) -> None:
        """Record which node failed."""
        with _never_in_the_way():
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.node_failed(run_id, node.name)

    @hook_impl
    def before_dataset_saved(self, node: Node) -> None:
        """Remember which node is saving its outputs in this thread."""
        self._touching[threading.get_ident()] = (self._current.run_id or "", node.name)

    @hook_impl
    def after_dataset_saved(self, dataset_name: str, data: Any, node: Node) -> None:
        """Record a tracked dataset's values, or its file, the moment it is saved."""
        with _never_in_the_way():
            self._touching.pop(threading.get_ident(), None)
            run_id, catalog = self._current.run_id, self._current.catalog
            if run_id is None or catalog is None:
                return
            recorder = self._recorder(run_id)
            if recorder is None:
                return
            # The work of a node is done when its outputs are saved; a generator even runs between the saves.
            recorder.node_ended(run_id, node.name)
            version = saved_version(catalog, dataset_name, data)
            if version is not None:
                saved = _as_saved(data, version.type)
                recorder.dataset_saved(run_id, dataset_name, version.type, version.path, saved, version.files)

    def _node_at_fault(self, run_id: str) -> str | None:
        """The node whose data could not be loaded or saved, if a run fails by that in this process."""
        # A load does not tell its run: it is this one's only if no other run goes on.
        alone = len(self._locations) == 1
        at_fault = [node for of_run, node in self._touching.values() if of_run == run_id or (alone and not of_run)]
        return at_fault[-1] if at_fault else None

    def _terminated(self) -> None:
        """The process is told to end: its runs are cancelled."""
        with _never_in_the_way():
            for run_id in list(self._locations):
                recorder = self._recorder(run_id)
                if recorder is not None:
                    reason = RunFailure("SIGTERM", "The process was told to end (SIGTERM).", "")
                    recorder.run_ended(run_id, RunStatus.CANCELLED, reason)

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
        if registry.session(run_id) is None:
            # No session store will be closed for this run, as in Kedro's HTTP server.
            registry.forget(run_id)

    def _forget(self, run_id: str) -> None:
        """The run is over, by whatever way."""
        tell_workers(run_id, None)
        self._heart.stop(run_id)
        self._locations.pop(run_id, None)
        if not self._locations:
            self._termination.stop()
            self._touching.clear()
        # A notebook lives on after its runs: the catalog may hold much data.
        self._current.catalog = None


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
