"""Datasets that track what a run came to: `MetricsDataset` for numbers, `JSONDataset` for any JSON."""

from kedro_viz.integrations.kedro.datasets.tracking.json_dataset import JSONDataset
from kedro_viz.integrations.kedro.datasets.tracking.metrics_dataset import MetricsDataset

__all__ = ["JSONDataset", "MetricsDataset"]
