"""Which dataset types are tracked, and the names by which users and stores know them."""

from __future__ import annotations

from enum import Enum


class TrackingGroup(str, Enum):
    """How a tracked dataset is shown: as numbers, as JSON, or as a picture."""

    PLOT = "plot"
    METRIC = "metric"
    JSON = "json"


_GROUPS = {
    "tracking.metrics_dataset.MetricsDataset": TrackingGroup.METRIC,
    "tracking.json_dataset.JSONDataset": TrackingGroup.JSON,
    "plotly.plotly_dataset.PlotlyDataset": TrackingGroup.PLOT,
    "plotly.json_dataset.JSONDataset": TrackingGroup.PLOT,
    "matplotlib.matplotlib_writer.MatplotlibWriter": TrackingGroup.PLOT,
    "matplotlib.matplotlib_dataset.MatplotlibDataset": TrackingGroup.PLOT,
}

# Where a catalog may find these classes: kedro-datasets, or our own stand-ins for what it dropped.
_PACKAGES = ("kedro_datasets.", "kedro_viz.integrations.kedro.datasets.")

# `tracking.MetricsDataset`, as written in a catalog, and `tracking.metrics_dataset.MetricsDataset`, as the class is
# really called, are one type.
_BY_CATALOG_NAME = {f"{name.split('.')[0]}.{name.split('.')[-1]}": name for name in _GROUPS}


def short_type_name(type_name: str) -> str:
    """The name of a dataset type as Kedro-Viz has always written it.

    Args:
        type_name: A class path as in a catalog (`tracking.MetricsDataset`) or in Python
            (`kedro_datasets.tracking.metrics_dataset.MetricsDataset`).

    Returns:
        The class path without the package that holds it, such as `tracking.metrics_dataset.MetricsDataset`;
        a type that is not tracked comes back without its package, otherwise unchanged.
    """
    for package in _PACKAGES:
        type_name = type_name.removeprefix(package)
    return _BY_CATALOG_NAME.get(type_name, type_name)


def tracking_group(type_name: str) -> TrackingGroup | None:
    """The group that a dataset type is shown in, or None for a type that is not tracked."""
    return _GROUPS.get(short_type_name(type_name))


# Classes of this name are always versioned, without `versioned: true` in the catalog.
_ALWAYS_VERSIONED = frozenset({"tracking.metrics_dataset.MetricsDataset", "tracking.json_dataset.JSONDataset"})


def is_always_versioned(type_name: str) -> bool:
    """Whether datasets of this type are versioned without being told so."""
    return short_type_name(type_name) in _ALWAYS_VERSIONED
