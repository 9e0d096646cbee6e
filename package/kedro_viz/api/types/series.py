"""The series that a run logged, in the API."""

from __future__ import annotations

import strawberry

from kedro_viz.api.scalars import Number, NumberColumn
from kedro_viz.store.reading import series
from kedro_viz.tracking.metric import json_number

# Four points are the least that a stretch between two ends can be told by.
MIN_POINTS = 4
MAX_POINTS = 10_000

# As many as a run can log.
MAX_SERIES = 1_000


@strawberry.type(
    description="Numbers that a run logged by step, thinned out for a chart: of each stretch its lowest and highest "
    "point. `count` points were logged; `min` and `max` are of the finite ones, `last` is that of the last step. "
    "`times` are milliseconds since 1970, UTC."
)
class Series:
    """See `kedro_viz.store.reading.series.Series`."""

    name: str
    count: int
    steps: NumberColumn
    values: NumberColumn
    times: NumberColumn
    min: Number | None
    max: Number | None
    last_step: Number | None
    last: Number | None

    @classmethod
    def of(cls, found: series.Series) -> Series:
        """The series as the API tells it."""
        steps, values = list(map(json_number, found.points.steps)), list(map(json_number, found.points.values))
        return cls(
            name=found.name,
            count=found.count,
            steps=NumberColumn(steps),
            values=NumberColumn(values),
            times=NumberColumn(list(found.points.times)),
            min=None if found.minimum is None else Number(found.minimum),
            max=None if found.maximum is None else Number(found.maximum),
            last_step=Number(steps[-1]),
            last=Number(values[-1]),
        )
