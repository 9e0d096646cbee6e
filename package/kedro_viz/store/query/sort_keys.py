"""What runs are sorted by, for each column, in SQL."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, and_, case, func, select

from kedro_viz.analysis.run_columns import RUN_FIELDS, ColumnKind, ColumnSource, RunColumn
from kedro_viz.store.dialect import joined_texts, json_digits, json_number
from kedro_viz.store.query.number_comparison import sortable_digits
from kedro_viz.store.query.run_values import SAID, VALUES
from kedro_viz.store.stored_values import metric_row
from kedro_viz.store.tables import metrics, parameters, run_tags, runs, user_run_details

SortValue = str | int | float | None

# Texts that are the same so far stand beside each other anyway, and the last one of a page goes into its cursor.
_MAX_CHARACTERS = 200


@dataclass(frozen=True)
class SortKey:
    """What stands for a column in an order.

    Attributes:
        value: NULL where a run has none. Numbers sort before texts.
        run_id: The id of the run, as the table that leads the query tells it.
        join: Adds to `runs` what the value needs.
    """

    value: ColumnElement[SortValue]
    run_id: ColumnElement[str]
    join: Callable[[FromClause], FromClause]


def sort_key(column: RunColumn, leads: bool) -> SortKey:
    """The key of a column.

    Args:
        column: Any column; one that no run has gives NULLs.
        leads: Whether only runs with a value are asked for: then the index of the values can be followed.
    """
    if column.source is ColumnSource.METRIC:
        return _metric_key(column.name, leads)
    if column.source is ColumnSource.PARAMETER:
        return _parameter_key(column.name, leads)
    return SortKey(_field(column.name), runs.c.id, lambda source: source)


def digits_key(column: RunColumn) -> SortKey:
    """What parts the long whole numbers of a metric or a parameter that share a float, after the key of the column.

    Args:
        column: A metric or a parameter.
    """
    if column.source is ColumnSource.METRIC:
        values = metrics.alias()
        digits = sortable_digits(values.c.value, values.c.exact)
        return _joined(digits, values.c.run_id, values, _metric_of_run(values, column.name), leads=False)
    stored = parameters.alias()
    digits = sortable_digits(json_number(stored.c.value), json_digits(stored.c.value))
    return _joined(digits, stored.c.run_id, stored, _parameter_of_run(stored, column.name), leads=False)


def _metric_key(name: str, leads: bool) -> SortKey:
    values = metrics.alias()
    return _joined(values.c.value, values.c.run_id, values, _metric_of_run(values, name), leads)


def _parameter_key(name: str, leads: bool) -> SortKey:
    values = parameters.alias()
    return _joined(_json_key(values.c.value), values.c.run_id, values, _parameter_of_run(values, name), leads)


def _metric_of_run(values: FromClause, name: str) -> ColumnElement[bool]:
    return and_(values.c.run_id == runs.c.id, values.c.metric_id == metric_row(name))


def _parameter_of_run(values: FromClause, name: str) -> ColumnElement[bool]:
    return and_(values.c.run_id == runs.c.id, values.c.name == name)


def _joined(
    value: ColumnElement[SortValue],
    run_id: ColumnElement[str],
    table: FromClause,
    of_run: ColumnElement[bool],
    leads: bool,
) -> SortKey:
    return SortKey(value, run_id if leads else runs.c.id, lambda source: source.join(table, of_run, isouter=not leads))


def _json_key(stored: ColumnElement[str]) -> ColumnElement[SortValue]:
    """A parameter: numbers by size, then texts, whether they are written in quotes or not."""
    text = case((stored.startswith('"'), func.substr(stored, 2, func.length(stored) - 2)), else_=stored)
    return case(
        (stored.in_(["null", "NaN"]), None),
        else_=func.coalesce(json_number(stored), func.lower(func.substr(text, 1, _MAX_CHARACTERS))),
    )


def _text(value: ColumnElement[str] | ColumnElement[SortValue]) -> ColumnElement[SortValue]:
    return func.lower(func.substr(value, 1, _MAX_CHARACTERS))


def _tags() -> ColumnElement[SortValue]:
    """A run's tags as one text."""
    present = (
        select(run_tags.c.tag)
        .where(run_tags.c.run_id == runs.c.id, run_tags.c.present)
        .order_by(run_tags.c.tag)
        .correlate(runs)
        .subquery()
    )
    return select(_text(joined_texts(present.c.tag))).scalar_subquery()


def _field(name: str) -> ColumnElement[SortValue]:
    """A field of a run. What people have said of runs is looked up for each of them."""
    if name == "tags":
        return _tags()
    field = RUN_FIELDS[name]
    value = VALUES.get(name)
    if value is None:
        said = SAID[name]
        looked_up = select(func.nullif(said.stored, "")).where(user_run_details.c.run_id == runs.c.id)
        value = looked_up.correlate(runs).scalar_subquery()
        value = value if said.otherwise is None else func.coalesce(value, said.otherwise)
    # Ids are unique, and have an index as they are.
    return _text(value) if field.kind is ColumnKind.TEXT and name != "id" else value
