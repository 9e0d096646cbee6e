"""What resolvers of one GraphQL operation work with."""

from __future__ import annotations

from collections.abc import Iterator

from strawberry.extensions import SchemaExtension
from strawberry.fastapi import BaseContext
from strawberry.types import Info

from kedro_viz.api.loaders import RunLoaders
from kedro_viz.api.services import Services


class ApiContext(BaseContext):
    """The app's services, and loaders that live as long as one operation."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.loaders = RunLoaders(services.repository)


ApiInfo = Info[ApiContext, None]


class FreshLoaders(SchemaExtension):
    """Begins each operation with empty loaders.

    A WebSocket has one context for all its operations, and loaders remember what they have loaded.
    """

    def on_operation(self) -> Iterator[None]:
        """Forget what the last operation of this context has loaded."""
        context = self.execution_context.context
        if isinstance(context, ApiContext):
            context.loaders = RunLoaders(context.services.repository)
        yield
