"""The table `trash`: deleted runs as JSON records, until they are restored or purged.

A deleted run has no rows in the tables that readers know, Kedro-Viz 10 among them. A tombstone in `deleted_runs` keeps
it from coming back from a colleague's store or by a late event of its own. Its points stay in `series_chunks`, where
they are no run's, and its contents in `contents`, which other runs may share, until it is purged.

A row without a record is of a purged run whose contents have not been reclaimed yet.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from kedro_viz.store.sqlite.contents import HASH_COLUMNS
from kedro_viz.store.sqlite.run_rows import PointsKey, RunRecords, delete_points, delete_record, points_of
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.run_setting import RecordedRun, recorded_run

# A run may be deleted because it holds what nobody should read: nothing of it stays in the file's gaps.
OVERWRITE = "PRAGMA secure_delete = ON"


@dataclass(frozen=True)
class TrashedRun:
    """A run in the trash.

    Attributes:
        run_id: Its id.
        with_files: Whether its versioned files are removed when it is purged.
    """

    run_id: str
    with_files: bool


def is_empty(store: sqlite3.Connection) -> bool:
    """Whether nothing was deleted that has not been purged and reclaimed."""
    return store.execute("SELECT 1 FROM trash LIMIT 1").fetchone() is None


def among_runs(store: sqlite3.Connection, run_ids: Iterable[str]) -> list[str]:
    """The runs that are in the store."""
    return [run_id for run_id in run_ids if _is_run(store, run_id)]


def going_on(store: sqlite3.Connection, run_ids: Iterable[str]) -> list[str]:
    """The runs that go on. What has never given a sign of life is only part of a record."""
    query = "SELECT 1 FROM runs WHERE id = ? AND status = ? AND heartbeat_at IS NOT NULL"
    return [run_id for run_id in run_ids if store.execute(query, (run_id, RunStatus.RUNNING.value)).fetchone()]


def restorable(store: sqlite3.Connection, run_ids: Iterable[str]) -> list[str]:
    """The runs that are in the trash and have not been purged."""
    query = "SELECT 1 FROM trash WHERE run_id = ? AND record IS NOT NULL"
    return [run_id for run_id in run_ids if store.execute(query, (run_id,)).fetchone()]


def move_to_trash(store: sqlite3.Connection, run_id: str, with_files: bool, deleted_at: int) -> None:
    """Delete a run that is in the store."""
    put_in_trash(store, run_id, with_files, RunRecords(store).read(run_id))
    delete_record(store, run_id)
    store.execute("INSERT OR REPLACE INTO deleted_runs (run_id, deleted_at) VALUES (?, ?)", (run_id, deleted_at))


def put_in_trash(store: sqlite3.Connection, run_id: str, with_files: bool, record: str) -> None:
    """Keep the record of a run."""
    row = (run_id, with_files, record)
    store.execute("INSERT OR REPLACE INTO trash (run_id, with_files, record) VALUES (?, ?, ?)", row)


def move_back(store: sqlite3.Connection, run_id: str) -> None:
    """Restore a run, unless it has been run again since it was deleted: then it stays as it is."""
    (record,) = store.execute("SELECT record FROM trash WHERE run_id = ?", (run_id,)).fetchone()
    if not _is_run(store, run_id):
        RunRecords(store).write(run_id, record)
    store.execute("DELETE FROM deleted_runs WHERE run_id = ?", (run_id,))
    store.execute("DELETE FROM trash WHERE run_id = ?", (run_id,))


def due(store: sqlite3.Connection, deleted_before: int, run_ids: Collection[str] | None) -> list[TrashedRun]:
    """The runs that are to be purged: all that were deleted by then, or those of them that are named."""
    rows = store.execute(
        "SELECT run_id, with_files AND deleted_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM runs WHERE id = run_id) "
        "FROM trash LEFT JOIN deleted_runs USING (run_id) "
        "WHERE record IS NOT NULL AND coalesce(deleted_at, 0) <= ? ORDER BY run_id",
        (deleted_before,),
    )
    return [TrashedRun(run_id, bool(files)) for run_id, files in rows if run_ids is None or run_id in run_ids]


def forget(store: sqlite3.Connection, run_id: str) -> None:
    """Purge the record of a run. What it shared with others, and its points, is left to be removed."""
    store.execute("UPDATE trash SET record = NULL WHERE run_id = ?", (run_id,))


def note_reclaimed(store: sqlite3.Connection) -> None:
    """Forget which runs were purged, once nothing is left of them."""
    store.execute("DELETE FROM trash WHERE record IS NULL")


def stray_points(store: sqlite3.Connection) -> list[PointsKey]:
    """The rows with points of runs that were purged."""
    purged = store.execute("SELECT run_id FROM trash WHERE record IS NULL").fetchall()
    return points_of(store, (run_id for (run_id,) in purged if not _is_run(store, run_id)))


def delete_stray_points(store: sqlite3.Connection, key: PointsKey) -> None:
    """Remove a row with points of a run that was purged, unless it has been run again meanwhile."""
    if not _is_run(store, key[0]):
        delete_points(store, key)


def needed_contents(store: sqlite3.Connection) -> set[str]:
    """The hashes of the contents that runs in the trash name."""
    hashes: set[str] = set()
    for (text,) in store.execute("SELECT record FROM trash WHERE record IS NOT NULL"):
        for row in _rows(json.loads(text), "runs"):
            hashes.update(row[column] for column in HASH_COLUMNS if row[column] is not None)
    return hashes


def recorded_in_trash(store: sqlite3.Connection, run_ids: Iterable[str]) -> list[RecordedRun]:
    """What the records of runs in the trash say of where their files are."""
    found = []
    for run_id in run_ids:
        (text,) = store.execute("SELECT record FROM trash WHERE run_id = ?", (run_id,)).fetchone()
        record = json.loads(text)
        (run,) = _rows(record, "runs")
        versions = {(row["dataset"], row["type"], row["path"], row["signature"]) for row in _rows(record, "artifacts")}
        saved = [row["dataset"] for row in _rows(record, "data_uses") if row["saved"]]
        found.append(recorded_run(run_id, run["env"], run["blob"], sorted(versions, key=repr), saved))
    return found


# Any: rows as they were in the store.
def _rows(record: dict[str, Any], table: str) -> list[dict[str, Any]]:
    return [dict(zip(record[table]["columns"], row, strict=True)) for row in record[table]["rows"]]


def _is_run(store: sqlite3.Connection, run_id: str) -> bool:
    return store.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone() is not None
