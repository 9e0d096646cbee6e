"""Reads the fields of many runs as columns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, func, select

from kedro_viz.analysis.run_columns import RUN_FIELDS, ColumnKind
from kedro_viz.store.dialect import as_bytes, joined_texts
from kedro_viz.store.query.run_values import SAID, VALUES
from kedro_viz.store.tables import run_tags, runs, user_run_details

if TYPE_CHECKING:
    from kedro_viz.store.reading.rows import AnySelect

_TAGS = "tags"

# Notes may be long, and there they would stand in a chart's legend.
_MAX_CHARACTERS = 1_000


# Any: columns of every type.
def _field(name: str) -> ColumnElement[Any]:
    """A field, in a query of `runs`, joined with `user_run_details` for what people say."""
    value = VALUES[name] if name in VALUES else SAID[name].joined
    if RUN_FIELDS[name].kind is not ColumnKind.TEXT:
        return value
    return as_bytes(func.substr(value, 1, _MAX_CHARACTERS) if name == "notes" else value)


def field_queries(names: Sequence[str]) -> Iterator[tuple[AnySelect, ColumnElement[str], list[str]]]:
    """What to ask for fields.

    Args:
        names: The fields.

    Yields:
        A query whose rows are the id of a run, as bytes, and values; its column of ids; and the fields of the values.
    """
    told = [name for name in names if name != _TAGS]
    if told:
        query = select(as_bytes(runs.c.id), *(_field(name) for name in told))
        if any(name in SAID for name in told):
            of_run = user_run_details.c.run_id == runs.c.id
            query = query.select_from(runs.outerjoin(user_run_details, of_run))
        yield query, runs.c.id, told
    if _TAGS in names:
        # In the order of the index, so that the same tags make the same text.
        tags = select(run_tags.c.run_id, run_tags.c.tag).where(run_tags.c.present)
        ordered = tags.order_by(run_tags.c.run_id, run_tags.c.tag).subquery()
        joined = as_bytes(joined_texts(ordered.c.tag))
        yield select(as_bytes(ordered.c.run_id), joined).group_by(ordered.c.run_id), ordered.c.run_id, [_TAGS]
