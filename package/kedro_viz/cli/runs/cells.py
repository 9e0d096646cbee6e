"""Cells of tables of runs, as people read them in a terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass

from kedro_viz.cli.runs.formatting import duration_text, moment_text
from kedro_viz.export.table import CellValue, Row
from kedro_viz.tracking.printable import shortened
from kedro_viz.tracking.run_columns import ColumnKind, RunColumn

# Notes and commands may be long; a table is no place to read them.
_MOST_CHARACTERS = 60

_MOST_DIGITS = 12
_LEAST_DIGITS = 4


@dataclass(frozen=True)
class Cells:
    """A table of runs.

    Attributes:
        columns: What is told of each run.
        rows: The values, each row as long as `columns`.
    """

    columns: Sequence[RunColumn]
    rows: Sequence[Row]

    def texts(self) -> list[list[str]]:
        """Each column's cells, from the first run to the last."""
        return [cell_texts(column, [row[place] for row in self.rows]) for place, column in enumerate(self.columns)]


def is_number(column: RunColumn, values: Sequence[CellValue]) -> bool:
    """Whether a column's cells stand under each other by their digits."""
    if column.kind is not ColumnKind.ANY:
        return column.kind is ColumnKind.NUMBER
    return all(value is None or (isinstance(value, (int, float)) and not isinstance(value, bool)) for value in values)


def cell_texts(column: RunColumn, values: Sequence[CellValue]) -> list[str]:
    """Cells of one column. Numbers have as many digits as tell them apart, and all of them the same number."""
    if column.kind is ColumnKind.TIME:
        return [moment_text(value) if isinstance(value, int) else "" for value in values]
    if str(column) == "duration":
        return [duration_text(value) if isinstance(value, (int, float)) else "" for value in values]
    if is_number(column, values):
        return number_texts([_float(value) if isinstance(value, (int, float)) else None for value in values])
    return [_text(value) for value in values]


def number_texts(values: Sequence[float | None]) -> list[str]:
    """Numbers with the digits that tell them apart, four at least; whole numbers whole."""
    finite = {value for value in values if value is not None and math.isfinite(value)}
    if all(float(value).is_integer() and abs(value) < 1e15 for value in finite):
        return [_special(value) or f"{int(value or 0)}" for value in values]
    for digits in range(_LEAST_DIGITS, _MOST_DIGITS):
        if len({f"{value:.{digits}g}" for value in finite}) == len(finite):
            break
    largest = max(abs(value) for value in finite)
    smallest = min((abs(value) for value in finite if value), default=0.0)
    if largest >= 1e9 or smallest < 1e-4:
        return [_special(value) or f"{value:.{digits - 1}e}" for value in values]
    decimals = max(0, digits - 1 - math.floor(math.log10(largest)))
    return [_special(value) or f"{value:.{decimals}f}" for value in values]


def _float(number: float) -> float:
    """A number in the size of floats: JSON has integers of any size."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def _special(value: float | None) -> str:
    """What is no finite number; nothing for one that is."""
    if value is None:
        return ""
    return "" if math.isfinite(value) else str(value)


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = ", ".join(map(str, value))
    return shortened(value if isinstance(value, str) else json.dumps(value), _MOST_CHARACTERS)
