"""Records what the nodes of this process's runs do: when they run, what they load, save and log."""

from __future__ import annotations

import inspect
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kedro_viz.integrations.kedro.background import background
from kedro_viz.integrations.kedro.data_uses import data_use
from kedro_viz.integrations.kedro.saved_version import content_saved, saved_version
from kedro_viz.integrations.kedro.worker_processes import only_run_told_to_workers, when_worker_ends
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.events import DatasetSaved
from kedro_viz.tracking.recorder import Recorder
from kedro_viz.tracking.series import RunSeries, begin_series, end_series, log_here, runs_with_series, series_of

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol
    from kedro.pipeline.node import Node

# Stands where a dataset's name would, for a generator that works between its saves.
_YIELDING = ""


@dataclass
class _NodeAtWork:
    """A node that has begun, and what of it is still to come."""

    run_id: str
    name: str
    # Any: the catalog's own type parameters say nothing here.
    catalog: CatalogProtocol[Any, Any]
    is_generator: bool
    unsaved: set[str]
    # Of a generator, of which nobody tells the end: what it has saved, and when it last did.
    yielded: set[str] = field(default_factory=set)
    yielded_at: int | None = None


class NodeTracking:
    """What this process knows of the nodes that it runs.

    Each of Kedro's reports is one write at most: what a killed process had done is in the store.

    Args:
        recorder_of: The recorder of a run; None for a run that is not recorded.
    """

    def __init__(self, recorder_of: Callable[[str], Recorder | None]) -> None:
        self._recorder_of = recorder_of
        self._begin()
        when_worker_ends(self._finish_all)

    def _begin(self) -> None:
        self._process = os.getpid()
        # By thread: Kedro does not tell the run and the catalog when a dataset is saved.
        self._nodes: dict[int, _NodeAtWork] = {}
        # The node that each thread works for now, where Kedro calls no hook if it fails: while it loads or saves a
        # dataset, and while a generator yields. With `--async` a thread may load the next one after a failure.
        self._touching: dict[tuple[int, str], str] = {}
        self._loaded: dict[str, set[str]] = {}

    @property
    def at_fault(self) -> str | None:
        """The node that was last seen where Kedro calls no hook if it fails."""
        return next(reversed(list(self._touching.values())), None)

    def touches_data(self, node: Node, dataset_name: str) -> None:
        """A node begins to load or save a dataset in this thread."""
        self._leave_parent()
        self._touching[threading.get_ident(), dataset_name] = node.name

    def has_loaded_data(self, dataset_name: str) -> None:
        """The dataset is loaded."""
        self._touching.pop((threading.get_ident(), dataset_name), None)

    def begin_run(self, run_id: str, recorder: Recorder) -> None:
        """A run begins in this process, or this process begins to work for it."""

        def write() -> None:
            recorder.write_series(run_id)

        begin_series(RunSeries(run_id, recorder.clock, self._write_series_within, write))

    # Any: the catalog's own type parameters say nothing here.
    def started(self, run_id: str, node: Node, catalog: CatalogProtocol[Any, Any]) -> None:
        """Record that a node has loaded its inputs and begins in this thread."""
        recorder = self._recorder_of(run_id)
        if recorder is None:
            return
        at = recorder.now()
        self._leave_parent()
        thread = threading.get_ident()
        previous = self._nodes.pop(thread, None)
        if previous is not None:
            self._finish(previous)
        for key in [key for key in list(self._touching) if key[0] == thread]:
            self._touching.pop(key, None)
        if series_of(run_id) is None:
            self.begin_run(run_id, recorder)
        log_here(run_id)
        is_generator = inspect.isgeneratorfunction(node.func)
        self._nodes[thread] = _NodeAtWork(run_id, node.name, catalog, is_generator, set(node.outputs))
        recorder.node_started(run_id, node.name, self._first_loads(run_id, node, catalog), at)

    def returned(self, run_id: str, node: Node) -> None:
        """Record that a node has returned, if it has nothing to save. A generator has not done anything yet."""
        recorder = self._recorder_of(run_id)
        at_work = self._nodes.get(threading.get_ident())
        if recorder is None or at_work is None:
            return
        if at_work.is_generator:
            at_work.yielded_at = recorder.now()
            self._touching[threading.get_ident(), _YIELDING] = node.name
        elif not at_work.unsaved:
            recorder.node_saved(run_id, node.name, ended_at=recorder.now())

    def failed(self, run_id: str, node: Node) -> None:
        """Record which node failed."""
        # This one is at fault, whatever others do at the moment.
        self._touching.clear()
        self._nodes.pop(threading.get_ident(), None)
        recorder = self._recorder_of(run_id)
        if recorder is not None:
            recorder.node_failed(run_id, node.name)

    # Any: data of every kind.
    def saved(self, dataset_name: str, data: Any) -> None:
        """Record what a node has saved the moment it is saved, and the node's end with the last of it."""
        self._touching.pop((threading.get_ident(), dataset_name), None)
        node = self._nodes.get(threading.get_ident())
        recorder = self._recorder_of(node.run_id) if node is not None else None
        if node is None or recorder is None:
            return
        at = recorder.now()
        node.unsaved.discard(dataset_name)
        uses: list[DataUse | None] = []
        if not node.is_generator:
            uses = [data_use(node.catalog, dataset_name, saved=True)]
        elif dataset_name not in node.yielded:
            uses = [data_use(node.catalog, dataset_name, saved=True, is_complete=False)]
        if node.is_generator:
            node.yielded.add(dataset_name)
            node.yielded_at = at
        is_done = not node.is_generator and not node.unsaved
        version = None
        try:
            version = _version(node, dataset_name, data)
        finally:
            recorder.node_saved(
                node.run_id,
                node.name,
                uses=[use for use in uses if use is not None],
                version=version,
                ended_at=at if is_done else None,
            )

    def finish(self, run_id: str, at_fault: str | None = None) -> None:
        """A run comes to its end: so have its generators, but for the one at fault."""
        for thread, node in list(self._nodes.items()):
            if node.run_id == run_id:
                self._nodes.pop(thread, None)
                if node.name != at_fault:
                    self._finish(node)

    def forget(self, run_id: str) -> None:
        """A run is over. A notebook lives on after its runs, and their catalogs may hold much data."""
        for thread, node in list(self._nodes.items()):
            if node.run_id == run_id:
                self._nodes.pop(thread, None)
        self._loaded.pop(run_id, None)
        end_series(run_id)

    def forget_faults(self) -> None:
        """No run goes on any more."""
        self._touching.clear()

    def _first_loads(self, run_id: str, node: Node, catalog: CatalogProtocol[Any, Any]) -> list[DataUse]:
        loaded = self._loaded.setdefault(run_id, set())
        names = [name for name in dict.fromkeys(node.inputs) if name not in loaded]
        loaded.update(names)
        return [use for name in names if (use := data_use(catalog, name, saved=False)) is not None]

    def _finish(self, node: _NodeAtWork) -> None:
        """A generator is through. What it saved bit by bit is there now, as it stays."""
        recorder = self._recorder_of(node.run_id)
        if not node.is_generator or node.yielded_at is None or recorder is None:
            return
        uses = [data_use(node.catalog, name, saved=True) for name in sorted(node.yielded)]
        recorder.node_saved(
            node.run_id, node.name, uses=[use for use in uses if use is not None], ended_at=node.yielded_at
        )

    def _finish_all(self) -> None:
        """This worker process ends by itself: so its generators are through, and nothing more is logged."""
        if self._process == os.getpid():
            self._tell_faults()
            for node in list(self._nodes.values()):
                self._finish(node)
        self._write_series()

    def _tell_faults(self) -> None:
        """Record which nodes of this worker process could not load or save: Kedro tells its parent the error only."""
        for (thread, dataset_name), name in list(self._touching.items()):
            if dataset_name == _YIELDING:
                # It may be through as well.
                continue
            at_work = self._nodes.get(thread)
            run_id = at_work.run_id if at_work is not None and at_work.name == name else only_run_told_to_workers()
            recorder = self._recorder_of(run_id) if run_id is not None else None
            if run_id is not None and recorder is not None:
                recorder.node_failed(run_id, name)

    def _write_series_within(self, seconds: float) -> None:
        background.call_within(seconds, self._write_series)
        # Node code may have forked a process of its own.
        self._leave_parent()

    def _write_series(self) -> None:
        for run_id in runs_with_series():
            recorder = self._recorder_of(run_id)
            if recorder is not None:
                recorder.write_series(run_id)

    def _leave_parent(self) -> None:
        if self._process != os.getpid():
            self._begin()
            when_worker_ends(self._finish_all)


def _version(node: _NodeAtWork, dataset_name: str, data: Any) -> DatasetSaved | None:
    version = saved_version(node.catalog, dataset_name, data)
    if version is None:
        return None
    content = content_saved(version, data)
    return DatasetSaved(
        run_id=node.run_id,
        dataset=dataset_name,
        type=version.type,
        path=version.path,
        files=version.files,
        metrics=content.metrics,
        document=content.document,
        problem=content.problem,
    )
