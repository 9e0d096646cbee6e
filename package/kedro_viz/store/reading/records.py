"""Reads the records of runs: how they went, what they ran with, what they read and what they left."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, String, func, select, type_coerce

from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.reading.runs import status_of
from kedro_viz.store.tables import artifacts, data_uses, node_runs, parameters, runs, tracked_json
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.node_run import NodeRun, node_status
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure
from kedro_viz.tracking.run_setting import RecordedRun, SavedVersion, parse_blob, recorded_run


@dataclass(frozen=True)
class Document:
    """A tracked dataset's JSON text."""

    dataset: str
    data: str


@dataclass(frozen=True)
class StoredArtifact:
    """A file that a run left. `problem` says why its content is not in the store."""

    run_id: str
    dataset: str
    name: str
    type: str
    size: int | None
    problem: str | None


@dataclass(frozen=True)
class Provenance:
    """What a run ran with, each as the hash of a content; None for what is not kept. See `RunContext`."""

    git_diff: str | None = None
    source: str | None = None
    environment: str | None = None
    configuration: str | None = None


class RecordReader:
    """The records of runs in a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def failures(self, run_ids: Sequence[str]) -> dict[str, tuple[RunFailure, str | None]]:
        """Why runs failed, and the node that did, by run; only for runs that did."""
        query = select(
            runs.c.id, runs.c.error_type, runs.c.error_message, runs.c.error_traceback, runs.c.error_node
        ).where(runs.c.error_type.is_not(None))
        return {
            row.id: (
                RunFailure(row.error_type, row.error_message or "", row.error_traceback or ""),
                row.error_node,
            )
            for row in rows_of(self._engine, query, runs.c.id, run_ids)
        }

    def node_runs(self, run_ids: Sequence[str]) -> dict[str, list[NodeRun]]:
        """The nodes of some runs, by run, in the order in which they were to run."""
        columns = [node_runs.c[name] for name in ("run_id", "node", "started_at", "ended_at", "failed", "peak_memory")]
        query = select(*columns, runs.c.status).order_by(node_runs.c.position, node_runs.c.started_at)
        source = node_runs.join(runs, runs.c.id == node_runs.c.run_id)
        found: dict[str, list[NodeRun]] = defaultdict(list)
        for row in rows_of(self._engine, query, node_runs.c.run_id, run_ids, source):
            status = node_status(row.started_at, row.ended_at, bool(row.failed), status_of(row.status))
            found[row.run_id].append(NodeRun(row.node, status, row.started_at, row.ended_at, row.peak_memory))
        return found

    def peak_memory(self, run_ids: Sequence[str]) -> dict[str, int]:
        """The most memory, in bytes, that a process of each run held; without those of which that is not known."""
        # Nodes may work in processes of their own, and a run that was killed has told of its nodes alone.
        of_nodes = func.max(node_runs.c.peak_memory)
        query = select(runs.c.id, runs.c.peak_memory, of_nodes.label("of_nodes")).group_by(runs.c.id)
        source = runs.outerjoin(node_runs, node_runs.c.run_id == runs.c.id)
        rows = rows_of(self._engine, query, runs.c.id, run_ids, source)
        peaks = {row.id: [peak for peak in (row.peak_memory, row.of_nodes) if peak is not None] for row in rows}
        return {run_id: max(found) for run_id, found in peaks.items() if found}

    def parameters(self, run_ids: Sequence[str]) -> dict[str, list[Parameter]]:
        """The parameters of some runs, by run, by name."""
        query = select(parameters.c.run_id, parameters.c.name, parameters.c.value).order_by(parameters.c.name)
        found: dict[str, list[Parameter]] = defaultdict(list)
        for row in rows_of(self._engine, query, parameters.c.run_id, run_ids):
            found[row.run_id].append(Parameter(row.name, row.value))
        return found

    def parameter_names(self) -> list[str]:
        """The flat names of all parameters that any run has."""
        with self._engine.connect() as connection:
            return list(connection.execute(select(parameters.c.name).distinct().order_by(parameters.c.name)).scalars())

    def documents(self, run_ids: Sequence[str]) -> dict[str, list[Document]]:
        """The tracked JSON of some runs, by run."""
        query = select(tracked_json.c.run_id, tracked_json.c.dataset, tracked_json.c.data)
        found: dict[str, list[Document]] = defaultdict(list)
        for row in rows_of(self._engine, query.order_by(tracked_json.c.dataset), tracked_json.c.run_id, run_ids):
            found[row.run_id].append(Document(row.dataset, row.data))
        return found

    def artifacts(self, run_ids: Sequence[str]) -> dict[str, list[StoredArtifact]]:
        """The files of tracked datasets of some runs, by run."""
        columns = [artifacts.c[name] for name in ("run_id", "dataset", "name", "type", "size", "problem")]
        query = select(*columns).order_by(artifacts.c.dataset, artifacts.c.name)
        found: dict[str, list[StoredArtifact]] = defaultdict(list)
        for row in rows_of(self._engine, query, artifacts.c.run_id, run_ids):
            found[row.run_id].append(StoredArtifact(*row))
        return found

    def indexed_runs(self, dataset: str) -> set[str]:
        """The runs whose version of a dataset is in the store."""
        with self._engine.connect() as connection:
            query = select(artifacts.c.run_id).distinct().where(artifacts.c.dataset == dataset)
            return set(connection.execute(query).scalars())

    def dataset_names(self) -> set[str]:
        """The names of all datasets that any run has left something of."""
        with self._engine.connect() as connection:
            return set(connection.execute(select(artifacts.c.dataset).distinct()).scalars())

    def provenance(self, run_ids: Sequence[str]) -> dict[str, Provenance]:
        """What runs ran with, by run."""
        columns = [runs.c[name] for name in ("git_diff", "source", "environment", "configuration")]
        query = select(runs.c.id, *columns)
        return {row[0]: Provenance(*row[1:]) for row in rows_of(self._engine, query, runs.c.id, run_ids)}

    def recorded_runs(self, run_ids: Sequence[str]) -> dict[str, RecordedRun]:
        """What the records say of where runs have saved their files, by run."""
        columns = [artifacts.c[name] for name in ("run_id", "dataset", "type", "path", "signature")]
        versions: dict[str, list[SavedVersion]] = defaultdict(list)
        for row in rows_of(self._engine, select(*columns).distinct(), artifacts.c.run_id, run_ids):
            versions[row[0]].append(tuple(row[1:]))
        query = select(runs.c.id, runs.c.env, type_coerce(runs.c.blob, String).label("blob"))
        return {
            row.id: recorded_run(row.id, row.env, row.blob, versions[row.id])
            for row in rows_of(self._engine, query, runs.c.id, run_ids)
        }

    # Any: a session's data is what Kedro and its plugins put there.
    def sessions(self, run_ids: Sequence[str]) -> dict[str, dict[str, Any]]:
        """What Kedro's sessions told of runs, by run; empty where that cannot be read."""
        # As text: where it is no JSON, a run is shown all the same.
        query = select(runs.c.id, type_coerce(runs.c.blob, String).label("blob"))
        return {row.id: parse_blob(row.blob) for row in rows_of(self._engine, query, runs.c.id, run_ids)}

    def data_uses(self, run_ids: Sequence[str]) -> dict[str, list[DataUse]]:
        """The data that runs loaded and saved, by run: what was loaded first, each by name."""
        names = ("dataset", "saved", "type", "path", "version", "size", "fingerprint")
        query = select(data_uses.c.run_id, *(data_uses.c[name] for name in names))
        query = query.order_by(data_uses.c.saved, data_uses.c.dataset)
        found: dict[str, list[DataUse]] = defaultdict(list)
        for row in rows_of(self._engine, query, data_uses.c.run_id, run_ids):
            found[row.run_id].append(DataUse(*row[1:]))
        return found
