"""Finds which parameters matter for a metric, among the runs of a store that match."""

from __future__ import annotations

import math

from kedro_viz.analysis.column_values import NumberValues
from kedro_viz.analysis.parameter_importance import (
    MAX_RUNS,
    ParameterImportance,
    evenly,
    parameter_importance,
)
from kedro_viz.analysis.parameter_summary import ParameterKind, ParameterSummary
from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.repository import RunRepository

# Among so many parameters those that matter are looked for.
_MAX_CANDIDATES = 400


def importance_of_parameters(repository: RunRepository, metric: str, chosen: RunFilter) -> ParameterImportance:
    """The importance of parameters for a metric, over the runs that match.

    It takes a processor for some seconds.

    Raises:
        FilterError: If the search cannot be understood, or takes too long.
    """
    column = RunColumn(ColumnSource.METRIC, metric)
    matching = repository.columns.read([column], chosen)
    values = _numbers(matching.columns[0])
    having = [row for row, value in enumerate(values.values) if math.isfinite(value)]
    run_ids = [matching.run_ids[row] for row in evenly(having, MAX_RUNS)]
    candidates = sorted(repository.summaries.parameters(), key=_promise)[:_MAX_CANDIDATES]
    parameters = [RunColumn(ColumnSource.PARAMETER, summary.name) for summary in candidates]
    told = repository.columns.read([column, *parameters], RunFilter(archived=None), run_ids)
    return parameter_importance(_numbers(told.columns[0]), told.columns[1:])


def _promise(summary: ParameterSummary) -> tuple[bool, int, str]:
    """Orders parameters by what may be expected of them: those that differ, and that most runs have, come first."""
    is_constant = summary.kind is ParameterKind.NUMBER and summary.minimum == summary.maximum
    return is_constant, -summary.runs, summary.name


def _numbers(column: object) -> NumberValues:
    if not isinstance(column, NumberValues):
        raise TypeError("A metric's column has numbers.")
    return column
