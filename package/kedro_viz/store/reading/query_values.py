"""Reads what queries can name and compare with, for completion: at a cost that does not grow with the store."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from sqlalchemy import Column, ColumnElement, Connection, func, select, true

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.query.language.fields import QUERY_FIELDS
from kedro_viz.store.query.language.tree import Field, FieldSource, Value
from kedro_viz.store.query.run_values import VALUES
from kedro_viz.store.reading.metric_names import all_names
from kedro_viz.store.reading.rows import tuples
from kedro_viz.store.stored_values import TAG_IS_PRESENT, metric_is
from kedro_viz.store.tables import metric_names, node_runs, parameters, run_tags, runs, series_chunks, tracked_json

# What a menu shows is found among so many: beyond, one types more of it.
_MAX_NAMES = 5_000
_MAX_VALUES = 100

# Columns of runs have no indexes; what most of the newest runs have is what people look for.
_NEWEST_RUNS = 5_000
_NEWEST_SERIES = 200
_NEWEST_DOCUMENTS = 20
_MAX_DOCUMENT_CHARACTERS = 50_000
_MAX_VALUE_CHARACTERS = 200

# What few runs share, or is too long to choose from.
_NOT_SUGGESTED = ("id", "status", "error.message")

_COLUMNS: dict[str, Column[str]] = {
    name: runs.c[QUERY_FIELDS[name].attribute]
    for name in VALUES
    if QUERY_FIELDS[name].kind is ColumnKind.TEXT and name not in _NOT_SUGGESTED
}


class QueryValues:
    """What runs have.

    Args:
        connection: A store of today's schema.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def metrics(self) -> list[str]:
        """The ids of metrics."""
        return [name.id for name in all_names(self._connection)[:_MAX_NAMES]]

    def parameters(self) -> list[str]:
        """The flat names of parameters."""
        return self._distinct(parameters.c.name, true(), _MAX_NAMES)

    def series(self) -> list[str]:
        """The names of series in the newest runs."""
        newest = select(runs.c.id).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(_NEWEST_SERIES)
        query = select(series_chunks.c.name).distinct().where(series_chunks.c.run_id.in_(newest)).limit(_MAX_VALUES)
        return sorted(name for (name,) in tuples(self._connection, query))

    def json_values(self) -> list[str]:
        """The ways to single values in the newest tracked documents, each after its dataset's name."""
        newest = select(runs.c.id).order_by(runs.c.started_at.desc(), runs.c.id.desc()).limit(_NEWEST_DOCUMENTS)
        query = select(tracked_json.c.dataset, tracked_json.c.data).where(
            tracked_json.c.run_id.in_(newest), func.length(tracked_json.c.data) <= _MAX_DOCUMENT_CHARACTERS
        )
        found: dict[str, None] = {}
        for dataset, data in tuples(self._connection, query.limit(_NEWEST_DOCUMENTS)):
            found.update(dict.fromkeys(_leaves(dataset, data)))
        return sorted(found)[:_MAX_NAMES]

    def has(self, field: Field) -> bool:
        """Whether any run may have a field: a look at an index."""
        if field.source is FieldSource.METRIC:
            query = select(metric_names.c.id).where(metric_is(field.name)).limit(1)
            return self._connection.execute(query).first() is not None
        if field.source is FieldSource.PARAMETER:
            having = select(parameters.c.run_id).where(parameters.c.name == field.name).limit(1)
            return self._connection.execute(having).first() is not None
        return True

    def values(self, field: Field) -> list[Value]:
        """Values that runs have in a field; the most used ones first where that is known."""
        if field.source is FieldSource.PARAMETER:
            found = self._distinct(parameters.c.value, parameters.c.name == field.name, _MAX_VALUES)
            return sorted(_plain(found), key=lambda value: (isinstance(value, str), value))
        if field.source is not FieldSource.RUN:
            return []
        if field.name == "tags":
            return list(self._distinct(run_tags.c.tag, TAG_IS_PRESENT, _MAX_VALUES))
        if field.name == "nodes":
            return list(self._most_used(node_runs.c.node))
        return list(self._most_used(_COLUMNS[field.name])) if field.name in _COLUMNS else []

    def _most_used(self, column: Column[str]) -> list[str]:
        newest = select(runs.c.id).order_by(runs.c.started_at.desc(), runs.c.id.desc())
        if column.table is runs:
            some = newest.with_only_columns(column.label("value")).limit(_NEWEST_RUNS)
        else:
            of_newest = column.table.c.run_id.in_(newest.limit(_NEWEST_SERIES))
            some = select(column.label("value")).where(of_newest)
        found = some.subquery()
        query = select(found.c.value).where(found.c.value.is_not(None)).group_by(found.c.value)
        query = query.order_by(func.count().desc(), found.c.value).limit(_MAX_VALUES)
        # A shared store may hold something else than texts.
        texts = [value for (value,) in tuples(self._connection, query) if isinstance(value, str)]
        return [text for text in texts if len(text) <= _MAX_VALUE_CHARACTERS]

    def _distinct(self, column: Column[str], among: ColumnElement[bool], limit: int) -> list[str]:
        """The different texts of a column that an index holds: a look into the index for each, not for each row."""
        first = select(func.min(column).label("value")).where(among)
        found = first.cte("found", recursive=True)
        following = select(func.min(column)).where(among, column > found.c.value).correlate(found).scalar_subquery()
        found = found.union_all(select(following).where(found.c.value.is_not(None)))
        query = select(found.c.value).where(found.c.value.is_not(None)).limit(limit)
        return [value for (value,) in tuples(self._connection, query) if isinstance(value, str)]


def _plain(stored: list[str]) -> Iterator[Value]:
    """The single values among parameters: the texts, numbers, and yes or no."""
    for text in stored:
        try:
            value = json.loads(text) if len(text) <= _MAX_VALUE_CHARACTERS else None
        except (ValueError, RecursionError):
            continue
        if isinstance(value, (str, bool, int)) or (isinstance(value, float) and math.isfinite(value)):
            yield value


def _leaves(dataset: str, data: str) -> Iterator[str]:
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return
    left = [(dataset, document)]
    # A document that holds a table has the names of its rows in it, which nobody asks for.
    for _ in range(_MAX_VALUES):
        if not left:
            return
        path, value = left.pop()
        if isinstance(value, dict):
            left += [(f"{path}.{key}", inner) for key, inner in list(value.items())[:_MAX_VALUES]]
        elif path != dataset and len(path) <= _MAX_VALUE_CHARACTERS:
            yield path
