"""Columns of many runs: what charts are drawn from, and what is computed over runs."""

from __future__ import annotations

import json
import math
from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import compress
from typing import Any

from kedro_viz.analysis.run_columns import ColumnKind, RunColumn
from kedro_viz.tracking.whole_number import MAX_DIGITS, exact_digits

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
        whole_numbers: By place: the whole numbers beyond 2**53 among them, of which `values` has the nearest floats.
    """

    name: str
    values: array[float]
    not_numbers: Sequence[int] = ()
    exact: bool = False
    whole_numbers: Mapping[int, int] = field(default_factory=dict)


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


# Any: fields are stored as texts, numbers and booleans.
def field_values(column: RunColumn, values: Sequence[Any]) -> ColumnValues:
    """A field's column.

    Args:
        column: The field.
        values: A value a run, as stored, and texts as bytes; None where a run has none.
    """
    if column.kind in (ColumnKind.NUMBER, ColumnKind.TIME):
        return NumberValues(column.name, number_array(values), exact=True)
    if column.kind is ColumnKind.BOOLEAN:
        labels = {value: None if value is None else str(bool(value)).lower() for value in dict.fromkeys(values)}
    else:
        labels = {value: None if value in (None, b"", "") else _text(value) for value in dict.fromkeys(values)}
    return category_values(column.name, values, labels)


def parameter_values(name: str, values: Sequence[bytes | None]) -> ColumnValues:
    """A parameter's column: numbers if all of its values are numbers or null, which then is none.

    Args:
        name: The column's name.
        values: JSON, a value a run; None where a run has none.
    """
    # Runs mostly share values: what each is, is found once.
    texts = {
        value: None if value is None else _text(value) for value in sorted(set(values), key=lambda each: each or b"")
    }
    numbers = {value: _json_number(text) for value, text in texts.items() if text not in (None, "null")}
    if not numbers or None in numbers.values():
        labels = {value: None if text is None else _label(text) for value, text in texts.items()}
        return category_values(name, values, labels)
    nan = {value for value, text in texts.items() if text == "NaN"}
    not_numbers = [place for place, value in enumerate(values) if value in nan] if nan else []
    told = (numbers.get(value) for value in values)
    column = array("d", [NONE if number is None else number for number in told])
    # What is long enough for such a number is rare: each text is looked at once, and the runs only where there is one.
    whole = {value: number for value, text in texts.items() if (number := _long_whole_number(text)) is not None}
    whole_numbers = {place: whole[value] for place, value in enumerate(values) if value in whole} if whole else {}
    return NumberValues(name, column, not_numbers, exact=True, whole_numbers=whole_numbers)


# Any: values of one kind, whichever it is.
def category_values(name: str, values: Sequence[Any], labels: Mapping[Any, str | None]) -> CategoryValues:
    """A column of texts.

    Args:
        name: The column's name.
        values: A value a run.
        labels: What each value reads as, in the order of the labels; None is none. What reads the same is the same.
    """
    codes: dict[Any, int] = {}
    known: dict[str, int] = {}
    left_out = 0
    for value, text in labels.items():
        if text is None:
            codes[value] = NO_CODE
            continue
        label = text if len(text) <= MAX_LABEL_CHARACTERS else text[: MAX_LABEL_CHARACTERS - 1] + "…"
        if label not in known and len(known) == MAX_LABELS - 1:
            left_out += 1
            codes[value] = MAX_LABELS - 1
        else:
            codes[value] = known.setdefault(label, len(known))
    told = [*known, OTHER_VALUES] if left_out else list(known)
    return CategoryValues(name, array("i", map(codes.__getitem__, values)), told, left_out)


def column_of_rows(column: ColumnValues, kept: Sequence[bool]) -> ColumnValues:
    """A column of only some of its runs, with the labels that these have."""
    if isinstance(column, NumberValues):
        values = array("d", compress(column.values, kept))
        places = (
            {row: place for place, row in enumerate(compress(range(len(kept)), kept))}
            if column.not_numbers or column.whole_numbers
            else {}
        )
        return replace(
            column,
            values=values,
            not_numbers=[places[row] for row in column.not_numbers if row in places],
            whole_numbers={places[row]: number for row, number in column.whole_numbers.items() if row in places},
        )
    codes = array("i", compress(column.codes, kept))
    used = sorted(set(codes) - {NO_CODE})
    if len(used) == len(column.labels):
        return replace(column, codes=codes)
    recoded = {NO_CODE: NO_CODE, **{code: place for place, code in enumerate(used)}}
    labels = [column.labels[code] for code in used]
    has_others = bool(column.left_out) and used[-1:] == [len(column.labels) - 1]
    return CategoryValues(
        column.name, array("i", map(recoded.__getitem__, codes)), labels, column.left_out if has_others else 0
    )


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _json_number(text: str | None) -> float | None:
    # Only what begins as a number in Python's JSON is one: `float` takes more.
    if text is None or text[:1] not in {*"-0123456789NI"}:
        return None
    try:
        return float(text)
    except ValueError:
        return None


def _long_whole_number(text: str | None) -> int | None:
    """A whole number beyond 2**53, from its JSON; None for any other text."""
    if text is None or len(text) < 16 or len(text) > MAX_DIGITS or not text.removeprefix("-").isdecimal():
        return None
    number = int(text)
    return number if exact_digits(number) is not None else None


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
