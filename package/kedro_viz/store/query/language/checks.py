"""Checks that what is compared fits together, and makes conditions of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.fields import near_names
from kedro_viz.store.query.language.times import EXAMPLES, parse_duration, parse_period
from kedro_viz.store.query.language.tree import (
    AllOf,
    AnyOf,
    BeginsOrEnds,
    Compare,
    CompareFields,
    Condition,
    Contains,
    Field,
    FieldSource,
    IsThere,
    Negation,
    OneOf,
    Operator,
    TextEnd,
    Value,
)
from kedro_viz.tracking.metric_id import quoted
from kedro_viz.tracking.run import RunStatus


@dataclass(frozen=True)
class Given:
    """A value that the user has written; None is what runs lack."""

    value: Value | None


@dataclass(frozen=True)
class Operand:
    """One side of a comparison, and where it stands in the user's text."""

    what: Field | Given
    start: int
    end: int

    def error(self, message: str) -> FilterError:
        """An error with this side."""
        return FilterError(message, self.start, self.end)


_STATUS = Field(FieldSource.RUN, "status", ColumnKind.TEXT)
_DURATION = Field(FieldSource.RUN, "duration", ColumnKind.NUMBER)
_STATUSES = [status.value for status in RunStatus]

_IN_WORDS = {
    ColumnKind.TEXT: "a text",
    ColumnKind.NUMBER: "a number",
    ColumnKind.TIME: "a time",
    ColumnKind.BOOLEAN: "yes or no",
    ColumnKind.TAGS: "a set of texts",
    ColumnKind.ANY: "any value",
}

_EQUALITIES = (Operator.EQUAL, Operator.DIFFERENT)


def compared(first: Operand, operator: Operator, second: Operand, now: datetime) -> Condition:
    """`first operator second`.

    Args:
        first: The left side.
        operator: What stands between them.
        second: The right side.
        now: The present, for words such as "yesterday".

    Raises:
        FilterError: If they cannot be compared so.
    """
    if isinstance(first.what, Given):
        if isinstance(second.what, Given):
            message = "Neither side is something that runs have. Texts stand in quotes, names of fields do not."
            raise FilterError(message, first.start, second.end)
        first, operator, second = second, operator.mirrored, first
    field = _field(first)
    if isinstance(second.what, Field):
        return _compared_fields(first, field, operator, second, second.what)
    if second.what.value is None and operator in _EQUALITIES:
        return IsThere(field) if operator is Operator.DIFFERENT else Negation(IsThere(field))
    if field.kind is ColumnKind.TIME:
        return _compared_time(field, operator, second, now)
    value = _fitting(field, second)
    if operator not in _EQUALITIES and isinstance(value, bool):
        raise second.error("Yes and no are compared with == or != only.")
    return Compare(field, operator, value)


def _compared_fields(first: Operand, left: Field, operator: Operator, second: Operand, right: Field) -> Condition:
    for side, field in ((first, left), (second, right)):
        if field.kind is ColumnKind.TAGS:
            raise side.error(f'{field} is a set of texts. Ask for one of them: "…" in {field}.')
    if left.kind is not right.kind and ColumnKind.ANY not in (left.kind, right.kind):
        message = f"{left} is {_IN_WORDS[left.kind]}, and {right} is {_IN_WORDS[right.kind]}."
        raise FilterError(message, first.start, second.end)
    if ColumnKind.TIME in (left.kind, right.kind) and left.kind is not right.kind:
        raise FilterError(
            f"Only times can be compared with {left if left.kind is ColumnKind.TIME else right}.",
            first.start,
            second.end,
        )
    if operator not in _EQUALITIES and ColumnKind.BOOLEAN in (left.kind, right.kind):
        raise FilterError("Yes and no are compared with == or != only.", first.start, second.end)
    return CompareFields(left, operator, right)


def _compared_time(field: Field, operator: Operator, side: Operand, now: datetime) -> Condition:
    text = side.what.value if isinstance(side.what, Given) else None
    period = parse_period(text, now) if isinstance(text, str) else None
    if period is None:
        shown = f"{quoted(text)} is no time. " if isinstance(text, str) else f"{field} is a time. "
        examples = ", ".join(quoted(example) for example in (*EXAMPLES[:4], "2024-05-01", "2024-05-01 12:30"))
        raise side.error(f"{shown}Write one such as {examples}.")
    begun = Compare(field, Operator.AT_LEAST, period.start)
    # A moment has no length, and is a part of no period; at the moment itself is not after it.
    over = Compare(field, Operator.AT_LEAST, max(period.end, period.start + 1))
    match operator:
        case Operator.MORE:
            return over
        case Operator.AT_LEAST:
            return begun
        case Operator.LESS:
            return Compare(field, Operator.LESS, period.start)
        case Operator.AT_MOST:
            return Compare(field, Operator.LESS, over.value)
    within = AllOf((begun, Compare(field, Operator.LESS, over.value)))
    if operator is Operator.EQUAL:
        return within
    return AllOf((IsThere(field), Negation(within)))


