"""Text of a record inside Markdown: shown as it is, never as markup."""

from __future__ import annotations

import re

from kedro_viz.tracking.printable import shortened

_MOST_CHARACTERS = 500


def code_span(text: str) -> str:
    """A text as a code span, the only place where Markdown reads nothing: no link, image, HTML or address.

    Args:
        text: Any text. It is cut to 500 characters, and what cannot be printed is written as its escape.
    """
    text = shortened(text, _MOST_CHARACTERS) or " "
    # The span ends at as many backticks as it begins with.
    fence = "`" * (max(map(len, re.findall("`+", text)), default=0) + 1)
    padding = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{padding}{text}{padding}{fence}"


def table_cell(text: str) -> str:
    """A text as a code span in a cell of a table, whose columns are found before its code spans are."""
    return code_span(text).replace("|", "\\|")
