"""The web application."""

from __future__ import annotations

import contextlib
import json
from collections.abc import AsyncIterator

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import HTTPConnection
from starlette.types import Receive, Scope, Send
from strawberry.fastapi import GraphQLRouter
from strawberry.subscriptions import GRAPHQL_TRANSPORT_WS_PROTOCOL

from kedro_viz import __version__
from kedro_viz.api import stored_json
from kedro_viz.api.access.gate import Access, Gate, viewer_of
from kedro_viz.api.artifact_files import artifact_router
from kedro_viz.api.context import ApiContext
from kedro_viz.api.request_bodies import BoundedBodies
from kedro_viz.api.run_columns import run_columns_router
from kedro_viz.api.run_export import run_export_router
from kedro_viz.api.schema import schema
from kedro_viz.api.security import SecurityHeaders
from kedro_viz.api.services import Services
from kedro_viz.api.web_app import assets, page_router

# Smaller answers are not worth the work. Level 1 makes numbers a tenth larger than level 5, in a fifth of the time.
_GZIP_BYTES = 1_000
_GZIP_LEVEL = 1


class ApiRouter(GraphQLRouter[ApiContext, None]):
    """GraphQL over HTTP and WebSocket, with the quick JSON encoder."""

    # Older releases of Strawberry have no check of their own, and never call it.
    def is_websocket_origin_allowed(self, request: object, origin: str) -> bool:  # noqa: ARG002 - Strawberry's signature
        """Take every WebSocket that the gate has let in: it knows the origins that the user allows."""
        return True

    def decode_json(self, data: str | bytes) -> object:
        """Decode a request.

        Raises:
            JSONDecodeError: If it is not a JSON object, which the client is told.
        """
        try:
            decoded = stored_json.parse(data)
        except stored_json.StoredJsonError as error:
            raise json.JSONDecodeError(str(error), "", 0) from error
        # Requests and messages are objects; of anything else Strawberry would ask for its keys.
        if not isinstance(decoded, dict):
            raise json.JSONDecodeError("It is not an object.", "", 0)
        return decoded

    def encode_json(self, data: object) -> str:
        """Encode an answer. NaN and infinities that a run's JSON holds become null, as JSON has no word for them."""
        # As text: the protocol over WebSocket asks for text frames.
        return stored_json.encoded(data).decode()


class Compression(GZipMiddleware):
    """Compresses answers, but not the files of runs: most are compressed, and parts of them are asked for by byte."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and compress its answer."""
        if scope["type"] == "http" and scope["path"].startswith("/artifacts/"):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def create_app(services: Services, access: Access | None = None) -> FastAPI:
    """The application that `kedro viz` serves.

    Args:
        services: What it answers from. They run while the application does, and are closed with it.
        access: Who may use it. By default everybody on this machine.
    """
    access = access or Access()

    @contextlib.asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with services.run():
            yield

    app = FastAPI(title="Kedro-Viz", version=__version__, lifespan=lifespan, openapi_url=None)

    async def context(connection: HTTPConnection) -> ApiContext:
        return ApiContext(services, viewer_of(connection))

    router = ApiRouter(
        schema,
        context_getter=context,
        graphql_ide=None,
        allow_queries_via_get=False,
        subscription_protocols=(GRAPHQL_TRANSPORT_WS_PROTOCOL,),
    )
    app.include_router(router, prefix="/graphql")
    app.include_router(artifact_router(services.files, services.threads))
    app.include_router(run_columns_router(lambda: services.repository, services.threads))
    app.include_router(run_export_router(lambda: services.repository, services.threads))
    app.mount("/assets", assets())
    app.include_router(page_router(root_path=access.root_path))
    app.add_middleware(Compression, minimum_size=_GZIP_BYTES, compresslevel=_GZIP_LEVEL)
    app.add_middleware(BoundedBodies)
    # Outside of it, so that no body is read of requests that are refused anyway.
    app.add_middleware(Gate, access=access)
    # The outermost, so that refusals have them too.
    app.add_middleware(SecurityHeaders)
    return app
