"""Values as the store writes them, in SQL."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, exists, literal_column, select

from kedro_viz.store.tables import metric_names, runs
from kedro_viz.tracking.metric_id import parse_long_id

# Written as in the indexes of the few rows of which they are true: SQLite does not use these for `archived = 1`.
IS_ARCHIVED: ColumnElement[bool] = literal_column("user_run_details.archived")
TAG_IS_PRESENT: ColumnElement[bool] = literal_column("run_tags.present")


def named_by_row(run_id: ColumnElement[str], rows: ColumnElement[bool], one_by_one: bool) -> ColumnElement[bool]:
    """Whether a run is named by one of some rows; a condition on the table `runs`.

    Args:
        run_id: The column that names the run.
        rows: Which rows.
        one_by_one: Look for those of each run by its id, for who goes through few runs. Otherwise all are found once.
    """
    if one_by_one:
        return exists().where(run_id == runs.c.id, rows).correlate(runs)
    return runs.c.id.in_(select(run_id).where(rows, run_id.is_not(None)).correlate(None))


def joined_name() -> ColumnElement[str]:
    """A metric's short id, in a query of `metric_names`."""
    return metric_names.c.dataset + "." + metric_names.c.key


def metric_is(name: str) -> ColumnElement[bool]:
    """Whether a row of `metric_names` is a metric that an id, long or short, stands for."""
    named = parse_long_id(name)
    if named is None:
        return joined_name() == name
    return and_(metric_names.c.dataset == named[0], metric_names.c.key == named[1])


def metric_row(name: str) -> ColumnElement[int]:
    """The row of `metric_names` of a metric's id; NULL for an unknown one.

    Who asks makes sure first that it is one metric: see `refuse_ambiguous_search`.
    """
    query = select(metric_names.c.id).where(metric_is(name)).order_by(metric_names.c.dataset, metric_names.c.id)
    return query.limit(1).correlate(None).scalar_subquery()
