"""Enums of the domain that several types of the API tell: known to it before any of these is."""

from __future__ import annotations

import strawberry

from kedro_viz.tracking.metric_direction import MetricDirection
from kedro_viz.tracking.project import ProblemCode

strawberry.enum(MetricDirection, description="Which way of a metric is better.")

strawberry.enum(
    ProblemCode,
    description="What follows from a problem. `CATALOG_UNKNOWN`: nobody knows which files of older runs are metrics.",
)

__all__ = ["MetricDirection", "ProblemCode"]
