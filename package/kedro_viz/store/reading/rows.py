"""Asking a session store: each question is a fixed number of statements, however many runs it is about."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, Select, TextClause

if TYPE_CHECKING:
    from typing import TypeAlias

    from typing_extensions import Unpack

    # Any: rows of whatever columns a query selects.
    AnyRow: TypeAlias = Row[Unpack[tuple[Any, ...]]]
    AnySelect: TypeAlias = Select[Unpack[tuple[Any, ...]]]

# SQLite takes 32,766 variables a statement; longer lists are asked in parts.
MAX_VARIABLES = 30_000

# The garbage collector looks at new objects when there are 700 of them.
_BATCH = 250


# Any: a table or a join.
def rows_of(
    engine: Engine, query: AnySelect, column: ColumnElement[str], wanted: Sequence[str], source: Any = None
) -> Iterator[AnyRow]:
    """The rows of a query whose column is one of many texts, as they are read.

    Args:
        engine: The store.
        query: What to ask.
        column: Mostly the id of a run.
        wanted: What may stand in it.
        source: A join to ask instead of the columns' own tables.
    """
    if source is not None:
        query = query.select_from(source)
    with engine.connect() as connection:
        for part in parts(wanted):
            yield from connection.execute(query.where(column.in_(part)))


def parts(wanted: Sequence[str]) -> Iterable[list[str]]:
    """Many texts, each once, in lists that a statement has room for."""
    unique = list(dict.fromkeys(wanted))
    return (unique[start : start + MAX_VARIABLES] for start in range(0, len(unique), MAX_VARIABLES))


# Any: rows of whatever columns a query selects.
def tuples(connection: Connection, query: AnySelect | TextClause) -> Sequence[tuple[Any, ...]]:
    """Rows as the driver gives them. For a hundred thousand, making SQLAlchemy's rows costs more than reading them."""
    with contextlib.closing(connection.execute(query)) as result:
        return () if result.cursor is None else result.cursor.fetchall()


# Any: rows of whatever columns a query selects.
def batches(connection: Connection, query: AnySelect | TextClause) -> Iterator[Sequence[tuple[Any, ...]]]:
    """Rows as the driver gives them, some hundred at a time.

    Who keeps their values only, and not the rows, spares Python's garbage collector: a list of ten thousand rows makes
    it go through all that the process has in memory.
    """
    with contextlib.closing(connection.execute(query)) as result:
        while result.cursor is not None and (rows := result.cursor.fetchmany(_BATCH)):
            yield rows
