"""Comparisons of a query as bounds in an index: there, the runs of which they are true stand side by side."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, literal

from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.query.language.tree import Compare, FieldSource, Operator
from kedro_viz.store.query.number_comparison import SQL_OPERATORS, needs_digits
from kedro_viz.store.query.sort_keys import SortValue

STARTED = RunColumn(ColumnSource.RUN, "started")


def indexed_column(comparison: Compare) -> RunColumn | None:
    """The column whose values are compared, if an index has them as they are compared: a metric, or the start."""
    # What differs stands on both sides.
    if comparison.operator is Operator.DIFFERENT or isinstance(comparison.value, (str, bool)):
        return None
    # Of numbers that share a float, an index cannot say which is meant.
    if needs_digits(comparison.value):
        return None
    field = comparison.field
    if field.source is FieldSource.METRIC:
        return RunColumn(ColumnSource.METRIC, field.name)
    is_start = field.source is FieldSource.RUN and field.name == STARTED.name
    return STARTED if is_start else None


def bounds_of(
    column: RunColumn, value: ColumnElement[SortValue], comparisons: Sequence[Compare]
) -> list[ColumnElement[bool]]:
    """What comparisons say of a column.

    Args:
        column: Any column; only of those that have an index is something said.
        value: Its value, in SQL.
        comparisons: With any columns.
    """
    return [
        SQL_OPERATORS[each.operator](value, literal(each.value))
        for each in comparisons
        if indexed_column(each) == column
    ]
