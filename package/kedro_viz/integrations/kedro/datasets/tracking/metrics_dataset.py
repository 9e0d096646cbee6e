"""`tracking.MetricsDataset`: tracks the metrics of a run."""

from __future__ import annotations

import reprlib
from collections.abc import Mapping
from typing import NewType

from kedro.io.core import DatasetError

from kedro_viz.integrations.kedro.datasets.tracking.plain_json import NotARealNumberError, real_number
from kedro_viz.integrations.kedro.datasets.tracking.versioned_file import VersionedJSONFile

__all__ = ["MetricsDataset"]

MetricsTrackingPreview = NewType("MetricsTrackingPreview", dict[str, float])
"""What Kedro-Viz shows of the metrics."""

_NAMED_AT_MOST = 5


class MetricsDataset(VersionedJSONFile[Mapping[str, object], "dict[str, float]"]):
    """Keeps the metrics of a run as JSON numbers by name, one version a run, for Kedro-Viz to list, compare
    and chart.

    Takes every kind of real number: Python's own (`Decimal` and `Fraction` too), scalars of NumPy and
    pandas, and arrays and tensors without dimensions. Booleans count as 0 and 1. NaN and the infinities are
    kept as well, written as Python's `json` writes them, so that a run whose loss has diverged is recorded
    rather than failed. Use `tracking.JSONDataset` for anything else.

    Examples:
        In a catalog:

        ```yaml
        metrics:
          type: tracking.MetricsDataset
          filepath: data/09_tracking/metrics.json
        ```

        In Python:

        >>> from kedro_datasets.tracking import MetricsDataset
        >>> dataset = MetricsDataset(filepath="metrics.json")
        >>> dataset.save({"r2_score": 0.46, "max_error": 3520.1})
    """

    def save(self, data: Mapping[str, object]) -> None:
        """Write the metrics.

        Args:
            data: Real numbers by name. Left unchanged.

        Raises:
            DatasetError: The data is no mapping, or holds something else than real numbers by name; the
                message names each such key.
        """
        self._write(_metrics(data, "MetricsDataset stores", "Save other data with tracking.JSONDataset."))

    def load(self) -> dict[str, float]:
        """The metrics as they were saved.

        Raises:
            DatasetError: The file holds something else than JSON numbers by name.
        """
        return _metrics(self._read(), "MetricsDataset loads", f"No MetricsDataset wrote the file of {self}.")

    def preview(self) -> MetricsTrackingPreview:
        """The metrics, for Kedro-Viz to show."""
        return MetricsTrackingPreview(self.load())


def _metrics(data: object, who: str, remedy: str) -> dict[str, float]:
    """Real numbers by name.

    Raises:
        DatasetError: The data is something else. The message begins with `who` and ends with `remedy`.
    """
    if not isinstance(data, Mapping):
        raise DatasetError(
            f"{who} a dict of real numbers by name, but the data is of type {type(data).__name__}. {remedy}"
        )
    metrics: dict[str, float] = {}
    refused: list[str] = []
    for key, value in data.items():
        if not isinstance(key, str):
            refused.append(f"the key {_named(key)} is of type {type(key).__name__}, not str")
            continue
        try:
            metrics[key] = real_number(value)
        except NotARealNumberError as error:
            refused.append(f"{_named(key)} {error}")
    if refused:
        more = len(refused) - _NAMED_AT_MOST
        shown = refused[:_NAMED_AT_MOST] + ([f"{more} more are not either"] if more > 0 else [])
        raise DatasetError(f"{who} real numbers by name only, but {', '.join(shown)}. {remedy}")
    return metrics


def _named(key: object) -> str:
    return reprlib.repr(key)
