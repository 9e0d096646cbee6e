"""The importance of parameters in the API."""

from __future__ import annotations

import strawberry

from kedro_viz.analysis import parameter_importance as importance
from kedro_viz.analysis.parameter_importance import ImportanceMethod

strawberry.enum(
    ImportanceMethod,
    description="How importance is found. FOREST: how much worse a random forest tells runs that it has not seen when "
    "a parameter's values are shuffled. CORRELATION: each parameter by itself, by ranks. NONE: there is too little.",
)


@strawberry.type(
    description="A parameter beside a metric. `importance` is 0 where none can be told, else up to about 1. "
    "`correlation` is the rank correlation with the metric, for numbers and booleans."
)
class ImportantParameter:
    """See `kedro_viz.analysis.parameter_importance.ImportantParameter`."""

    name: str
    importance: float
    correlation: float | None


@strawberry.type(
    description="Which parameters matter for a metric, the most important one first. `note` says in words what it "
    "means. `explained`: the share of the metric's order over runs, from 0 to 1, that a forest tells of unseen runs."
)
class ParameterImportance:
    """See `kedro_viz.analysis.parameter_importance.ParameterImportance`."""

    method: ImportanceMethod
    runs: int
    explained: float | None
    note: str
    parameters: list[ImportantParameter]

    @classmethod
    def of(cls, found: importance.ParameterImportance) -> ParameterImportance:
        """The importance as the API tells it."""
        return cls(
            method=found.method,
            runs=found.runs,
            explained=found.explained,
            note=found.note,
            parameters=[
                ImportantParameter(name=each.name, importance=each.importance, correlation=each.correlation)
                for each in found.parameters
            ],
        )
