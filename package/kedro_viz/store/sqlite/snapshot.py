"""Copies a store for others: whole and consistent, though runs may be writing to it."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from kedro_viz.store.sqlite import contents
from kedro_viz.store.sqlite.run_rows import delete_unused_metric_names


def write_snapshot(location: Path, copy: Path) -> None:
    """A whole, consistent copy of a store in one file, though runs may be writing to it; without what was deleted."""
    with (
        contextlib.closing(sqlite3.connect(location, timeout=10)) as source,
        contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        _drop_additions(target)
        deleted = target.execute("SELECT 1 FROM deleted_runs LIMIT 1").fetchone() is not None
        if deleted:
            # What only deleted runs need waits for their purge. Nobody else has to know of them.
            contents.remove(target, [name for name, _ in contents.unused(target)])
            delete_unused_metric_names(target)
            target.execute("DELETE FROM series_chunks WHERE run_id IN (SELECT run_id FROM deleted_runs)")
            target.execute("DELETE FROM trash")
            target.execute("DELETE FROM deleted_runs")
        if deleted or target.execute("PRAGMA freelist_count").fetchone() != (0,):
            # The gaps of the file still hold what was in them.
            target.execute("VACUUM")


def _drop_additions(store: sqlite3.Connection) -> None:
    """Remove what people have added to their own store, such as views: nobody would read a store that has some."""
    extra = (
        "SELECT type, name FROM sqlite_master WHERE type IN ('trigger', 'view') OR (type = 'table' AND rootpage = 0)"
    )
    for kind, name in store.execute(f"{extra} ORDER BY type").fetchall():
        quoted = name.replace('"', '""')
        # A virtual table may need a module that is not here. Then others say what is wrong with the store.
        with contextlib.suppress(sqlite3.Error):
            store.execute(f'DROP {kind} IF EXISTS "{quoted}"')
    for (name,) in store.execute(
        "SELECT name FROM sqlite_master WHERE name IN ('sqlite_stat3', 'sqlite_stat4')"
    ).fetchall():
        store.execute(f"DROP TABLE {name}")
