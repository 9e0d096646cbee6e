"""JSON that runs and clients have written, brought to what every JSON reader takes.

Python writes and reads more than JSON has: NaN and infinities, integers of any length, unpaired surrogates, and nesting
without end. None of it may keep the rest of an answer from being sent.
"""

from __future__ import annotations

import json
import math

import orjson

# Deeper than any person reads, and less than parsers on either side can take.
MAX_DEPTH = 200

_INTEGERS = range(-(2**63), 2**64)
_CUT = "…"


class StoredJsonError(ValueError):
    """A text that is not JSON, not even Python's."""


def parse(text: str | bytes) -> object:
    """Read a JSON text.

    Returns:
        Its data, ready to be sent. See `sendable`.

    Raises:
        StoredJsonError: If it is none.
    """
    try:
        data = orjson.loads(text)
    except orjson.JSONDecodeError:
        return sendable(_parse_python(text))
    # Most texts have too few brackets to be deep. Counting costs nothing beside parsing.
    brackets = text.count("[") + text.count("{") if isinstance(text, str) else text.count(b"[") + text.count(b"{")
    return sendable(data) if brackets > MAX_DEPTH else data


def parse_or_text(text: str) -> object:
    """Read a JSON text, ready to be sent; what is none, as the text that it is."""
    try:
        return parse(text)
    except StoredJsonError:
        return text


def sendable(data: object, depth: int = MAX_DEPTH) -> object:
    """Data that any JSON encoder writes.

    NaN and infinities become null, integers beyond 64 bits become the nearest number, unpaired surrogates become the
    replacement character, and what is nested deeper than `MAX_DEPTH` becomes "…".
    """
    if isinstance(data, str):
        return data if _is_unicode(data) else data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(data, bool) or data is None:
        return data
    if isinstance(data, int):
        return data if data in _INTEGERS else _nearest(data)
    if isinstance(data, float):
        return data if math.isfinite(data) else None
    if depth == 0:
        return _CUT
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


def _nearest(number: int) -> float | None:
    try:
        return float(number)
    except OverflowError:
        return None
