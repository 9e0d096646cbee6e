"""Serves the files that runs left: `/artifacts/{run_id}/{dataset}/{name}`."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote

from fastapi import APIRouter, HTTPException, Request, Response
from fastapi.responses import StreamingResponse

from kedro_viz.api.answer_threads import AnswerThreads, BusyError, Lane, sent
from kedro_viz.api.media_types import SHOWN, SNIFFED_BYTES, sniff
from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.tracking.deadline import TookTooLongError

if TYPE_CHECKING:
    from kedro_viz.store.files.versioned_files import VersionFile

logger = logging.getLogger(__name__)

# A file that a run made is shown as a document of its own, if someone opens it, and may do nothing there.
_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Accept-Ranges": "bytes",
    # A version's file never changes, but a person may replace it: the browser asks, and is told 304.
    "Cache-Control": "private, no-cache",
}


def artifact_url(run_id: str, dataset: str, name: str) -> str:
    """The address of a file, relative to the app."""
    return f"/artifacts/{quote(run_id, safe='')}/{quote(dataset, safe='')}/{quote(name)}"


def artifact_router(files: VersionedFiles, threads: AnswerThreads) -> APIRouter:
    """The route of artifact files.

    Args:
        files: Tells which files may be read, and reads them.
        threads: Read them: a slow file system holds nobody else up.
    """
    router = APIRouter()

    @router.api_route("/artifacts/{path:path}", methods=["GET", "HEAD"], include_in_schema=False)
    async def artifact(request: Request, download: bool = False) -> Response:
        def find() -> Response:
            run_id, dataset, name = _asked(request)
            file = files.locate(dataset, run_id, name)
            head = files.read(file, SNIFFED_BYTES)
            return _answer(request, files, threads, file, sniff(head), download)

        try:
            return await threads.run(Lane.FILES, find)
        except FileNotAvailableError as error:
            raise HTTPException(status_code=404, detail=_told(error)) from error
        except TookTooLongError as error:
            detail = "The storage of the file does not answer. Try again later."
            raise HTTPException(status_code=504, detail=detail) from error
        except BusyError as error:
            raise HTTPException(status_code=503, detail=str(error)) from error

    return router


def _asked(request: Request) -> tuple[str, str, str]:
    """The run, dataset and file name of a request."""
    # Decoded after it is parted, because names may hold slashes of their own.
    path = request.scope["raw_path"].partition(b"?")[0].decode("ascii", "replace")
    parts = [unquote(part) for part in path.split("/")[2:]]
    if len(parts) < 3 or not all(parts):
        raise FileNotAvailableError("The address of a file is /artifacts/{run}/{dataset}/{name}.")
    return parts[0], parts[1], "/".join(parts[2:])


def _told(error: FileNotAvailableError) -> str:
    """What a client is told: what file systems say may name paths of the user's machine."""
    if error.__cause__ is None:
        return str(error)
    logger.warning("%s", error)
    return "The file cannot be read. The server's log says why."


def _is_known(etag: str, header: str) -> bool:
    known = [each.strip().removeprefix("W/") for each in header.split(",")]
    return etag in known or "*" in known


def _answer(
    request: Request,
    files: VersionedFiles,
    threads: AnswerThreads,
    file: VersionFile,
    media_type: str,
    download: bool,
) -> Response:
    etag = f'"{file.etag}"'
    headers = {**_HEADERS, "ETag": etag}
    if download or media_type not in SHOWN:
        plain = re.sub(r"[^A-Za-z0-9._-]", "_", file.name.rsplit("/", 1)[-1])
        encoded = quote(file.name.rsplit("/", 1)[-1], safe="")
        headers["Content-Disposition"] = f"attachment; filename=\"{plain}\"; filename*=UTF-8''{encoded}"
    if _is_known(etag, request.headers.get("if-none-match", "")):
        return Response(status_code=304, headers=headers)
    start, end, status = 0, file.size, 200
    wanted = request.headers.get("range")
    # A range of a file that has changed since would be a piece of another.
    if wanted and request.headers.get("if-range", etag) == etag:
        span = _byte_range(wanted, file.size)
        if span is None:
            return Response(status_code=416, headers={**headers, "Content-Range": f"bytes */{file.size}"})
        start, end = span
        status = 206
        headers["Content-Range"] = f"bytes {start}-{end - 1}/{file.size}"
    headers["Content-Length"] = str(end - start)
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers, media_type=media_type)
    return StreamingResponse(sent(files.stream(file, start, end), threads, Lane.FILES), status, headers, media_type)


def _byte_range(header: str, size: int) -> tuple[int, int] | None:
    """The first range that a header asks for, as start and end (exclusive); None if there is no such part."""
    match = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})(?:,.*)?", header.strip())
    if match is None or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        return (size - length, size) if length else None
    start = int(match[1])
    end = min(int(match[2]) + 1, size) if match[2] else size
    return (start, end) if start < end else None
