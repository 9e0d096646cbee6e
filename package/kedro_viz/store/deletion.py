"""Deletes runs: first into a trash, from which they can be brought back, then for good.

The trash is a store beside the store, `session_store.db.trash`. A deleted run's rows are there and nowhere else, so
that nothing that reads the store has to know of deletion. What stays in the store is a tombstone (`deleted_runs`),
so that the run does not come back from a colleague's store or by a late word of its own; and its contents, which
other runs may share, until the run is purged.

The trash is only ever opened while the store is locked for writing, which is all that keeps several processes from each
other there. What is recorded meanwhile must not wait for long: so points of series, which may be many, move bit by bit,
to the trash before their run does, and out of the store after it. They are no run's where the run itself is not.

What moves is committed where it goes to before it is removed where it came from: a process that is killed in between
leaves a run in both places, and the one in the store counts.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.files.recorded_files import read_recorded_runs
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.reclaiming import OVERWRITE, Reclaiming
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.run_rows import (
    PointsKey,
    copy_points,
    copy_record,
    delete_points,
    delete_record,
    delete_unused_metric_names,
    points_of,
    record_size,
)
from kedro_viz.store.sqlite import contents
from kedro_viz.store.sqlite.sqlite_file import open_store, set_aside, store_error
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.run_setting import RecordedRun

logger = logging.getLogger(__name__)

Thing = TypeVar("Thing")
Result = TypeVar("Result")

# Others wait for the store while something moves: so much goes in one transaction, which takes a tenth of a second.
_BYTES_AT_ONCE = 2_000_000

# Who waits for the store tries again after a tenth of a second at most: between two transactions they have a chance.
_LONGEST_REST = 0.1

# What is older than this in the trash is there because a server has crashed, or because it could not be purged: nobody
# will take it back any more.
UNDO_SECONDS = 24 * 3600.0

# In the trash's `user_version`: contents of purged runs may still be in the store.
_TO_BE_RECLAIMED = 1

# Points of runs that are not there: on their way, or left by a process that was killed on the way.
_STRAY_IN_STORE = (
    "SELECT run_id FROM deleted_runs AS deleted WHERE NOT EXISTS (SELECT 1 FROM runs WHERE id = deleted.run_id) "
    "AND EXISTS (SELECT 1 FROM series_chunks AS points WHERE points.run_id = deleted.run_id)"
)
_STRAY_IN_TRASH = "SELECT DISTINCT run_id FROM series_chunks WHERE run_id NOT IN (SELECT id FROM runs)"

_FILES_TO_REMOVE = "CREATE TABLE IF NOT EXISTS files_to_remove (run_id VARCHAR NOT NULL PRIMARY KEY) WITHOUT ROWID"


class RunsGoOnError(StoreError):
    """Runs that still go on cannot be deleted."""

    def __init__(self, run_ids: Sequence[str]) -> None:
        names = ", ".join(f"'{run_id}'" for run_id in run_ids[:5])
        more = f" and {len(run_ids) - 5} more" if len(run_ids) > 5 else ""
        super().__init__(f"Still running: {names}{more}. A run can be deleted when it has ended.")


@dataclass
class Purged:
    """What was removed for good.

    Attributes:
        runs: How many runs.
        versions: How many versions of datasets, with all their files.
        bytes: How much smaller the store and the versioned files are.
        problems: Why something stays, in sentences for users. A purge of `UNDO_SECONDS` tries again.
    """

    runs: int = 0
    versions: int = 0
    bytes: int = 0
    problems: list[str] = field(default_factory=list)


def trash_location(location: Path) -> Path:
    """Where a store's deleted runs are. The file is there only while there are some."""
    # Not named `*.db`: Kedro-Viz 10 takes every such file in the folder for a colleague's store.
    return location.with_name(f"{location.name}.trash")


