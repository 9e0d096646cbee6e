"""Keeps views of the list of runs that people have given names: a view is what the address of the page says."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, func, insert, select, update

from kedro_viz.store.editing import edits
from kedro_viz.store.editing.edits import EditError, clean_name
from kedro_viz.store.tables import saved_views, views_of_others
from kedro_viz.store.text_limits import MAX_VIEW_NAME_CHARACTERS, MAX_VIEW_STATE_BYTES, MAX_VIEWS


@dataclass(frozen=True)
class SavedView:
    """A view that somebody has saved. Times are milliseconds since 1970, UTC.

    Attributes:
        id: Tells it from others for ever; names may change, and two views may have the same.
        name: What people call it.
        state: The address of the page, as JSON: an object.
        created_by: Who saved it first.
        updated_at: When it was last changed.
        updated_by: Who changed it then.
    """

    id: str
    name: str
    state: str
    created_by: str | None
    updated_at: int
    updated_by: str | None


class SavedViews:
    """The saved views of a store.

    Args:
        engine: A store of today's schema.
        read_only: Refuse edits, for a store that cannot keep them.
    """

    def __init__(self, engine: Engine, read_only: bool = False) -> None:
        self._engine = engine
        self._read_only = read_only

    def all(self) -> list[SavedView]:
        """All saved views, by name."""
        with self._engine.connect() as connection:
            views = [SavedView(*row) for row in connection.execute(_OWN_FIRST.limit(2 * MAX_VIEWS))]
        return sorted(views, key=lambda view: (view.name.casefold(), view.name, view.id))

    def save(self, name: str, state: object, view_id: str | None = None, author: str | None = None) -> SavedView:
        """Save a view.

        Args:
            name: What it is called from now on.
            state: The address of the page: a JSON object.
            view_id: The view that is changed; None for a new one.
            author: Who saves it.

        Raises:
            EditError: If it cannot be kept, or there is no such view.
        """
        edits.refuse_if(self._read_only)
        values: dict[str, str | bool | None] = {
            "name": clean_name("The name has", name, MAX_VIEW_NAME_CHARACTERS),
            "state": _as_json(state),
            "updated_by": author,
        }
        at = edits.now()
        with edits.kept(), self._engine.begin() as connection:
            if view_id is None:
                view_id = uuid.uuid4().hex
                new = {"id": view_id, "deleted": False, "created_at": at, "created_by": author, "updated_at": at}
                connection.execute(insert(saved_views).values(**values, **new))
                _check_count(connection)
            else:
                _change(connection, view_id, at, values)
            row = connection.execute(_VIEWS.where(saved_views.c.id == view_id)).one()
        return SavedView(*row)

    def delete(self, view_id: str, author: str | None = None) -> None:
        """Delete a view.

        Args:
            view_id: The view.
            author: Who deletes it.

        Raises:
            EditError: If there is no such view, or the store cannot be written.
        """
        edits.refuse_if(self._read_only)
        # What it was is nobody's any more; that it was deleted must reach those who have it still.
        values: dict[str, str | bool | None] = {"deleted": True, "name": "", "state": "{}", "updated_by": author}
        with edits.kept(), self._engine.begin() as connection:
            _change(connection, view_id, edits.now(), values)


_VIEWS = select(
    saved_views.c.id,
    saved_views.c.name,
    saved_views.c.state,
    saved_views.c.created_by,
    saved_views.c.updated_at,
    saved_views.c.updated_by,
).where(~saved_views.c.deleted)


_IS_OF_OTHERS = saved_views.c.id.in_(select(views_of_others.c.id))
_OWN_FIRST = _VIEWS.order_by(_IS_OF_OTHERS, saved_views.c.id)


def _change(connection: Connection, view_id: str, at: int, values: dict[str, str | bool | None]) -> None:
    table = saved_views.c
    is_meant = table.id == view_id, ~table.deleted
    changed = update(saved_views).where(*is_meant).values(**values, updated_at=edits.later_than(table.updated_at, at))
    if connection.execute(changed).rowcount == 0:
        raise EditError("There is no such view any more: somebody may have deleted it.")


def _check_count(connection: Connection) -> None:
    count = select(func.count()).select_from(saved_views).where(~saved_views.c.deleted, ~_IS_OF_OTHERS)
    if connection.execute(count).scalar_one() > MAX_VIEWS:
        raise EditError(f"Up to {MAX_VIEWS} views can be kept. Delete one that nobody needs.")


def _as_json(state: object) -> str:
    if not isinstance(state, dict):
        raise EditError("The state of a view must be a JSON object.")
    try:
        text = json.dumps(state, separators=(",", ":"), allow_nan=False)
    except (ValueError, RecursionError) as error:
        raise EditError(f"The state of the view cannot be kept: {error}.") from error
    if len(text) > MAX_VIEW_STATE_BYTES:
        raise EditError(f"The view takes {len(text):,} bytes; up to {MAX_VIEW_STATE_BYTES:,} can be kept.")
    return text
