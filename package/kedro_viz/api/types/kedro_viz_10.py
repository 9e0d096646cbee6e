"""Types that only the operations of Kedro-Viz 10 use. Names and shapes are fixed."""

from __future__ import annotations

from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from kedro_viz.api.types.run import Run
from kedro_viz.tracking.dataset_types import TrackingGroup

strawberry.enum(TrackingGroup, name="TrackingDatasetGroup", description="How a tracked dataset is shown.")


@strawberry.type(description="A tracked dataset's data in several runs.")
class TrackingDataset:
    """`data` maps each key to a list of `{"runId", "value"}`."""

    dataset_name: str
    dataset_type: str
    run_ids: list[strawberry.ID]
    data: JSON


@strawberry.type(description="Metrics over runs: by metric in `data.metrics`, by run in `data.runs`.")
class MetricPlotDataset:
    """Data for a chart of metrics."""

    data: JSON


@strawberry.type(description="The installed and the latest Kedro-Viz.")
class Version:
    """Versions of Kedro-Viz."""

    installed: str
    is_outdated: bool
    latest: str


@strawberry.input(description="What a user says of a run. Null leaves a field as it is; empty notes clear them.")
class RunInput:
    """An edit of a run."""

    bookmark: bool | None = None
    title: str | None = None
    notes: str | None = None


@strawberry.type(description="The run after the edit.")
class UpdateRunDetailsSuccess:
    """An edit that was kept."""

    run: Run


@strawberry.type(description="Why the edit was not kept.")
class UpdateRunDetailsFailure:
    """An edit that was not kept."""

    id: strawberry.ID
    error_message: str


UpdateRunDetailsResponse = Annotated[
    UpdateRunDetailsSuccess | UpdateRunDetailsFailure, strawberry.union(name="UpdateRunDetailsResponse")
]
