"""Deletes runs: first into a trash, from which they can be brought back, then for good.

The trash is a store beside the store, `session_store.db.trash`. A deleted run's rows are there and nowhere else, so
that nothing that reads the store has to know of deletion. What stays in the store is a tombstone (`deleted_runs`),
so that the run does not come back from a colleague's store or by a late word of its own; and its contents, which
other runs may share, until the run is purged.

The trash is only ever opened while the store is locked for writing. What moves is committed where it goes to before it
is removed where it came from: a process that is killed in between leaves a run in both places, and the one in the
store counts.
"""

from __future__ import annotations

import contextlib
import logging
import sqlite3
import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from kedro_viz.store import contents
from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.lost_runs import mark_lost_runs
from kedro_viz.store.run_rows import copy_run, delete_run, delete_unused_metric_names
from kedro_viz.store.spool import has_spooled
from kedro_viz.store.sqlite_file import open_store, set_aside, store_error
from kedro_viz.store.versioned_files import VersionedFiles
from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.run import RunStatus

logger = logging.getLogger(__name__)

# Others wait for the store while runs move, or contents are removed: so many go in one transaction.
_RUNS_AT_ONCE = 20
_CONTENT_BYTES_AT_ONCE = 20_000_000

# The file is written anew, without its gaps, when they are so large and such a part of it.
_GAP_BYTES = 1_000_000
_GAP_PART = 0.2

# A run may be deleted because it holds what nobody should read: nothing of it stays in the file's gaps.
_OVERWRITE = "PRAGMA secure_delete = ON"

# In the trash's `user_version`: contents of purged runs may still be in the store.
_TO_BE_RECLAIMED = 1

