"""The subscriptions of the API."""

from __future__ import annotations

from collections.abc import AsyncGenerator

import strawberry

from kedro_viz.api.changes import ChangeTopic
from kedro_viz.api.context import ApiInfo

strawberry.enum(ChangeTopic, description="What changed: ask again for what you show of it.")


@strawberry.type
class Subscription:
    """News for open pages."""

    @strawberry.subscription(description="Told whenever something changed.")
    async def changes(self, info: ApiInfo) -> AsyncGenerator[ChangeTopic, None]:
        """Topics as they change."""
        async for topic in info.context.services.changes.listen():
            yield topic
