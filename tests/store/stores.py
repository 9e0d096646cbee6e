"""Makes session stores, and reads them with plain SQL."""

from __future__ import annotations

import base64
import dataclasses
import json
import multiprocessing
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from kedro_viz.store.recording.record_sink import RecordSink
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    NodeEnded,
    NodeStarted,
    RunContext,
    RunEnded,
    RunStarted,
    SeriesLogged,
    SessionSaved,
    TrackedFile,
)
from kedro_viz.tracking.packed_content import content_hash, pack, unpack
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot

_TABLES = (
    *("runs", "user_run_details", "parameters", "tracked_json", "node_runs", "artifacts", "data_uses"),
    *("series_chunks", "contents", "deleted_runs", "run_tags"),
)

METRICS_TYPE = "tracking.metrics_dataset.MetricsDataset"

# What Kedro-Viz 10.2 has SQLAlchemy make of its two models.
_KEDRO_VIZ_10 = """
CREATE TABLE runs (id VARCHAR NOT NULL, blob JSON, PRIMARY KEY (id));
CREATE INDEX ix_runs_id ON runs (id);
CREATE TABLE user_run_details (
    id INTEGER NOT NULL, run_id VARCHAR, bookmark BOOLEAN, title VARCHAR, notes VARCHAR,
    PRIMARY KEY (id), UNIQUE (run_id), FOREIGN KEY(run_id) REFERENCES runs (id)
);
CREATE INDEX ix_user_run_details_id ON user_run_details (id);
"""


# Any: a session holds whatever Kedro and its plugins put there.
def old_blob(session: dict[str, Any]) -> str:
    """A session as Kedro-Viz 10 wrote it: a JSON string whose text is itself JSON."""
    return json.dumps(json.dumps(session))


def make_old_store(location: Path, sessions: dict[str, dict[str, Any]]) -> None:
    """Write a store as Kedro-Viz 10 does, with sessions by run id."""
    location.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(location)) as connection:
        connection.executescript(_KEDRO_VIZ_10)
        add_as_kedro_viz_10(connection, sessions)


def add_as_kedro_viz_10(connection: sqlite3.Connection, sessions: dict[str, dict[str, Any]]) -> None:
    """Add runs in the way in which Kedro-Viz 10's `SQLiteStore.save` does."""
    connection.executemany(
        "INSERT INTO runs (id, blob) VALUES (?, ?)", [(key, old_blob(session)) for key, session in sessions.items()]
    )
    connection.commit()


def read_as_kedro_viz_10(location: Path) -> tuple[dict[str, dict[str, Any]], list[tuple[Any, ...]]]:
    """All sessions by run id and all details, by the queries that Kedro-Viz 10 sends."""
    with closing(sqlite3.connect(location)) as connection:
        rows = connection.execute("SELECT runs.id, runs.blob FROM runs ORDER BY runs.id DESC").fetchall()
        details = connection.execute(
            "SELECT user_run_details.id, user_run_details.run_id, user_run_details.bookmark, user_run_details.title, "
            "user_run_details.notes FROM user_run_details"
        ).fetchall()
    return {key: json.loads(json.loads(blob)) for key, blob in rows}, details


