"""What a store holds of runs, part by part, read by plain SQL."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kedro_viz.tracking.series.series_points import SeriesPoints, in_order, unpack_points

STORE = Path("data") / "session_store.db"

CONTEXT = frozenset({"source", "environment", "configuration"})


@dataclass(frozen=True)
class RunRecord:
    """All that is kept of a run.

    Attributes:
        nodes: The nodes that began and ended, be it by a failure.
        metrics: By `<dataset>.<key>`.
        documents: The JSON datasets whose content is kept.
        artifacts: The names of each versioned dataset's files.
        loaded: The datasets that it read.
        saved: The datasets that it wrote.
        series: Steps and values of what was logged inside nodes, by name.
        context: Which of source, environment and configuration are kept.
        failed_nodes: The nodes that failed.
    """

    status: str = "succeeded"
    nodes: set[str] = field(default_factory=set)
    metrics: dict[str, float] = field(default_factory=dict)
    documents: set[str] = field(default_factory=set)
    artifacts: dict[str, list[str]] = field(default_factory=dict)
    loaded: set[str] = field(default_factory=set)
    saved: set[str] = field(default_factory=set)
    series: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    context: frozenset[str] = CONTEXT
    failed_nodes: set[str] = field(default_factory=set)


def records_in(store: Path) -> dict[str, RunRecord]:
    """The record of each run in a store's file, by id, the oldest first."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:
        ids = [row[0] for row in connection.execute("SELECT id FROM runs ORDER BY started_at, id")]
        return {run_id: _record(connection, run_id) for run_id in ids}


def records_of(project: Path) -> list[RunRecord]:
    """The records in a project's store, the oldest first."""
    return list(records_in(project / STORE).values())


def _record(connection: sqlite3.Connection, run_id: str) -> RunRecord:
    # Any: rows of whatever was asked for.
    def ask(sql: str) -> list[Any]:
        return connection.execute(sql, (run_id,)).fetchall()

    [(status, *hashes)] = ask("SELECT status, source, environment, configuration FROM runs WHERE id = ?")
    artifacts: dict[str, list[str]] = {}
    for dataset, name in ask("SELECT dataset, name FROM artifacts WHERE run_id = ? ORDER BY dataset, name"):
        artifacts.setdefault(dataset, []).append(name)
    nodes = ask("SELECT node, started_at, ended_at, failed FROM node_runs WHERE run_id = ?")
    uses = ask("SELECT dataset, saved FROM data_uses WHERE run_id = ?")
    return RunRecord(
        status=status,
        nodes={node for node, started_at, ended_at, _ in nodes if started_at is not None and ended_at is not None},
        metrics=dict(
            ask("SELECT dataset || '.' || key, value FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?")
        ),
        documents={
            dataset
            for dataset, data in ask("SELECT dataset, data FROM tracked_json WHERE run_id = ?")
            if json.loads(data)
        },
        artifacts=artifacts,
        loaded={dataset for dataset, saved in uses if not saved},
        saved={dataset for dataset, saved in uses if saved},
        series=_series(ask("SELECT name, points, count FROM series_chunks WHERE run_id = ?")),
        context=frozenset(
            part
            for part, content in zip(("source", "environment", "configuration"), hashes, strict=True)
            if connection.execute("SELECT 1 FROM contents WHERE hash = ?", (content,)).fetchone() is not None
        ),
        failed_nodes={node for node, _, _, failed in nodes if failed},
    )


def _series(chunks: Iterable[tuple[str, bytes, int]]) -> dict[str, list[tuple[float, float]]]:
    parts: dict[str, list[SeriesPoints]] = {}
    for name, points, count in chunks:
        parts.setdefault(name, []).append(unpack_points(points, count))
    whole = {name: in_order(part) for name, part in parts.items()}
    return {name: list(zip(points.steps, points.values, strict=True)) for name, points in whole.items()}
