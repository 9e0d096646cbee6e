"""Which data a node loads and saves."""

from __future__ import annotations

import logging
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kedro.io import MemoryDataset, SharedMemoryDataset
from kedro.io.core import is_parameter

from kedro_viz.integrations.kedro.recording.built_datasets import (
    built_dataset,
    loaded_version,
    place,
    type_name,
    written_version,
)
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.fingerprint import QuickFingerprints

if TYPE_CHECKING:
    from kedro.io import AbstractDataset, CatalogProtocol

logger = logging.getLogger(__name__)

# The path of such a dataset, as of `pandas.SQLQueryDataset`, is a query's. What the query finds is elsewhere.
_QUERY = "QueryDataset"

_fingerprints = QuickFingerprints()


# Any: the catalog's own type parameters say nothing here.
def data_use(
    catalog: CatalogProtocol[Any, Any], dataset_name: str, *, saved: bool, is_complete: bool = True
) -> DataUse | None:
    """Tell which data Kedro has just loaded or saved.

    Args:
        catalog: The run's catalog.
        dataset_name: The dataset's name in it.
        saved: Whether it was saved; otherwise it was loaded.
        is_complete: Whether the data is there as it stays. What is still being written is not looked at.

    Returns:
        None for parameters, for data that only passes through memory, and for a dataset that cannot be understood.
    """
    try:
        dataset = None if is_parameter(dataset_name) else built_dataset(catalog, dataset_name)
        if dataset is None or _is_ephemeral(dataset):
            return None
        version = written_version(dataset) if saved else loaded_version(dataset)
        where = place(dataset, version)
        found = None
        if where is not None and where.is_local and is_complete and not _is_query(dataset):
            found = _fingerprints.of(Path(where.path))
        return DataUse(
            dataset=dataset_name,
            saved=saved,
            type=type_name(dataset),
            path=where.path if where else None,
            version=version,
            size=found.size if found else None,
            fingerprint=found.text if found else None,
        )
    except Exception as error:
        # A dataset of the user's own may be anything.
        logger.debug("Not known which data '%s' is: %s", dataset_name, error, exc_info=True)
        return None


def _is_ephemeral(dataset: AbstractDataset[Any, Any]) -> bool:
    # SharedMemoryDataset passes what is asked of it on to another process.
    return isinstance(dataset, (MemoryDataset, SharedMemoryDataset)) or bool(getattr(dataset, "_EPHEMERAL", False))


def _is_query(dataset: AbstractDataset[Any, Any]) -> bool:
    return any(base.__name__.endswith(_QUERY) for base in type(dataset).__mro__)
