"""Deletes runs for people in the browser, who can take that back until the server closes."""

from __future__ import annotations

import contextlib
import logging
import threading
from collections.abc import Callable, Collection, Sequence

from kedro_viz.store.deleting.deletion import UNDO_SECONDS, Deletion
from kedro_viz.store.errors import StoreError
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.sqlite.engine import OpenedStore
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.content import describe_size

logger = logging.getLogger(__name__)

# A person waits so long for a run that is writing, as for any edit.
_LOCK_SECONDS = 5.0

# Ctrl-C waits so long for the files of deleted runs to be removed. What stays then is purged at a later start.
_PURGE_SECONDS = 10.0


class RunDeletion:
    """Deletes runs of the store that is served, and forgets them for good when the server closes.

    Args:
        store: Tells which store that is now.
        files: The project's versioned files.
        on_change: Called whenever there may be fewer or more runs.
    """

    def __init__(self, store: Callable[[], OpenedStore], files: VersionedFiles, on_change: Callable[[], None]) -> None:
        self._store = store
        self._files = files
        self._on_change = on_change
        # What was deleted here: another server may still restore what was deleted there.
        self._deleted: set[str] = set()

    def delete(self, run_ids: Sequence[str], with_files: bool) -> list[str]:
        """Delete runs.

        Args:
            run_ids: The runs. Unknown ones are passed over.
            with_files: Whether their versioned files are removed with them for good.

        Returns:
            The runs that were deleted.

        Raises:
            StoreError: If some of them go on, or the store cannot be written.
        """
        deleted = self._change(lambda deletion: deletion.delete(run_ids, with_files))
        self._deleted.update(deleted)
        return deleted

    def restore(self, run_ids: Sequence[str]) -> list[str]:
        """Bring deleted runs back.

        Args:
            run_ids: The runs. Those that are not in the trash are passed over.

        Returns:
            The runs that are back.

        Raises:
            StoreError: If the store cannot be written.
        """
        restored = self._change(lambda deletion: deletion.restore(run_ids))
        self._deleted.difference_update(restored)
        return restored

    def purge_own(self) -> None:
        """Remove for good what was deleted here. Takes no longer than a person waits for the server to close."""
        if self._deleted:
            purging = threading.Thread(target=self._purge, args=(0, set(self._deleted)), daemon=True)
            purging.start()
            purging.join(_PURGE_SECONDS)

    def purge_old(self) -> None:
        """Remove for good what a server deleted that could not purge it."""
        if not self._store().read_only:
            self._purge(UNDO_SECONDS, None)

    def _change(self, change: Callable[[Deletion], list[str]]) -> list[str]:
        store = self._store()
        if store.read_only:
            raise StoreError("The session store is read-only: nothing was deleted or restored.")
        try:
            with contextlib.closing(SQLiteWriter(store.file, _LOCK_SECONDS)) as writer:
                return change(Deletion(writer, self._files))
        finally:
            # Where it failed, it may have done a part.
            self._on_change()

    def _purge(self, older_than_seconds: float, run_ids: Collection[str] | None) -> None:
        try:
            with contextlib.closing(SQLiteWriter(self._store().file, _LOCK_SECONDS)) as writer:
                purged = Deletion(writer, self._files).purge(older_than_seconds, run_ids)
        except Exception as error:  # noqa: BLE001 - it is tried again at a later start
            logger.warning("Deleted runs stay in the trash for now: %s", error)
            return
        for problem in purged.problems:
            logger.warning("%s", problem)
        if purged.runs:
            size = describe_size(purged.bytes)
            logger.info(
                "Removed %d deleted runs and %d versions of their data: %s.", purged.runs, purged.versions, size
            )
