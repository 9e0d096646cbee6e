"""Gives back what purged runs leave: contents that no run has any more, gaps in the file, remains in its log."""

from __future__ import annotations

import contextlib
import logging
import sqlite3
from collections.abc import Callable, Sequence
from functools import partial

from kedro_viz.store.errors import StoreError
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.recording.spool import has_spooled
from kedro_viz.store.sqlite import contents
from kedro_viz.store.sqlite.data_version import data_version
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.trash import OVERWRITE
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.run import RunStatus

logger = logging.getLogger(__name__)

# Others wait for the store while contents are removed: so many go in one transaction.
_CONTENT_BYTES_AT_ONCE = 20_000_000

# The file is written anew, without its gaps, when they are so large and such a part of it.
_GAP_BYTES = 1_000_000
_GAP_PART = 0.2

# Each run that is recorded meanwhile makes it look again at what is used; the next purge is there for the rest.
_RECLAIM_TRIES = 3

# To empty the log waits for who reads, and who writes waits for that.
_LOG_WAIT_MILLISECONDS = 300

_State = tuple[int, int, int]


class Reclaiming:
    """Gives back what purged runs leave in one store.

    Args:
        writer: Writes to the store.
        also_needed: Reads the hashes of contents that are needed by others than the store's runs.
    """

    def __init__(self, writer: SQLiteWriter, also_needed: Callable[[sqlite3.Connection], set[str]]) -> None:
        self._writer = writer
        self._also_needed = also_needed

    def remove_unused_contents(self) -> bool:
        """Remove the contents that nobody needs, unless a run may just be adding to them.

        Returns:
            Whether all of them are removed.

        Raises:
            StoreError: If the store cannot be written now.
        """
        for _ in range(_RECLAIM_TRIES):
            if self._some_run_goes_on():
                break
            # Finding out what is needed may take seconds, and nobody shall wait for it: if the store has changed
            # meanwhile, it is found out again.
            elsewhere, seen = self._writer.work(self._needed_elsewhere)
            unused = self._writer.read(partial(contents.unused, also_needed=elsewhere))
            for batch in contents.in_portions(unused, _CONTENT_BYTES_AT_ONCE):
                after = self._writer.work(partial(self._remove_contents, batch, seen))
                if after is None:
                    break
                seen = after
            else:
                return True
        return False

    def close_gaps(self) -> None:
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
        except (sqlite3.Error, StoreError) as error:
            # The gaps are filled by what is recorded next.
            logger.debug("The store keeps its gaps: %s", error)

    def empty_log(self) -> None:
        """Write what is in the write-ahead log into the file, and cut the log: what was overwritten in the file stays
        in the log otherwise, as long as anybody has the store open."""
        try:
            with contextlib.closing(open_store(self._writer.location)) as connection:
                connection.execute(f"PRAGMA busy_timeout = {_LOG_WAIT_MILLISECONDS}")
                busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
            if busy:
                logger.debug("The store's log is in use. It is emptied by the next purge.")
        except (sqlite3.Error, StoreError) as error:
            logger.debug("The store's log could not be emptied: %s", error)

    def _needed_elsewhere(self, store: sqlite3.Connection) -> tuple[set[str], _State]:
        return self._also_needed(store), self._state(store)

    def _remove_contents(self, hashes: Sequence[str], seen: _State, store: sqlite3.Connection) -> _State | None:
        """Remove contents if the store is still as it was seen; its new state, None if it is not."""
        if self._state(store) != seen or self._some_run_is_recorded(store):
            return None
        store.execute(OVERWRITE)
        contents.remove(store, hashes)
        return self._state(store)

    def _state(self, store: sqlite3.Connection) -> _State:
        """What tells whether anybody, by this connection or another, has changed the store since."""
        return self._writer.generation.openings, data_version(store), store.total_changes

    def _some_run_goes_on(self) -> bool:
        mark_lost_runs(self._writer)
        # What is spooled may name contents that its run found in the store.
        return has_spooled(self._writer.location) or self._writer.read(self._some_run_is_recorded)

    @staticmethod
    def _some_run_is_recorded(store: sqlite3.Connection) -> bool:
        running = "SELECT 1 FROM runs WHERE status = ? AND heartbeat_at IS NOT NULL LIMIT 1"
        return store.execute(running, (RunStatus.RUNNING.value,)).fetchone() is not None
