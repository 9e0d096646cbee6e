"""What a record holds is text in REPRODUCE.md, whatever Markdown would make of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from kedro_viz.integrations.kedro.reproduction.markdown_text import code_span, table_cell
from kedro_viz.tracking.printable import shortened

HOSTILE = [
    *("![x](http://evil.example/p.png)", "[x](http://evil.example)", "<img src=x onerror=y>", "http://evil.example"),
    *("`", "``", "a` b `` c", "`![x](y)`", "``` ", "a|b", "|", "\\", "a\\|b", "# x", "\n\n# x", "\x1b[2J", "", " "),
    *("a\r\n<script>", "&lt;", "*x*", "x\u202ey"),
]


def inlines(markdown: str) -> list[tuple[str, str]]:
    """All inline parts of a document: kind, and text."""
    tokens = MarkdownIt("commonmark").enable(["table"]).parse(markdown)
    return [(child.type, child.content) for token in tokens for child in token.children or ()]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_it_is(text: str) -> None:
    span = code_span(text)

    assert span.isprintable()
    [(before, _), (kind, shown), (after, _)] = inlines(f"- before {span} after")
    assert (before, kind, after) == ("text", "code_inline", "text")
    assert shown == (shortened(text, 500) or " ")


@given(st.text(alphabet="`|\\ab <>![](): \n*_", max_size=20))
def test_any_text_stays_in_its_span_and_in_its_cell(text: str) -> None:
    parts = inlines(f"| a | b |\n| --- | --- |\n| {table_cell(text)} | {table_cell('end')} |\n")

    assert [kind for kind, _ in parts] == ["text", "text", "code_inline", "code_inline"]
    assert parts[-1] == ("code_inline", "end")
    assert parts[-2][1].strip() == (shortened(text, 500) or " ").strip()
