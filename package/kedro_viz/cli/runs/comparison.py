"""Runs side by side, and how each differs from the baseline."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kedro_viz.analysis.run_columns import ColumnKind, RunColumn
from kedro_viz.export.table import CellValue, Row
from kedro_viz.tracking.metric_direction import MetricDirection


@dataclass(frozen=True)
class Delta:
    """How a number differs from the baseline's.

    Attributes:
        absolute: By how much.
        percent: By how much of the baseline's number; None where that is 0 or of the other sign.
        better: Whether that is better; None where it is the same, or the better way is not known.
    """

    absolute: float
    percent: float | None
    better: bool | None


@dataclass(frozen=True)
class ComparedColumn:
    """One thing that is told of all runs.

    Attributes:
        column: What it is.
        values: Its value in each run.
        deltas: For each run how its number differs; None for the baseline, and where there is no number.
    """

    column: RunColumn
    values: Sequence[CellValue]
    deltas: Sequence[Delta | None]


@dataclass(frozen=True)
class Comparison:
    """Runs side by side. `baseline` is one of `run_ids`."""

    run_ids: Sequence[str]
    baseline: str
    columns: Sequence[ComparedColumn]

    def differences(self) -> Comparison:
        """Only what is not the same in all runs."""
        changed = [each for each in self.columns if any(_differ(each.values[0], value) for value in each.values[1:])]
        return dataclasses.replace(self, columns=changed)


def compare_rows(
    columns: Sequence[RunColumn], rows: Sequence[Row], baseline: str, directions: Mapping[str, MetricDirection]
) -> Comparison:
    """Compare runs.

    Args:
        columns: What is told of each run: its id first.
        rows: A row a run.
        baseline: The id of one of them.
        directions: Which way of a metric is better, by its column's name.

    Returns:
        The comparison, without what no run has.
    """
    ids = [str(row[0]) for row in rows]
    first = ids.index(baseline)
    compared = []
    for place, column in enumerate(columns[1:], start=1):
        values = [row[place] for row in rows]
        if any(value not in (None, "", []) for value in values):
            direction = directions.get(str(column))
            deltas = [_delta(column, values[first], value, direction) for value in values]
            deltas[first] = None
            compared.append(ComparedColumn(column, values, deltas))
    return Comparison(ids, baseline, compared)


def _differ(first: CellValue, second: CellValue) -> bool:
    """Whether two values are not the same. NaN is."""
    return first != second and (first == first or second == second)


def _delta(column: RunColumn, base: CellValue, value: CellValue, direction: MetricDirection | None) -> Delta | None:
    if column.kind not in (ColumnKind.NUMBER, ColumnKind.ANY):
        return None
    before, now = _finite(base), _finite(value)
    if before is None or now is None:
        return None
    absolute = now - before
    # Of nothing there are no percents, and of a number of the other sign they mislead.
    percent = absolute / before * 100 if before and before * now >= 0 else None
    better = None if direction is None or not absolute else (absolute > 0) == (direction is MetricDirection.HIGHER)
    return Delta(absolute, percent, better)


def _finite(value: CellValue) -> float | None:
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    try:
        # A whole number keeps all its digits: two seeds may differ in the last one only.
        return value if math.isfinite(value) else None
    except OverflowError:
        return None
