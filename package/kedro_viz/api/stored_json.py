"""JSON that runs and clients have written, brought to what every JSON reader takes.

Python writes and reads more than JSON has: NaN and infinities, integers of any length, unpaired surrogates, and nesting
without end. None of it may keep the rest of an answer from being sent.
"""

from __future__ import annotations

import json
import math
import re

import orjson

# Deeper than any person reads, and less than parsers on either side can take.
MAX_DEPTH = 200

_INTEGERS = range(-(2**63), 2**64)
# What may be a whole number of more than 64 bits, which orjson reads as a float.
_LONG_DIGITS = re.compile(r"[0-9]{19}")
_LONG_DIGITS_IN_BYTES = re.compile(rb"[0-9]{19}")
_CUT_MARK = "…"


class StoredJsonError(ValueError):
    """A text that is not JSON, not even Python's."""


def parse(text: str | bytes) -> object:
    """Read a JSON text.

    Returns:
        Its data, ready to be sent. See `sendable`.

    Raises:
        StoredJsonError: If it is none.
    """
    is_long = _LONG_DIGITS.search(text) if isinstance(text, str) else _LONG_DIGITS_IN_BYTES.search(text)
    if is_long:
        return sendable(_parse_python(text))
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return sendable(_parse_python(text))
    return sendable(data) if _may_be_deep(text) else data


def exact_text(text: str) -> str:
    """A JSON text for who reads it with all digits of whole numbers, and with NaN and infinities as Python writes them.

    Args:
        text: As it is stored.

    Returns:
        The same; what is nested deeper than `MAX_DEPTH` is "…". What is no JSON is the JSON of the text.
    """
    try:
        data = _parse_python(text)
    except StoredJsonError:
        return json.dumps(text)
    return json.dumps(_cut(data, MAX_DEPTH)) if _may_be_deep(text) else text


def parse_or_text(text: str) -> object:
    """Read a JSON text, ready to be sent; what is none, as the text that it is."""
    try:
        return parse(text)
    except StoredJsonError:
        return text


def encoded(data: object) -> bytes:
    """Data as JSON, with all digits of its whole numbers. See `sendable`."""
    try:
        return orjson.dumps(data)
    except TypeError:
        return orjson.dumps(_with_fragments(sendable(data)))


def sendable(data: object, depth: int = MAX_DEPTH) -> object:
    """Data that JSON has words for.

    NaN and infinities become null, unpaired surrogates become the replacement character, and what is nested deeper than
    `MAX_DEPTH` becomes "…".
    """
    if isinstance(data, str):
        return data if _is_unicode(data) else data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, (bool, int)) or data is None:
        return data
    if isinstance(data, float):
        return data if math.isfinite(data) else None
    if depth == 0:
        return _CUT_MARK
    if isinstance(data, dict):
        return {sendable(str(key)): sendable(value, depth - 1) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [sendable(value, depth - 1) for value in data]
    return sendable(str(data))


def _parse_python(text: str | bytes) -> object:
    try:
        return json.loads(text)
    except RecursionError:
        raise StoredJsonError("It is nested too deep to be shown.") from None
    except ValueError as error:
        raise StoredJsonError(f"It is not JSON: {error}.") from error


def _is_unicode(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _with_fragments(data: object) -> object:
    """Data that orjson writes: a whole number of more than 64 bits as the digits themselves."""
    if isinstance(data, int) and data not in _INTEGERS:
        return orjson.Fragment(str(data))
    if isinstance(data, dict):
        return {key: _with_fragments(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_with_fragments(value) for value in data]
    return data


def _may_be_deep(text: str | bytes) -> bool:
    # Most texts have too few brackets to be deep. Counting costs nothing beside parsing.
    if isinstance(text, str):
        return text.count("[") + text.count("{") > MAX_DEPTH
    return text.count(b"[") + text.count(b"{") > MAX_DEPTH


def _cut(data: object, depth: int) -> object:
    if not isinstance(data, (dict, list)):
        return data
    if depth == 0:
        return _CUT_MARK
    if isinstance(data, dict):
        return {key: _cut(value, depth - 1) for key, value in data.items()}
    return [_cut(value, depth - 1) for value in data]
