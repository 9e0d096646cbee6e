"""Answers columns of runs: `POST /api/run-columns`.

The body is a JSON object: `columns` (names), and which runs: `search`, `bookmarked`, `archived`, `runIds`, and
`withMetrics` for only those that have at least one of the metrics asked for. The answer is what `column_encoding` says;
what is wrong with a request is told as JSON: {"error": a sentence}, and where the search is wrong, "query": {"start",
"end"}.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from kedro_viz.analysis.run_columns import ColumnError, RunColumn
from kedro_viz.api.answer_threads import AnswerThreads, BusyError, Lane
from kedro_viz.api.chosen_runs import chosen_runs
from kedro_viz.api.column_encoding import compress, encode
from kedro_viz.api.json_requests import JsonFields, JsonRequestError, json_error, json_object, unanswered
from kedro_viz.store.errors import StoreError
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.reading.run_columns import TooManyCellsError
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.read_errors import ReadError
from kedro_viz.tracking.deadline import TookTooLongError

MAX_COLUMNS = 2_500
MAX_RUN_IDS = 10_000
_MEDIA_TYPE = "application/vnd.kedro-viz.run-columns"
# More take seconds.
_MAX_USUAL_COLUMNS = 200
# Smaller answers are not worth the work.
_LEAST_COMPRESSED = 1_000


@dataclass(frozen=True)
class _Wanted:
    columns: list[RunColumn]
    chosen: RunFilter
    run_ids: list[str] | None
    with_metrics: bool

    @classmethod
    def of(cls, fields: JsonFields) -> _Wanted:
        names = fields.texts("columns", MAX_COLUMNS) or []
        chosen, run_ids = chosen_runs(fields, MAX_RUN_IDS)
        columns = [RunColumn.parse(name) for name in dict.fromkeys(names)]
        return cls(columns, chosen, run_ids, bool(fields.boolean("withMetrics", False)))


def run_columns_router(repository: Callable[[], RunRepository], threads: AnswerThreads) -> APIRouter:
    """The route of columns.

    Args:
        repository: Gives the store as it is now.
        threads: Make the answers.
    """
    router = APIRouter()

    @router.post("/api/run-columns", include_in_schema=False)
    async def run_columns(request: Request) -> Response:
        try:
            wanted = _Wanted.of(await json_object(request))
            gzipped = "gzip" in request.headers.get("accept-encoding", "")
            lane = Lane.USUAL if len(wanted.columns) <= _MAX_USUAL_COLUMNS else Lane.SLOW
            return await threads.run(lane, lambda: _answer(repository(), wanted, gzipped))
        except JsonRequestError as error:
            return json_error(str(error), status=error.status)
        except (ColumnError, TooManyCellsError) as error:
            return json_error(str(error))
        except FilterError as error:
            return json_error(str(error), query={"start": error.start, "end": error.end})
        except (BusyError, StoreError, TookTooLongError, ReadError) as error:
            return unanswered(error)

    return router


def _answer(repository: RunRepository, wanted: _Wanted, gzipped: bool) -> Response:
    table = repository.columns.read(wanted.columns, wanted.chosen, wanted.run_ids, wanted.with_metrics)
    body = encode(table)
    headers = {"Vary": "Accept-Encoding", "Cache-Control": "no-store"}
    if gzipped and len(body) >= _LEAST_COMPRESSED:
        body = compress(body)
        headers["Content-Encoding"] = "gzip"
    return Response(body, headers=headers, media_type=_MEDIA_TYPE)
