"""Which runs a list, a chart or an export is about."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, select, true

from kedro_viz.store.filters.errors import FilterError
from kedro_viz.store.filters.words import holding_words
from kedro_viz.store.tables import runs, user_run_details

# A query is typed by a person; more than this only costs time.
MAX_SEARCH_CHARACTERS = 1_000


@dataclass(frozen=True)
class RunFilter:
    """A choice of runs.

    Attributes:
        search: What the user types into the query field.
        bookmarked: Only bookmarked runs (True), only others (False), or all.
        archived: Only archived runs (True), only others (False), or all (None).
    """

    search: str | None = None
    bookmarked: bool | None = None
    archived: bool | None = False

    def condition(self) -> ColumnElement[bool]:
        """The choice as a condition on the table `runs` alone, for any query that has it.

        Raises:
            FilterError: If the search cannot be understood.
        """
        search = self.search or ""
        if len(search) > MAX_SEARCH_CHARACTERS:
            message = f"The query has {len(search):,} characters; up to {MAX_SEARCH_CHARACTERS:,} can be searched for."
            raise FilterError(message, MAX_SEARCH_CHARACTERS, len(search))
        details = user_run_details.c
        conditions = [
            _said(column, wanted)
            for column, wanted in ((details.bookmark, self.bookmarked), (details.archived, self.archived))
            if wanted is not None
        ]
        return and_(true(), *conditions, holding_words(search))


def _said(flag: ColumnElement[bool], wanted: bool) -> ColumnElement[bool]:
    # Few runs are: they are found once, not looked up for each run.
    those = select(user_run_details.c.run_id).where(flag, user_run_details.c.run_id.is_not(None)).correlate(None)
    return runs.c.id.in_(those) if wanted else runs.c.id.not_in(those)
