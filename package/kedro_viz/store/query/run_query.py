"""Pages of runs: their orders, and cursors that stay true while new runs arrive.

A page is asked for in two parts, by the first column of its order: the runs that have a value there, then those that
have none. So each part can follow an index, and runs without a value come last whichever way the order goes.
"""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, FromClause, Select, and_, false, func, literal, or_, select
from sqlalchemy.sql.selectable import Join

from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.store.query.index_bounds import STARTED, bounds_of
from kedro_viz.store.query.language.tree import Compare
from kedro_viz.store.query.sort_keys import SortKey, SortValue, digits_key, sort_key
from kedro_viz.store.tables import runs, user_run_details

# Further columns would decide nothing that a person sees.
MAX_ORDERS = 8

TITLE = func.coalesce(func.nullif(user_run_details.c.title, ""), runs.c.id)


@dataclass(frozen=True)
class RunOrder:
    """An order of runs by a column. Runs without a value come last, both ways."""

    column: RunColumn = STARTED
    descending: bool = True


NEWEST_FIRST = (RunOrder(),)


class CursorError(ValueError):
    """A cursor that this API has not given out, or that belongs to another order."""

    def __init__(self) -> None:
        super().__init__("The cursor is not valid for this order. Begin again without `after`.")


class TooManyOrdersError(ValueError):
    """More columns to sort by than anybody can follow."""

    def __init__(self, orders: int) -> None:
        super().__init__(f"Runs can be sorted by up to {MAX_ORDERS} columns at once, not by {orders}.")


def with_details() -> Join:
    """Runs beside what users said of them."""
    return runs.outerjoin(user_run_details, user_run_details.c.run_id == runs.c.id)


def in_order(where: ColumnElement[bool], orders: Sequence[RunOrder]) -> ColumnElement[bool]:
    """The same condition; where an index has the runs in their order, SQLite asks it of one after another till a page
    is full.

    Left to itself, it would find all runs of a set by their ids first, and then sort them.
    """
    return func.coalesce(where, False) if has_index(orders) else where


def has_index(orders: Sequence[RunOrder]) -> bool:
    """Whether an index has the runs in their order, as far as its first column tells."""
    first = (orders or NEWEST_FIRST)[0].column
    return first.source is ColumnSource.METRIC or first in (STARTED, RunColumn(ColumnSource.RUN, "id"))


@dataclass(frozen=True)
class Position:
    """Where a page ended: its last run's values in the columns of the order, and its id."""

    values: tuple[SortValue, ...]
    run_id: str


