"""Which runs a list, a chart or an export is about."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from sqlalchemy import ColumnElement, and_, select

from kedro_viz.store.query.compile import compile_condition
from kedro_viz.store.query.language.query import Query, parse_query
from kedro_viz.store.query.language.tree import Compare
from kedro_viz.store.stored_values import IS_ARCHIVED
from kedro_viz.store.tables import runs, user_run_details


@dataclass(frozen=True)
class RunFilter:
    """A choice of runs.

    Attributes:
        search: What the user types into the query field: an expression, or words.
        bookmarked: Only bookmarked runs (True), only others (False), or all.
        archived: Only archived runs (True), only others (False), or all (None). An expression that names `archived`
            decides itself.
        now: The present, which "2 hours ago" counts from. Without a zone it is local time.
    """

    search: str | None = None
    bookmarked: bool | None = None
    archived: bool | None = False
    now: datetime | None = None

    @cached_property
    def query(self) -> Query:
        """The search, understood once. "2 hours ago" counts from the first time that it is needed.

        Raises:
            FilterError: If the search cannot be understood.
        """
        return parse_query(self.search or "", self.now)

    def condition(self, one_by_one: bool = False) -> ColumnElement[bool]:
        """The choice as a condition on the table `runs` alone, for any query that has it.

        Args:
            one_by_one: See `compile_condition`.

        Raises:
            FilterError: If the search cannot be understood.
        """
        archived = None if self.query.names_archived else self.archived
        said = ((user_run_details.c.bookmark, self.bookmarked), (IS_ARCHIVED, archived))
        condition = compile_condition(self.query.tree, one_by_one)
        return and_(condition, *(_said(flag, wanted) for flag, wanted in said if wanted is not None))

    def split(self) -> tuple[Compare, RunFilter] | None:
        """A search that is one comparison with a value, and the rest of the choice; None if it is anything else.

        Raises:
            FilterError: If the search cannot be understood.
        """
        tree = self.query.tree
        if not isinstance(tree, Compare) or self.query.names_archived:
            return None
        return tree, replace(self, search=None)


def _said(flag: ColumnElement[bool], wanted: bool) -> ColumnElement[bool]:
    # Few runs are: they are found once, not looked up for each run.
    those = select(user_run_details.c.run_id).where(flag, user_run_details.c.run_id.is_not(None)).correlate(None)
    return runs.c.id.in_(those) if wanted else runs.c.id.not_in(those)
