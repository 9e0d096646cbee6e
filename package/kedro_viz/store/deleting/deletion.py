"""Deletes runs: first into the store's trash, from which they can be restored, then for good."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from kedro_viz.store.errors import StoreError
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.sqlite import trash
from kedro_viz.store.sqlite.old_trash import take_over
from kedro_viz.store.sqlite.reclaiming import Reclaiming
from kedro_viz.store.sqlite.run_rows import delete_unused_metric_names
from kedro_viz.store.sqlite.writer import Connection, SQLiteWriter

Thing = TypeVar("Thing")

# Others wait for the store during a transaction: one begins nothing further after so many seconds.
_TURN_SECONDS = 0.05

# Who waits for the store tries again after a tenth of a second at most: between two transactions they have a chance.
_LONGEST_REST = 0.1

# What is older than this in the trash is there because a server has crashed, or because it could not be purged: nobody
# will restore it any more.
UNDO_SECONDS = 24 * 3600.0


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


class Deletion:
    """Deletes runs of one store.

    Many runs take several transactions, so that whoever records meanwhile does not wait for long. Each run is deleted,
    restored or purged by one of them.

    Args:
        writer: Writes to the store.
        files: The versioned files of the project; None where they cannot be removed now.
    """

    def __init__(self, writer: SQLiteWriter, files: VersionedFiles | None = None) -> None:
        self._writer = writer
        self._files = files
        self._reclaiming = Reclaiming(writer, trash.needed_contents)

    def delete(self, run_ids: Collection[str], with_files: bool = False) -> list[str]:
        """Move runs to the trash.

        Args:
            run_ids: The runs. Those that are not in the store are passed over.
            with_files: Whether their versioned files are to be removed when they are purged.

        Returns:
            The runs that were deleted.

        Raises:
            RunsGoOnError: If some of them still go on. Then none is deleted.
            StoreError: If the store cannot be written now. Some may have been deleted already.
        """
        mark_lost_runs(self._writer)
        there = self._writer.read(partial(trash.among_runs, run_ids=_unique(run_ids)))
        if running := self._writer.read(partial(trash.going_on, run_ids=there)):
            raise RunsGoOnError(running)
        deleted: list[str] = []

        def delete(store: Connection, run_id: str) -> None:
            if running := trash.going_on(store, [run_id]):
                raise RunsGoOnError(running)
            if trash.among_runs(store, [run_id]):
                trash.move_to_trash(store, run_id, with_files, _now())
                deleted.append(run_id)

        self._in_turns(there, delete)
        return deleted

    def restore(self, run_ids: Collection[str]) -> list[str]:
        """Bring runs back from the trash, with all that belongs to them.

        Args:
            run_ids: The runs. Those that are not in the trash are passed over.

        Returns:
            The runs that are in the store again.

        Raises:
            StoreError: If the store cannot be written now. Some may have been restored already.
        """
        take_over(self._writer)
        restored: list[str] = []

        def restore(store: Connection, run_id: str) -> None:
            if trash.restorable(store, [run_id]):
                trash.move_back(store, run_id)
                restored.append(run_id)

        self._in_turns(self._writer.read(partial(trash.restorable, run_ids=_unique(run_ids))), restore)
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
            StoreError: If the store cannot be written now.
        """
        purged = Purged()
        take_over(self._writer)
        if self._writer.read(trash.is_empty):
            return purged
        before = _size(self._writer.location)
        deleted_before = _now() - round(older_than_seconds * 1000)
        due = self._writer.read(partial(trash.due, deleted_before=deleted_before, run_ids=run_ids))
        kept = self._remove_files([run.run_id for run in due if run.with_files], purged)
        gone = [run.run_id for run in due if run.run_id not in kept]
        self._in_turns(gone, trash.forget)
        purged.runs = len(gone)
        self._in_turns(self._writer.read(trash.stray_points), trash.delete_stray_points)
        self._writer.work(delete_unused_metric_names)
        if self._reclaiming.remove_unused_contents():
            self._writer.work(trash.note_reclaimed)
            self._reclaiming.close_gaps()
        self._reclaiming.empty_log()
        purged.bytes += max(0, before - _size(self._writer.location))
        return purged

    def _in_turns(self, things: Sequence[Thing], change: Callable[[Connection, Thing], None]) -> None:
        """Change the store thing by thing, so that others come in between."""
        done, rest = 0, 0.0
        while done < len(things):
            time.sleep(rest)
            began = time.monotonic()
            done = self._writer.work(partial(_turn, things=things, begin=done, change=change))
            rest = min(_LONGEST_REST, time.monotonic() - began)

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
        removed = self._files.remove_versions(self._writer.read(partial(trash.recorded_in_trash, run_ids=run_ids)))
        purged.versions += removed.count
        purged.bytes += removed.bytes
        purged.problems += removed.problems
        return removed.kept


def _turn(store: Connection, things: Sequence[Thing], begin: int, change: Callable[[Connection, Thing], None]) -> int:
    """Change what can be changed in one transaction; the place of the first thing that is left."""
    store.execute(trash.OVERWRITE)
    until = time.monotonic() + _TURN_SECONDS
    for place in range(begin, len(things)):
        change(store, things[place])
        if time.monotonic() >= until:
            return place + 1
    return len(things)


def _unique(run_ids: Iterable[str]) -> list[str]:
    """Run ids, each once; without those that no store can hold, which a request may name all the same."""
    return [run_id for run_id in dict.fromkeys(run_ids) if run_id == run_id.encode("utf-8", "ignore").decode("utf-8")]


def _now() -> int:
    return round(time.time() * 1000)


def _size(location: Path) -> int:
    files = (location.with_name(location.name + suffix) for suffix in ("", "-wal"))
    return sum(file.stat().st_size for file in files if file.exists())
