"""Reads runs from a session store, and keeps what users say of them."""

from __future__ import annotations

import contextlib
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Row,
    Select,
    case,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.exc import OperationalError

from kedro_viz.store.reading.contents import ContentReader
from kedro_viz.store.reading.records import RecordReader
from kedro_viz.store.reading.series import SeriesReader
from kedro_viz.store.run_query import (
    TITLE,
    RunOrder,
    encode_cursor,
    matching,
    page_query,
    with_details,
)
from kedro_viz.store.schema import MAX_NOTES_CHARACTERS, MAX_TITLE_CHARACTERS
from kedro_viz.store.tables import (
    artifacts,
    metric_names,
    metrics,
    node_runs,
    parameters,
    runs,
    tracked_json,
    user_run_details,
)
from kedro_viz.tracking.metric import (
    JsonNumber,
    Metric,
    MetricColumn,
    MetricSummary,
    MetricTable,
    json_number,
    metric_id,
)
from kedro_viz.tracking.node_run import NodeRun, node_status
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import Run, RunFailure, RunStatus

if TYPE_CHECKING:
    from typing import TypeAlias

    from typing_extensions import Unpack

    # Any: rows of whatever columns a query selects.
    AnyRow: TypeAlias = Row[Unpack[tuple[Any, ...]]]
    AnySelect: TypeAlias = Select[Unpack[tuple[Any, ...]]]

T = TypeVar("T")

# SQLite takes 32,766 variables a statement; longer lists are asked in parts.
_MAX_VARIABLES = 30_000

_RUN_COLUMNS: list[ColumnElement[Any]] = [  # Any: columns of every type
    runs.c.id,
    TITLE.label("title"),
    func.coalesce(user_run_details.c.notes, "").label("notes"),
    func.coalesce(user_run_details.c.bookmark, False).label("bookmark"),
    runs.c.status,
    runs.c.started_at,
    runs.c.ended_at,
    runs.c.author,
    runs.c.command,
    runs.c.pipeline,
    runs.c.env,
    runs.c.runner,
    runs.c.kedro_version,
    runs.c.git_sha,
    runs.c.git_branch,
    runs.c.git_dirty,
    runs.c.git_remote,
    runs.c.peak_memory,
]


# `json_number`, in SQL: over all runs a function call a value takes longer than all the rest.
JSON_VALUE: ColumnElement[JsonNumber] = case(
    (metrics.c.value.is_(None), literal("NaN")),
    (metrics.c.value == literal(float("inf")), literal("Infinity")),
    (metrics.c.value == literal(float("-inf")), literal("-Infinity")),
    else_=metrics.c.value,
)


class RunNotFoundError(LookupError):
    """There is no run of that id."""

    def __init__(self, run_id: str) -> None:
        super().__init__(f"Given run_id: {run_id} doesn't exist")


class RunDetailsError(ValueError):
    """A title or a note that cannot be kept. The message says why."""


@dataclass(frozen=True)
class RunPage:
    """A page of runs, each with its cursor; whether there are more; and how many match in all."""

    runs: list[Run]
    cursors: list[str]
    has_next: bool
    total: int


@dataclass(frozen=True)
class Document:
    """A tracked dataset's JSON text."""

    dataset: str
    data: str


@dataclass(frozen=True)
class StoredArtifact:
    """A file that a run left. `problem` says why its content is not in the store."""

    run_id: str
    dataset: str
    name: str
    type: str
    size: int | None
    problem: str | None


