"""Cells of tables of runs, as people read them in a terminal."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kedro_viz.analysis.run_columns import ColumnKind, RunColumn
from kedro_viz.cli.runs.formatting import duration_text, moment_text
from kedro_viz.export.table import CellValue, Row
from kedro_viz.tracking.printable import shortened
from kedro_viz.tracking.whole_number import exact_digits, nearest_float

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
        return number_texts([value if isinstance(value, (int, float)) else None for value in values])
    return [_text(value) for value in values]


def number_texts(values: Sequence[float | None]) -> list[str]:
    """Numbers with the digits that tell them apart, four at least; whole numbers whole. None is an empty text."""
    numbers = [None if value is None else nearest_float(value) for value in values]
    digits = [None if value is None else exact_digits(value) for value in values]
    finite = {value for value in numbers if value is not None and math.isfinite(value)}
    # Beside a seed or an id of many digits, whole numbers are whole however large they are.
    style = ".0f" if any(digits) and all(map(float.is_integer, finite)) else _style(finite)
    texts = ["" if value is None else _number_text(value, style) for value in numbers]
    return [exact or text for exact, text in zip(digits, texts, strict=True)]


def _style(finite: Collection[float]) -> str:
    """The format in which all numbers of a column are written."""
    if all(value.is_integer() and abs(value) < 1e15 for value in finite):
        return ".0f"
    for digits in range(_LEAST_DIGITS, _MOST_DIGITS):
        if len({f"{value:.{digits}g}" for value in finite}) == len(finite):
            break
    largest = max(map(abs, finite))
    smallest = min((abs(value) for value in finite if value), default=0.0)
    if largest >= 1e9 or smallest < 1e-4:
        return f".{digits - 1}e"
    return f".{max(0, digits - 1 - math.floor(math.log10(largest)))}f"


def _number_text(value: float, style: str) -> str:
    if not math.isfinite(value):
        return str(value)
    # Without the sign of a zero that has none in the file either.
    return format(value or 0.0, style)


def _text(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        value = ", ".join(map(str, value))
    return shortened(value if isinstance(value, str) else json.dumps(value), _MOST_CHARACTERS)
