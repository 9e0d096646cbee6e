"""Records what the nodes of this process's runs do: when they run, what they load, save and log."""

from __future__ import annotations

import inspect
import itertools
import logging
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kedro_viz.integrations.kedro.recording.background import background
from kedro_viz.integrations.kedro.recording.data_uses import data_use
from kedro_viz.integrations.kedro.recording.known_secrets import look_for_secrets_of_datasets
from kedro_viz.integrations.kedro.recording.saved_partitions import SavedPartitions
from kedro_viz.integrations.kedro.recording.saved_version import content_saved, saved_version
from kedro_viz.integrations.kedro.recording.worker_processes import (
    is_worker,
    only_run_told_to_workers,
    when_worker_ends,
)
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.events import DatasetSaved
from kedro_viz.tracking.recorder import Recorder
from kedro_viz.tracking.series.series import RunSeries, begin_series, end_series, log_here, runs_with_series, series_of

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol
    from kedro.pipeline.node import Node


logger = logging.getLogger(__name__)


@dataclass(eq=False)
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
    partitions: dict[str, SavedPartitions] = field(default_factory=dict)


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
        # By thread: Kedro does not tell the run and the catalog when a dataset is saved. Node code may run another
        # session: its nodes stand on top.
        self._nodes: dict[int, list[_NodeAtWork]] = {}
        # What of each run has been loaded here, and the node that Kedro has told to have failed.
        self._loaded: dict[str, set[str]] = {}
        self._failed: dict[str, str] = {}
        # In a worker process: what nodes load or save now, or could not.
        self._touching: set[tuple[str, str]] = set()
        # The catalog whose credentials are known in this worker process.
        self._catalog: int | None = None

    def touches_data(self, node: Node, dataset_name: str) -> None:
        """A node begins to load or save a dataset in this worker process."""
        self._leave_parent()
        self._touching.add((node.name, dataset_name))

    def has_loaded_data(self, node: Node, dataset_name: str) -> None:
        """The dataset is loaded."""
        self._touching.discard((node.name, dataset_name))

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
        # All is loaded now, whether that was told or not.
        self._touching.difference_update([(node.name, dataset_name) for dataset_name in node.inputs])
        nodes = self._nodes.setdefault(threading.get_ident(), [])
        if nodes and nodes[-1].run_id == run_id:
            self._finish(nodes.pop())
        if is_worker() and self._catalog != id(catalog):
            self._catalog = id(catalog)
            look_for_secrets_of_datasets(catalog)
        if series_of(run_id) is None:
            self.begin_run(run_id, recorder)
        log_here(run_id)
        is_generator = inspect.isgeneratorfunction(node.func)
        nodes.append(_NodeAtWork(run_id, node.name, catalog, is_generator, set(node.outputs)))
        recorder.node_started(run_id, node.name, self._first_loads(run_id, node, catalog), at)

    def returned(self, run_id: str, node: Node) -> None:
        """Record that a node has returned, if it has nothing to save. A generator has not done anything yet."""
        recorder = self._recorder_of(run_id)
        at_work = self._at_work()
        if recorder is None or at_work is None:
            return
        if at_work.is_generator:
            at_work.yielded_at = recorder.now()
        elif not at_work.unsaved:
            recorder.node_saved(run_id, node.name, ended_at=recorder.now())

    def failed(self, run_id: str, node: Node) -> None:
        """Record which node failed."""
        at_work = self._at_work()
        if at_work is not None:
            # It is no generator that gets through. What it has saved is there all the same.
            at_work.yielded_at = None
            self._write_partitions(at_work)
        recorder = self._recorder_of(run_id)
        if recorder is not None:
            self._failed[run_id] = node.name
            recorder.node_failed(run_id, node.name)

    # Any: data of every kind.
    def saved(self, dataset_name: str, data: Any) -> None:
        """Record what a node has saved the moment it is saved, and the node's end with the last of it."""
        node = self._at_work()
        recorder = self._recorder_of(node.run_id) if node is not None else None
        if node is None or recorder is None:
            return
        at = recorder.now()
        self._touching.discard((node.name, dataset_name))
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
            version = _version(node, dataset_name, data, at)
        finally:
            recorder.node_saved(
                node.run_id,
                node.name,
                uses=[use for use in uses if use is not None],
                version=version,
                ended_at=at if is_done else None,
            )

    def finish(self, run_id: str, at_fault: str | None = None) -> None:
        """Record what a run leaves at its end: its generators are through by then.

        Args:
            run_id: The run.
            at_fault: The node that the run fails in. Kedro may not have told it.
        """
        for node in self._of_run(run_id):
            self._write_partitions(node)
            if node.name != at_fault:
                self._finish(node)
        recorder = self._recorder_of(run_id)
        if recorder is not None and at_fault is not None and self._failed.get(run_id) != at_fault:
            recorder.node_failed(run_id, at_fault)

    def forget(self, run_id: str) -> None:
        """A run is over. A notebook lives on after its runs, and their catalogs may hold much data."""
        for nodes in list(self._nodes.values()):
            # One by one: other threads may begin nodes of other runs meanwhile.
            for node in list(nodes):
                if node.run_id == run_id:
                    nodes.remove(node)
        self._loaded.pop(run_id, None)
        self._failed.pop(run_id, None)
        # Where a worker process sees a run to its end, Kedro has told of its failure.
        self._touching.clear()
        end_series(run_id)

    def _at_work(self) -> _NodeAtWork | None:
        """The node that this thread runs."""
        nodes = self._nodes.get(threading.get_ident())
        return nodes[-1] if nodes else None

    def _of_run(self, run_id: str | None = None) -> list[_NodeAtWork]:
        """The nodes that threads run, of one run if it is given."""
        nodes = itertools.chain.from_iterable(list(self._nodes.values()))
        return [node for node in nodes if run_id in (None, node.run_id)]

    def _first_loads(self, run_id: str, node: Node, catalog: CatalogProtocol[Any, Any]) -> list[DataUse]:
        loaded = self._loaded.setdefault(run_id, set())
        names = [name for name in dict.fromkeys(node.inputs) if name not in loaded]
        loaded.update(names)
        return [use for name in names if (use := data_use(catalog, name, saved=False)) is not None]

    def _finish(self, node: _NodeAtWork) -> None:
        """A generator is through. What it saved bit by bit is there now, as it stays."""
        self._write_partitions(node)
        recorder = self._recorder_of(node.run_id)
        if not node.is_generator or node.yielded_at is None or recorder is None:
            return
        uses = [data_use(node.catalog, name, saved=True) for name in sorted(node.yielded)]
        recorder.node_saved(
            node.run_id, node.name, uses=[use for use in uses if use is not None], ended_at=node.yielded_at
        )

    def _write_partitions(self, node: _NodeAtWork) -> None:
        """Write what a generator has saved in partitions and is not written yet."""
        recorder = self._recorder_of(node.run_id)
        for name, partitions in node.partitions.items() if recorder is not None else ():
            if recorder is not None and partitions.is_changed:
                recorder.node_saved(node.run_id, node.name, version=_taken(node, name, partitions, recorder.now()))

    def _finish_all(self) -> None:
        """This worker process ends by itself: so its generators are through, and nothing more is logged."""
        if self._process == os.getpid():
            at_work = {node.name: node for node in self._of_run()}
            at_fault = {name for name, _ in self._touching}
            for name, node in at_work.items():
                self._write_partitions(node)
                if name not in at_fault:
                    self._finish(node)
            # These could not load or save: Kedro tells its parent process the error only.
            for name in at_fault:
                run_id = at_work[name].run_id if name in at_work else only_run_told_to_workers()
                recorder = self._recorder_of(run_id) if run_id is not None else None
                if run_id is not None and recorder is not None:
                    recorder.node_failed(run_id, name)
        self._write_series()

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


