"""The fields of runs in SQL: the one place that says where each is stored, for queries, orders, charts and exports.

Their names, titles and kinds are in `analysis/run_columns.py` and `query/language/fields.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, false, func

from kedro_viz.store.query.language.fields import QUERY_FIELDS
from kedro_viz.store.stored_values import IS_ARCHIVED
from kedro_viz.store.tables import runs
from kedro_viz.store.tables import user_run_details as details
from kedro_viz.tracking.run import RunStatus

# Any: columns of every type.
_COMPUTED: dict[str, ColumnElement[Any]] = {
    # A run of Kedro-Viz 10 that nobody has described yet has ended, or it would not be there.
    "status": func.coalesce(runs.c.status, RunStatus.SUCCEEDED.value),
    # Seconds, as everywhere. A clock that was set back makes no run end before its start.
    "duration": case((runs.c.ended_at < runs.c.started_at, 0.0), else_=(runs.c.ended_at - runs.c.started_at) / 1000.0),
}


@dataclass(frozen=True)
class SaidValue:
    """What people say of a run: a column of `user_run_details`, and what holds until somebody has said something.

    Attributes:
        stored: NULL or empty where nobody has.
        otherwise: The value then, in a query of `runs`; None if there is none.
    """

    stored: ColumnElement[Any]
    otherwise: ColumnElement[Any] | None = None

    @property
    def joined(self) -> ColumnElement[Any]:
        """The value, in a query of `runs` joined with `user_run_details`."""
        given = func.nullif(self.stored, "")
        return given if self.otherwise is None else func.coalesce(given, self.otherwise)


SAID: dict[str, SaidValue] = {
    "title": SaidValue(details.c.title, runs.c.id),
    "notes": SaidValue(details.c.notes),
    "bookmarked": SaidValue(details.c.bookmark, false()),
    "archived": SaidValue(IS_ARCHIVED, false()),
}

VALUES: dict[str, ColumnElement[Any]] = {
    name: _COMPUTED[name] if name in _COMPUTED else runs.c[field.attribute]
    for name, field in QUERY_FIELDS.items()
    if field.attribute and name not in SAID
}
"""The values in the row of a run. Those that are neither here nor in `SAID` are sets, in tables of their own."""
