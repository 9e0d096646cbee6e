"""Reads runs: pages of them, some by id, and which there are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, literal_column, or_, select, true

from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.dialect import begin_reading
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import (
    NEWEST_FIRST,
    TITLE,
    PageQuery,
    Position,
    RunOrder,
    has_index,
    in_order,
    with_details,
)
from kedro_viz.store.reading.exact_numbers import has_long_whole_numbers
from kedro_viz.store.reading.metric_names import refuse_ambiguous_columns, refuse_ambiguous_fields
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.rows import rows_of, tuples
from kedro_viz.store.reading.run_counts import RunCounts
from kedro_viz.store.sqlite.time_limit import limited
from kedro_viz.store.tables import artifacts, data_uses, node_runs, runs, user_run_details
from kedro_viz.tracking.run import Run, RunStatus

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnyRow

_COLUMNS: list[ColumnElement[Any]] = [  # Any: columns of every type
    runs.c.id,
    TITLE.label("title"),
    func.coalesce(user_run_details.c.notes, "").label("notes"),
    func.coalesce(user_run_details.c.bookmark, False).label("bookmark"),
    func.coalesce(user_run_details.c.archived, False).label("archived"),
    runs.c.status,
    runs.c.started_at,
    runs.c.ended_at,
    runs.c.author,
    runs.c.command,
    runs.c.pipeline,
    runs.c.env,
    runs.c.runner,
    runs.c.kedro_version,
    runs.c.project,
    runs.c.git_sha,
    runs.c.git_branch,
    runs.c.git_dirty,
    runs.c.git_remote,
]


# So many runs are named in a statement at no cost.
_FEW_RUNS = 1_000


@dataclass(frozen=True)
class RunPage:
    """A page of runs, each with its cursor; whether there are more; and how many match in all."""

    runs: list[Run]
    cursors: list[str]
    has_next: bool
    total: int


class RunReader:
    """The runs of a store.

    Args:
        engine: A store of today's schema.
        remembered: Tells when it has changed; one of its own by default.
    """

    def __init__(self, engine: Engine, remembered: Remembered | None = None) -> None:
        self._engine = engine
        self._remembered = remembered or Remembered(engine)
        self._counts = RunCounts(engine, self._remembered)

    def page(
        self,
        first: int,
        after: str | None = None,
        chosen: RunFilter | None = None,
        orders: Sequence[RunOrder] = NEWEST_FIRST,
        offset: int = 0,
    ) -> RunPage:
        """A page of the runs that match.

        Args:
            first: At most so many runs.
            after: The cursor where the last page ended.
            chosen: Which runs; all that are not archived by default.
            orders: What they are sorted by; newest first by default.
            offset: So many runs are left out before the page, counted from the cursor.

        Raises:
            CursorError: If `after` does not belong to this order.
            FilterError: If the search cannot be understood, or takes too long.
            AmbiguousMetricError: If several metrics share the name of a column to sort by.
            TooManyOrdersError: If there are too many columns to sort by.
        """
        chosen = chosen or RunFilter()
        where, comparisons = chosen.condition(), chosen.query.comparisons
        with limited(self._engine) as connection:
            # One state of the store: a run that gets a value between two questions would come twice.
            begin_reading(connection)
            _refuse_ambiguous(connection, chosen, orders)
            with_digits = self._with_digits(connection, orders)
            query = PageQuery(orders, in_order(where, orders), comparisons, with_digits)
            position = None if after is None else query.position(after)
            total = self._counts.count(connection, chosen)
            found: list[Position] = []
            if chosen.search and 0 < total <= _FEW_RUNS:
                # To look at these few only, whatever their order, is less than to look for them in it.
                few = [run_id for (run_id,) in tuples(connection, select(runs.c.id).where(where))]
                query = PageQuery(orders, runs.c.id.in_(few), with_digits=with_digits)
            elif chosen.search and total and not offset and has_index(orders):
                each = chosen.condition(one_by_one=True)
                everything = PageQuery(orders, true(), comparisons, with_digits)
                found = _among_first(connection, everything, position, each, first + 1)
            if total and not found:
                found = _positions(connection, query, position, offset, first + 1, total)
        shown = {position.run_id: position for position in found[:first]}
        described = self.get(list(shown))
        return RunPage(
            runs=described,
            cursors=[query.cursor(shown[run.id]) for run in described],
            has_next=len(found) > first,
            total=total,
        )

    def ordered_ids(
        self, chosen: RunFilter, orders: Sequence[RunOrder] = NEWEST_FIRST, limit: int | None = None
    ) -> list[str]:
        """The ids of all runs that match, in order.

        Args:
            chosen: Which runs.
            orders: What they are sorted by; newest first by default.
            limit: At most so many.

        Raises:
            FilterError: If the search cannot be understood, or takes too long.
            AmbiguousMetricError: If several metrics share the name of a column to sort by.
            TooManyOrdersError: If there are too many columns to sort by.
        """
        where, comparisons = chosen.condition(), chosen.query.comparisons
        with limited(self._engine) as connection:
            # One state of the store for both questions: a run that gets a value between them would come twice.
            begin_reading(connection)
            _refuse_ambiguous(connection, chosen, orders)
            query = PageQuery(orders, where, comparisons, self._with_digits(connection, orders))
            found = [row[0] for row in tuples(connection, query.valued(None).limit(limit))]
            if limit is None or len(found) < limit:
                rest = query.bare(None).limit(None if limit is None else limit - len(found))
                found += [row[0] for row in tuples(connection, rest)]
        return found

    def _with_digits(self, connection: Connection, orders: Sequence[RunOrder]) -> list[RunColumn]:
        """The columns among orders whose values floats do not tell apart."""
        known: dict[RunColumn, bool] = self._remembered.get("columns with long whole numbers", dict)
        columns = [order.column for order in orders if order.column.source is not ColumnSource.RUN]
        for column in columns:
            if column not in known:
                known[column] = has_long_whole_numbers(connection, column)
        return [column for column in columns if known[column]]

    def newest(self, limit: int | None = None) -> list[Run]:
        """Runs, newest id first."""
        query = select(*_COLUMNS).select_from(with_details()).order_by(runs.c.id.desc()).limit(limit)
        with self._engine.connect() as connection:
            return [_run(row) for row in connection.execute(query)]

    def newest_ids(self, limit: int | None = None) -> list[str]:
        """Ids of runs, newest first."""
        with self._engine.connect() as connection:
            query = select(runs.c.id).order_by(runs.c.id.desc()).limit(limit)
            return [run_id for (run_id,) in tuples(connection, query)]

    def get(self, run_ids: Sequence[str]) -> list[Run]:
        """The runs of these ids, in this order and as often; unknown ids are left out."""
        rows = rows_of(self._engine, select(*_COLUMNS), runs.c.id, run_ids, with_details())
        found = {row.id: _run(row) for row in rows}
        return [found[run_id] for run_id in run_ids if run_id in found]

    def count(self) -> int:
        """How many runs there are."""
        with self._engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(runs)).scalar_one()

    def has_running(self) -> bool:
        """Whether any run goes on, as far as is recorded."""
        with self._engine.connect() as connection:
            # Written out, so that SQLite sees that its index of running runs fits.
            query = select(runs.c.id).where(runs.c.status == literal_column(f"'{RunStatus.RUNNING.value}'")).limit(1)
            return connection.execute(query).first() is not None

    def ids_with_unrecorded_files(self) -> set[str]:
        """The ids of all runs that are over and may have saved versions that nobody recorded.

        Where a run's environment and nodes are known, the same hook recorded each version that it saved, unless it was
        killed. Where the hook is switched off, the session store records the environment, and nobody the nodes. Where
        the hook failed as a dataset was saved, its node has no end, or all that is known is that a version was saved.
        """
        over = or_(runs.c.status.is_(None), runs.c.status != RunStatus.RUNNING.value)
        killed = runs.c.status.in_([RunStatus.LOST.value, RunStatus.CANCELLED.value])
        has_nodes = exists().where(node_runs.c.run_id == runs.c.id)
        has_open_nodes = exists().where(
            node_runs.c.run_id == runs.c.id, node_runs.c.started_at.is_not(None), node_runs.c.ended_at.is_(None)
        )
        is_recorded = exists().where(artifacts.c.run_id == runs.c.id, artifacts.c.dataset == data_uses.c.dataset)
        has_unrecorded_version = exists().where(
            data_uses.c.run_id == runs.c.id, data_uses.c.saved, data_uses.c.version.is_not(None), ~is_recorded
        )
        is_untold = or_(runs.c.environment.is_(None), killed, ~has_nodes, has_open_nodes, has_unrecorded_version)
        with self._engine.connect() as connection:
            query = select(runs.c.id).where(over, is_untold)
            return set(connection.execute(query).scalars())


def _refuse_ambiguous(connection: Connection, chosen: RunFilter, orders: Sequence[RunOrder]) -> None:
    refuse_ambiguous_fields(connection, chosen.query.fields)
    refuse_ambiguous_columns(connection, [order.column for order in orders])


def _among_first(
    connection: Connection, everything: PageQuery, after: Position | None, where: ColumnElement[bool], limit: int
) -> list[Position]:
    """The runs of a page, if so many of those that come first are among them; else none.

    Where many runs match, they mostly are: to look at these few is less than to find all runs of which the parts of the
    condition are true.
    """
    first = tuples(connection, everything.valued(after).limit(_FEW_RUNS))
    few = runs.c.id.in_([row[0] for row in first])
    matching = {run_id for (run_id,) in tuples(connection, select(runs.c.id).where(few, where))}
    found = [Position(tuple(values), run_id) for run_id, *values in first if run_id in matching]
    return found[:limit] if len(found) >= limit else []


def _positions(
    connection: Connection, query: PageQuery, after: Position | None, offset: int, limit: int, total: int
) -> list[Position]:
    """The runs of a page, as their places in its order."""
    valued = query.valued(after)
    found = tuples(connection, valued.limit(limit).offset(offset))
    # How many runs there are beyond a cursor is not known.
    is_whole = after is None and offset + len(found) >= total
    if len(found) < limit and not is_whole:
        passed = offset
        if not found and offset:
            # The page begins among the runs without a value: so many of those before it have one.
            counted = select(func.count()).select_from(valued.order_by(None).subquery())
            passed = connection.execute(counted).scalar_one()
        bare = query.bare(after).limit(limit - len(found)).offset(offset - min(offset, passed))
        found = [*found, *tuples(connection, bare)]
    return [Position(tuple(values), run_id) for run_id, *values in found]


def status_of(text: str | None) -> RunStatus:
    """A run's status, from its column."""
    try:
        return RunStatus(text)
    except ValueError:
        # Kedro-Viz 10 added the run since the store was opened: it has ended, or it would not be there.
        return RunStatus.SUCCEEDED


def _run(row: AnyRow) -> Run:
    return Run(
        id=row.id,
        title=row.title,
        notes=row.notes,
        bookmark=bool(row.bookmark),
        archived=bool(row.archived),
        status=status_of(row.status),
        started_at=row.started_at,
        ended_at=row.ended_at,
        author=row.author,
        command=row.command,
        pipeline=row.pipeline,
        env=row.env,
        runner=row.runner,
        kedro_version=row.kedro_version,
        project=row.project,
        git_sha=row.git_sha,
        git_branch=row.git_branch,
        git_dirty=row.git_dirty,
        git_remote=row.git_remote,
    )
