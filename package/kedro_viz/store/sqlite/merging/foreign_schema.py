"""Which schemas a store from elsewhere may have.

A SQLite schema is a program: a view, a trigger, a generated column or an index over an expression is evaluated when
somebody reads or writes. A session store needs nothing but tables and indexes of columns: all else is refused.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Collection, Sequence
from functools import cache

from kedro_viz.store.sqlite import schema
from kedro_viz.store.sqlite.merging.schema_table import SchemaEntry
from kedro_viz.tracking.printable import shortened

# In `PRAGMA index_xinfo`, what stands for a column where an index has an expression.
_EXPRESSION = -2

# SQLite reads all of these as soon as it opens a file, whatever they hold. Only builds that use them write them.
_PLANNER_SAMPLES = ("sqlite_stat3", "sqlite_stat4")

_MAX_NAME_CHARACTERS = 100


class ForeignSchemaError(ValueError):
    """The schema has something that a session store has not."""


def check_entries(entries: Sequence[SchemaEntry]) -> None:
    """Refuse a file that has anything but tables and indexes, before SQLite opens it.

    Raises:
        ForeignSchemaError: If it has a view, a trigger, a virtual table, or planner samples.
    """
    for entry in entries:
        if entry.kind not in ("table", "index"):
            raise ForeignSchemaError(f"it has a {_quoted(entry.kind, entry.name)}")
        # Only what has rows of its own has a page where they begin.
        if not entry.root or entry.root < 1:
            raise ForeignSchemaError(f"it has a virtual {_quoted(entry.kind, entry.name)}")
        if entry.name.lower() in _PLANNER_SAMPLES:
            raise ForeignSchemaError(f"it has the {_quoted('table', entry.name)} of ANALYZE")


def check_tables(connection: sqlite3.Connection, alias: str, tables: Collection[str]) -> None:
    """Refuse tables whose rows are more than what is stored.

    Args:
        connection: A connection with the file attached.
        alias: As what.
        tables: The tables that are going to be read.

    Raises:
        ForeignSchemaError: If one has a generated column, or an index over an expression that we do not know.
    """
    for table in tables:
        for _, column, *_, hidden in connection.execute(f"PRAGMA {alias}.table_xinfo({table})"):
            if hidden:
                raise ForeignSchemaError(f"its table '{table}' has the generated {_quoted('column', column)}")
        for _, index, _, _, is_partial in connection.execute(f"PRAGMA {alias}.index_list({table})").fetchall():
            parts = connection.execute(f"SELECT cid FROM pragma_index_xinfo(?, '{alias}')", (index,)).fetchall()  # noqa: S608 - own name
            if (_EXPRESSION,) in parts or (is_partial and not _is_known(connection, alias, index)):
                raise ForeignSchemaError(f"it has an {_quoted('index', index)} over an expression")


def columns_of(connection: sqlite3.Connection, alias: str, table: str) -> set[str]:
    """The columns of a table; empty if there is none."""
    return {row[1].lower() for row in connection.execute(f"PRAGMA {alias}.table_info({table})")}


def _is_known(connection: sqlite3.Connection, alias: str, index: str) -> bool:
    found = connection.execute(f"SELECT sql FROM {alias}.sqlite_master WHERE type = 'index' AND name = ?", (index,))  # noqa: S608 - own name
    return _normalised(found.fetchone()[0]) in _known_partial_indexes()


@cache
def _known_partial_indexes() -> frozenset[str]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        schema.create(connection, schema.SCHEMA_VERSION)
        found = connection.execute("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql LIKE '% WHERE %'")
        return frozenset(_normalised(sql) for (sql,) in found)
    finally:
        connection.close()


def _normalised(sql: str) -> str:
    # Database browsers write statements anew: with quotes, and lines of their own.
    return re.sub(r'[\s"`\[\]]+', " ", sql).strip().lower()


def _quoted(kind: str, name: str) -> str:
    return f"{shortened(kind, _MAX_NAME_CHARACTERS)} '{shortened(name, _MAX_NAME_CHARACTERS)}'"
