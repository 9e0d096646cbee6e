"""The series that a run logged, in the API."""

from __future__ import annotations

import strawberry

from kedro_viz.api.context import ApiInfo
from kedro_viz.api.enums import MetricDirection
from kedro_viz.api.loaders import SeriesAsked
from kedro_viz.api.scalars import Number, NumberColumn
from kedro_viz.tracking.metric import json_number
from kedro_viz.tracking.metric_direction import guessed_direction
from kedro_viz.tracking.series.series_points import SeriesPoints, SeriesSummary

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
    """See `kedro_viz.store.reading.series.Series`. Points are only read where they are asked for."""

    name: str
    count: int
    min: Number | None
    max: Number | None
    last_step: Number | None
    last: Number | None
    direction: MetricDirection | None = strawberry.field(
        description="Which way is better, as the name tells; null where it tells nothing."
    )
    run_id: strawberry.Private[str]
    asked: strawberry.Private[SeriesAsked]

    @classmethod
    def of(cls, run_id: str, name: str, summary: SeriesSummary, asked: SeriesAsked) -> Series:
        """The series as the API tells it.

        Args:
            run_id: Its run.
            name: Its name.
            summary: What is known without its points.
            asked: Which points are asked for, of which series together.
        """
        return cls(
            name=name,
            count=summary.count,
            min=None if summary.minimum is None else Number(summary.minimum),
            max=None if summary.maximum is None else Number(summary.maximum),
            last_step=Number(json_number(summary.last_step)),
            last=Number(json_number(summary.last)),
            direction=guessed_direction(name),
            run_id=run_id,
            asked=asked,
        )

    @strawberry.field
    async def steps(self, info: ApiInfo) -> NumberColumn:
        """The step of each point."""
        return NumberColumn(list(map(json_number, (await self._points(info)).steps)))

    @strawberry.field
    async def values(self, info: ApiInfo) -> NumberColumn:
        """The value of each point."""
        return NumberColumn(list(map(json_number, (await self._points(info)).values)))

    @strawberry.field
    async def times(self, info: ApiInfo) -> NumberColumn:
        """When each point was logged."""
        return NumberColumn(list((await self._points(info)).times))

    async def _points(self, info: ApiInfo) -> SeriesPoints:
        found = await info.context.loaders.series_points(self.asked).load(self.run_id)
        return found.get(self.name, SeriesPoints([], [], []))
