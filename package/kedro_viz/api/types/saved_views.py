"""Saved views of the list of runs, in the API."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import strawberry
from strawberry.scalars import JSON

from kedro_viz.api import stored_json
from kedro_viz.api.types.edits import EditFailure
from kedro_viz.api.types.outcome import moment
from kedro_viz.store.editing import saved_views


@strawberry.type(description="A view of the list of runs that somebody has saved. `state`: the address of the page.")
class SavedView:
    """See `kedro_viz.store.editing.saved_views.SavedView`."""

    id: strawberry.ID
    name: str
    state: JSON
    created_by: str | None
    updated_at: datetime | None
    updated_by: str | None

    @classmethod
    def of(cls, view: saved_views.SavedView) -> SavedView:
        """The view as the API tells it: what a colleague's store has for a state may be anything."""
        state = stored_json.parse_or_text(view.state)
        return cls(
            id=strawberry.ID(view.id),
            name=view.name,
            state=JSON(state if isinstance(state, dict) else {}),
            created_by=view.created_by,
            updated_at=moment(view.updated_at),
            updated_by=view.updated_by,
        )


@strawberry.type(description="The view as it is kept.")
class SaveViewSuccess:
    """A view that was saved."""

    view: SavedView


@strawberry.type(description="The view that is there no more.")
class DeleteViewSuccess:
    """A view that was deleted."""

    id: strawberry.ID


SaveViewResponse = Annotated[SaveViewSuccess | EditFailure, strawberry.union(name="SaveViewResponse")]
DeleteViewResponse = Annotated[DeleteViewSuccess | EditFailure, strawberry.union(name="DeleteViewResponse")]
