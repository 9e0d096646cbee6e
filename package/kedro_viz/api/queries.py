"""The queries of the API."""

from __future__ import annotations

import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON

from kedro_viz import __version__
from kedro_viz.analysis.run_columns import ColumnError
from kedro_viz.api.answer_threads import Lane
from kedro_viz.api.column_queries import ColumnQueries
from kedro_viz.api.context import ApiInfo
from kedro_viz.api.errors import query_error
from kedro_viz.api.field_costs import ALL_RUNS, SEARCH, cost
from kedro_viz.api.parameter_importance import importance_of_parameters
from kedro_viz.api.query_limits import MAX_RUNS_ASKED, bounded
from kedro_viz.api.said_queries import SaidQueries
from kedro_viz.api.tracking_data import metrics_data, tracking_data
from kedro_viz.api.types.flowchart import Flowchart, resolve_flowchart
from kedro_viz.api.types.kedro_viz_10 import MetricPlotDataset, TrackingDataset, Version
from kedro_viz.api.types.parameter_importance import ParameterImportance
from kedro_viz.api.types.project import Project
from kedro_viz.api.types.query_help import QueryHelp
from kedro_viz.api.types.run import Run
from kedro_viz.api.types.run_list import (
    PageInfo,
    RunConnection,
    RunEdge,
    RunOrder,
)
from kedro_viz.api.types.viewer import Viewer
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import CursorError, TooManyOrdersError
from kedro_viz.store.reading.runs import RunPage
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.deadline import Paced, paced

MAX_PAGE = 1_000
# The plots of Kedro-Viz 10's query come inside the answer, each with the bytes of its file.
MAX_RUNS_WITH_PLOTS = 1_000


