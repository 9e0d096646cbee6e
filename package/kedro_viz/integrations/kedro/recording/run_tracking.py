"""Records runs as the hook reports them. Imported only where a run is recorded."""

from __future__ import annotations

import atexit
import logging
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kedro_viz.integrations.kedro.project.project_name import project_name
from kedro_viz.integrations.kedro.project.store_location import store_location
from kedro_viz.integrations.kedro.recording.background import background
from kedro_viz.integrations.kedro.recording.catalog_configurations import catalog_configurations
from kedro_viz.integrations.kedro.recording.configuration_loaders import configuration_loaders
from kedro_viz.integrations.kedro.recording.local_parameters import parameters_only_in_local, without_values_of
from kedro_viz.integrations.kedro.recording.node_at_fault import node_at_fault
from kedro_viz.integrations.kedro.recording.node_tracking import NodeTracking
from kedro_viz.integrations.kedro.recording.run_context import RunSetting, run_contexts
from kedro_viz.integrations.kedro.recording.run_frames import RunFrame
from kedro_viz.integrations.kedro.recording.run_registry import close_stores, recorder_for, registry, run_id_of
from kedro_viz.integrations.kedro.recording.session_git import with_git
from kedro_viz.integrations.kedro.recording.termination import termination
from kedro_viz.integrations.kedro.recording.unstored_session import session_data, share
from kedro_viz.integrations.kedro.recording.worker_processes import tell_workers, told_to_workers
from kedro_viz.store.recording.lost_runs import HEARTBEAT_SECONDS
from kedro_viz.tracking.recorder import Recorder, failure_of
from kedro_viz.tracking.run import RunStatus

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol
    from kedro.pipeline.node import Node

logger = logging.getLogger(__name__)

# Sessions are mostly closed when their run has ended.
_CLOSE_SECONDS = 1.0