class RunRepository:
    """All that the app asks of a session store. Every method is one fixed number of queries, whatever it returns.

    Args:
        engine: A store of today's schema.
        read_only: Refuse edits, for a store that cannot keep them.
    """

    def __init__(self, engine: Engine, read_only: bool = False) -> None:
        self.engine = engine
        self.read_only = read_only
        self.records = RecordReader(engine)
        self.series = SeriesReader(engine)
        self.contents = ContentReader(engine)

    # --- runs

    def page(
        self,
        first: int,
        after: str | None = None,
        search: str | None = None,
        bookmarked: bool | None = None,
        order: RunOrder | None = None,
    ) -> RunPage:
        """A page of the runs that match.

        Args:
            first: At most so many runs.
            after: The cursor where the last page ended.
            search: Words that must all stand in a run's title, notes, id, git data, author, pipeline or command.
            bookmarked: Only bookmarked runs (True), only others (False), or all.
            order: Newest first by default.

        Raises:
            CursorError: If `after` does not belong to this order.
            SearchError: If the search is too long.
        """
        order = order or RunOrder()
        where = matching(search, bookmarked)
        query = page_query(_RUN_COLUMNS, where, order, first, after)
        counted = select(func.count()).select_from(with_details() if search or bookmarked is not None else runs)
        with self.engine.connect() as connection:
            rows = connection.execute(query).all()
            total = connection.execute(counted.where(where)).scalar_one()
        shown = rows[:first]
        return RunPage(
            runs=[_run(row) for row in shown],
            cursors=[encode_cursor(order, row.sort_key, row.id) for row in shown],
            has_next=len(rows) > first,
            total=total,
        )

    def newest(self, limit: int | None = None) -> list[Run]:
        """Runs, newest id first."""
        query = select(*_RUN_COLUMNS).select_from(with_details()).order_by(runs.c.id.desc()).limit(limit)
        with self.engine.connect() as connection:
            return [_run(row) for row in connection.execute(query)]

    def newest_ids(self, limit: int | None = None) -> list[str]:
        """Ids of runs, newest first."""
        with self.engine.connect() as connection:
            return [
                run_id for (run_id,) in _tuples(connection, select(runs.c.id).order_by(runs.c.id.desc()).limit(limit))
            ]

    def get(self, run_ids: Sequence[str]) -> list[Run]:
        """The runs of these ids, in this order and as often; unknown ids are left out."""
        found = {row.id: _run(row) for row in self._of_runs(select(*_RUN_COLUMNS), runs.c.id, run_ids, with_details())}
        return [found[run_id] for run_id in run_ids if run_id in found]

    def count(self) -> int:
        """How many runs there are."""
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).select_from(runs)).scalar_one()

    def has_running(self) -> bool:
        """Whether any run goes on, as far as is recorded."""
        with self.engine.connect() as connection:
            # Written out, so that SQLite sees that its index of running runs fits.
            query = select(runs.c.id).where(runs.c.status == literal_column(f"'{RunStatus.RUNNING.value}'")).limit(1)
            return connection.execute(query).first() is not None

    def failures(self, run_ids: Sequence[str]) -> dict[str, tuple[RunFailure, str | None]]:
        """Why runs failed, and the node that did, by run; only for runs that did."""
        query = select(
            runs.c.id, runs.c.error_type, runs.c.error_message, runs.c.error_traceback, runs.c.error_node
        ).where(runs.c.error_type.is_not(None))
        return {
            row.id: (
                RunFailure(row.error_type, row.error_message or "", row.error_traceback or ""),
                row.error_node,
            )
            for row in self._of_runs(query, runs.c.id, run_ids)
        }

    def node_runs(self, run_ids: Sequence[str]) -> dict[str, list[NodeRun]]:
        """The nodes of some runs, by run, in the order in which they were to run."""
        columns = [node_runs.c[name] for name in ("run_id", "node", "started_at", "ended_at", "failed", "peak_memory")]
        query = select(*columns, runs.c.status).order_by(node_runs.c.position, node_runs.c.started_at)
        source = node_runs.join(runs, runs.c.id == node_runs.c.run_id)
        found: dict[str, list[NodeRun]] = defaultdict(list)
        for row in self._of_runs(query, node_runs.c.run_id, run_ids, source):
            status = node_status(row.started_at, row.ended_at, bool(row.failed), _status(row.status))
            found[row.run_id].append(NodeRun(row.node, status, row.started_at, row.ended_at, row.peak_memory))
        return found

    # --- metrics

    def metrics(self, run_ids: Sequence[str]) -> dict[str, list[Metric]]:
        """All metrics of some runs, by run, in the order in which the store first saw them."""
        query = select(metrics.c.run_id, metric_names.c.dataset, metric_names.c.key, metrics.c.value)
        source = metrics.join(metric_names, metric_names.c.id == metrics.c.metric_id)
        found: dict[str, list[Metric]] = defaultdict(list)
        for row in self._of_runs(query.order_by(metrics.c.metric_id), metrics.c.run_id, run_ids, source):
            found[row.run_id].append(Metric(row.dataset, row.key, json_number(row.value)))
        return found

    def metric_values(self, run_ids: Sequence[str], metric_ids: Sequence[str]) -> dict[str, list[JsonNumber | None]]:
        """Some metrics of some runs: for each run its values in the order of `metric_ids`, None where it has none."""
        places: dict[str, list[int]] = defaultdict(list)
        for place, wanted in enumerate(metric_ids):
            places[wanted].append(place)
        found: dict[str, list[JsonNumber | None]] = {run_id: [None] * len(metric_ids) for run_id in run_ids}
        positions = {row.id: places[metric_id(row.dataset, row.key)] for row in self._names(list(places))}
        query = select(metrics.c.run_id, metrics.c.metric_id, metrics.c.value).where(
            metrics.c.metric_id.in_(list(positions))
        )
        for row in self._of_runs(query, metrics.c.run_id, run_ids):
            for place in positions[row.metric_id]:
                found[row.run_id][place] = json_number(row.value)
        return found

    def metric_row(self, metric: str) -> int | None:
        """The row of `metric_names` of a metric's id; None for an unknown one."""
        return next((row.id for row in self._names([metric])), None)

    def metric_summaries(self) -> list[MetricSummary]:
        """Every metric that any run has, by dataset, then in the order in which they were first seen."""
        infinity = float("inf")
        finite = metrics.c.value.between(-1.7976931348623157e308, 1.7976931348623157e308)
        query = (
            select(
                metric_names.c.dataset,
                metric_names.c.key,
                func.count().label("runs"),
                func.min(metrics.c.value).filter(metrics.c.value > -infinity).label("minimum"),
                func.max(metrics.c.value).filter(finite).label("maximum"),
            )
            .join(metrics, metrics.c.metric_id == metric_names.c.id)
            .group_by(metric_names.c.id)
            .order_by(metric_names.c.dataset, metric_names.c.id)
        )
        with self.engine.connect() as connection:
            return [
                MetricSummary(row.dataset, row.key, row.runs, _finite(row.minimum), _finite(row.maximum))
                for row in connection.execute(query)
            ]

    def metric_table(self, metric_ids: Sequence[str] | None = None, dataset: str | None = None) -> MetricTable:
        """Metrics of all runs that have at least one of them, oldest run first.

        Args:
            metric_ids: These metrics; all of them if None.
            dataset: Only those of this dataset.
        """
        names = [row for row in self._names(metric_ids) if dataset in (None, row.dataset)]
        with self.engine.connect() as connection:
            query = select(runs.c.id, TITLE, runs.c.started_at).select_from(with_details())
            rows = _tuples(connection, query.order_by(runs.c.started_at, runs.c.id))
            values = {row.id: _by_run(connection, row.id, JSON_VALUE) for row in names}
        having = set().union(*values.values())
        kept = [row for row in rows if row[0] in having]
        run_ids = [row[0] for row in kept]
        columns = [
            MetricColumn(row.dataset, row.key, list(map(values[row.id].get, run_ids)))
            for row in names
            if values[row.id]
        ]
        return MetricTable(
            run_ids=run_ids,
            titles=[row[1] for row in kept],
            started_at=[row[2] for row in kept],
            columns=columns,
        )

    def numbers_by_metric(self, run_ids: Sequence[str]) -> dict[tuple[str, str], list[float | None]]:
        """The metrics of some runs, without telling NaN from what is not there.

        Returns:
            By dataset and key, a value a run in the order of `run_ids`; None for NaN and where a run has none. Metrics
            come in the order in which the runs tell them: those of the first run first.
        """
        names = self._names(None)
        values: dict[int, dict[str, float | None]] = {row.id: {} for row in names}
        few = len(run_ids) * 4 < self.count()
        with self.engine.connect() as connection:
            # A few runs are found by their key; for many, reading a metric's whole index is quicker.
            for part in _parts(run_ids) if few else ():
                query = select(metrics.c.metric_id, metrics.c.run_id, metrics.c.value)
                for metric, run_id, value in _tuples(connection, query.where(metrics.c.run_id.in_(part))):
                    # A metric that came up since the names were read is for the next time.
                    if metric in values:
                        values[metric][run_id] = value
            for row in () if few else names:
                values[row.id] = _by_run(connection, row.id, metrics.c.value)
        told = [
            (place, row.id, row)
            for row in names
            if (place := next((place for place, run in enumerate(run_ids) if run in values[row.id]), None)) is not None
        ]
        return {(row.dataset, row.key): list(map(values[row.id].get, run_ids)) for _, _, row in sorted(told)}

    # --- the rest of a run

    def parameters(self, run_ids: Sequence[str]) -> dict[str, list[Parameter]]:
        """The parameters of some runs, by run, by name."""
        query = select(parameters.c.run_id, parameters.c.name, parameters.c.value).order_by(parameters.c.name)
        found: dict[str, list[Parameter]] = defaultdict(list)
        for row in self._of_runs(query, parameters.c.run_id, run_ids):
            found[row.run_id].append(Parameter(row.name, row.value))
        return found

    def documents(self, run_ids: Sequence[str]) -> dict[str, list[Document]]:
        """The tracked JSON of some runs, by run."""
        query = select(tracked_json.c.run_id, tracked_json.c.dataset, tracked_json.c.data)
        found: dict[str, list[Document]] = defaultdict(list)
        for row in self._of_runs(query.order_by(tracked_json.c.dataset), tracked_json.c.run_id, run_ids):
            found[row.run_id].append(Document(row.dataset, row.data))
        return found

    def artifacts(self, run_ids: Sequence[str]) -> dict[str, list[StoredArtifact]]:
        """The files of tracked datasets of some runs, by run."""
        columns = [artifacts.c[name] for name in ("run_id", "dataset", "name", "type", "size", "problem")]
        query = select(*columns).order_by(artifacts.c.dataset, artifacts.c.name)
        found: dict[str, list[StoredArtifact]] = defaultdict(list)
        for row in self._of_runs(query, artifacts.c.run_id, run_ids):
            found[row.run_id].append(StoredArtifact(*row))
        return found

    def indexed_runs(self, dataset: str) -> set[str]:
        """The runs whose version of a dataset is in the store."""
        with self.engine.connect() as connection:
            query = select(artifacts.c.run_id).distinct().where(artifacts.c.dataset == dataset)
            return set(connection.execute(query).scalars())

    def finished_runs(self) -> set[str]:
        """The ids of all runs that no longer run."""
        running = RunStatus.RUNNING.value
        with self.engine.connect() as connection:
            query = select(runs.c.id).where(or_(runs.c.status.is_(None), runs.c.status != running))
            return set(connection.execute(query).scalars())

    def dataset_names(self) -> set[str]:
        """The names of all datasets that any run has left something of."""
        with self.engine.connect() as connection:
            return set(connection.execute(select(artifacts.c.dataset).distinct()).scalars())

    # --- what users say

    def update_details(
        self,
        run_id: str,
        *,
        title: str | None = None,
        notes: str | None = None,
        bookmark: bool | None = None,
        author: str | None = None,
    ) -> Run:
        """Keep what a user says of a run. None leaves a field as it is.

        Args:
            run_id: The run.
            title: A new title. A blank one is ignored; the run's id brings the default title back.
            notes: New notes. A blank text clears them.
            bookmark: Whether the run is bookmarked.
            author: Who says so.

        Raises:
            RunNotFoundError: If there is no such run.
            RunDetailsError: If a text cannot be kept, or the store cannot be written.
        """
        if self.read_only:
            raise RunDetailsError("The session store is read-only: the change was not saved.")
        values: dict[str, str | int | bool | None] = {}
        if title is not None and title.strip():
            _check("The title has", title, MAX_TITLE_CHARACTERS)
            values["title"] = None if title.strip() == run_id else title.strip()
        if notes is not None:
            _check("The notes have", notes, MAX_NOTES_CHARACTERS)
            values["notes"] = notes if notes.strip() else ""
        if bookmark is not None:
            values["bookmark"] = bookmark
        if not self.get([run_id]):
            raise RunNotFoundError(run_id)
        # An edit that says nothing must not look later than a colleague's that does.
        if values:
            now = round(time.time() * 1000)
            values |= {f"{field}_updated_at": now for field in values}
            values |= {"updated_at": now, "updated_by": author}
            try:
                self._write_details(run_id, values)
            except OperationalError as error:
                raise RunDetailsError(f"The change was not saved ({error.orig}). Try again.") from error
        found = self.get([run_id])
        if not found:
            raise RunNotFoundError(run_id)
        return found[0]

    def _write_details(self, run_id: str, values: dict[str, str | int | bool | None]) -> None:
        with self.engine.begin() as connection:
            changed = connection.execute(
                update(user_run_details).where(user_run_details.c.run_id == run_id).values(**values)
            )
            if changed.rowcount == 0:
                connection.execute(insert(user_run_details).values(run_id=run_id, **{"bookmark": False, **values}))

    def delete(self, run_ids: Sequence[str]) -> None:
        """Remove runs and all that the store holds of them. Their versioned files stay."""
        with self.engine.begin() as connection:
            for part in _parts(run_ids):
                for table in (user_run_details, node_runs, metrics, parameters, tracked_json, artifacts):
                    connection.execute(delete(table).where(table.c.run_id.in_(part)))
                connection.execute(delete(runs).where(runs.c.id.in_(part)))

    # --- asking

    def _names(self, metric_ids: Sequence[str] | None) -> Sequence[AnyRow]:
        query = select(metric_names.c.id, metric_names.c.dataset, metric_names.c.key)
        if metric_ids is not None:
            joined = metric_names.c.dataset + "." + metric_names.c.key
            query = query.where(joined.in_(list(metric_ids)[:_MAX_VARIABLES]))
        with self.engine.connect() as connection:
            return connection.execute(query.order_by(metric_names.c.dataset, metric_names.c.id)).all()

    # Any: a table or a join.
    def _of_runs(
        self,
        query: AnySelect,
        column: ColumnElement[str],
        run_ids: Sequence[str],
        source: Any = None,
    ) -> list[AnyRow]:
        if source is not None:
            query = query.select_from(source)
        with self.engine.connect() as connection:
            return [row for part in _parts(run_ids) for row in connection.execute(query.where(column.in_(part)))]


