"""Which way of a metric is better, in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry

from kedro_viz.api.enums import MetricDirection
from kedro_viz.api.types.edits import EditFailure


@strawberry.type(description="The direction that holds now, and whether it is the one that people have set.")
class SetMetricDirectionSuccess:
    """A direction that was kept."""

    metric: strawberry.ID
    direction: MetricDirection | None
    direction_is_set: bool


SetMetricDirectionResponse = Annotated[
    SetMetricDirectionSuccess | EditFailure, strawberry.union(name="SetMetricDirectionResponse")
]
