"""Reads a query that is still being typed: names of fields among its pieces, and what may come next."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from kedro_viz.store.filters.errors import FilterError
from kedro_viz.store.filters.fields import CONSTANTS, WORDS, field_of
from kedro_viz.store.filters.nodes import Field
from kedro_viz.store.filters.tokens import Token, TokenKind

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "="})


class Expected(Enum):
    """What may stand at a place of a query."""

    CONDITION = "condition"
    """The name of a field, or a text that is looked for in one."""
    OPERATOR = "operator"
    VALUE = "value"
    LIST = "list"
    """A list of values."""
    NONE = "none"
    """`None`, or `not None`."""
    CONTAINER = "container"
    """A field that holds texts."""
    CONTAINMENT = "containment"
    """`in`, or `not in`."""
    CONJUNCTION = "conjunction"
    NOTHING = "nothing"


@dataclass(frozen=True)
class NamedField:
    """A field that a query names, from `start` to before `end`; `first` is the place of its first piece."""

    field: Field
    start: int
    end: int
    first: int


def field_ending(tokens: Sequence[Token], last: int) -> NamedField | None:
    """The field whose name ends with a piece, if one does: `git.branch`, `metrics["a.b"]`, `series["loss"].last`."""
    parts: list[str] = []
    place = last
    while place >= 0:
        token = tokens[place]
        if token.kind is TokenKind.NAME and token.text not in WORDS:
            parts += token.text.split(".")[::-1]
            if place and tokens[place - 1].text == ".":
                place -= 2
                continue
            break
        if token.text != "]" or place < 3 or tokens[place - 1].kind is not TokenKind.TEXT:
            return None
        if tokens[place - 2].text != "[":
            return None
        parts.append(tokens[place - 1].value)
        place -= 3
    else:
        return None
    start, end = tokens[place].start, tokens[last].end
    try:
        return NamedField(field_of(parts[::-1], start, end), start, end, place)
    except FilterError:
        return None


def named_fields(tokens: Sequence[Token]) -> Iterator[NamedField]:
    """All fields that a query names."""
    for place, token in enumerate(tokens):
        goes_on = place + 1 < len(tokens) and tokens[place + 1].text in (".", "[")
        if goes_on or (token.kind is not TokenKind.NAME and token.text != "]"):
            continue
        if (found := field_ending(tokens, place)) is not None:
            yield found


def expected_after(tokens: Sequence[Token]) -> tuple[Expected, Field | None]:
    """What may follow some pieces, and the field that it is about."""
    if not tokens:
        return Expected.CONDITION, None
    last, end = tokens[-1], len(tokens) - 1
    if last.text in ("and", "or", "("):
        return Expected.CONDITION, None
    if last.text == "not":
        return _after_not(tokens)
    if last.text == "is":
        return Expected.NONE, None
    if last.text == "in":
        return _after_in(tokens)
    if last.text in _COMPARISONS:
        if (found := field_ending(tokens, end - 1)) is not None:
            return Expected.VALUE, found.field
        is_value = end > 0 and tokens[end - 1].kind in (TokenKind.TEXT, TokenKind.NUMBER)
        return (Expected.CONDITION if is_value else Expected.NOTHING), None
    if last.text in ("[", ","):
        return _in_list(tokens)
    if (found := field_ending(tokens, end)) is not None:
        return _after_field(tokens, found)
    if last.kind in (TokenKind.TEXT, TokenKind.NUMBER) or _is_constant(last.text):
        return _after_value(tokens)
    if last.text in (")", "]"):
        return Expected.CONJUNCTION, None
    return Expected.NOTHING, None


def _after_not(tokens: Sequence[Token]) -> tuple[Expected, Field | None]:
    before = tokens[-2] if len(tokens) > 1 else None
    if before is None or before.text in ("and", "or", "(", "not"):
        return Expected.CONDITION, None
    return (Expected.NONE, None) if before.text == "is" else (Expected.CONTAINMENT, None)


def _after_in(tokens: Sequence[Token]) -> tuple[Expected, Field | None]:
    place = len(tokens) - (3 if len(tokens) > 1 and tokens[-2].text == "not" else 2)
    found = field_ending(tokens, place)
    return (Expected.LIST, found.field) if found else (Expected.CONTAINER, None)


def _in_list(tokens: Sequence[Token]) -> tuple[Expected, Field | None]:
    place = len(tokens) - 1
    while place >= 0 and tokens[place].text != "[":
        place -= 1
    if place < 2 or tokens[place - 1].text != "in":
        return Expected.NOTHING, None
    found = field_ending(tokens, place - (3 if tokens[place - 2].text == "not" else 2))
    return (Expected.VALUE, found.field) if found else (Expected.NOTHING, None)


def _after_field(tokens: Sequence[Token], found: NamedField) -> tuple[Expected, Field | None]:
    before = tokens[found.first - 1] if found.first else None
    if before is not None and (before.text in _COMPARISONS or before.text == "in"):
        return Expected.CONJUNCTION, None
    if before is not None and before.text not in ("and", "or", "not", "("):
        return Expected.NOTHING, None
    return Expected.OPERATOR, found.field


def _after_value(tokens: Sequence[Token]) -> tuple[Expected, Field | None]:
    before = tokens[-2].text if len(tokens) > 1 else ""
    if before in ("", "and", "or", "(") or (before == "not" and len(tokens) > 2 and tokens[-3].text != "is"):
        return Expected.CONTAINMENT, None
    return (Expected.CONJUNCTION if before in _COMPARISONS or before in ("is", "not") else Expected.NOTHING), None


def _is_constant(text: str) -> bool:
    return text in CONSTANTS or text in ("True", "False", "None")