def query(location: Path, sql: str, *values: object) -> list[tuple[Any, ...]]:
    """Ask a store, whatever state it is in, without changing it."""
    with closing(sqlite3.connect(f"{location.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute(sql, values).fetchall()


def run_ids(location: Path) -> list[str]:
    """The runs in a store, by id."""
    return [row[0] for row in query(location, "SELECT id FROM runs ORDER BY id")]


def metrics_of(location: Path, run_id: str) -> dict[str, float | None]:
    """A run's metrics by `<dataset>.<key>`."""
    return dict(
        query(
            location,
            "SELECT dataset || '.' || key, value FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?",
            run_id,
        )
    )


def started(run_id: str, started_at: int = 1000, **more: Any) -> RunStarted:
    """A run's start."""
    return RunStarted(run_id=run_id, started_at=started_at, blob=json.dumps({"session_id": run_id}), **more)


def saved(run_id: str, dataset: str = "scores", **metrics: float) -> DatasetSaved:
    """A metrics dataset that a run saved."""
    path = f"/project/data/{dataset}.json/{run_id}/{dataset}.json"
    return DatasetSaved(run_id, dataset, METRICS_TYPE, path, [TrackedFile(f"{dataset}.json", 9)], metrics=metrics)


def ended(run_id: str, ended_at: int = 2000) -> RunEnded:
    """A run's success."""
    return RunEnded(run_id, ended_at, RunStatus.SUCCEEDED)


def with_contents(context: RunContext, *contents: bytes) -> RunContext:
    """A run's context that carries contents."""
    packed = {content_hash(data): base64.b64encode(pack(data)).decode() for data in contents}
    return dataclasses.replace(context, contents=packed)


def contents_of(location: Path) -> dict[str, bytes]:
    """The contents in a store, by hash."""
    return {name: unpack(data) for name, data in query(location, "SELECT hash, data FROM contents")}


def write(location: Path, *events: Event) -> None:
    """Write events by a connection of their own."""
    with closing(SQLiteWriter(location)) as writer:
        writer.apply(events)


def write_whole_runs(location: Path, prefix: str, count: int) -> None:
    """Write successful runs one by one, waiting for the lock as long as it takes. To be run by other processes."""
    with closing(SQLiteWriter(location, lock_timeout=120)) as writer:
        for number in range(count):
            writer.apply(whole_runs([f"{prefix}-{number}"]))


def record_whole_runs(location: Path, prefix: str, count: int) -> None:
    """Write successful runs as `kedro run` does. To be run by other processes."""
    with closing(RecordSink(SQLiteWriter(location))) as sink:
        for number in range(count):
            for event in whole_runs([f"{prefix}-{number}"]):
                sink.write(event)


def run_at_once(target: Callable[[Path, str, int], None], location: Path, prefixes: Iterable[str], count: int) -> None:
    """Run something in several processes at once, none of them forked from this one, and wait for their success."""
    context = multiprocessing.get_context("forkserver")
    processes = [context.Process(target=target, args=(location, prefix, count)) for prefix in prefixes]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert {process.exitcode for process in processes} == {0}


def whole_runs(ids: Iterable[str]) -> list[Event]:
    """All events of successful runs, each with the metric `scores.n` of its position."""
    return [event for n, key in enumerate(ids) for event in (started(key), saved(key, n=n), ended(key))]


def source_of(*files: bytes) -> tuple[str, list[bytes]]:
    """A source snapshot of these files: its hash, and all contents that it needs."""
    listed = [SourceFile(f"{content_hash(data)[:6]}.py", len(data), content_hash(data)) for data in files]
    manifest = SourceSnapshot(listed).to_json().encode()
    return content_hash(manifest), [manifest, *files]


def full_record(run: str, *files: bytes) -> list[Event]:
    """Something in every table: with the source files `files`, and an environment that all such runs share."""
    source, snapshot = source_of(*files)
    environment = b"environment"
    context = RunContext(run, "remote", source=source, environment=content_hash(environment))
    return [
        started(run, author="ada", parameters=[Parameter("n", "3")], nodes=["split"]),
        with_contents(context, environment, *snapshot),
        NodeStarted(run, "split", 1100),
        NodeEnded(run, "split", 1200, peak_memory=1000),
        DataUsed(run, "cars", False, "csv", "/data/cars.csv", None, 12, "full:abc"),
        saved(run, a=1.5, b=float("nan")),
        DatasetSaved(run, "document", "tracking.json_dataset.JSONDataset", "p", document='{"a": 1}'),
        SeriesLogged(run, "loss", "1", [0, 1], [0.5, 0.25], [1100, 1101]),
        ended(run),
        SessionSaved(run, '{"username": "ada"}'),
    ]


# Any: rows.
def trashed(location: Path) -> list[str]:
    """The runs in a store's trash, restorable or not."""
    return [str(run_id) for (run_id,) in query(location, "SELECT run_id FROM trash ORDER BY 1")]


def rows(location: Path) -> dict[str, list[tuple[object, ...]]]:
    """All that a store says, whatever the numbers of its rows are."""
    found = {table: query(location, f"SELECT * FROM {table} ORDER BY 1, 2") for table in _TABLES}
    found["user_run_details"] = [row[1:] for row in found["user_run_details"]]
    metrics = "SELECT run_id, dataset, key, value FROM metrics JOIN metric_names ON id = metric_id ORDER BY 1, 2, 3"
    return {**found, "metrics": query(location, metrics)}
