"""Opens a session store for a person who asks something of it once: on the command line, or in Python."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Iterator
from pathlib import Path

from kedro_viz.store.errors import StoreError, StoreNotWritableError
from kedro_viz.store.files.file_index import FileIndex, IndexProgress
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.recording.spool import take_in
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of, readable_copy, scratch_folder
from kedro_viz.store.sqlite.sqlite_file import has_log, open_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.catalog import Catalog

logger = logging.getLogger(__name__)

# A person waits this long for a run that is writing.
_LOCK_SECONDS = 5.0
_FLUSH_SECONDS = 0.3


@contextlib.contextmanager
def opened_store(
    location: Path,
    *,
    to_change: bool = False,
    read_only: bool = False,
    catalog: Catalog | None = None,
    on_progress: Callable[[IndexProgress], None] = lambda _: None,
) -> Iterator[RunRepository]:
    """Open a store, with what earlier runs left beside it, for as long as the context lasts.

    Args:
        location: The store's file.
        to_change: Whether it is going to be changed: one that cannot be written is refused then, else read.
        read_only: Whether to refuse edits.
        catalog: The project's datasets, to read the versioned files of runs that came without their metrics: of
            Kedro-Viz 10, or of a colleague. None to leave them be.
        on_progress: Told how far that is.

    Raises:
        StoreError: If it cannot be used.
        OSError: If it can be neither written nor copied.
    """
    with contextlib.ExitStack() as stack:
        file = location
        try:
            open_store(location, _LOCK_SECONDS).close()
            _tidy(location)
        except StoreNotWritableError:
            if to_change:
                raise
            file = readable_copy(location, Path(stack.enter_context(scratch_folder())))
        engine = engine_of(file)
        if file == location:
            stack.callback(_flush, location)
        stack.callback(engine.dispose)
        if catalog is not None and file == location:
            _index(RunRepository(engine), location, catalog, on_progress)
        yield RunRepository(engine, read_only)


def _index(
    repository: RunRepository, location: Path, catalog: Catalog, on_progress: Callable[[IndexProgress], None]
) -> None:
    """Read what the store does not have yet of the files that runs saved."""
    with contextlib.closing(SQLiteWriter(location)) as writer:
        files = VersionedFiles(catalog, repository.records.recorded_runs, location)
        index = FileIndex(repository, writer, files, lambda: on_progress(index.progress))
        index.fill()


def _flush(location: Path) -> None:
    """Leave the store complete in its file, though others have it open too."""
    if has_log(location):
        with contextlib.suppress(StoreError), contextlib.closing(SQLiteWriter(location)) as writer:
            writer.flush(_FLUSH_SECONDS)


def _tidy(location: Path) -> None:
    """Take in what could not be stored before, and see which runs have vanished."""
    writer = SQLiteWriter(location)
    try:
        take_in(location, writer)
        mark_lost_runs(writer)
    except StoreError as error:
        logger.debug("Earlier runs stay as they are: %s", error)
    finally:
        writer.close()
