"""The web application."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator

import orjson
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from strawberry.fastapi import GraphQLRouter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from kedro_viz import __version__
from kedro_viz.api.artifact_files import artifact_router
from kedro_viz.api.context import ApiContext
from kedro_viz.api.schema import schema
from kedro_viz.api.security import SameOrigin, SecurityHeaders
from kedro_viz.api.services import Services
from kedro_viz.api.web_app import assets, page_router

# Smaller answers are not worth the work; level 5 is nearly as small as 9 at a third of the time.
_GZIP_BYTES = 1_000
_GZIP_LEVEL = 5


class ApiRouter(GraphQLRouter[ApiContext, None]):
    """GraphQL over HTTP and WebSocket, with the quick JSON encoder."""

    def encode_json(self, data: object) -> str:
        """Encode an answer. NaN and infinities that a run's JSON holds become null, as JSON has no word for them."""
        # Integers beyond 64 bits and unpaired surrogates come out of users' JSON; orjson leaves both to us.
        try:
            # As text: the protocol over WebSocket asks for text frames.
            return orjson.dumps(data, default=str, option=orjson.OPT_NON_STR_KEYS).decode()
        except TypeError:
            return json.dumps(_without_nan(data), default=str)


def create_app(services: Services, host: str = "127.0.0.1") -> FastAPI:
    """The application that `kedro viz` serves.

    Args:
        services: What it answers from. They run while the application does, and are closed with it.
        host: The address that the server listens on.
    """

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with services.run():
            yield

    app = FastAPI(title="Kedro-Viz", version=__version__, lifespan=lifespan, openapi_url=None)

    async def context() -> ApiContext:
        return ApiContext(services)

    router = ApiRouter(
        schema,
        context_getter=context,
        graphql_ide=None,
        allow_queries_via_get=False,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
    )
    app.include_router(router, prefix="/graphql")
    app.include_router(artifact_router(services.files))
    app.mount("/assets", assets())
    app.include_router(page_router())
    app.add_middleware(GZipMiddleware, minimum_size=_GZIP_BYTES, compresslevel=_GZIP_LEVEL)
    app.add_middleware(SameOrigin, host=host)
    # The outermost, so that refusals have them too.
    app.add_middleware(SecurityHeaders)
    return app


def _without_nan(data: object) -> object:
    if isinstance(data, float):
        return data if data - data == 0 else None
    if isinstance(data, dict):
        return {key: _without_nan(value) for key, value in data.items()}
    if isinstance(data, (list, tuple)):
        return [_without_nan(value) for value in data]
    return data
