"""Tells what can stand at a place of a query that is being typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.query.language.fields import QUERY_FIELDS, SERIES_PARTS, SOURCES, WORDS, written
from kedro_viz.store.query.language.parser import Expected, expected_after
from kedro_viz.store.query.language.times import EXAMPLES
from kedro_viz.store.query.language.tokens import Token, TokenKind, tokens_of
from kedro_viz.store.query.language.tree import Field, FieldSource, Value
from kedro_viz.tracking.metric_id import parse_long_id, quoted, short_id
from kedro_viz.tracking.run import RunStatus

_MAX_SUGGESTIONS = 50


class SuggestionKind(Enum):
    """What a suggestion is."""

    FIELD = "field"
    METRIC = "metric"
    PARAMETER = "parameter"
    OPERATOR = "operator"
    VALUE = "value"
    TIME = "time"


@dataclass(frozen=True)
class Suggestion:
    """What can stand at a place.

    Attributes:
        text: What stands there then, in place of what is from `start` to before `end`.
        label: What a menu shows.
        kind: What it is.
        detail: What more there is to say.
        start: Where the replaced part begins.
        end: The character after it.
    """

    text: str
    label: str
    kind: SuggestionKind
    detail: str | None
    start: int
    end: int


class Known(Protocol):
    """What runs have. See `kedro_viz.store.reading.query_values`."""

    def metrics(self) -> list[str]:
        """The ids of metrics."""

    def parameters(self) -> list[str]:
        """The flat names of parameters."""

    def series(self) -> list[str]:
        """The names of series."""

    def json_values(self) -> list[str]:
        """The ways to values in tracked JSON."""

    def values(self, field: Field) -> list[Value]:
        """Values that runs have in a field."""


@dataclass(frozen=True)
class _Choice:
    """A suggestion, whatever place it is for. `search` is what is compared with what is typed."""

    text: str
    search: str
    kind: SuggestionKind
    detail: str | None = None


_COMPARING = (
    ("==", "is the same as"),
    ("!=", "is there and different"),
    (">", "is more than"),
    (">=", "is at least"),
    ("<", "is less than"),
    ("<=", "is at most"),
)
_LISTING = (("in", "is one of"), ("not in", "is none of"))
_MISSING = (("is None", "is missing"), ("is not None", "is there"))
_JOINING = (("and", "both"), ("or", "at least one"))

_OPERATORS: dict[ColumnKind, Sequence[tuple[str, str]]] = {
    ColumnKind.NUMBER: (*_COMPARING[2:], *_COMPARING[:2], *_LISTING, *_MISSING),
    ColumnKind.TIME: (*_COMPARING[2:], *_COMPARING[:2], *_MISSING),
    ColumnKind.TEXT: (*_COMPARING[:2], *_LISTING, *_MISSING),
    ColumnKind.BOOLEAN: (*_JOINING, *_COMPARING[:2], *_MISSING),
    ColumnKind.TAGS: (*_LISTING, *_MISSING),
    ColumnKind.ANY: (*_COMPARING, *_LISTING, *_MISSING),
}

_TIMES = ("today", "yesterday", "1 hour ago", "7 days ago", "30 days ago", *EXAMPLES[4:])
_DURATIONS = ("30 s", "5 min", "1 h")


def suggestions(text: str, position: int, known: Known) -> list[Suggestion]:
    """What can stand at a place of a query, the likeliest first.

    Args:
        text: What the user has typed.
        position: Where the cursor is: so many characters stand before it.
        known: What runs have.
    """
    tokens = tokens_of(text)
    before, typed, start, end = _place(text, tokens, position)
    place = expected_after(before)
    choices = _CHOICES[place.expected](place.field, known)
    # Of the operators, what a name may be the beginning of.
    found = [choice for choice in choices if _matches(choice, typed)]
    found.sort(key=lambda choice: _rank(choice, typed))
    return [
        Suggestion(choice.text, choice.text.strip(), choice.kind, choice.detail, start, end)
        for choice in found[:_MAX_SUGGESTIONS]
        if choice.text.strip() != text[start:end]
    ]


def _place(text: str, tokens: Sequence[Token], position: int) -> tuple[Sequence[Token], str, int, int]:
    """What stands before the piece that is being typed, what is typed of it, and what a suggestion replaces."""
    before = [token for token in tokens if token.end <= position]
    inside = next((token for token in tokens if token.start < position <= token.end), None)
    if inside is None or inside.kind not in (TokenKind.NAME, TokenKind.TEXT, TokenKind.UNCLOSED, TokenKind.NUMBER):
        return before, "", position, position
    if inside.kind is TokenKind.TEXT and inside.end == position:
        # The quotes are closed: what follows them comes next.
        return before, "", position, position
    if inside.kind is TokenKind.NAME and inside.text in WORDS and inside.end == position:
        return [token for token in before if token is not inside], inside.text, inside.start, inside.end
    before = [token for token in tokens if token.end <= inside.start]
    start, end = inside.start, position if inside.kind is TokenKind.UNCLOSED else inside.end
    typed = text[start:position]
    if inside.kind is not TokenKind.NAME:
        typed = typed[1:] if typed[:1] in "\"'" else typed
        if len(before) > 1 and before[-1].text == "[" and before[-2].text in SOURCES:
            # A name in brackets is replaced whole, with what closes them.
            start, typed = before[-2].start, f"{before[-2].text}.{typed}"
            closing = next((token for token in tokens if token.start >= end), None)
            end = closing.end if closing is not None and closing.text == "]" else end
            before = before[:-2]
    return before, typed, start, end


def _matches(choice: _Choice, typed: str) -> bool:
    search, typed = choice.search.lower(), typed.lower()
    if typed in search:
        return True
    # `metrics.r2` is what people write who leave the dataset to the menu.
    source, _, rest = typed.partition(".")
    return source in SOURCES and search.startswith(f"{source}.") and rest in search


def _rank(choice: _Choice, typed: str) -> int:
    """Beginnings come first, then beginnings of a name's part; otherwise the order stays."""
    search, typed = choice.search.lower(), typed.lower()
    if not typed or search.startswith(typed):
        return 0
    return 1 if f".{typed}" in search else 2


