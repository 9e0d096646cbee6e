"""What stands in the query field: an expression, or words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.fields import CONSTANTS, QUERY_FIELDS, SOURCES, WORDS
from kedro_viz.store.query.language.parser import parse_expression
from kedro_viz.store.query.language.tokens import Token, TokenKind, printable, tokens_of
from kedro_viz.store.query.language.tree import AllOf, Compare, Field, FieldSource, Tree, Words, fields_of

# A query is typed by a person; more than this only costs time.
MAX_CHARACTERS = 4_000

# More words than these only cost time, too.
_MAX_WORDS = 20

_COMPARISONS = frozenset({"==", "!=", "<", "<=", ">", ">=", "<>"})

# A word, or several in quotes that must stand beside each other.
_WORD = re.compile(r'"([^"]+)"(?=\s|$)|(\S+)')


@dataclass(frozen=True)
class Query:
    """A query that is understood.

    Attributes:
        tree: What it asks.
    """

    tree: Tree

    @property
    def is_expression(self) -> bool:
        """Whether it is an expression, and not words."""
        return not isinstance(self.tree, Words)

    @cached_property
    def fields(self) -> tuple[Field, ...]:
        """The fields that it names, in order; none for words."""
        return tuple(fields_of(self.tree))

    @property
    def comparisons(self) -> tuple[Compare, ...]:
        """The comparisons with a value that are true of every run that it finds."""
        return tuple(_always_true(self.tree))

    @property
    def names_archived(self) -> bool:
        """Whether it says itself what becomes of archived runs."""
        return any(field.source is FieldSource.RUN and field.name == "archived" for field in self.fields)


def parse_query(text: str, now: datetime | None = None) -> Query:
    """Understand a query.

    Args:
        text: What the user has typed.
        now: The present, which words for times count from. Without a zone it is local time.

    Raises:
        FilterError: If it is an expression that cannot be understood, or too long.
    """
    if len(text) > MAX_CHARACTERS:
        message = f"The query has {len(text):,} characters; up to {MAX_CHARACTERS:,} can be asked."
        raise FilterError(message, MAX_CHARACTERS, len(text))
    text = printable(text)
    tokens = tokens_of(text)
    if not _is_expression(text, tokens):
        return Query(Words(words_of(text), start=0, end=len(text)))
    return Query(parse_expression(tokens, now or datetime.now()))  # noqa: DTZ005 - people mean their own clock


def words_of(search: str) -> tuple[str, ...]:
    """The words of a search, each once: a word that is there twice asks nothing more."""
    return tuple(dict.fromkeys(match[1] or match[2] for match in _WORD.finditer(search)))[:_MAX_WORDS]


def is_expression(text: str) -> bool:
    """Whether a text is an expression, and not words to search for.

    It is one if, outside of quotes,

    - it has one of the signs `==`, `!=`, `<`, `<=`, `>` and `>=`; or
    - the name of a field or a quoted text stands before `in`, `not in` or `is`, or a number before `in` and a
      parameter or a value in tracked JSON; or
    - `.startswith(` or `.endswith(` stands in it; or `metrics[`, `params[`, `json[` or `series[`; or
    - the name of a field stands before a single `=` with space around it, which is a mistake for `==`; or
    - it is nothing but `and`, `or`, `not`, round brackets, and names of fields that are yes or no, or that begin with
      `metrics.`, `params.`, `json.` or `series.`.
    """
    return _is_expression(text, tokens_of(text))


def _is_expression(text: str, tokens: list[Token]) -> bool:
    nothing = Token(TokenKind.OTHER, "", len(text), len(text))
    ahead = [*tokens, nothing, nothing]
    return (
        any(token.kind is TokenKind.SIGN and token.text in _COMPARISONS for token in tokens)
        or any(map(_asks, tokens, ahead[1:], ahead[2:]))
        or _is_flags(tokens)
    )


def _asks(first: Token, second: Token, third: Token) -> bool:
    if second.text == "(":
        return first.text.endswith((".startswith", ".endswith"))
    if second.text == "[":
        return first.text in SOURCES and second.start == first.end
    is_field = first.kind is TokenKind.NAME and _is_field(first.text)
    if second.text == "=":
        return is_field and second.start > first.end
    if first.kind is TokenKind.NUMBER or first.text in CONSTANTS:
        return second.text == "in" and _has_source(third.text)
    if is_field or first.kind is TokenKind.TEXT or first.text == "]":
        return second.text in ("in", "is") or (second.text, third.text) == ("not", "in")
    return False


def _is_field(text: str) -> bool:
    return text in QUERY_FIELDS or _has_source(text)


def _has_source(text: str) -> bool:
    return text.partition(".")[0] in SOURCES and "." in text


def _is_flags(tokens: list[Token]) -> bool:
    names = [token.text for token in tokens if token.text not in WORDS and token.text not in CONSTANTS]
    names = [name for name in names if name not in ("(", ")")]
    return bool(names) and all(_is_flag(name) for name in names)


def _is_flag(name: str) -> bool:
    return _has_source(name) or (name in QUERY_FIELDS and QUERY_FIELDS[name].kind is ColumnKind.BOOLEAN)


def _always_true(tree: Tree) -> Iterator[Compare]:
    if isinstance(tree, Compare):
        yield tree
    elif isinstance(tree, AllOf):
        for part in tree.parts:
            yield from _always_true(part)
