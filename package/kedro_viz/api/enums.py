"""Enums of the domain that several types of the API tell: known to it before any of these is."""

from __future__ import annotations

import strawberry

from kedro_viz.tracking.metric_direction import MetricDirection

strawberry.enum(MetricDirection, description="Which way of a metric is better.")

__all__ = ["MetricDirection"]