def _fields(kinds: Iterable[ColumnKind] = tuple(ColumnKind)) -> Iterator[_Choice]:
    for field in QUERY_FIELDS.values():
        if field.kind in kinds:
            yield _Choice(f"{field.name} ", field.name, SuggestionKind.FIELD, field.title)


def _named(source: FieldSource, names: Iterable[str], kind: SuggestionKind, detail: str) -> Iterator[_Choice]:
    for name in names:
        for part in SERIES_PARTS if source is FieldSource.SERIES else ("",):
            field = Field(source, name, ColumnKind.ANY, part)
            # Who types the short name of metrics that share it is shown all of them.
            named = parse_long_id(name) if source is FieldSource.METRIC else None
            search = str(field) if named is None else f"{source.value}.{short_id(*named)}"
            yield _Choice(f"{written(field)} ", search, kind, detail)


def _conditions(_: Field | None, known: Known) -> list[_Choice]:
    return [
        *_fields(),
        *_named(FieldSource.METRIC, known.metrics(), SuggestionKind.METRIC, "Metric"),
        *_named(FieldSource.PARAMETER, known.parameters(), SuggestionKind.PARAMETER, "Parameter"),
        *_named(FieldSource.SERIES, known.series(), SuggestionKind.FIELD, "Series"),
        *_named(FieldSource.JSON, known.json_values(), SuggestionKind.FIELD, "Tracked JSON"),
        _Choice("not ", "not", SuggestionKind.OPERATOR, "the opposite"),
    ]


def _containers(_: Field | None, known: Known) -> list[_Choice]:
    fields = {choice.search: choice for choice in _fields((ColumnKind.TEXT, ColumnKind.TAGS))}
    first = [fields.pop(name) for name in ("title", "notes", "tags")]
    named = _named(FieldSource.PARAMETER, known.parameters(), SuggestionKind.PARAMETER, "Parameter")
    return [*first, *fields.values(), *named]


def _operators(field: Field | None, _: Known) -> list[_Choice]:
    return [] if field is None else _words(_OPERATORS[field.kind])


def _words(words: Iterable[tuple[str, str]]) -> list[_Choice]:
    return [_Choice(f"{word} ", word, SuggestionKind.OPERATOR, detail) for word, detail in words]


def _values(field: Field | None, known: Known) -> list[_Choice]:
    if field is None:
        return []
    if field.kind is ColumnKind.TIME:
        return [_Choice(quoted(word), word, SuggestionKind.TIME) for word in _TIMES]
    values: Sequence[Value]
    if field.kind is ColumnKind.BOOLEAN:
        values = (True, False)
    elif field.source is FieldSource.RUN and field.name in ("status", "duration"):
        values = [status.value for status in RunStatus] if field.name == "status" else _DURATIONS
    else:
        values = known.values(field)
    written = [(quoted(value) if isinstance(value, str) else str(value), value) for value in values]
    return [_Choice(shown, str(value), SuggestionKind.VALUE) for shown, value in written]


def _lists(field: Field | None, known: Known) -> list[_Choice]:
    return [_Choice(f"[{choice.text}]", choice.search, choice.kind) for choice in _values(field, known)]


def _nothing(_: Field | None, __: Known) -> list[_Choice]:
    return []


_CHOICES: dict[Expected, Callable[[Field | None, Known], list[_Choice]]] = {
    Expected.CONDITION: _conditions,
    Expected.OPERATOR: _operators,
    Expected.VALUE: _values,
    Expected.LIST: _lists,
    Expected.NONE: lambda _, __: _words((("None", "is missing"), ("not None", "is there"))),
    Expected.CONTAINER: _containers,
    Expected.CONTAINMENT: lambda _, __: _words((("in", "stands in"), ("not in", "does not stand in"))),
    Expected.CONJUNCTION: lambda _, __: _words(_JOINING),
    Expected.NOTHING: _nothing,
}
