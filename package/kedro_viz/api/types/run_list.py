"""Lists of runs in the API: pages and orders."""

from __future__ import annotations

from enum import Enum

import strawberry

from kedro_viz.analysis.run_columns import RunColumn
from kedro_viz.api.types.run import Run
from kedro_viz.store.query import run_query


@strawberry.enum(description="Which way an order goes.")
class SortDirection(Enum):
    """Ascending or descending."""

    ASC = "asc"
    DESC = "desc"


@strawberry.input(description="An order of runs by a column. Runs without a value come last, both ways.")
class RunOrder:
    """See `kedro_viz.store.query.run_query.RunOrder`."""

    column: str = strawberry.field(
        default="started",
        description="Its name: `started`, `git.branch`, `metrics.scores.r2`, `params.seed` and so on.",
    )
    direction: SortDirection = SortDirection.DESC

    def parsed(self) -> run_query.RunOrder:
        """The order as the store knows it.

        Raises:
            ColumnError: If there is no such column.
        """
        return run_query.RunOrder(RunColumn.parse(self.column), self.direction is SortDirection.DESC)


@strawberry.type(description="Where a page ends.")
class PageInfo:
    """As in the GraphQL cursor connections specification."""

    has_next_page: bool
    end_cursor: str | None


@strawberry.type(description="A run in a page.")
class RunEdge:
    """As in the GraphQL cursor connections specification."""

    cursor: str
    node: Run


@strawberry.type(description="A page of runs. `totalCount` counts all that match.")
class RunConnection:
    """As in the GraphQL cursor connections specification."""

    edges: list[RunEdge]
    page_info: PageInfo
    total_count: int