def _fitting(field: Field, side: Operand) -> Value:
    """A value that can be compared with a field.

    Raises:
        FilterError: If it is of another kind, or names a status that there is not.
    """
    value = side.what.value if isinstance(side.what, Given) else None
    if value is None:
        raise side.error("What runs lack is asked for by `is None` and `is not None`.")
    if field.kind is ColumnKind.TAGS:
        raise side.error(f"{field} is a set of texts. Ask for one of them: {_shown(value)} in {field}.")
    if field.kind is ColumnKind.ANY:
        return value
    if field == _STATUS and isinstance(value, str):
        return _status(value, side)
    if field == _DURATION and isinstance(value, str):
        seconds = parse_duration(value)
        if seconds is None:
            raise side.error(f'{quoted(value)} is no duration. Write seconds, or a text such as "90 s" or "1h 30min".')
        return seconds
    kind = ColumnKind.NUMBER
    if isinstance(value, (str, bool)):
        kind = ColumnKind.TEXT if isinstance(value, str) else ColumnKind.BOOLEAN
    if kind is not field.kind:
        instead = {
            ColumnKind.TEXT: f"Write it in quotes: {quoted(_shown(value))}.",
            ColumnKind.BOOLEAN: "Write True or False.",
        }
        raise side.error(f"{field} is {_IN_WORDS[field.kind]}. {instead.get(field.kind, 'Write a number.')}")
    return value


def _status(value: str, side: Operand) -> str:
    if value.lower() in _STATUSES:
        return value.lower()
    near = near_names(value, _STATUSES)
    hint = f"Did you mean {' or '.join(map(quoted, near))}? " if near else ""
    raise side.error(f"There is no status {quoted(value[:50])}. {hint}Statuses are {', '.join(_STATUSES)}.")


def one_of(side: Operand, values: Sequence[Operand], now: datetime) -> Condition:
    """`side in [values]`.

    Raises:
        FilterError: If the values do not fit.
    """
    field = _field(side)
    given = [value for value in values if isinstance(value.what, Given)]
    if len(given) < len(values):
        wrong = next(value for value in values if isinstance(value.what, Field))
        raise wrong.error("A list holds values. Texts stand in quotes.")
    if field.kind is ColumnKind.TIME:
        return AnyOf(tuple(_compared_time(field, Operator.EQUAL, value, now) for value in given))
    if field.kind is ColumnKind.TAGS:
        return AnyOf(tuple(contained(value, side) for value in given))
    return OneOf(field, tuple(_fitting(field, value) for value in given))


def contained(member: Operand, side: Operand) -> Condition:
    """`member in side`.

    Raises:
        FilterError: If nothing can be in it.
    """
    if isinstance(side.what, Given):
        raise side.error("A list such as [1, 2], or a field that holds text, stands after `in`.")
    field = side.what
    if isinstance(member.what, Field):
        raise member.error(f'A value stands before `in {field}`. Texts stand in quotes: "{str(member.what)[:50]}".')
    value = member.what.value
    if field.kind not in (ColumnKind.TEXT, ColumnKind.TAGS, ColumnKind.ANY):
        raise side.error(f"{field} is {_IN_WORDS[field.kind]}, in which nothing can be. Compare it with ==, <, >.")
    if value is None or (field.kind is not ColumnKind.ANY and not isinstance(value, str)):
        raise member.error(f"{field} holds texts. Write it in quotes: {quoted(_shown(value))}.")
    return Contains(field, value)


def text_end(side: Operand, end: TextEnd, text: Operand) -> Condition:
    """`side.startswith(text)`.

    Raises:
        FilterError: If one of them is no text.
    """
    field = _field(side)
    if field.kind not in (ColumnKind.TEXT, ColumnKind.ANY):
        raise side.error(f"{field} is {_IN_WORDS[field.kind]}, and no text.")
    if not isinstance(text.what, Given) or not isinstance(text.what.value, str):
        raise text.error('Write a text in quotes: "…".')
    return BeginsOrEnds(field, end, text.what.value)


def present(side: Operand, nothing: Operand) -> Condition:
    """`side is not None`.

    Raises:
        FilterError: If it is not asked so.
    """
    if not isinstance(nothing.what, Given) or nothing.what.value is not None:
        raise nothing.error("Only None stands after `is`. Write == to compare.")
    return IsThere(_field(side))


def flag(side: Operand) -> Condition:
    """A field by itself, which is true.

    Raises:
        FilterError: If it is not yes or no.
    """
    field = _field(side)
    if field.kind not in (ColumnKind.BOOLEAN, ColumnKind.ANY):
        what = f"{field} is {_IN_WORDS[field.kind]}"
        raise side.error(f"{what}. Say what it is compared with, or ask whether it is there: {field} is not None.")
    return Compare(field, Operator.EQUAL, True)


def _field(side: Operand) -> Field:
    if isinstance(side.what, Given):
        raise side.error("The name of a field stands here. Fields have no quotes.")
    return side.what


def _shown(value: Value | None) -> str:
    return quoted(value) if isinstance(value, str) else str(value)
