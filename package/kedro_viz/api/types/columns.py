"""Columns of runs in the API: metrics and parameters over all runs, and their values in some."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from kedro_viz.analysis import parameter_summary
from kedro_viz.analysis.parameter_summary import ParameterKind
from kedro_viz.api.scalars import JSONTextColumn, Number, NumberColumn
from kedro_viz.tracking import metric as tracking_metric
from kedro_viz.tracking.metric_direction import MetricDirection, guessed_direction

strawberry.enum(
    ParameterKind,
    description="What the values of a parameter are, nulls aside. OTHER: lists, several kinds, or only nulls.",
)


@strawberry.type(description="A metric over all runs: how many have it, and the range of its finite values.")
class MetricColumn:
    """See `kedro_viz.tracking.metric.MetricSummary`."""

    id: strawberry.ID
    dataset: str
    key: str
    runs: int
    min: Number | None
    max: Number | None
    direction: MetricDirection | None = strawberry.field(
        description="Which way is better: as people have set it, else as the name tells; null where it tells nothing."
    )
    direction_is_set: bool = strawberry.field(description="Whether people have set it.")

    @classmethod
    def of(cls, summary: tracking_metric.MetricSummary, direction: MetricDirection | None) -> MetricColumn:
        """The metric as the API tells it; `direction` is what people have set."""
        return cls(
            id=strawberry.ID(summary.id),
            dataset=summary.dataset,
            key=summary.key,
            runs=summary.runs,
            min=None if summary.minimum is None else Number(summary.minimum),
            max=None if summary.maximum is None else Number(summary.maximum),
            direction=direction or guessed_direction(summary.key),
            direction_is_set=direction is not None,
        )


@strawberry.type(description="A parameter over all runs. `min` and `max` are of its numbers that are finite.")
class ParameterColumn:
    """See `kedro_viz.analysis.parameter_summary.ParameterSummary`."""

    name: str
    runs: int
    kind: ParameterKind
    distinct: int = strawberry.field(description="How many different values there are, null aside.")
    min: float | None
    max: float | None

    @classmethod
    def of(cls, summary: parameter_summary.ParameterSummary) -> ParameterColumn:
        """The parameter as the API tells it."""
        return cls(
            name=summary.name,
            runs=summary.runs,
            kind=summary.kind,
            distinct=summary.distinct,
            min=summary.minimum,
            max=summary.maximum,
        )


@strawberry.type(description="A metric's values, one a run; null where a run has none.")
class MetricCells:
    """A column of a table of runs."""

    id: strawberry.ID
    values: NumberColumn


@strawberry.type(description="A parameter's values, one a run: a JSON array. Null is also where a run has none.")
class ParameterCells:
    """A column of a table of runs."""

    name: str
    values: JSON
    texts: JSONTextColumn = strawberry.field(description="The values as texts, which no reader of JSON can change.")


@strawberry.type(description="Values of some runs by column, each column in the order of the runs asked for.")
class RunCells:
    """Cells of a table of runs."""

    metrics: list[MetricCells]
    parameters: list[ParameterCells]
