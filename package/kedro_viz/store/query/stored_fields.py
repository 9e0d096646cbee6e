"""The fields of a query in SQL: where their values stand, and how each run is asked for them."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from sqlalchemy import ColumnElement, Float, and_, case, cast, func, or_, select, true

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.dialect import (
    first_written,
    json_digits,
    json_document,
    json_kind,
    json_number,
    json_value,
    written_twice,
)
from kedro_viz.store.query.language.fields import QUERY_FIELDS
from kedro_viz.store.query.language.tree import Field, FieldSource
from kedro_viz.store.query.number_comparison import View
from kedro_viz.store.query.run_values import SAID, VALUES
from kedro_viz.store.stored_values import TAG_IS_PRESENT, metric_row, named_by_row
from kedro_viz.store.tables import metrics, node_runs, parameters, run_tags, runs, series_chunks, tracked_json
from kedro_viz.store.tables import user_run_details as details


@dataclass(frozen=True)
class Views:
    """A stored value, seen as each kind that it can be. A view is NULL where the value is not of that kind.

    Attributes:
        present: Whether there is a value. Never NULL.
        number: As a number; a time is milliseconds since 1970.
        text: As a text.
        boolean: As yes or no.
        array: As a JSON array.
        digits: The digits of a whole number that is too long for a float, where numbers can be so long.
        written: As JSON text, where it is stored so: texts can then be found by an index.
    """

    present: ColumnElement[bool]
    number: View | None = None
    text: View | None = None
    boolean: View | None = None
    array: View | None = None
    digits: View | None = None
    written: View | None = None


Test = Callable[[Views], ColumnElement[bool]]
"""A question about a value. It answers yes or no, and never NULL."""


class StoredField(Protocol):
    """Where the values of a field stand."""

    def holds(self, test: Test) -> ColumnElement[bool]:
        """Whether a run has a value of which the test is true; a condition on the table `runs`."""

    def views(self) -> Views:
        """The value of a run, in a query of the table `runs`."""


@dataclass(frozen=True)
class InRun:
    """A value that stands in the run's own row."""

    value: Views

    def holds(self, test: Test) -> ColumnElement[bool]:
        """See `StoredField`."""
        return test(self.value)

    def views(self) -> Views:
        """See `StoredField`."""
        return self.value


@dataclass(frozen=True)
class InTable:
    """A value, or several, in rows of another table.

    Attributes:
        run_id: The column that names the run.
        rows: Which rows are the field's.
        value: What stands in such a row.
        has_key: Whether the rows of a run are found by its id at once.
        one_by_one: Look them up run by run, instead of finding all runs once.
    """

    run_id: ColumnElement[str]
    rows: ColumnElement[bool]
    value: Views
    has_key: bool = True
    one_by_one: bool = False

    def holds(self, test: Test) -> ColumnElement[bool]:
        """See `StoredField`."""
        return named_by_row(self.run_id, and_(self.rows, test(self.value)), self.one_by_one)

    def views(self) -> Views:
        """See `StoredField`."""
        return Views(
            present=self.holds(lambda value: value.present),
            number=self._looked_up(self.value.number),
            text=self._looked_up(self.value.text),
            boolean=self._looked_up(self.value.boolean),
            digits=self._looked_up(self.value.digits),
        )

    def _looked_up(self, view: View | None) -> View | None:
        if view is None:
            return None
        of_run = select(view).where(self.rows, self.run_id == runs.c.id, view.is_not(None))
        return of_run.limit(1).correlate(runs).scalar_subquery()


@dataclass(frozen=True)
class Title:
    """A run's title, which is its id until somebody gives it one."""

    def holds(self, test: Test) -> ColumnElement[bool]:
        """See `StoredField`."""
        titled = select(details.c.run_id).where(details.c.run_id.is_not(None), details.c.title != "")
        given = runs.c.id.in_(titled.where(test(_text(details.c.title))).correlate(None))
        return or_(given, and_(test(_text(runs.c.id)), runs.c.id.not_in(titled.correlate(None))))

    def views(self) -> Views:
        """See `StoredField`."""
        given = select(func.nullif(details.c.title, "")).where(details.c.run_id == runs.c.id).correlate(runs)
        return Views(true(), text=func.coalesce(given.scalar_subquery(), runs.c.id))


def _text(column: View) -> Views:
    return Views(column.is_not(None), text=column)


def _number(column: View) -> Views:
    return Views(column.is_not(None), number=column)


def _flag(column: ColumnElement[bool]) -> InRun:
    """What people say of a run, which is no until they do."""
    said = select(details.c.run_id).where(column, details.c.run_id.is_not(None)).correlate(None)
    return InRun(Views(true(), boolean=case((runs.c.id.in_(said), True), else_=False)))


