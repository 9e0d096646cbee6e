"""Opens a session store for a person who asks something of it once: on the command line, or in Python."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Engine

from kedro_viz.store.engine import engine_of, readable_copy, scratch_folder
from kedro_viz.store.errors import StoreError, StoreNotWritableError
from kedro_viz.store.lost_runs import mark_lost_runs
from kedro_viz.store.spool import take_in
from kedro_viz.store.sqlite_file import open_store
from kedro_viz.store.writer import SQLiteWriter

logger = logging.getLogger(__name__)

# A person waits this long for a run that is writing.
_LOCK_SECONDS = 5.0


@contextlib.contextmanager
def opened_store(location: Path, *, to_change: bool = False) -> Iterator[Engine]:
    """Open a store, with what earlier runs left beside it, for as long as the context lasts.

    Args:
        location: The store's file.
        to_change: Whether it is going to be changed: one that cannot be written is refused then, else read.

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
        stack.callback(engine.dispose)
        yield engine


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