def _parts(ids: Sequence[str]) -> Iterable[list[str]]:
    unique = list(dict.fromkeys(ids))
    return (unique[start : start + _MAX_VARIABLES] for start in range(0, len(unique), _MAX_VARIABLES))


def _status(text: str | None) -> RunStatus:
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
        status=_status(row.status),
        started_at=row.started_at,
        ended_at=row.ended_at,
        author=row.author,
        command=row.command,
        pipeline=row.pipeline,
        env=row.env,
        runner=row.runner,
        kedro_version=row.kedro_version,
        git_sha=row.git_sha,
        git_branch=row.git_branch,
        git_dirty=row.git_dirty,
        git_remote=row.git_remote,
        peak_memory=row.peak_memory,
    )


# Any: rows of whatever columns a query selects.
def _tuples(connection: Connection, query: AnySelect) -> Sequence[tuple[Any, ...]]:
    """Rows as the driver gives them. For a hundred thousand, making SQLAlchemy's rows costs more than reading them."""
    with contextlib.closing(connection.execute(query)) as result:
        return () if result.cursor is None else result.cursor.fetchall()


def _by_run(connection: Connection, metric_row: int, value: ColumnElement[T]) -> dict[str, T]:
    """A metric's values by run: one scan of an index that holds them all."""
    return dict(_tuples(connection, select(metrics.c.run_id, value).where(metrics.c.metric_id == metric_row)))


def _finite(value: float | None) -> float | None:
    return value if value is not None and abs(value) != float("inf") else None


def _check(beginning: str, text: str, limit: int) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise RunDetailsError(f"{beginning} a broken character at position {error.start + 1}.") from error
    if len(text) > limit:
        raise RunDetailsError(f"{beginning} {len(text):,} characters; up to {limit:,} can be kept.")
