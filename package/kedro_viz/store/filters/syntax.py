"""Says what is wrong with an expression that Python's parser does not take."""

from __future__ import annotations

import keyword
from collections.abc import Sequence

from kedro_viz.store.filters.errors import FilterError
from kedro_viz.store.filters.fields import CONSTANTS, QUERY_FIELDS, SOURCES, WORDS, field_of
from kedro_viz.store.filters.tokens import Token, TokenKind

_INSTEAD = {
    "=": "Write == to compare.",
    "<>": "Write != for different.",
    "&&": "Write and.",
    "&": "Write and.",
    "||": "Write or.",
    "|": "Write or.",
    "!": "Write not.",
}

_CLOSING = {"(": ")", "[": "]", "{": "}"}


def syntax_error(text: str, tokens: Sequence[Token], place: int) -> FilterError:
    """The error of an expression.

    Args:
        text: What the user has typed.
        tokens: Its pieces.
        place: Where the parser gave up.
    """
    checks = (_unclosed, _instead, _unknown_name, _keyword_in_name, _unbalanced, _unfinished)
    for check in checks:
        error = check(tokens)
        if error is not None:
            return error
    token = next((token for token in tokens if token.end > place), tokens[-1] if tokens else None)
    if token is None:
        return FilterError("There is nothing to ask.", 0, len(text))
    message = f"'{token.text[:50]}' cannot stand here."
    if token.kind in (TokenKind.NAME, TokenKind.TEXT, TokenKind.NUMBER):
        message += " Conditions are joined by and, or; texts stand in quotes."
    return FilterError(message, token.start, token.end)


def _unclosed(tokens: Sequence[Token]) -> FilterError | None:
    for token in tokens:
        if token.kind is TokenKind.UNCLOSED:
            return FilterError(f"The closing {token.text[0]} is missing.", token.start, token.end)
    return None


def _instead(tokens: Sequence[Token]) -> FilterError | None:
    for token in tokens:
        if token.kind is TokenKind.SIGN and token.text in _INSTEAD:
            return FilterError(_INSTEAD[token.text], token.start, token.end)
        if token.kind is TokenKind.NAME and token.text not in WORDS and token.text.lower() in WORDS:
            return FilterError(f"Write {token.text.lower()} in small letters.", token.start, token.end)
    return None


def _unknown_name(tokens: Sequence[Token]) -> FilterError | None:
    for place, token in enumerate(tokens):
        if token.kind is not TokenKind.NAME or token.text in WORDS or _is_constant(token.text):
            continue
        parts = [part for part in token.text.split(".") if part]
        if parts[0] in SOURCES:
            continue
        if place + 1 < len(tokens) and tokens[place + 1].text in "([":
            # A call or a name in brackets: its name is not whole.
            continue
        if token.text.endswith(".") and any(name.startswith(token.text) for name in QUERY_FIELDS):
            return FilterError(f"A name is missing after '{token.text}'.", token.start, token.end)
        try:
            field_of(parts, token.start, token.end)
        except FilterError as error:
            return error
    return None


def _is_constant(text: str) -> bool:
    return text in CONSTANTS or text in ("True", "False", "None")


def _keyword_in_name(tokens: Sequence[Token]) -> FilterError | None:
    for token in tokens:
        parts = token.text.split(".")
        if token.kind is TokenKind.NAME and parts[0] in SOURCES and any(map(keyword.iskeyword, parts)):
            instead = f'{parts[0]}["{".".join(parts[1:])}"]'
            return FilterError(f"Write the name in brackets and quotes: {instead}.", token.start, token.end)
    return None


def _unbalanced(tokens: Sequence[Token]) -> FilterError | None:
    opened: list[Token] = []
    for token in tokens:
        if token.kind is not TokenKind.BRACKET:
            continue
        if token.text in _CLOSING:
            opened.append(token)
        elif not opened or _CLOSING[opened.pop().text] != token.text:
            return FilterError(f"This {token.text} closes no bracket.", token.start, token.end)
    if not opened or _is_unfinished(tokens[-1]):
        return None
    return FilterError(f"The closing {_CLOSING[opened[-1].text]} is missing.", opened[-1].start, opened[-1].end)


def _unfinished(tokens: Sequence[Token]) -> FilterError | None:
    if not tokens or not _is_unfinished(tokens[-1]):
        return None
    last = tokens[-1]
    after = "A name" if last.text.endswith(".") else "A condition" if last.text in ("and", "or", "not") else "A value"
    return FilterError(f"{after} is missing after '{last.text[-50:]}'.", last.start, last.end)


def _is_unfinished(token: Token) -> bool:
    return token.text in WORDS or token.text in _CLOSING or token.text.endswith(".") or token.kind is TokenKind.SIGN
