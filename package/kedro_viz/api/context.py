"""What resolvers of one GraphQL operation work with."""

from __future__ import annotations

from strawberry.fastapi import BaseContext
from strawberry.types import Info

from kedro_viz.api.loaders import RunLoaders
from kedro_viz.api.services import Services


class ApiContext(BaseContext):
    """The app's services, and loaders that live as long as one request."""

    def __init__(self, services: Services) -> None:
        super().__init__()
        self.services = services
        self.loaders = RunLoaders(services.repository)


ApiInfo = Info[ApiContext, None]