def _in_run(name: str) -> InRun:
    value, kind = VALUES[name], QUERY_FIELDS[name].kind
    if kind is ColumnKind.BOOLEAN:
        return InRun(Views(value.is_not(None), boolean=value))
    return InRun(_text(value) if kind is ColumnKind.TEXT else _number(value))


_RUN_FIELDS: dict[str, StoredField] = {name: _in_run(name) for name in VALUES} | {
    "title": Title(),
    "notes": InTable(details.c.run_id, details.c.notes != "", _text(SAID["notes"].stored)),
    "bookmarked": _flag(SAID["bookmarked"].stored),
    "archived": _flag(SAID["archived"].stored),
    "tags": InTable(run_tags.c.run_id, TAG_IS_PRESENT, _text(run_tags.c.tag)),
    "nodes": InTable(node_runs.c.run_id, node_runs.c.started_at.is_not(None), _text(node_runs.c.node)),
}


def stored(field: Field, one_by_one: bool = False) -> StoredField:
    """Where the values of a field stand.

    Args:
        field: The field.
        one_by_one: See `compile_condition`.
    """
    found = _stored(field)
    return replace(found, one_by_one=True) if one_by_one and isinstance(found, InTable) and found.has_key else found


def _stored(field: Field) -> StoredField:
    match field.source:
        case FieldSource.METRIC:
            value = replace(_number(metrics.c.value), digits=metrics.c.exact)
            return InTable(metrics.c.run_id, metrics.c.metric_id == metric_row(field.name), value)
        case FieldSource.PARAMETER:
            rows = parameters.c.name == field.name
            return InTable(parameters.c.run_id, rows, _json_text(parameters.c.value))
        case FieldSource.JSON:
            return _tracked(field.name)
        case FieldSource.SERIES:
            return _series(field.name, field.part)
    return _RUN_FIELDS[field.name]


def written_as_json(text: str) -> str:
    """A text as the store writes a parameter."""
    return json.dumps(text, ensure_ascii=False)


def _json_text(stored: ColumnElement[str]) -> Views:
    """A value that is JSON by itself. What is no JSON after all is none of the kinds."""
    document = json_document(stored)
    begins = func.substr(stored, 1, 1)
    return Views(
        present=stored.not_in(["null", "NaN"]),
        number=json_number(stored),
        text=case((begins == '"', json_value(document, "$"))),
        boolean=case((stored == "true", True), (stored == "false", False)),
        array=case((begins == "[", document)),
        digits=json_digits(stored),
        written=stored,
    )


def _tracked(name: str) -> InTable:
    """A value in tracked JSON. A dataset's name may have dots, and so has the way to a value in it."""
    parts = name.split(".")
    ways = {".".join(parts[:n]): "$" + "".join(f'."{key}"' for key in parts[n:]) for n in range(1, len(parts))}
    data, dataset = tracked_json.c.data, tracked_json.c.dataset
    # SQLite may look at a row's conditions in any order, and refuses to look into what is no JSON.
    document, way = json_document(data), case(ways, value=dataset)
    query = select(
        tracked_json.c.run_id,
        json_kind(document, way).label("kind"),
        json_value(document, way).label("value"),
        written_twice(document, way).label("pair"),
    )
    found = query.where(dataset.in_(list(ways))).subquery().c
    views = Views(
        present=func.coalesce(found.kind, "null") != "null",
        number=case((found.kind.in_(["integer", "real"]), cast(found.value, Float))),
        text=case((found.kind == "text", found.value)),
        boolean=case((found.kind == "true", True), (found.kind == "false", False)),
        array=case((found.kind == "array", found.value)),
        digits=case((found.kind == "integer", json_digits(first_written(found.pair)))),
    )
    return InTable(found.run_id, true(), views)


def _series(name: str, part: str) -> InTable:
    chunks = series_chunks.c
    query = select(chunks.run_id).where(chunks.name == name)
    if part == "last":
        newest_first = chunks.last_step.desc(), chunks.last_at.desc(), chunks.batch
        latest = func.row_number().over(partition_by=chunks.run_id, order_by=newest_first)
        ranked = query.add_columns(chunks.last.label("value"), latest.label("place")).subquery()
        return InTable(ranked.c.run_id, ranked.c.place == 1, _number(ranked.c.value), has_key=False)
    extreme = func.min(chunks.min) if part == "min" else func.max(chunks.max)
    grouped = query.add_columns(extreme.label("value")).group_by(chunks.run_id).subquery()
    return InTable(grouped.c.run_id, true(), _number(grouped.c.value), has_key=False)
