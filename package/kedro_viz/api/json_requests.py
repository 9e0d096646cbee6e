"""Requests whose body is a JSON object, beside GraphQL."""

from __future__ import annotations

import orjson
from fastapi import Request
from fastapi.responses import JSONResponse

from kedro_viz.api import stored_json
from kedro_viz.api.answer_threads import BusyError
from kedro_viz.api.errors import known_error

_MEDIA_TYPE = "application/json"


class JsonRequestError(ValueError):
    """A request that cannot be understood.

    Args:
        message: For the client.
        status: Of the answer.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.status = status


class JsonFields:
    """The fields of a request, checked as they are read. All of these methods raise `JsonRequestError`."""

    def __init__(self, fields: dict[str, object]) -> None:
        self._fields = fields

    def text(self, name: str) -> str | None:
        """A text."""
        value = self._fields.get(name)
        if value is None or isinstance(value, str):
            return value
        raise JsonRequestError(f"`{name}` must be a text.")

    def boolean(self, name: str, default: bool | None) -> bool | None:
        """True, false, or null; what is left out is the default."""
        value = self._fields.get(name, default)
        if value is None or isinstance(value, bool):
            return value
        raise JsonRequestError(f"`{name}` must be true, false or null.")

    def texts(self, name: str, most: int) -> list[str] | None:
        """A list of texts, of at most so many."""
        value = self._fields.get(name)
        if value is None:
            return None
        if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
            raise JsonRequestError(f"`{name}` must be a list of texts.")
        if len(value) > most:
            raise JsonRequestError(f"`{name}` has {len(value):,} entries; up to {most:,} can be asked for.")
        return value


async def json_object(request: Request) -> JsonFields:
    """The JSON object that a request carries.

    Only JSON is taken: forms of other sites' pages cannot send it.

    Raises:
        JsonRequestError: If it carries none.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _MEDIA_TYPE:
        raise JsonRequestError(f"Send the request as {_MEDIA_TYPE}.", 415)
    try:
        # `BoundedBodies` has seen to its size.
        fields = orjson.loads(await request.body())
    except orjson.JSONDecodeError as error:
        raise JsonRequestError(f"The request is not JSON: {error}.") from error
    if not isinstance(fields, dict):
        raise JsonRequestError("The request is not a JSON object.")
    return JsonFields(fields)


def unanswered(error: Exception) -> JSONResponse:
    """What a client is told of an answer that could not be made in time, or not now.

    Raises:
        Exception: The same error, if it is a fault of ours.
    """
    if isinstance(error, BusyError):
        return json_error(str(error), 503)
    known = known_error(error)
    if known is None:
        raise error
    return json_error(known, 503)


def json_error(message: str, status: int = 400, **more: object) -> JSONResponse:
    """What a client is told of an error."""
    return JSONResponse({"error": stored_json.sendable(message), **more}, status)
