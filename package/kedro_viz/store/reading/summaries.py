"""Reads what can be said of metrics and parameters over all runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Engine, Float, Subquery, and_, case, cast, func, null, select

from kedro_viz.analysis.parameter_summary import ParameterKind, ParameterSummary
from kedro_viz.store.reading.exact_numbers import exact_numbers
from kedro_viz.store.reading.metric_names import all_names
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.rows import tuples
from kedro_viz.store.tables import metric_names, metrics, parameters
from kedro_viz.tracking.metric import MetricSummary
from kedro_viz.tracking.whole_number import nearest_float

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

_LARGEST = 1.7976931348623157e308

# In the order of `_kind_of`.
_KINDS = (ParameterKind.NUMBER, ParameterKind.TEXT, ParameterKind.BOOLEAN, ParameterKind.OTHER)


class SummaryReader:
    """The metrics and parameters of all runs of a store.

    Args:
        engine: A store of today's schema.
        remembered: Its answers about all runs.
    """

    def __init__(self, engine: Engine, remembered: Remembered) -> None:
        self._engine = engine
        self._remembered = remembered

    def metrics(self) -> list[MetricSummary]:
        """Every metric that any run has, by dataset, then in the order in which they were first seen."""
        return self._remembered.get("metrics", self._metrics)

    def parameters(self) -> list[ParameterSummary]:
        """Every parameter that any run has, by name."""
        return self._remembered.get("parameters", self._parameters)

    def _metrics(self) -> list[MetricSummary]:
        # MIN and MAX separately: each reads one end of an index that is in the order of values. Infinities are beyond
        # these bounds.
        is_finite = metrics.c.value.between(-_LARGEST, _LARGEST)
        of_name = and_(metrics.c.metric_id == metric_names.c.id, is_finite)
        smallest = select(func.min(metrics.c.value)).where(of_name).scalar_subquery()
        largest = select(func.max(metrics.c.value)).where(of_name).scalar_subquery()
        ends = select(metric_names.c.id, smallest, largest)
        counts = select(metrics.c.metric_id, func.count()).group_by(metrics.c.metric_id)
        with self._engine.connect() as connection:
            runs = dict(tuples(connection, counts))
            ranges = {row: (minimum, maximum) for row, minimum, maximum in tuples(connection, ends)}
            names = [name for name in all_names(connection) if name.row in runs and name.row in ranges]
            whole: dict[int, list[int]] = defaultdict(list)
            for row, _, number in exact_numbers(connection, [name.row for name in names], None):
                whole[row].append(number)
        return [
            MetricSummary(
                name.dataset, name.key, runs[name.row], *_exact_range(*ranges[name.row], whole[name.row]), name.id
            )
            for name in names
        ]

    def _parameters(self) -> list[ParameterSummary]:
        # Runs mostly share values: what can be said of a value is found once for all of its runs. Texts are compared
        # by their code points.
        value = parameters.c.value
        is_number = and_(value >= "-", value < ":", value != "-Infinity")
        each = (
            select(
                parameters.c.name,
                func.count().label("runs"),
                case((is_number, cast(value, Float)), else_=null()).label("number"),
                _kind_of(value).label("kind"),
            )
            .group_by(parameters.c.name, value)
            .subquery()
        )
        with self._engine.connect() as connection:
            rows = tuples(connection, _over_values(each))
        return [
            ParameterSummary(name, int(runs), _kind(first, last), _finite(minimum), _finite(maximum), distinct)
            for name, runs, minimum, maximum, first, last, distinct in rows
        ]


def _exact_range(
    minimum: float | None, maximum: float | None, whole: Sequence[int]
) -> tuple[float | None, float | None]:
    """The range of a metric's values, with all digits of its ends.

    Args:
        minimum: The smallest float.
        maximum: The largest float.
        whole: The whole numbers beyond 2**53 among the values.
    """
    lowest = [number for number in whole if nearest_float(number) == minimum]
    highest = [number for number in whole if nearest_float(number) == maximum]
    return min(lowest, default=minimum), max(highest, default=maximum)


def _over_values(each: Subquery) -> AnySelect:
    numbers = func.min(each.c.number), func.max(each.c.number)
    # Null has no kind: to count kinds leaves it out.
    kinds = func.min(each.c.kind), func.max(each.c.kind), func.count(each.c.kind)
    return select(each.c.name, func.sum(each.c.runs), *numbers, *kinds).group_by(each.c.name).order_by(each.c.name)


def _kind_of(value: ColumnElement[str]) -> ColumnElement[int | None]:
    """The place in `_KINDS` of a value's kind, by how its JSON begins; none for null."""
    return case(
        (value == "null", null()),
        (and_(value >= "-", value < ":"), 0),
        (value.in_(["NaN", "Infinity"]), 0),
        (and_(value >= '"', value < "#"), 1),
        (value.in_(["true", "false"]), 2),
        else_=3,
    )


def _kind(first: int | None, last: int | None) -> ParameterKind:
    return _KINDS[first] if first is not None and first == last else ParameterKind.OTHER


def _finite(value: float | None) -> float | None:
    return value if value is not None and abs(value) <= _LARGEST else None