@strawberry.type
class Query(ColumnQueries, SaidQueries):
    """Kedro-Viz 10's queries first, then our own."""

    @strawberry.field(description="All runs, newest first.", metadata=cost(runs_if_left_out=ALL_RUNS))
    def runs_list(self, info: ApiInfo) -> list[Run]:
        """All runs at once, as Kedro-Viz 10 lists them; `runs` gives pages."""
        return Paced(Run.of(run) for run in paced(_repository(info).runs.newest()))

    @strawberry.field(
        description="The runs of these ids, in this order; unknown ids are left out.", metadata=cost(runs="run_ids")
    )
    def run_metadata(self, info: ApiInfo, run_ids: list[strawberry.ID]) -> list[Run]:
        """Several runs by id."""
        found = _repository(info).runs.get(bounded(run_ids))
        return Paced(Run.of(run) for run in found)

    @strawberry.field(
        description="Tracked datasets of one group in some runs.",
        metadata=cost(runs="run_ids", each=2, lane=Lane.FILES),
    )
    def run_tracking_data(
        self,
        info: ApiInfo,
        run_ids: list[strawberry.ID],
        group: TrackingGroup,
        show_diff: bool | None = True,
    ) -> list[TrackingDataset]:
        """What runs have tracked, by dataset and key."""
        services = info.context.services

        def load() -> list[TrackingDataset]:
            found = tracking_data(
                services.repository,
                services.files,
                services.project.catalog,
                bounded(run_ids, MAX_RUNS_WITH_PLOTS if group is TrackingGroup.PLOT else MAX_RUNS_ASKED),
                group,
                bool(show_diff),
            )
            return [
                TrackingDataset(dataset_name=name, dataset_type=type_name, run_ids=run_ids, data=JSON(data))
                for name, type_name, data in found
            ]

        return load()

    @strawberry.field(description="The metrics of the newest runs.", metadata=cost(runs="limit", runs_if_left_out=25))
    def run_metrics_data(self, info: ApiInfo, limit: int | None = 25) -> MetricPlotDataset:
        """Metrics over runs, as Kedro-Viz 10 tells them; `/api/run-columns` tells them column by column."""
        services = info.context.services
        if limit is not None and limit < 0:
            raise GraphQLError("`limit` must not be negative.")
        data = metrics_data(services.repository, services.project.catalog, limit)
        return MetricPlotDataset(data=JSON(data))

    @strawberry.field(description="The installed Kedro-Viz. No server is asked for the latest one.", metadata=cost())
    def version(self) -> Version:
        """The installed version, which is told as the latest too: the app makes no calls to the internet."""
        return Version(installed=__version__, is_outdated=False, latest=__version__)

    @strawberry.field(description="The project that is served.", metadata=cost(1_000))
    def project(self, info: ApiInfo) -> Project:
        """The project and its state."""
        return Project.of(info.context.services)

    @strawberry.field(description="Who asks, and what they may do.", metadata=cost())
    def viewer(self, info: ApiInfo) -> Viewer:
        """The person that asks."""
        return Viewer.of(info.context)

    @strawberry.field(
        description="A page of the runs that match. `search` is an expression over what runs have, or words that must "
        "all be found; if it names `archived`, it decides itself. Otherwise `archived` is false for runs that are not "
        "archived, true for those that are, and null for all. A query that cannot be understood is an error whose "
        "`extensions.query` has the `start` and `end` of the wrong part, in characters (code points). `offset` counts "
        "from `after`. The first of `orderBy` decides first.",
        metadata=cost(SEARCH, runs="first", runs_if_left_out=50),
    )
    def runs(
        self,
        info: ApiInfo,
        first: int = 50,
        after: str | None = None,
        offset: int = 0,
        search: str | None = None,
        bookmarked: bool | None = None,
        archived: bool | None = False,
        order_by: list[RunOrder] | None = None,
    ) -> RunConnection:
        """Runs page by page."""
        if not 1 <= first <= MAX_PAGE:
            raise GraphQLError(f"`first` must be from 1 to {MAX_PAGE}, not {first}.")
        if offset < 0:
            raise GraphQLError("`offset` must not be negative.")
        chosen = RunFilter(search, bookmarked, archived)
        repository = _repository(info)

        def load() -> tuple[RunPage, dict[str, list[str]]]:
            orders = [order.parsed() for order in order_by or [RunOrder()]]
            page = repository.runs.page(first, after, chosen, orders, offset)
            return page, repository.tags.of_runs([run.id for run in page.runs])

        try:
            page, tags = load()
        except (ColumnError, CursorError, TooManyOrdersError) as error:
            raise GraphQLError(str(error)) from error
        except FilterError as error:
            raise query_error(error) from error
        edges = [
            RunEdge(cursor=cursor, node=Run.of(run, tags.get(run.id, [])))
            for cursor, run in zip(page.cursors, page.runs, strict=True)
        ]
        end_cursor = page.cursors[-1] if page.cursors else None
        return RunConnection(
            edges=edges,
            page_info=PageInfo(has_next_page=page.has_next, end_cursor=end_cursor),
            total_count=page.total,
        )

    @strawberry.field(
        description="What is wrong with a query, and what can stand where so many characters stand before it. Places "
        "are counted in characters (code points).",
        metadata=cost(SEARCH),
    )
    def query_help(self, info: ApiInfo, text: str, position: int) -> QueryHelp:
        """Help with a query that is being typed."""
        try:
            return QueryHelp.of(_repository(info).help_with_query(text, position))
        except FilterError as error:
            raise query_error(error) from error

    @strawberry.field(description="A run, or null if there is none of that id.", metadata=cost())
    def run(self, info: ApiInfo, id: strawberry.ID) -> Run | None:  # noqa: A002 - the API's own name
        """One run."""
        found = _repository(info).runs.get([id])
        return Run.of(found[0]) if found else None

    @strawberry.field(
        description="Which parameters matter for a metric, as far as the runs that match can tell. For `search` and "
        "`archived` see `runs`.",
        metadata=cost(ALL_RUNS, lane=Lane.SLOW),
    )
    def parameter_importance(
        self, info: ApiInfo, metric: strawberry.ID, search: str | None = None, archived: bool | None = False
    ) -> ParameterImportance:
        """Parameters beside a metric."""
        chosen = RunFilter(search, archived=archived)
        try:
            found = importance_of_parameters(_repository(info), metric, chosen)
        except ColumnError as error:
            raise GraphQLError(str(error)) from error
        except FilterError as error:
            raise query_error(error) from error
        return ParameterImportance.of(found)

    @strawberry.field(
        description="A registered pipeline as a flowchart; the default one if none is named.", metadata=cost(SEARCH)
    )
    def flowchart(self, info: ApiInfo, pipeline: strawberry.ID | None = None) -> Flowchart:
        """The pipelines of the project."""
        return resolve_flowchart(info.context.services.flowcharts, pipeline)


def _repository(info: ApiInfo) -> RunRepository:
    return info.context.services.repository
