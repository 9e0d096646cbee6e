"""`tracking.JSONDataset`: tracks any JSON-compatible data of a run."""

from __future__ import annotations

from typing import Any, NewType

from kedro.io.core import DatasetError

from kedro_viz.integrations.kedro.datasets.tracking.plain_json import NotPlainJSONError, plain_json
from kedro_viz.integrations.kedro.datasets.tracking.versioned_file import VersionedJSONFile

__all__ = ["JSONDataset"]

JSONTrackingPreview = NewType("JSONTrackingPreview", dict[str, Any])
"""What Kedro-Viz shows of the data. Any: all that JSON can hold."""


# Any: nodes save and load whatever JSON can hold.
class JSONDataset(VersionedJSONFile[Any, Any]):
    """Keeps what a run came to as JSON, one version a run, for Kedro-Viz to show and compare.

    Takes text, booleans, numbers, None, and lists and mappings of these, and the like of them in NumPy and
    pandas (see `plain_json`). Use `tracking.MetricsDataset` for numbers that should be charted.

    Examples:
        In a catalog:

        ```yaml
        companies_columns:
          type: tracking.JSONDataset
          filepath: data/09_tracking/companies_columns.json
        ```

        In Python:

        >>> from kedro_datasets.tracking import JSONDataset
        >>> dataset = JSONDataset(filepath="companies_columns.json")
        >>> dataset.save({"columns": ["id", "iata_approved"], "data_type": "companies"})
    """

    def save(self, data: Any) -> None:
        """Write the data.

        Args:
            data: Anything JSON-compatible. Left as it is where `save_args` brings an encoder of its own
                (`cls` or `default`).

        Raises:
            DatasetError: Part of the data has no counterpart in JSON; the message says where it is.
        """
        if "cls" not in self._save_args and "default" not in self._save_args:
            try:
                data = plain_json(data)
            except NotPlainJSONError as error:
                raise DatasetError(
                    "JSONDataset stores JSON-compatible data only (text, numbers, booleans, None, and lists "
                    f"and dicts of these), but {error}. Convert it in the node that returns it."
                ) from error
        self._write(data)

    def load(self) -> Any:
        """The data as it was saved, in JSON's types."""
        return self._read()

    def preview(self) -> JSONTrackingPreview:
        """The data, for Kedro-Viz to show."""
        return JSONTrackingPreview(self.load())
