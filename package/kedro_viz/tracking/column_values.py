"""Columns of many runs: what charts are drawn from, and what is computed over runs."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from operator import itemgetter
from typing import Any

from kedro_viz.tracking.run_columns import ColumnKind, RunColumn

# Charts cannot show more labels, and a shared store may hold texts of any length.
MAX_LABELS = 10_000
MAX_LABEL_CHARACTERS = 200
OTHER_VALUES = "other values"

NONE = math.nan
NO_CODE = -1


@dataclass(frozen=True)
class NumberValues:
    """Numbers in the order of a table's runs.

    Attributes:
        name: The column's name.
        values: NaN where a run has none.
        not_numbers: The places of the runs that have told NaN, which is not the same as none.
        exact: Whether every digit counts, as it does for what people have set.
    """

    name: str
    values: array[float]
    not_numbers: Sequence[int] = ()
    exact: bool = False


@dataclass(frozen=True)
class CategoryValues:
    """Values that are no numbers, in the order of a table's runs.

    Attributes:
        name: The column's name.
        codes: The place of each run's value in `labels`; -1 where it has none.
        labels: The values as people read them. Where there are too many, the last one stands for all others.
        left_out: How many values have no label of their own.
    """

    name: str
    codes: array[int]
    labels: list[str]
    left_out: int = 0


ColumnValues = NumberValues | CategoryValues


@dataclass(frozen=True)
class RunValues:
    """Columns of many runs, oldest run first.

    Attributes:
        run_ids: The runs.
        titles: By place: the titles of runs that have one.
        started_at: Their starts in milliseconds since 1970.
        columns: Each as long as `run_ids`.
    """

    run_ids: list[str]
    titles: dict[int, str]
    started_at: list[int | None]
    columns: list[ColumnValues] = field(default_factory=list)


# Any: a shared store may hold anything in any column.
def number_array(values: Sequence[Any]) -> array[float]:
    """Numbers as a column's values: what is none becomes NaN."""
    try:
        return array("d", values)
    except TypeError:
        return array("d", [value if isinstance(value, (int, float)) else NONE for value in values])


def field_values(column: RunColumn, values: Sequence[Any]) -> ColumnValues:
    """A field's column.

    Args:
        column: The field.
        values: A value a run, as stored; None where a run has none.
    """
    if column.kind in (ColumnKind.NUMBER, ColumnKind.TIME):
        return NumberValues(column.name, number_array(values), exact=True)
    texts: dict[str, list[int]] = {}
    for place, value in enumerate(values):
        if value is not None and value != "":
            text = str(bool(value)).lower() if column.kind is ColumnKind.BOOLEAN else str(value)
            texts.setdefault(text, []).append(place)
    return category_values(column.name, len(values), texts.items())


def category_values(name: str, runs: int, values: Iterable[tuple[str, list[int]]]) -> CategoryValues:
    """A column of texts.

    Args:
        name: The column's name.
        runs: How many runs the table has.
        values: Texts, each with the places of its runs. What reads the same is the same.
    """
    codes = array("i", [NO_CODE]) * runs
    known: dict[str, int] = {}
    left_out = 0
    for text, places in values:
        label = text if len(text) <= MAX_LABEL_CHARACTERS else text[: MAX_LABEL_CHARACTERS - 1] + "…"
        code = known.get(label)
        if code is None:
            code = known[label] = len(known) if len(known) < MAX_LABELS - 1 else MAX_LABELS - 1
        if code == MAX_LABELS - 1:
            left_out += 1
        for place in places:
            codes[place] = code
    labels = list(known)[: MAX_LABELS - 1]
    return CategoryValues(name, codes, [*labels, OTHER_VALUES] if left_out else labels, left_out)


def parameter_values(name: str, runs: int, values: Iterable[tuple[int, str]]) -> ColumnValues:
    """A parameter's column: numbers if all of its values are numbers or null, which then is none.

    Args:
        name: The column's name.
        runs: How many runs the table has.
        values: Places of runs and their values as JSON, ordered by value.
    """
    by_value = [(text, [place for place, _ in rows]) for text, rows in groupby(values, key=itemgetter(1))]
    numbers = [(_json_number(text), places) for text, places in by_value if text != "null"]
    if not numbers or any(number is None for number, _ in numbers):
        return category_values(name, runs, ((_label(text), places) for text, places in by_value))
    column = array("d", [NONE]) * runs
    not_numbers: list[int] = []
    for number, places in numbers:
        if number is None or math.isnan(number):
            not_numbers += places
            continue
        for place in places:
            column[place] = number
    return NumberValues(name, column, sorted(not_numbers), exact=True)


def _json_number(text: str) -> float | None:
    # Only what begins as a number in Python's JSON is one: `float` takes more.
    if text[:1] not in {*"-0123456789NI"}:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _label(text: str) -> str:
    """A value as people write it: a text without its quotes."""
    if text.startswith('"'):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return _printable(value) if isinstance(value, str) else text
    return text


def _printable(text: str) -> str:
    # JSON can name characters that UTF-8 cannot hold.
    return text.encode("utf-8", "replace").decode("utf-8")
