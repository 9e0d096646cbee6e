"""Metrics: numbers that runs leave, known by dataset and key."""

from __future__ import annotations

import math
from dataclasses import dataclass

# JSON has no number for NaN and the infinities: they are written as the text that Python's `json` uses for them.
JsonNumber = float | int | str


def metric_id(dataset: str, key: str) -> str:
    """A metric's name across datasets, as in charts, addresses and the API."""
    return f"{dataset}.{key}"


def json_number(value: float | None) -> JsonNumber:
    """A stored number as JSON can carry it.

    Args:
        value: The stored number. None stands for NaN, which SQLite cannot hold.
    """
    if value is None or math.isnan(value):
        return "NaN"
    if math.isinf(value):
        return "Infinity" if value > 0 else "-Infinity"
    return value


@dataclass(frozen=True)
class Metric:
    """One number of one run."""

    dataset: str
    key: str
    value: JsonNumber

    @property
    def id(self) -> str:
        """See `metric_id`."""
        return metric_id(self.dataset, self.key)


@dataclass(frozen=True)
class MetricSummary:
    """A metric over all runs: how many have it, and the range of its finite values."""

    dataset: str
    key: str
    runs: int
    minimum: float | None
    maximum: float | None

    @property
    def id(self) -> str:
        """See `metric_id`."""
        return metric_id(self.dataset, self.key)
