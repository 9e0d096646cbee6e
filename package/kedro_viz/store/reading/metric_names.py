"""Reads which metrics there are: their ids, and the metrics that ids and names stand for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from sqlalchemy import Connection, func, select

from kedro_viz.analysis.run_columns import AmbiguousMetricError, ColumnSource, RunColumn, ambiguity
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.tree import Field, FieldSource
from kedro_viz.store.reading.rows import parts, tuples
from kedro_viz.store.stored_values import joined_name, metric_is
from kedro_viz.store.tables import metric_names
from kedro_viz.tracking.metric_id import metric_id, parse_long_id

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect


class MetricName(NamedTuple):
    """A metric of a store: its row of `metric_names`, its dataset and key, and its id."""

    row: int
    dataset: str
    key: str
    id: str


def shared_ids(connection: Connection) -> frozenset[str]:
    """The short ids that several metrics of a store share."""
    query = select(joined_name()).group_by(joined_name()).having(func.count() > 1)
    return frozenset(name for (name,) in tuples(connection, query))


def all_names(connection: Connection) -> list[MetricName]:
    """Every metric, by dataset, then in the order in which they were first seen."""
    shared = shared_ids(connection)
    return [
        MetricName(row, dataset, key, metric_id(dataset, key, shared))
        for row, dataset, key in tuples(connection, _names())
    ]


def metric_rows(connection: Connection, ids: Iterable[str]) -> dict[str, int]:
    """The rows of `metric_names` of metrics, by the id that was asked for; unknown ones are left out.

    Args:
        connection: The store.
        ids: Long or short.

    Raises:
        AmbiguousMetricError: If several metrics share a short id.
    """
    found: dict[str, int] = {}
    short: list[str] = []
    for each in dict.fromkeys(ids):
        if parse_long_id(each) is None:
            short.append(each)
        else:
            found.update((each, row) for (row,) in tuples(connection, select(metric_names.c.id).where(metric_is(each))))
    named = _by_short_id(connection, short)
    for each, metrics in named.items():
        if len(metrics) > 1:
            raise AmbiguousMetricError(each, [(metric.dataset, metric.key) for metric in metrics])
        found[each] = metrics[0].row
    return found


def refuse_ambiguous_fields(connection: Connection, fields: Iterable[Field]) -> None:
    """Make sure that each metric that a query names is one metric.

    Raises:
        FilterError: It shows the name that several share, and how to tell them apart.
    """
    # A name with fewer dots can be parted in one way only.
    asked = [field for field in fields if field.source is FieldSource.METRIC and field.name.count(".") > 1]
    known = _by_short_id(connection, [field.name for field in asked])
    for field in asked:
        metrics = known.get(field.name, ())
        if len(metrics) > 1:
            message = ambiguity(field.name, [(metric.dataset, metric.key) for metric in metrics])
            raise FilterError(message, field.start, field.end)


def refuse_ambiguous_columns(connection: Connection, columns: Iterable[RunColumn]) -> None:
    """Make sure that each metric among columns is one metric.

    Raises:
        AmbiguousMetricError: If several share a short id.
    """
    metric_rows(connection, [column.name for column in columns if column.source is ColumnSource.METRIC])


def _names() -> AnySelect:
    query = select(metric_names.c.id, metric_names.c.dataset, metric_names.c.key)
    return query.order_by(metric_names.c.dataset, metric_names.c.id)


def _by_short_id(connection: Connection, ids: Sequence[str]) -> dict[str, list[MetricName]]:
    found: dict[str, list[MetricName]] = defaultdict(list)
    for part in parts(ids):
        for row, dataset, key in tuples(connection, _names().where(joined_name().in_(part))):
            joined = f"{dataset}.{key}"
            found[joined].append(MetricName(row, dataset, key, joined))
    return found
