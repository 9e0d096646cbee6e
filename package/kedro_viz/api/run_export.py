"""Exports runs: `POST /api/export`.

The body is a JSON object: `format` (csv, json or parquet), `columns` (names; all that any run has without it), `sort`
(names, a minus in front sorts downwards), and which runs: `search`, `bookmarked`, `archived`, or `runIds`. The answer
is the file, sent as it is made; what is wrong with a request is told as for `/api/run-columns`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from fastapi import APIRouter, Request, Response
from starlette.responses import StreamingResponse

from kedro_viz.analysis.run_columns import ColumnError, RunColumn
from kedro_viz.api.answer_threads import AnswerThreads, BusyError, Lane, sent
from kedro_viz.api.chosen_runs import chosen_runs
from kedro_viz.api.json_requests import JsonFields, JsonRequestError, json_error, json_object, unanswered
from kedro_viz.export.formats import FORMATS, ExportFormat
from kedro_viz.export.run_tables import RunChoice, RunTables
from kedro_viz.store.errors import StoreError
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.run_query import NEWEST_FIRST, RunOrder, TooManyOrdersError
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.read_errors import ReadError
from kedro_viz.tracking.deadline import TookTooLongError

_MAX_COLUMNS = 10_000
_MAX_RUN_IDS = 100_000
_MAX_SORTS = 100


@dataclass(frozen=True)
class _Wanted:
    form: ExportFormat
    columns: list[RunColumn]
    choice: RunChoice

    @classmethod
    def of(cls, fields: JsonFields) -> _Wanted:
        name = fields.text("format") or "csv"
        if name not in FORMATS:
            raise JsonRequestError(f"`format` must be one of {', '.join(FORMATS)}.")
        chosen, run_ids = chosen_runs(fields, _MAX_RUN_IDS)
        orders = [_order(each) for each in fields.texts("sort", _MAX_SORTS) or ()]
        columns = [RunColumn.parse(each) for each in dict.fromkeys(fields.texts("columns", _MAX_COLUMNS) or ())]
        return cls(FORMATS[name], columns, RunChoice(chosen, orders or NEWEST_FIRST, run_ids=run_ids))


def _order(text: str) -> RunOrder:
    return RunOrder(RunColumn.parse(text.removeprefix("-")), text.startswith("-"))


def run_export_router(repository: Callable[[], RunRepository], threads: AnswerThreads) -> APIRouter:
    """The route of exports.

    Args:
        repository: Gives the store as it is now.
        threads: Make the answers.
    """
    router = APIRouter()

    @router.post("/api/export", include_in_schema=False)
    async def export(request: Request) -> Response:
        try:
            wanted = _Wanted.of(await json_object(request))
            wanted.form.check()
            parts = await threads.run(Lane.SLOW, lambda: _parts(repository(), wanted))
        except JsonRequestError as error:
            return json_error(str(error), status=error.status)
        except FilterError as error:
            return json_error(str(error), query={"start": error.start, "end": error.end})
        except (ColumnError, TooManyOrdersError) as error:
            return json_error(str(error))
        except ImportError as error:
            return json_error(str(error), status=501)
        except (BusyError, StoreError, TookTooLongError, ReadError) as error:
            return unanswered(error)
        headers = {
            "Cache-Control": "no-store",
            "Content-Disposition": f'attachment; filename="runs.{wanted.form.name}"',
        }
        return StreamingResponse(sent(parts, threads, Lane.SLOW), media_type=wanted.form.media_type, headers=headers)

    return router


def _parts(repository: RunRepository, wanted: _Wanted) -> Iterator[bytes]:
    tables = RunTables(repository)
    return wanted.form.write(tables.read(wanted.columns or tables.all_columns(), wanted.choice))
