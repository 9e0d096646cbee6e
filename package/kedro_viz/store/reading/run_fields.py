"""Where the fields of runs are stored, for columns of many runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from kedro_viz.store.tables import run_tags, runs, user_run_details

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

_TAGS = "tags"

# Notes may be long, and there they would stand in a chart's legend.
_MAX_CHARACTERS = 1_000

# Any: columns of every type. A duration is in seconds, as everywhere in the API.
_FIELDS: dict[str, ColumnElement[Any]] = {
    "id": runs.c.id,
    "title": func.coalesce(func.nullif(user_run_details.c.title, ""), runs.c.id),
    "status": runs.c.status,
    "started": runs.c.started_at,
    "ended": runs.c.ended_at,
    "duration": (runs.c.ended_at - runs.c.started_at) / 1000.0,
    "author": runs.c.author,
    "git.branch": runs.c.git_branch,
    "git.sha": runs.c.git_sha,
    "git.dirty": runs.c.git_dirty,
    "git.remote": runs.c.git_remote,
    "pipeline": runs.c.pipeline,
    "env": runs.c.env,
    "runner": runs.c.runner,
    "command": runs.c.command,
    "kedro_version": runs.c.kedro_version,
    "notes": func.substr(user_run_details.c.notes, 1, _MAX_CHARACTERS),
    "bookmarked": func.coalesce(user_run_details.c.bookmark, False),
    "archived": func.coalesce(user_run_details.c.archived, False),
}


def field_queries(
    as_id: Callable[[ColumnElement[str]], ColumnElement[bytes]], names: Sequence[str]
) -> Iterator[tuple[AnySelect, ColumnElement[str], list[str]]]:
    """What to ask for fields.

    Args:
        as_id: Makes of a column of ids what rows are to begin with.
        names: The fields.

    Yields:
        A query whose rows are the id of a run and values; its column of ids; and the fields of the values.
    """
    told = [name for name in names if name != _TAGS]
    if told:
        details = runs.outerjoin(user_run_details, user_run_details.c.run_id == runs.c.id)
        yield select(as_id(runs.c.id), *(_FIELDS[name] for name in told)).select_from(details), runs.c.id, told
    if _TAGS in names:
        # In the order of the index, so that the same tags make the same text.
        tags = select(run_tags.c.run_id, run_tags.c.tag).where(run_tags.c.present)
        ordered = tags.order_by(run_tags.c.run_id, run_tags.c.tag).subquery()
        joined = func.group_concat(ordered.c.tag, ", ")
        yield select(as_id(ordered.c.run_id), joined).group_by(ordered.c.run_id), ordered.c.run_id, [_TAGS]