_said: set[str] = set()


def _say_once(dataset_name: str, problem: str) -> None:
    """Say in the log what is not recorded of a dataset, once for each dataset of this process."""
    if dataset_name not in _said:
        _said.add(dataset_name)
        logger.warning("Not all of '%s' is recorded: %s", dataset_name, problem)


def _taken(node: _NodeAtWork, dataset_name: str, partitions: SavedPartitions, at: int) -> DatasetSaved | None:
    saved = partitions.taken(node.run_id, dataset_name, at)
    if saved is not None and saved.problem is not None:
        _say_once(dataset_name, saved.problem)
    return saved


def _version(node: _NodeAtWork, dataset_name: str, data: Any, at: int) -> DatasetSaved | None:
    partitions = node.partitions.get(dataset_name) or SavedPartitions.of(node.catalog, dataset_name)
    if partitions is not None:
        node.partitions[dataset_name] = partitions
        partitions.add(data)
        if node.is_generator and not partitions.is_due(at):
            return None
        return _taken(node, dataset_name, partitions, at)
    version = saved_version(node.catalog, dataset_name, data)
    if version is None:
        return None
    content = content_saved(version, data)
    problem = content.problem or version.problem
    if problem is not None:
        _say_once(dataset_name, problem)
    return DatasetSaved(
        run_id=node.run_id,
        dataset=dataset_name,
        type=version.type,
        path=version.path,
        files=version.files,
        metrics=content.metrics,
        document=content.document,
        # A plot with a problem is not drawn; its further files are named in the log only.
        problem=content.problem if tracking_group(version.type) is TrackingGroup.PLOT else problem,
    )
