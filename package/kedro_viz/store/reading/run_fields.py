"""Where the fields of runs are stored, for columns of many runs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, LargeBinary, cast, func, select

from kedro_viz.store.tables import run_tags, runs, user_run_details

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

_TAGS = "tags"
_SAID = ("title", "notes", "bookmarked", "archived")

# Notes may be long, and there they would stand in a chart's legend.
_MAX_CHARACTERS = 1_000


def as_bytes(text: ColumnElement[str]) -> ColumnElement[bytes]:
    """A text as bytes, which the driver need not decode: most are the same as others."""
    return cast(text, LargeBinary)


# Any: columns of every type. A duration is in seconds, as everywhere in the API.
_FIELDS: dict[str, ColumnElement[Any]] = {
    "id": as_bytes(runs.c.id),
    "title": as_bytes(func.coalesce(func.nullif(user_run_details.c.title, ""), runs.c.id)),
    "status": as_bytes(runs.c.status),
    "started": runs.c.started_at,
    "ended": runs.c.ended_at,
    "duration": (runs.c.ended_at - runs.c.started_at) / 1000.0,
    "author": as_bytes(runs.c.author),
    "git.branch": as_bytes(runs.c.git_branch),
    "git.sha": as_bytes(runs.c.git_sha),
    "git.dirty": runs.c.git_dirty,
    "git.remote": as_bytes(runs.c.git_remote),
    "project": as_bytes(runs.c.project),
    "pipeline": as_bytes(runs.c.pipeline),
    "env": as_bytes(runs.c.env),
    "runner": as_bytes(runs.c.runner),
    "command": as_bytes(runs.c.command),
    "kedro_version": as_bytes(runs.c.kedro_version),
    "notes": as_bytes(func.substr(user_run_details.c.notes, 1, _MAX_CHARACTERS)),
    "bookmarked": func.coalesce(user_run_details.c.bookmark, False),
    "archived": func.coalesce(user_run_details.c.archived, False),
}


def field_queries(names: Sequence[str]) -> Iterator[tuple[AnySelect, ColumnElement[str], list[str]]]:
    """What to ask for fields.

    Args:
        names: The fields.

    Yields:
        A query whose rows are the id of a run, as bytes, and values; its column of ids; and the fields of the values.
    """
    told = [name for name in names if name != _TAGS]
    if told:
        query = select(as_bytes(runs.c.id), *(_FIELDS[name] for name in told))
        if any(name in _SAID for name in told):
            of_run = user_run_details.c.run_id == runs.c.id
            query = query.select_from(runs.outerjoin(user_run_details, of_run))
        yield query, runs.c.id, told
    if _TAGS in names:
        # In the order of the index, so that the same tags make the same text.
        tags = select(run_tags.c.run_id, run_tags.c.tag).where(run_tags.c.present)
        ordered = tags.order_by(run_tags.c.run_id, run_tags.c.tag).subquery()
        joined = as_bytes(func.group_concat(ordered.c.tag, ", "))
        yield select(as_bytes(ordered.c.run_id), joined).group_by(ordered.c.run_id), ordered.c.run_id, [_TAGS]