class Deletion:
    """Deletes runs of one store.

    Args:
        writer: Writes to the store.
        files: The versioned files of the project; None where they cannot be removed now.
    """

    def __init__(self, writer: SQLiteWriter, files: VersionedFiles | None = None) -> None:
        self._writer = writer
        self._files = files
        self._trash = trash_location(writer.location)
        self._reclaiming = Reclaiming(writer, self._needed_in_trash)

    def delete(self, run_ids: Collection[str], with_files: bool = False) -> list[str]:
        """Move runs to the trash.

        Args:
            run_ids: The runs. Those that are not in the store are passed over.
            with_files: Whether their versioned files are to be removed when they are purged.

        Returns:
            The runs that were deleted.

        Raises:
            RunsGoOnError: If some of them still go on. Then none is deleted.
            StoreError: If the store or the trash cannot be written now. Some may have been deleted already.
        """
        mark_lost_runs(self._writer)
        if running := self._writer.read(partial(_running, run_ids=_unique(run_ids))):
            raise RunsGoOnError(running)
        there = self._writer.read(partial(_sizes, run_ids=_unique(run_ids)))
        deleted: list[str] = []
        for batch in contents.in_portions(there, _BYTES_AT_ONCE):
            # What an earlier, interrupted try has left there may be of another time.
            self._drop_from_trash(batch)
            self._in_portions(self._writer.read(partial(points_of, run_ids=batch)), self._copy_points_to_trash)
            deleted += self._writer.work(partial(self._move_to_trash, batch, with_files))
            self._clear_store()
        return deleted

    def restore(self, run_ids: Collection[str]) -> list[str]:
        """Bring runs back from the trash, with all that belongs to them.

        Args:
            run_ids: The runs. Those that are not in the trash are passed over.

        Returns:
            The runs that are in the store again.

        Raises:
            StoreError: If the store or the trash cannot be written now. Some may have been restored already.
        """
        restored: list[str] = []
        for batch in contents.in_portions(self._writer.work(partial(self._in_trash, run_ids)), _BYTES_AT_ONCE):
            self._in_portions(self._writer.work(partial(self._points_in_trash, batch)), self._copy_points_back)
            # The trash forgets them next: a power cut must not leave them nowhere.
            back = self._writer.work(partial(self._move_back, batch), durable=True)
            self._drop_from_trash(back)
            restored += back
        return restored

    def purge(self, older_than_seconds: float = 0, run_ids: Collection[str] | None = None) -> Purged:
        """Remove deleted runs for good: their records, their versioned files where that was asked for, and the contents
        that no other run has.

        Args:
            older_than_seconds: Keep what was deleted later than so many seconds ago.
            run_ids: Only these; all if None.

        Returns:
            What was removed, and why something was not. While a run goes on, contents stay till the next time.

        Raises:
            StoreError: If the store or the trash cannot be written now.
        """
        purged = Purged()
        if not self._trash.exists():
            return purged
        before = _size(self._writer.location)
        due, with_files = self._writer.work(partial(self._due, _now() - round(older_than_seconds * 1000), run_ids))
        kept = self._remove_files(with_files, purged)
        gone = [run_id for run_id in due if run_id not in kept]
        for batch in contents.in_portions(self._writer.work(partial(self._in_trash, gone)), _BYTES_AT_ONCE):
            purged.runs += self._drop_from_trash(batch, purged=True)
        self._clear_store()
        self._clear_trash()
        self._writer.work(delete_unused_metric_names)
        if self._reclaiming.remove_unused_contents():
            self._writer.work(self._note_reclaimed)
            self._reclaiming.close_gaps()
        self._reclaiming.empty_log()
        purged.bytes += max(0, before - _size(self._writer.location))
        return purged

    # --- Each of these is done in one transaction of the store.

    def _copy_points_to_trash(self, keys: Sequence[PointsKey], store: sqlite3.Connection) -> None:
        with self._changed_trash() as trash:
            copy_points(store, trash, keys)

    def _move_to_trash(self, run_ids: Collection[str], with_files: bool, store: sqlite3.Connection) -> list[str]:
        there = [run_id for run_id in run_ids if _is_in(store, run_id)]
        if running := _running(store, there):
            raise RunsGoOnError(running)
        if not there:
            return []
        with self._changed_trash() as trash:
            _complete_points(store, trash, there)
            for run_id in there:
                copy_record(store, trash, run_id)
                trash.execute("DELETE FROM files_to_remove WHERE run_id = ?", (run_id,))
                if with_files:
                    trash.execute("INSERT INTO files_to_remove (run_id) VALUES (?)", (run_id,))
        store.execute(OVERWRITE)
        for run_id in there:
            delete_record(store, run_id)
            store.execute("INSERT OR REPLACE INTO deleted_runs (run_id, deleted_at) VALUES (?, ?)", (run_id, _now()))
        return there

    def _in_trash(self, run_ids: Collection[str], _store: sqlite3.Connection) -> list[tuple[str, int]]:
        """Those of the runs that are in the trash, and about how many bytes each takes without its points."""
        if not self._trash.exists():
            return []
        with self._open_trash() as trash:
            return _sizes(trash, _unique(run_ids))

    def _points_in_trash(self, run_ids: Collection[str], store: sqlite3.Connection) -> list[tuple[PointsKey, int]]:
        """The points of the runs that can come back."""
        if not self._trash.exists():
            return []
        with self._open_trash() as trash:
            return points_of(trash, (run_id for run_id in run_ids if not _is_in(store, run_id)))

    def _copy_points_back(self, keys: Sequence[PointsKey], store: sqlite3.Connection) -> None:
        if not self._trash.exists():
            return
        with self._open_trash() as trash:
            # A run that was begun again meanwhile has points of its own.
            copy_points(trash, store, [key for key in keys if _is_deleted(store, key[0])])

    def _move_back(self, run_ids: Collection[str], store: sqlite3.Connection) -> list[str]:
        if not self._trash.exists():
            return []
        with self._open_trash() as trash:
            back = [run_id for run_id in run_ids if _is_in(trash, run_id)]
            for run_id in back:
                # It may be there because it was run again, or because its deletion was interrupted.
                if not _is_in(store, run_id):
                    _complete_points(trash, store, [run_id])
                    copy_record(trash, store, run_id)
                store.execute("DELETE FROM deleted_runs WHERE run_id = ?", (run_id,))
        return back

    def _due(
        self, deleted_before: int, run_ids: Collection[str] | None, store: sqlite3.Connection
    ) -> tuple[list[str], list[str]]:
        """What is to be purged, and of which of these the files too."""
        if not self._trash.exists():
            return [], []
        with self._open_trash() as trash:
            trashed = [run_id for (run_id,) in trash.execute("SELECT id FROM runs")]
            trash.execute(_FILES_TO_REMOVE)
            marked = {run_id for (run_id,) in trash.execute("SELECT run_id FROM files_to_remove")}
        deleted = dict(store.execute("SELECT run_id, deleted_at FROM deleted_runs").fetchall())
        # What has no tombstone is in the store, or was.
        due = [
            run_id
            for run_id in trashed
            if (run_ids is None or run_id in run_ids) and deleted.get(run_id, 0) <= deleted_before
        ]
        return due, [run_id for run_id in due if run_id in marked and run_id in deleted and not _is_in(store, run_id)]

    def _recorded_in_trash(self, run_ids: Collection[str], _store: sqlite3.Connection) -> list[RecordedRun]:
        """What the records of runs in the trash say of where their files are."""
        with self._open_trash() as trash:
            return read_recorded_runs(trash, run_ids)

    def _drop_records(self, run_ids: Collection[str], purged: bool, _store: sqlite3.Connection) -> int:
        if not self._trash.exists():
            return 0
        with self._changed_trash() as trash:
            there = [run_id for run_id in run_ids if _is_in(trash, run_id)]
            for run_id in there:
                delete_record(trash, run_id)
                trash.execute("DELETE FROM files_to_remove WHERE run_id = ?", (run_id,))
            if purged:
                trash.execute(f"PRAGMA user_version = {_TO_BE_RECLAIMED}")
        return len(there)

    def _stray_in_trash(self, _store: sqlite3.Connection) -> list[tuple[PointsKey, int]]:
        if not self._trash.exists():
            return []
        with self._open_trash() as trash:
            stray = points_of(trash, [run_id for (run_id,) in trash.execute(_STRAY_IN_TRASH)])
        if not stray:
            self._remove_trash_if_done()
        return stray

    def _remove_stray_from_trash(self, keys: Sequence[PointsKey], _store: sqlite3.Connection) -> None:
        if not self._trash.exists():
            return
        with self._changed_trash() as trash:
            # What was on its way may have arrived.
            delete_points(trash, [key for key in keys if not _is_in(trash, key[0])])

    def _remove_stray_from_store(self, keys: Sequence[PointsKey], store: sqlite3.Connection) -> None:
        store.execute(OVERWRITE)
        # A run may be back meanwhile.
        delete_points(store, [key for key in keys if _is_deleted(store, key[0]) and not _is_in(store, key[0])])

    def _note_reclaimed(self, _store: sqlite3.Connection) -> None:
        if self._trash.exists():
            with self._open_trash() as trash:
                trash.execute("PRAGMA user_version = 0")
            self._remove_trash_if_done()

    def _needed_in_trash(self) -> set[str]:
        """The contents that runs in the trash name."""
        if not self._trash.exists():
            return set()
        with self._open_trash() as trash:
            return contents.named_by_runs(trash)

    def _remove_trash_if_done(self) -> None:
        with self._open_trash() as trash:
            done = all(
                trash.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchone() is None  # noqa: S608 - our own names
                for table in ("runs", "series_chunks")
            )
            done &= trash.execute("PRAGMA user_version").fetchone() != (_TO_BE_RECLAIMED,)
        if done:
            for suffix in ("", "-wal", "-shm"):
                self._trash.with_name(self._trash.name + suffix).unlink(missing_ok=True)

    @contextlib.contextmanager
    def _changed_trash(self) -> Iterator[sqlite3.Connection]:
        """The trash, changed in one transaction."""
        with self._open_trash() as trash:
            trash.execute("BEGIN IMMEDIATE")
            trash.execute(_FILES_TO_REMOVE)
            yield trash
            trash.execute("COMMIT")

    @contextlib.contextmanager
    def _open_trash(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = open_store(self._trash)
        except StoreCorruptError:
            logger.warning("The trash is damaged. It is kept as '%s', and a new one is begun.", set_aside(self._trash))
            connection = open_store(self._trash)
        try:
            with contextlib.closing(connection):
                yield connection
        except sqlite3.Error as error:
            raise store_error(error, self._trash, 0) from error

    # --- The rest takes several.

    def _in_portions(
        self, things: Iterable[tuple[Thing, int]], change: Callable[[Sequence[Thing], sqlite3.Connection], object]
    ) -> None:
        """Change the store bit by bit, so that others come in between."""
        rest = 0.0
        for portion in contents.in_portions(things, _BYTES_AT_ONCE):
            time.sleep(rest)
            began = time.monotonic()
            self._writer.work(partial(change, portion))
            rest = min(_LONGEST_REST, time.monotonic() - began)

    def _drop_from_trash(self, run_ids: Collection[str], purged: bool = False) -> int:
        """Remove runs from the trash; how many there were. If they are purged, their contents are to be reclaimed."""
        count = self._writer.work(partial(self._drop_records, run_ids, purged))
        self._clear_trash()
        return count

    def _clear_trash(self) -> None:
        """Remove points of runs that are not in the trash; and the trash itself, where nothing is left to do."""
        stray = self._writer.work(self._stray_in_trash)
        if stray:
            self._in_portions(stray, self._remove_stray_from_trash)
            self._writer.work(self._stray_in_trash)

    def _clear_store(self) -> None:
        """Remove points of deleted runs from the store."""
        self._in_portions(self._writer.read(_stray_in_store), self._remove_stray_from_store)

    def _remove_files(self, run_ids: list[str], purged: Purged) -> set[str]:
        """Remove versioned files.

        Returns:
            The runs that must stay in the trash, because not all of their files could be removed.
        """
        if not run_ids:
            return set()
        if self._files is None:
            purged.problems.append("The versioned files of deleted runs stay till the project can be opened.")
            return set(run_ids)
        removed = self._files.remove_versions(self._writer.work(partial(self._recorded_in_trash, run_ids)))
        purged.versions += removed.count
        purged.bytes += removed.bytes
        purged.problems += removed.problems
        return removed.kept


def _running(store: sqlite3.Connection, run_ids: Collection[str]) -> list[str]:
    """Those of the runs that go on. What has never given a sign of life is only part of a record."""
    going_on = "SELECT 1 FROM runs WHERE id = ? AND status = ? AND heartbeat_at IS NOT NULL"
    return [run_id for run_id in run_ids if store.execute(going_on, (run_id, RunStatus.RUNNING.value)).fetchone()]


def _is_in(store: sqlite3.Connection, run_id: str) -> bool:
    return store.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone() is not None


def _is_deleted(store: sqlite3.Connection, run_id: str) -> bool:
    return store.execute("SELECT 1 FROM deleted_runs WHERE run_id = ?", (run_id,)).fetchone() is not None


def _sizes(store: sqlite3.Connection, run_ids: Iterable[str]) -> list[tuple[str, int]]:
    """Those of the runs that are in a store, and about how many bytes each takes without its points."""
    return [(run_id, record_size(store, run_id)) for run_id in run_ids if _is_in(store, run_id)]


def _stray_in_store(store: sqlite3.Connection) -> list[tuple[PointsKey, int]]:
    return points_of(store, [run_id for (run_id,) in store.execute(_STRAY_IN_STORE).fetchall()])


def _complete_points(source: sqlite3.Connection, target: sqlite3.Connection, run_ids: Sequence[str]) -> None:
    """Copy the points that came since the others were copied, and remove those that are not there any more."""
    wanted, found = set(points_of(source, run_ids)), set(points_of(target, run_ids))
    delete_points(target, (key for key, _ in found - wanted))
    copy_points(source, target, (key for key, _ in wanted - found))


def _unique(run_ids: Iterable[str]) -> list[str]:
    """Run ids, each once; without those that no store can hold, which a request may name all the same."""
    return [run_id for run_id in dict.fromkeys(run_ids) if run_id == run_id.encode("utf-8", "ignore").decode("utf-8")]


def _now() -> int:
    return round(time.time() * 1000)


def _size(location: Path) -> int:
    files = (location.with_name(location.name + suffix) for suffix in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
