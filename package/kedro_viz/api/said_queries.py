"""The queries of the API for what people have said: tags, and views of the list."""

from __future__ import annotations

import strawberry

from kedro_viz.api.context import ApiInfo
from kedro_viz.api.field_costs import SEARCH, cost
from kedro_viz.api.types.edits import TagUse
from kedro_viz.api.types.saved_views import SavedView


@strawberry.type
class SaidQueries:
    """What people have said of runs in common."""

    @strawberry.field(description="All tags that runs have, the most used one first.", metadata=cost(SEARCH))
    def tags(self, info: ApiInfo) -> list[TagUse]:
        """The tags to choose from."""
        found = info.context.services.repository.tags.uses()
        return [TagUse(tag=use.tag, runs=use.runs) for use in found]

    @strawberry.field(description="All saved views of the list of runs, by name.", metadata=cost(100))
    def saved_views(self, info: ApiInfo) -> list[SavedView]:
        """The views to choose from."""
        found = info.context.services.repository.views.all()
        return [SavedView.of(view) for view in found]
