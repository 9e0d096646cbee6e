"""Metrics: numbers that runs leave, known by dataset and key."""

from __future__ import annotations

import math
from dataclasses import dataclass

from kedro_viz.tracking.whole_number import whole_number

# JSON has no number for NaN and the infinities: they are written as the text that Python's `json` uses for them. A
# whole number that no float holds is an `int` of all its digits.
JsonNumber = float | int | str


def json_number(value: float | None, exact: str | None = None) -> JsonNumber:
    """A stored number as JSON can carry it.

    Args:
        value: The stored number. None stands for NaN, which SQLite cannot hold.
        exact: The digits that are stored beside a whole number beyond 2**53.
    """
    if exact is not None and (whole := whole_number(exact, value)) is not None:
        return whole
    if value is None or math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


def python_number(value: JsonNumber) -> float:
    """A metric's value as Python's own number: NaN and infinities are floats, a whole number of any size is exact."""
    return float(value) if isinstance(value, str) else value


@dataclass(frozen=True)
class Metric:
    """One number of one run. `id` is that of its column; see `metric_id`."""

    dataset: str
    key: str
    value: JsonNumber
    id: str


@dataclass(frozen=True)
class MetricSummary:
    """A metric over all runs: how many have it, and the range of its finite values. For `id` see `metric_id`."""

    dataset: str
    key: str
    runs: int
    minimum: float | None
    maximum: float | None
    id: str