# Each run that is recorded meanwhile makes it look again at what is used; the next purge is there for the rest.
_RECLAIM_TRIES = 3

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
        problems: Why something stays, in sentences for users. It is tried again the next time.
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
        return [
            run_id
            for batch in _batches(run_ids)
            for run_id in self._writer.work(partial(self._move_to_trash, batch, with_files))
        ]

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
        for batch in _batches(run_ids):
            back = self._writer.work(partial(self._move_back, batch))
            self._writer.work(partial(self._drop_from_trash, back))
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
        for batch in _batches([run_id for run_id in due if run_id not in kept]):
            purged.runs += self._writer.work(partial(self._drop_from_trash, batch, purged=True))
        self._writer.work(delete_unused_metric_names)
        if self._reclaim():
            self._writer.work(self._note_reclaimed)
            self._close_gaps()
        purged.bytes += max(0, before - _size(self._writer.location))
        return purged

    # --- Each of these is done in one transaction of the store.

    def _move_to_trash(self, run_ids: Collection[str], with_files: bool, store: sqlite3.Connection) -> list[str]:
        there = [run_id for run_id in run_ids if _is_in(store, run_id)]
        if running := _running(store, there):
            raise RunsGoOnError(running)
        if not there:
            return []
        with self._open_trash() as trash:
            trash.execute("BEGIN IMMEDIATE")
            trash.execute(_FILES_TO_REMOVE)
            for run_id in there:
                copy_run(store, trash, run_id)
                trash.execute("DELETE FROM files_to_remove WHERE run_id = ?", (run_id,))
                if with_files:
                    trash.execute("INSERT INTO files_to_remove (run_id) VALUES (?)", (run_id,))
            trash.execute("COMMIT")
        store.execute(_OVERWRITE)
        for run_id in there:
            delete_run(store, run_id)
            store.execute("INSERT OR REPLACE INTO deleted_runs (run_id, deleted_at) VALUES (?, ?)", (run_id, _now()))
        return there

    def _move_back(self, run_ids: Collection[str], store: sqlite3.Connection) -> list[str]:
        if not self._trash.exists():
            return []
        with self._open_trash() as trash:
            back = [run_id for run_id in run_ids if _is_in(trash, run_id)]
            for run_id in back:
                # It may be there because it was run again, or because its deletion was interrupted.
                if not _is_in(store, run_id):
                    copy_run(trash, store, run_id)
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

    def _datasets_in_trash(self, run_ids: Collection[str], _store: sqlite3.Connection) -> set[str]:
        """What runs in the trash saved, by name."""
        saved = (
            "SELECT dataset FROM artifacts WHERE run_id = ?1 UNION "
            "SELECT dataset FROM data_uses WHERE run_id = ?1 AND saved"
        )
        with self._open_trash() as trash:
            return {name for run_id in run_ids for (name,) in trash.execute(saved, (run_id,))}

    def _drop_from_trash(self, run_ids: Collection[str], _store: sqlite3.Connection, purged: bool = False) -> int:
        """Remove runs from the trash; how many there were. If they are purged, their contents are to be reclaimed."""
        if not self._trash.exists():
            return 0
        with self._open_trash() as trash:
            trash.execute("BEGIN IMMEDIATE")
            trash.execute(_FILES_TO_REMOVE)
            count = sum(_is_in(trash, run_id) for run_id in run_ids)
            for run_id in run_ids:
                delete_run(trash, run_id)
                trash.execute("DELETE FROM files_to_remove WHERE run_id = ?", (run_id,))
            if purged:
                trash.execute(f"PRAGMA user_version = {_TO_BE_RECLAIMED}")
            trash.execute("COMMIT")
        self._remove_trash_if_done()
        return count

    def _note_reclaimed(self, _store: sqlite3.Connection) -> None:
        if self._trash.exists():
            with self._open_trash() as trash:
                trash.execute("PRAGMA user_version = 0")
            self._remove_trash_if_done()

    def _remove_trash_if_done(self) -> None:
        with self._open_trash() as trash:
            done = trash.execute("SELECT 1 FROM runs LIMIT 1").fetchone() is None
            done &= trash.execute("PRAGMA user_version").fetchone() != (_TO_BE_RECLAIMED,)
        if done:
            for suffix in ("", "-wal", "-shm"):
                self._trash.with_name(self._trash.name + suffix).unlink(missing_ok=True)

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
        # Nobody but these runs may know of datasets that only a pattern of the catalog describes.
        self._files.resolve(self._writer.work(partial(self._datasets_in_trash, run_ids)))
        removed = self._files.remove_versions(run_ids)
        purged.versions += removed.count
        purged.bytes += removed.bytes
        purged.problems += removed.problems
        return removed.kept

    def _reclaim(self) -> bool:
        """Remove the contents that neither a run nor the trash needs, unless a run may just be adding to them.

        Returns:
            Whether all of them are removed.
        """
        for _ in range(_RECLAIM_TRIES):
            if self._some_run_goes_on():
                break
            # Finding out what is needed may take seconds, and nobody shall wait for it: if the store has changed
            # meanwhile, it is found out again.
            trashed, seen = self._writer.work(self._needed_in_trash)
            unused = self._writer.read(partial(contents.unused, also_needed=trashed))
            for batch in contents.in_portions(unused, _CONTENT_BYTES_AT_ONCE):
                after = self._writer.work(partial(self._remove_contents, batch, seen))
                if after is None:
                    break
                seen = after
            else:
                return True
        return False

    def _needed_in_trash(self, store: sqlite3.Connection) -> tuple[set[str], _State]:
        if not self._trash.exists():
            return set(), self._state(store)
        with self._open_trash() as trash:
            return contents.named_by_runs(trash), self._state(store)

    def _remove_contents(self, hashes: Sequence[str], seen: _State, store: sqlite3.Connection) -> _State | None:
        """Remove contents if the store is still as it was seen; its new state, None if it is not."""
        if self._state(store) != seen or self._some_run_is_recorded(store):
            return None
        store.execute(_OVERWRITE)
        contents.remove(store, hashes)
        return self._state(store)

    def _state(self, store: sqlite3.Connection) -> _State:
        """What tells whether anybody, by this connection or another, has changed the store since."""
        (version,) = store.execute("PRAGMA data_version").fetchone()
        return self._writer.openings, version, store.total_changes

    def _some_run_goes_on(self) -> bool:
        mark_lost_runs(self._writer)
        # What is spooled may name contents that its run found in the store.
        return has_spooled(self._writer.location) or self._writer.read(self._some_run_is_recorded)

    @staticmethod
    def _some_run_is_recorded(store: sqlite3.Connection) -> bool:
        running = "SELECT 1 FROM runs WHERE status = ? AND heartbeat_at IS NOT NULL LIMIT 1"
        return store.execute(running, (RunStatus.RUNNING.value,)).fetchone() is not None

    def _close_gaps(self) -> None:
        """Give the disk back what is not used any more, if it is much and no run has to wait for it."""
        if self._some_run_goes_on():
            return
        try:
            with contextlib.closing(open_store(self._writer.location)) as connection:
                gaps, pages, page_bytes = (
                    connection.execute(f"PRAGMA {name}").fetchone()[0]
                    for name in ("freelist_count", "page_count", "page_size")
                )
                if gaps * page_bytes >= _GAP_BYTES and gaps >= _GAP_PART * pages:
                    connection.execute("VACUUM")
                    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        except (sqlite3.Error, StoreError) as error:
            # The gaps are filled by what is recorded next.
            logger.debug("The store keeps its gaps: %s", error)


_State = tuple[int, int, int]


def _running(store: sqlite3.Connection, run_ids: Collection[str]) -> list[str]:
    """Those of the runs that go on. What has never given a sign of life is only part of a record."""
    going_on = "SELECT 1 FROM runs WHERE id = ? AND status = ? AND heartbeat_at IS NOT NULL"
    return [run_id for run_id in run_ids if store.execute(going_on, (run_id, RunStatus.RUNNING.value)).fetchone()]


def _is_in(store: sqlite3.Connection, run_id: str) -> bool:
    return store.execute("SELECT 1 FROM runs WHERE id = ?", (run_id,)).fetchone() is not None


def _batches(run_ids: Collection[str]) -> Iterator[list[str]]:
    unique = _unique(run_ids)
    return (unique[start : start + _RUNS_AT_ONCE] for start in range(0, len(unique), _RUNS_AT_ONCE))


def _unique(run_ids: Iterable[str]) -> list[str]:
    """Run ids, each once; without those that no store can hold, which a request may name all the same."""
    return [run_id for run_id in dict.fromkeys(run_ids) if run_id == run_id.encode("utf-8", "ignore").decode("utf-8")]


def _now() -> int:
    return round(time.time() * 1000)


def _size(location: Path) -> int:
    files = (location.with_name(location.name + suffix) for suffix in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
