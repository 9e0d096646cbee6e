"""What a tracked dataset's content tells: numbers to chart, JSON to show, or why neither."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.secrets.redaction import may_hold_secrets, redact_mapping, redact_shapes
from kedro_viz.tracking.whole_number import exact_digits, nearest_float

# The index holds what people read and chart. Larger content stays in its file, with a link to it.
MAX_DOCUMENT_BYTES = 1_000_000
MAX_FILE_BYTES = 4_000_000
MAX_METRICS = 10_000


@dataclass(frozen=True)
class TrackedContent:
    """A tracked dataset's content without secrets, ready for the store. See `DatasetSaved` for the fields."""

    metrics: dict[str, float] = field(default_factory=dict)
    document: str | None = None
    problem: str | None = None
    left_out: int = 0
    """How many metrics there are beside those in `metrics`."""


def describe_size(size: int) -> str:
    """A number of bytes as people write it: `52 MB`."""
    for unit, factor in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= factor:
            return f"{size / factor:.3g} {unit}"
    return f"{size} bytes"


def size_problem(size: int) -> str | None:
    """Why a metrics or JSON file of this size is not read; None if it is."""
    if size <= MAX_FILE_BYTES:
        return None
    limit = describe_size(MAX_FILE_BYTES)
    return f"The file is {describe_size(size)}; up to {limit} is read. Download it to see it."


def read_content(text: str | bytes, group: TrackingGroup) -> TrackedContent:
    """Read the file of a metrics or JSON dataset.

    Args:
        text: The file's content, at most `MAX_FILE_BYTES`.
        group: METRIC or JSON.

    Returns:
        Its numbers or its document; for a file that is not JSON, the problem.
    """
    try:
        data = json.loads(text)
    except RecursionError:
        return TrackedContent(problem="The file is JSON nested too deep to be shown.")
    except ValueError as error:
        return TrackedContent(problem=f"The file is not JSON: {error}.")
    return content_of(data, group)


# Any: tracked data is what users return from their nodes.
def content_of(data: Any, group: TrackingGroup) -> TrackedContent:
    """Turn a tracked dataset's data into numbers or a document.

    Args:
        data: What a node returned, or a file held.
        group: METRIC or JSON. For metrics, a flat mapping of numbers becomes `metrics`; anything that does not fit is
            kept whole as a document beside the numbers that do.

    Returns:
        The content, or the problem with it.
    """
    metrics: dict[str, float] = {}
    numbers = 0
    if group is TrackingGroup.METRIC and isinstance(data, Mapping):
        for key, value in data.items():
            number = _number(value)
            if number is None:
                continue
            numbers += 1
            if len(metrics) < MAX_METRICS:
                metrics[_without_keys(str(key), metrics)] = number
        if numbers > MAX_METRICS:
            return TrackedContent(metrics=metrics, problem=_too_many(numbers), left_out=numbers - MAX_METRICS)
        if len(metrics) == len(data):
            return TrackedContent(metrics=metrics)
    try:
        document = _document(data)
    except Exception as error:  # noqa: BLE001 - an object in the data may raise anything when it is written as text
        return TrackedContent(metrics=metrics, problem=f"The data cannot be written as JSON: {error}.")
    if document is None:
        limit = describe_size(MAX_DOCUMENT_BYTES)
        return TrackedContent(metrics=metrics, problem=f"The data is more than {limit}, which is shown. Open the file.")
    return TrackedContent(metrics=metrics, document=document)


def _too_many(numbers: int) -> str:
    left_out = f"{numbers - MAX_METRICS:,} are left out"
    return f"The dataset has {numbers:,} metrics. The first {MAX_METRICS:,} are recorded; {left_out}. Open the file."


def _document(data: Any) -> str | None:
    """Data as JSON text; None if that is too long. Written bit by bit, so that huge data is given up on early."""
    chunks: list[str] = []
    size = 0
    for chunk in json.JSONEncoder(ensure_ascii=False, default=_plain).iterencode(data):
        size += len(chunk.encode("utf-8", "replace"))
        if size > MAX_DOCUMENT_BYTES:
            return None
        chunks.append(chunk)
    return without_secrets("".join(chunks))


def without_secrets(document: str) -> str:
    """JSON text without secrets."""
    if not may_hold_secrets(document):
        return document
    return json.dumps(redact_mapping(json.loads(document)), ensure_ascii=False)


def _without_keys(name: str, taken: Mapping[str, float]) -> str:
    """A metric's name without access keys and the like. Names of which nothing else is left stay apart."""
    redacted = redact_shapes(name)
    while redacted != name and redacted in taken:
        redacted += "'"
    return redacted


def _number(value: Any) -> float | None:
    # numpy and pandas scalars say what they are by `item`.
    value = _plain(value) if not isinstance(value, (int, float)) else value
    if isinstance(value, (int, float)):
        return nearest_float(value) if exact_digits(value) is None else value
    return None


def _plain(value: Any) -> Any:
    for name in ("item", "tolist"):
        convert = getattr(value, name, None)
        if callable(convert):
            try:
                return convert()
            except Exception:  # noqa: BLE001, S112 - an array of many elements has no `item`, and each library says so in its own way
                continue
    return str(value)
