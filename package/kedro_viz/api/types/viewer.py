"""Who uses the app, in the API."""

from __future__ import annotations

import strawberry

from kedro_viz.api.access.person import Action
from kedro_viz.api.context import ApiContext


@strawberry.type(
    description="Who asks, and what they may do. `name` is null where the server does not tell people apart; `refusal` "
    "says why they may not edit or delete."
)
class Viewer:
    """See `kedro_viz.api.access.person.Viewer`."""

    name: str | None
    may_edit: bool
    may_delete: bool
    refusal: str | None

    @classmethod
    def of(cls, context: ApiContext) -> Viewer:
        """The viewer, as far as the store can keep what they do."""
        viewer = context.viewer
        if context.services.repository.read_only:
            refusal = "The session store is read-only: nothing can be changed here."
            return cls(name=viewer.person.name, may_edit=False, may_delete=False, refusal=refusal)
        return cls(
            name=viewer.person.name,
            may_edit=Action.EDIT in viewer.actions,
            may_delete=Action.DELETE in viewer.actions,
            refusal=viewer.refusal or None,
        )
