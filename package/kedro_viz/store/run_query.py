"""Pages of runs: their order, and cursors that stay true while new runs arrive."""

from __future__ import annotations

import base64
import json
import math
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, and_, func, literal, or_, select
from sqlalchemy.sql.selectable import Join

from kedro_viz.store.tables import metrics, runs, user_run_details

if TYPE_CHECKING:
    from typing import TypeAlias

    from typing_extensions import Unpack

    # Any: rows of whatever columns a query selects.
    AnySelect: TypeAlias = Select[Unpack[tuple[Any, ...]]]


class RunField(str, Enum):
    """What runs can be ordered by."""

    STARTED = "started"
    TITLE = "title"
    STATUS = "status"
    DURATION = "duration"
    AUTHOR = "author"
    GIT_BRANCH = "git_branch"
    PIPELINE = "pipeline"
    BOOKMARK = "bookmark"
    METRIC = "metric"


@dataclass(frozen=True)
class RunOrder:
    """An order of runs. `metric_row` is the row of `metric_names`, for METRIC."""

    field: RunField = RunField.STARTED
    descending: bool = True
    metric_row: int | None = None


class CursorError(ValueError):
    """A cursor that this API has not given out, or that belongs to another order."""

    def __init__(self) -> None:
        super().__init__("The cursor is not valid for this order. Begin again without `after`.")


TITLE = func.coalesce(func.nullif(user_run_details.c.title, ""), runs.c.id)


def with_details() -> Join:
    """Runs beside what users said of them."""
    return runs.outerjoin(user_run_details, user_run_details.c.run_id == runs.c.id)


# A column's type is not known here: it is a text, a number or a boolean.
def _sort_key(order: RunOrder) -> ColumnElement[str | int | float | None]:
    keys: dict[RunField, ColumnElement[str | int | float | None]] = {
        RunField.STARTED: runs.c.started_at,
        RunField.TITLE: func.lower(TITLE),
        RunField.STATUS: runs.c.status,
        RunField.DURATION: runs.c.ended_at - runs.c.started_at,
        RunField.AUTHOR: func.lower(runs.c.author),
        RunField.GIT_BRANCH: func.lower(runs.c.git_branch),
        RunField.PIPELINE: func.lower(runs.c.pipeline),
        RunField.BOOKMARK: func.coalesce(user_run_details.c.bookmark, False),
        RunField.METRIC: metrics.c.value,
    }
    return keys[order.field]


def page_query(
    columns: list[ColumnElement[object]],
    where: ColumnElement[bool],
    order: RunOrder,
    first: int,
    after: str | None,
) -> AnySelect:
    """The query of one page, and of one row more, which tells whether there is a next page.

    Its rows are the columns, then the sort key as `sort_key`.

    Raises:
        CursorError: If `after` is not a cursor of this order.
    """
    source = with_details()
    if order.field is RunField.METRIC:
        of_run = and_(metrics.c.run_id == runs.c.id, metrics.c.metric_id == order.metric_row)
        source = source.outerjoin(metrics, of_run)
    key = _sort_key(order)
    query = select(*columns, key.label("sort_key")).select_from(source).where(where)
    if after is not None:
        query = query.where(_beyond(key, order, *decode_cursor(after, order)))
    # Runs without a value come last in both directions. SQLite counts NULL as the smallest, so that only the
    # ascending order must say so: the descending one can follow an index.
    if order.descending:
        query = query.order_by(key.desc(), runs.c.id.desc())
    else:
        query = query.order_by(key.is_(None), key.asc(), runs.c.id.asc())
    return query.limit(first + 1)


def _beyond(
    key: ColumnElement[str | int | float | None], order: RunOrder, value: str | float | None, run_id: str
) -> ColumnElement[bool]:
    further_id = runs.c.id < run_id if order.descending else runs.c.id > run_id
    if value is None:
        return and_(key.is_(None), further_id)
    bound = literal(value)
    further = key < bound if order.descending else key > bound
    return or_(further, and_(key == bound, further_id), key.is_(None))


def encode_cursor(order: RunOrder, value: object, run_id: str) -> str:
    """An opaque text that says where a page of this order ended.

    Args:
        order: The order of the list.
        value: The last run's sort key: a text, a number, a boolean or None.
        run_id: The last run.
    """
    return base64.urlsafe_b64encode(json.dumps([_mark(order), value, run_id]).encode()).decode()


def decode_cursor(cursor: str, order: RunOrder) -> tuple[str | float | None, str]:
    """Where the last page ended: its last run's sort key and id.

    Raises:
        CursorError: If it is not a cursor of this order.
    """
    try:
        mark, value, run_id = json.loads(base64.b64decode(cursor.encode(), b"-_", validate=True))
    except (ValueError, TypeError, RecursionError) as error:
        raise CursorError from error
    if mark != _mark(order) or not (_is_text(run_id) and (value is None or _is_number(value) or _is_text(value))):
        raise CursorError
    return value, run_id


def _mark(order: RunOrder) -> str:
    """A cursor means nothing in another order: there its value is that of another column."""
    return f"{order.field.value} {'desc' if order.descending else 'asc'} {order.metric_row or ''}"


def _is_number(value: object) -> bool:
    # A NaN is stored as NULL, and integers of more than 64 bits are not stored at all.
    if isinstance(value, float):
        return not math.isnan(value)
    return isinstance(value, int) and abs(value) < 2**63


def _is_text(value: object) -> bool:
    if not isinstance(value, str):
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True
