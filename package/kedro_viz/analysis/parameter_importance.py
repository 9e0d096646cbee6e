"""Which parameters matter for a metric, as far as the runs that there are can tell."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from kedro_viz.analysis.column_values import NO_CODE, CategoryValues, ColumnValues, NumberValues
from kedro_viz.analysis.forest_importance import forest_importance
from kedro_viz.analysis.rank_association import rank_correlation, rank_ratio, ranks

# Fewer runs than this say nothing; fewer than that are not enough to try a forest on runs it has not seen.
MIN_RUNS = 10
_MIN_FOREST_RUNS = 40

# Bounds of the time that an answer takes: some seconds.
MAX_RUNS = 5_000
MAX_PARAMETERS = 200
_MAX_CELLS = 200_000

_NOT_CAUSE = (
    "This is association, not cause: what was changed together, or at the same time as something that is not recorded, "
    "cannot be told apart."
)


class ImportanceMethod(str, Enum):
    """How importance is found."""

    FOREST = "forest"
    """A random forest: how much worse it tells runs that it has not seen when a parameter's values are shuffled."""
    CORRELATION = "correlation"
    """Each parameter by itself: rank correlation, or the correlation ratio of categories."""
    NONE = "none"
    """Not at all: there is too little to tell it from."""


@dataclass(frozen=True)
class ImportantParameter:
    """A parameter beside a metric.

    Attributes:
        name: The parameter's flat name.
        importance: 0 if the metric does not depend on it, as far as can be told; else how much, up to about 1.
        correlation: The rank correlation with the metric, for numbers and booleans: which way it goes.
    """

    name: str
    importance: float
    correlation: float | None


@dataclass(frozen=True)
class ParameterImportance:
    """Parameters beside a metric, the most important one first.

    Attributes:
        method: How it was found.
        runs: Of how many runs.
        parameters: Those that differ between these runs.
        explained: The share of the metric's order that the forest tells of runs that it has not seen, from 0 to 1.
        note: What it means, in words for the user.
    """

    method: ImportanceMethod
    runs: int
    note: str
    parameters: list[ImportantParameter] = field(default_factory=list)
    explained: float | None = None


@dataclass(frozen=True)
class Feature:
    """A parameter's values in the runs that are looked at.

    Attributes:
        name: The parameter's flat name.
        values: Numbers, or codes of categories; NaN where a run has none.
        is_category: Whether they are codes.
    """

    name: str
    values: list[float]
    is_category: bool


def parameter_importance(metric: NumberValues, parameters: Sequence[ColumnValues]) -> ParameterImportance:
    """The importance of parameters for a metric. The same columns always give the same.

    Args:
        metric: The metric over runs.
        parameters: Parameters over the same runs.
    """
    rows = [row for row, value in enumerate(metric.values) if math.isfinite(value)]
    if len(rows) < MIN_RUNS:
        return _none(len(rows), f"At least {MIN_RUNS} runs with this metric are needed; {len(rows)} match.")
    rows = evenly(rows, MAX_RUNS)
    target = [metric.values[row] for row in rows]
    if min(target) == max(target):
        return _none(len(rows), "The metric is the same in all of these runs.")
    features = [feature for feature in (_feature(column, rows) for column in parameters) if _differs(feature)]
    if not features:
        return _none(len(rows), "No recorded parameter differs between these runs.")
    told = sorted(
        ((feature, *_association(feature, target)) for feature in features), key=lambda each: (-each[1], each[0].name)
    )[:MAX_PARAMETERS]
    left_out = len(features) - len(told)
    found = _by_forest([feature for feature, _, _ in told], target) if len(rows) >= _MIN_FOREST_RUNS else None
    if found is None:
        return ParameterImportance(
            method=ImportanceMethod.CORRELATION,
            runs=len(rows),
            note=_correlation_note(len(rows), left_out),
            parameters=[
                ImportantParameter(feature.name, strength, correlation) for feature, strength, correlation in told
            ],
        )
    runs, explained, importances = found
    by_importance = [
        ImportantParameter(feature.name, importance, correlation)
        for importance, (feature, _, correlation) in zip(importances, told, strict=True)
    ]
    return ParameterImportance(
        method=ImportanceMethod.FOREST,
        runs=runs,
        note=_forest_note(runs, explained, left_out),
        parameters=sorted(by_importance, key=lambda each: (-each.importance, each.name)),
        explained=explained,
    )


def evenly(rows: list[int], most: int) -> list[int]:
    """At most so many of some rows, spread evenly over them."""
    return rows if len(rows) <= most else [rows[place * len(rows) // most] for place in range(most)]


def _by_forest(features: Sequence[Feature], target: Sequence[float]) -> tuple[int, float, list[float]] | None:
    places = evenly(list(range(len(target))), _MAX_CELLS // len(features))
    some = [
        Feature(feature.name, [feature.values[place] for place in places], feature.is_category) for feature in features
    ]
    # The order of runs by the metric: one run that went far off would else be all that a forest looks at.
    order = ranks([target[place] for place in places])
    found = forest_importance(
        [each.values for each in some], [each.is_category for each in some], [rank / len(places) for rank in order]
    )
    return None if found is None else (len(places), *found)


def _feature(column: ColumnValues, rows: Sequence[int]) -> Feature:
    name = column.name.removeprefix("params.")
    if isinstance(column, CategoryValues):
        codes = [column.codes[row] for row in rows]
        return Feature(name, [math.nan if code == NO_CODE else float(code) for code in codes], _is_category(column))
    return Feature(name, [column.values[row] for row in rows], False)


def _is_category(column: CategoryValues) -> bool:
    # False and true have an order.
    return column.labels != ["false", "true"]


def _differs(feature: Feature) -> bool:
    return len({"" if math.isnan(value) else value for value in feature.values}) > 1


def _association(feature: Feature, target: Sequence[float]) -> tuple[float, float | None]:
    """How far a parameter goes with the metric, and which way; over the runs that have it."""
    having = [place for place, value in enumerate(feature.values) if not math.isnan(value)]
    if len(having) < MIN_RUNS:
        return 0.0, None
    values, beside = [feature.values[place] for place in having], [target[place] for place in having]
    if feature.is_category:
        return rank_ratio([int(value) for value in values], beside) or 0.0, None
    correlation = rank_correlation(values, beside)
    return abs(correlation or 0.0), correlation


def _none(runs: int, note: str) -> ParameterImportance:
    return ParameterImportance(ImportanceMethod.NONE, runs, note)


def _forest_note(runs: int, explained: float, left_out: int) -> str:
    meaning = (
        f"A random forest learned the order of {runs:,} runs by this metric from their parameters. Importance is how "
        "much worse it tells runs that it has not seen when the values of a parameter are shuffled among them."
    )
    share = (
        f"All together tell {explained:.0%} of the order."
        if explained >= 0.05
        else "The parameters tell next to nothing of the order: the metric differs for other reasons, or by chance."
    )
    return " ".join((meaning, share, *_left_out(left_out), _NOT_CAUSE))


def _correlation_note(runs: int, left_out: int) -> str:
    meaning = (
        f"Each parameter by itself, over {runs:,} runs: how far the metric rises or falls with a number (Spearman's "
        "rank correlation), or differs between texts (correlation ratio of ranks)."
    )
    more = (
        f"With {_MIN_FOREST_RUNS} runs and scikit-learn installed beside Kedro-Viz, a random forest also tells what "
        "matters together."
    )
    return " ".join((meaning, more, *_left_out(left_out), _NOT_CAUSE))


def _left_out(count: int) -> list[str]:
    return [f"{count:,} parameters that go with it least are left out."] if count else []
