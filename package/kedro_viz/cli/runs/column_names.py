"""Reads the lists of columns that `--columns` and `--sort` take."""

from __future__ import annotations

import re

import click

from kedro_viz.store.query.language.tokens import Token, TokenKind
from kedro_viz.tracking.metric_id import long_id
from kedro_viz.tracking.printable import printable

_QUOTED = r"""(?:"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*')"""

# One name and the comma after it. A quote counts only where a name or a bracket begins: `params.it's` needs none.
_ENTRY = re.compile(
    rf"""
    \s* (?P<minus>-?)
    (?:
        (?P<quoted>{_QUOTED})
      | (?P<source>metrics|params) \[ \s* (?P<key>{_QUOTED}) \s* \]
        (?: \s* \[ \s* (?P<inner>{_QUOTED}) \s* \])?
      | (?P<plain>(?!["']|metrics\[|params\[)[^,]*)
    )
    \s* (?:,|$)
    """,
    re.VERBOSE | re.DOTALL,
)


def column_names(text: str) -> list[str]:
    """The names in a list of columns.

    Args:
        text: Names separated by commas, each with a minus in front if it sorts downwards. A name that has a comma in it
            is quoted as a whole, or written as in a query: `metrics["precision, weighted"]`.

    Returns:
        The names without quotes and brackets, such as `-metrics.precision, weighted`.

    Raises:
        click.ClickException: If a quote or a bracket is not closed, or something follows it.
    """
    names: list[str] = []
    place = 0
    while place < len(text):
        entry = _ENTRY.match(text, place)
        if entry is None:
            raise click.ClickException(
                f"Cannot read the column names from here on: {printable(text[place:].strip()[:200])}. Close each quote "
                'and bracket, and put a comma after it: "metrics.precision, weighted",metrics["precision, weighted"],id'
            )
        name = _name(entry)
        if name:
            names.append(entry["minus"] + name)
        place = entry.end()
    return names


def _name(entry: re.Match[str]) -> str:
    if entry["quoted"]:
        return _unquoted(entry["quoted"])
    if entry["inner"]:
        # Dataset and key by themselves: which of two metrics of one name is meant.
        return f"{entry['source']}{long_id(_unquoted(entry['key']), _unquoted(entry['inner']))}"
    return f"{entry['source']}.{_unquoted(entry['key'])}" if entry["key"] else entry["plain"].strip()


def _unquoted(text: str) -> str:
    return Token(TokenKind.TEXT, text, 0, len(text)).value
