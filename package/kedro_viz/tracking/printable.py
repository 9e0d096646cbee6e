"""Text of runs as a terminal or a document may show it: what a name or a message holds must not steer either."""

from __future__ import annotations

import unicodedata

# Controls (escape sequences begin with one), characters that turn the reading direction or are not seen at all, line
# and paragraph separators, halves of pairs that no encoding can write, and what has no meaning yet.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Cn", "Co"})
# Joins parts of one emoji, and of letters in Persian and Indian scripts: it moves nothing.
_HARMLESS = frozenset("\u200c\u200d")


def printable(text: str) -> str:
    """A text in one line: what would move the cursor, or not be seen, is written as its escape, such as `\\x1b`."""
    # Most texts have nothing of that.
    return text if text.isprintable() else "".join(map(_shown, text))


def printable_lines(text: str) -> list[str]:
    """The lines of a text, each printable. Tabs become blanks."""
    return [printable(line) for line in text.replace("\r\n", "\n").expandtabs(4).split("\n")]


def shortened(text: str, limit: int) -> str:
    """A printable text in one line, cut to so many characters."""
    text = printable(text[: limit + 1])
    return text if len(text) <= limit else text[: limit - 1] + "…"


def _shown(character: str) -> str:
    if character in _HARMLESS or unicodedata.category(character) not in _UNPRINTABLE:
        return character
    return character.encode("unicode_escape").decode("ascii")
