"""What resolvers of one GraphQL operation work with."""

from __future__ import annotations

from collections.abc import Iterator

from strawberry.extensions import SchemaExtension
from strawberry.fastapi import BaseContext
from strawberry.types import Info

from kedro_viz.api.access.person import Viewer
from kedro_viz.api.answer_size import AnswerSize
from kedro_viz.api.loaders import RunLoaders
from kedro_viz.api.services import Services


class ApiContext(BaseContext):
    """The app's services, who asks, and what lives as long as one operation: its loaders, and its answer's size."""

    def __init__(self, services: Services, viewer: Viewer) -> None:
        super().__init__()
        self.services = services
        self.viewer = viewer
        self.begin_operation()

    def begin_operation(self) -> None:
        """Forget what the last operation has loaded."""
        self.size = AnswerSize()
        self.loaders = RunLoaders(self.services.repository, self.size)


ApiInfo = Info[ApiContext, None]


class FreshLoaders(SchemaExtension):
    """Begins each operation with empty loaders.

    A WebSocket has one context for all its operations, and loaders remember what they have loaded.
    """

    def on_operation(self) -> Iterator[None]:
        """Begin with nothing."""
        context = self.execution_context.context
        if isinstance(context, ApiContext):
            context.begin_operation()
        yield