class PageQuery:
    """The statements of pages in one order. Their rows are a run's id, then its values in the columns of the order.

    Args:
        orders: The columns to sort by; one that is the same in two runs leaves it to the next, and the last one to
            the runs' ids.
        where: Which runs; a condition on the table `runs`.
        comparisons: What is true of all these runs: the index of the order then leads to where they begin.
        with_digits: The columns among those to sort by that have whole numbers of which floats do not tell the order.

    Raises:
        TooManyOrdersError: If there are more than `MAX_ORDERS`.
    """

    def __init__(
        self,
        orders: Sequence[RunOrder],
        where: ColumnElement[bool],
        comparisons: Sequence[Compare] = (),
        with_digits: Collection[RunColumn] = (),
    ) -> None:
        if len(orders) > MAX_ORDERS:
            raise TooManyOrdersError(len(orders))
        # A column that comes again decides nothing.
        self._orders = list({order.column: order for order in reversed(orders or NEWEST_FIRST)}.values())[::-1]
        self._with_digits = with_digits
        self._where = where
        self._comparisons = comparisons

    def valued(self, after: Position | None) -> Select[tuple[str]]:
        """The runs that have a value in the first column, in order, beyond a position."""
        keys = self._keys(leads=True)
        first, _ = keys[0]
        bounds = bounds_of(self._orders[0].column, first.value, self._comparisons)
        query = self._select(keys, first.run_id).where(first.value.is_not(None), *bounds)
        if after is None:
            return query
        if after.values[0] is None:
            return query.where(false())
        # Said apart, so that an index leads to where the page begins.
        bound = literal(after.values[0])
        at_or_beyond = first.value <= bound if self._orders[0].descending else first.value >= bound
        return query.where(at_or_beyond, self._beyond(keys, first.run_id, after))

    def bare(self, after: Position | None) -> Select[tuple[str]]:
        """The runs that have no value in the first column, in order, beyond a position."""
        keys = self._keys(leads=False)
        query = self._select(keys, runs.c.id, among_bare=True).where(keys[0][0].value.is_(None))
        if after is None or after.values[0] is not None:
            return query
        return query.where(self._beyond(keys, runs.c.id, after))

    def _keys(self, leads: bool) -> list[tuple[SortKey, bool]]:
        """What runs are sorted by, each key with whether it goes downwards."""
        keys = []
        for place, order in enumerate(self._orders):
            keys.append((sort_key(order.column, leads=leads and place == 0), order.descending))
            if order.column in self._with_digits:
                keys.append((digits_key(order.column), order.descending))
        return keys

    def _select(
        self, keys: Sequence[tuple[SortKey, bool]], run_id: ColumnElement[str], among_bare: bool = False
    ) -> Select[tuple[str]]:
        source: FromClause = runs
        columns: list[ColumnElement[SortValue]] = []
        order_by: list[ColumnElement[bool] | ColumnElement[SortValue] | ColumnElement[str]] = []
        query = select(runs.c.id)
        for place, (key, descending) in enumerate(keys):
            columns.append(key.value.label(f"key_{place}"))
            # Whether the first column has a value is settled; SQLite would sort by it all the same.
            if place > 0:
                order_by.append(key.value.is_(None))
            if place > 0 or not among_bare:
                order_by.append(key.value.desc() if descending else key.value.asc())
        last = self._orders[-1]
        order_by.append(run_id.desc() if last.descending else run_id.asc())
        for key, _ in keys:
            source = key.join(source)
        return query.add_columns(*columns).select_from(source).where(self._where).order_by(*order_by)

    def _beyond(
        self, keys: Sequence[tuple[SortKey, bool]], run_id: ColumnElement[str], position: Position
    ) -> ColumnElement[bool]:
        further: list[ColumnElement[bool]] = []
        same: list[ColumnElement[bool]] = []
        for (key, descending), value in zip(keys, position.values, strict=True):
            if value is None:
                same.append(key.value.is_(None))
                continue
            bound = literal(value)
            beyond = key.value < bound if descending else key.value > bound
            further.append(and_(*same, or_(beyond, key.value.is_(None))))
            same.append(key.value == bound)
        further_id = run_id < position.run_id if self._orders[-1].descending else run_id > position.run_id
        return or_(*further, and_(*same, further_id))

    def cursor(self, position: Position) -> str:
        """An opaque text that says where a page of this order ended."""
        data = [self._mark(), *position.values, position.run_id]
        return base64.urlsafe_b64encode(json.dumps(data).encode()).decode()

    def position(self, cursor: str) -> Position:
        """Where the page of a cursor ended.

        Raises:
            CursorError: If it is not a cursor of this order.
        """
        try:
            mark, *values, run_id = json.loads(base64.b64decode(cursor.encode(), b"-_", validate=True))
        except (ValueError, TypeError, RecursionError) as error:
            raise CursorError from error
        if mark != self._mark() or len(values) != self._key_count or not _is_text(run_id):
            raise CursorError
        if not all(value is None or _is_number(value) or _is_text(value) for value in values):
            raise CursorError
        return Position(tuple(values), run_id)

    @property
    def _key_count(self) -> int:
        return len(self._orders) + sum(order.column in self._with_digits for order in self._orders)

    def _mark(self) -> str:
        """A cursor means nothing in another order: there its values are those of other columns."""
        return ",".join(f"{'-' if order.descending else ''}{order.column}" for order in self._orders)


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