class RunTracking:
    """What this process knows of the runs that go on in it, and writes of them."""

    def __init__(self) -> None:
        self._locations: dict[str, Path] = {}
        self._frames: dict[str, RunFrame] = {}
        self.nodes = NodeTracking(self._recorder)
        registry.when_ended(self._forget)
        self._process = os.getpid()
        atexit.register(self._cancel_at_exit)

    # Any in this class: Kedro passes run parameters, catalogs and data of every kind.
    def run_started(
        self, run_params: Mapping[str, Any], nodes: Sequence[str], catalog: CatalogProtocol[Any, Any]
    ) -> None:
        """Record that a run begins, with the nodes that are to run."""
        run_id = run_id_of(run_params)
        session = registry.session(run_id)
        location = session.location if session else store_location(Path(run_params["project_path"]))
        if location is None:
            return
        self._cancel_interrupted()
        self._locations[run_id] = location
        self._frames[run_id] = RunFrame.of_caller()
        registry.start(run_id)
        data = dict(session.data) if session else session_data(run_params)
        recorder = recorder_for(location)
        self.nodes.begin_run(run_id, recorder)
        parameters = _without_local_ones(_parameters(catalog), run_params)
        project_path, configuration = Path(run_params["project_path"]), catalog_configurations.of(catalog)
        name = project_name(project_path)
        recorder.run_started(run_id, with_git(data), run_params, parameters, nodes=nodes, project=name)
        tell_workers(run_id, location, recorder.record_id(run_id))
        setting = RunSetting(run_id, project_path, location, data, run_params, parameters, configuration)
        run_contexts.gather(setting, recorder)
        background.call_every(HEARTBEAT_SECONDS, self._beat)
        termination.begin(location, run_id, recorder.record_id(run_id))

    def run_succeeded(self, run_params: Mapping[str, Any]) -> None:
        """Record that a run succeeded."""
        run_id = run_id_of(run_params)
        recorder = self._recorder(run_id)
        if recorder is not None:
            self.nodes.finish(run_id)
            recorder.run_ended(run_id, RunStatus.SUCCEEDED)
            run_contexts.finish(run_id)
            self._end(run_id, RunStatus.SUCCEEDED, Path(run_params["project_path"]))

    def run_failed(self, run_params: Mapping[str, Any], error: BaseException, nodes: Sequence[Node]) -> None:
        """Record that a run failed, why, and in which of its nodes; or that it was interrupted."""
        run_id = run_id_of(run_params)
        recorder = self._recorder(run_id)
        if recorder is None:
            return
        self.nodes.finish(run_id, node_at_fault(error, nodes))
        status = RunStatus.CANCELLED if isinstance(error, KeyboardInterrupt) else RunStatus.FAILED
        recorder.run_ended(run_id, status, failure_of(error))
        run_contexts.finish(run_id)
        self._end(run_id, status, Path(run_params["project_path"]))

    def _recorder(self, run_id: str) -> Recorder | None:
        if (location := self._locations.get(run_id)) is not None:
            return recorder_for(location)
        told = told_to_workers(run_id)
        if told is None:
            return None
        recorder = recorder_for(told.location)
        recorder.record_as(run_id, told.record_id)
        return recorder

    def _beat(self) -> None:
        """Say that the runs of this process are alive, and see whether they are."""
        self._cancel_interrupted()
        for run_id in list(self._locations):
            recorder = self._recorder(run_id)
            if recorder is not None:
                recorder.beat(run_id)

    def _cancel_interrupted(self) -> None:
        # Kedro calls no hook for a KeyboardInterrupt, and a notebook goes on after it without closing the session.
        for run_id, frame in list(self._frames.items()):
            session = registry.session(run_id)
            closing = session is not None and "exception" in session.data
            if frame.is_left() and not registry.is_ended(run_id) and not closing:
                recorder = self._recorder(run_id)
                if recorder is not None:
                    recorder.run_ended(run_id, RunStatus.CANCELLED)
                    self._end(run_id, RunStatus.CANCELLED)

    def _cancel_at_exit(self) -> None:
        # A session without a store is not told of Ctrl-C either. A process that node code has forked has not begun it.
        if self._process == os.getpid():
            self._cancel_interrupted()

    def _end(self, run_id: str, status: RunStatus, project_path: Path | None = None) -> None:
        location = self._locations.get(run_id)
        registry.end(run_id, status)
        if registry.session(run_id) is None:
            # No session store will be closed for this run, as in Kedro's HTTP server.
            registry.forget(run_id)
            if location is not None and project_path is not None and recorder_for(location).is_stored(run_id):
                share(location, project_path)
        # The session may stay open, as in a notebook, and be closed with the process only.
        background.call_within(_CLOSE_SECONDS, close_stores)

    def _forget(self, run_id: str) -> None:
        """The run is over, by whatever way."""
        tell_workers(run_id, None)
        termination.end(run_id)
        run_contexts.forget(run_id)
        self._frames.pop(run_id, None)
        self._locations.pop(run_id, None)
        if not self._locations:
            background.stop_calling(self._beat)
        self.nodes.forget(run_id)


def _without_local_ones(parameters: Mapping[str, Any], run_params: Mapping[str, Any]) -> Mapping[str, Any]:
    """The parameters without the values of those that only `conf/local` has."""
    loader = configuration_loaders.of(Path(run_params["project_path"]))
    # Kedro 1.0 names them the second way.
    by_command = run_params.get("runtime_params") or run_params.get("extra_params") or {}
    try:
        return without_values_of(parameters, parameters_only_in_local(loader, by_command))
    except Exception:
        # Files that cannot be read, or a loader of the user's own. Rather no parameters than someone's secrets.
        logger.debug("The parameters cannot be recorded: not known which are only in conf/local.", exc_info=True)
        return {}


def _parameters(catalog: CatalogProtocol[Any, Any]) -> dict[str, Any]:
    try:
        loaded = catalog["parameters"].load() if "parameters" in catalog else {}
    except Exception:
        # A hook of the user's own may have put anything there; the run is recorded without.
        logger.debug("The parameters cannot be recorded.", exc_info=True)
        return {}
    return loaded if isinstance(loaded, dict) else {}
