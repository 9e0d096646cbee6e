"""Cuts what a user types into pieces, and tells an expression from plain words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

_PATTERN = re.compile(
    r"""
      (?P<text>(?<!\w)(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'))
    | (?P<unclosed>(?<!\w)["'].*)
    | (?P<number>(?<!\w)(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)
    | (?P<name>[^\W\d]\w*(?:\.[^\W\d]\w*)*\.?)
    | (?P<sign>==|!=|<=|>=|<>|<|>|=|&&|\|\||[-+*/%&|!~@^:;,.?$\#`\\])
    | (?P<bracket>[()\[\]{}])
    | (?P<other>\S)
    """,
    re.VERBOSE | re.DOTALL,
)

_ESCAPE = re.compile(r"\\(?:([\"'\\])|n|t|u([0-9a-fA-F]{4}))")


class TokenKind(Enum):
    """What a piece is."""

    TEXT = "text"
    UNCLOSED = "unclosed"
    """A text whose closing quote is missing: all that is left."""
    NUMBER = "number"
    NAME = "name"
    """With the dots in it: `git.branch`, and `git.` while it is typed."""
    SIGN = "sign"
    BRACKET = "bracket"
    OTHER = "other"


@dataclass(frozen=True)
class Token:
    """A piece of the user's text, which stands from `start` to before `end`."""

    kind: TokenKind
    text: str
    start: int
    end: int

    @property
    def value(self) -> str:
        """What a quoted text says."""
        inner = self.text[1:] if self.kind is TokenKind.UNCLOSED else self.text[1:-1]
        return _ESCAPE.sub(_unescaped, inner)


def _unescaped(match: re.Match[str]) -> str:
    if match[1]:
        return match[1]
    if match[2]:
        return printable(chr(int(match[2], 16)))
    return "\n" if match[0] == r"\n" else "\t"


def printable(text: str) -> str:
    """A text without halves of characters, which no store can hold; as long as it was."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def tokens_of(text: str) -> list[Token]:
    """The pieces of a text, in order, without the spaces between them."""
    return [
        Token(TokenKind(match.lastgroup), match[0], match.start(), match.end())
        for match in _PATTERN.finditer(text)
        if match.lastgroup
    ]
