"""Takes over what another store's people have said: of runs, of metrics, and in saved views.

All that is said has a time, and of two words on the same thing the later one stays. So stores that are merged in any
order come to say the same.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager

from kedro_viz.store.schema import (
    MAX_NOTES_CHARACTERS,
    MAX_TAG_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_VIEW_NAME_CHARACTERS,
    MAX_VIEW_STATE_BYTES,
    MAX_VIEWS,
)

# What people say of a run in `user_run_details`, each with the most characters that are taken over.
_DETAILS = {"title": MAX_TITLE_CHARACTERS, "notes": MAX_NOTES_CHARACTERS, "bookmark": None, "archived": None}

# A run that begins meanwhile must not wait for us: so many tags go into one transaction.
_TAGS_AT_ONCE = 20_000

# Of one run, with those that were removed; of all the others, too, the latest are taken over.
_MAX_TAGS_OF_RUN = 1_000
_MAX_DELETED_VIEWS = 5_000

_MAX_NAME_OF_PERSON = 255

# Their row and ours, where both are on the same thing.
_BOTH = ("excluded", "user_run_details")

# Begins a transaction and ends it.
Transaction = Callable[[sqlite3.Connection], AbstractContextManager[None]]


def merge_said(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """Take over what the people of the store `other` say later than ours.

    Args:
        connection: One's own store, with the other one attached as `other`. Its values are of their columns' types.
        transaction: Changes the store in one transaction.
    """
    with transaction(connection):
        _merge_details(connection)
    _merge_tags(connection, transaction)
    with transaction(connection):
        _merge_directions(connection)
        _merge_views(connection)


def _merge_details(connection: sqlite3.Connection) -> None:
    """Take over what others say of runs, field by field: the later edit of a title, of notes, of a bookmark."""
    taken = [column if limit is None else f"substr({column}, 1, {limit})" for column, limit in _DETAILS.items()]
    times = [f"{column}_updated_at" for column in _DETAILS]
    updates = [
        f"{changed} = CASE WHEN {_is_later(field)} THEN excluded.{changed} ELSE user_run_details.{changed} END"
        for field in _DETAILS
        for changed in (field, f"{field}_updated_at")
    ]
    updates += [
        f"{changed} = CASE WHEN (coalesce(excluded.updated_at, 0), coalesce(excluded.updated_by, '')) "
        "> (coalesce(user_run_details.updated_at, 0), coalesce(user_run_details.updated_by, '')) "
        f"THEN excluded.{changed} ELSE user_run_details.{changed} END"
        for changed in ("updated_at", "updated_by")
    ]
    connection.execute(
        f"INSERT INTO main.user_run_details (run_id, {', '.join([*_DETAILS, *times])}, updated_at, updated_by) "  # noqa: S608 - own names
        f"SELECT run_id, {', '.join([*taken, *times])}, updated_at, updated_by FROM other.user_run_details "
        "WHERE run_id IS NOT NULL AND run_id NOT IN (SELECT run_id FROM main.deleted_runs) "
        f"ON CONFLICT (run_id) DO UPDATE SET {', '.join(updates)}"
    )


def _is_later(field: str) -> str:
    """The condition that their word on a field is later than ours. Kedro-Viz 10 told no times: what it says counts only
    where we say nothing."""
    theirs, ours = (f"{table}.{field}_updated_at, coalesce({table}.{field}, '')" for table in _BOTH)
    return (
        f"(({theirs}) > ({ours}) "
        f"OR (user_run_details.{field}_updated_at IS NULL AND (excluded.{field}_updated_at IS NOT NULL "
        f"OR coalesce(user_run_details.{field}, 0) IN ('', 0))))"
    )


def _merge_tags(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """Take over tags, each by itself: two people who tag a run at once both do."""
    connection.execute(
        "CREATE TEMP TABLE later_tags AS "  # noqa: S608 - own numbers
        "SELECT run_id, tag, theirs.present <> 0 AS present, theirs.updated_at AS updated_at, "
        f"substr(theirs.updated_by, 1, {_MAX_NAME_OF_PERSON}) AS updated_by "
        "FROM (SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY updated_at DESC, tag) AS place "
        f"FROM other.run_tags WHERE run_id IS NOT NULL AND {_is_name('tag', MAX_TAG_CHARACTERS)} "
        "AND present IS NOT NULL AND updated_at IS NOT NULL "
        "AND run_id NOT IN (SELECT run_id FROM main.deleted_runs)) AS theirs "
        "LEFT JOIN main.run_tags AS ours USING (run_id, tag) "
        f"WHERE place <= {_MAX_TAGS_OF_RUN} AND (ours.updated_at IS NULL "
        "OR (theirs.updated_at, theirs.present <> 0) > (ours.updated_at, ours.present))"
    )
    (count,) = connection.execute("SELECT count(*) FROM later_tags").fetchone()
    for start in range(0, count, _TAGS_AT_ONCE):
        with transaction(connection):
            connection.execute(
                "INSERT INTO main.run_tags (run_id, tag, present, updated_at, updated_by) "
                "SELECT run_id, tag, present, updated_at, updated_by FROM later_tags WHERE rowid > ? AND rowid <= ? "
                "ON CONFLICT (run_id, tag) DO UPDATE SET "
                "present = excluded.present, updated_at = excluded.updated_at, updated_by = excluded.updated_by "
                "WHERE (excluded.updated_at, excluded.present) > (run_tags.updated_at, run_tags.present)",
                (start, start + _TAGS_AT_ONCE),
            )


def _merge_directions(connection: sqlite3.Connection) -> None:
    """Take over the directions of metrics that runs here have."""
    connection.execute(
        "INSERT INTO main.metric_directions (dataset, key, direction, updated_at, updated_by) "  # noqa: S608 - own numbers
        f"SELECT dataset, key, direction, updated_at, substr(updated_by, 1, {_MAX_NAME_OF_PERSON}) "
        "FROM other.metric_directions AS theirs JOIN main.metric_names USING (dataset, key) "
        "WHERE updated_at IS NOT NULL AND coalesce(direction, 'higher') IN ('higher', 'lower') "
        "ON CONFLICT (dataset, key) DO UPDATE SET "
        "direction = excluded.direction, updated_at = excluded.updated_at, updated_by = excluded.updated_by "
        "WHERE (excluded.updated_at, coalesce(excluded.direction, '')) "
        "> (metric_directions.updated_at, coalesce(metric_directions.direction, ''))"
    )


def _merge_views(connection: sqlite3.Connection) -> None:
    """Take over views. One that anybody has deleted stays deleted, whatever others have changed of it later."""
    connection.create_function("is_view_state", 1, _is_view_state, deterministic=True)
    for deleted, limit in ((0, MAX_VIEWS), (1, _MAX_DELETED_VIEWS)):
        # Of a view that is there, its name and its state are those that we would have kept ourselves.
        is_view = (
            "true"
            if deleted
            else f"{_is_name('name', MAX_VIEW_NAME_CHARACTERS)} AND is_view_state(CAST(state AS BLOB))"
        )
        connection.execute(
            "INSERT INTO main.saved_views "  # noqa: S608 - own names and numbers
            "(id, name, state, deleted, created_at, created_by, updated_at, updated_by) "
            f"SELECT id, {'name, state' if not deleted else _NOTHING}, {deleted}, created_at, "
            f"substr(created_by, 1, {_MAX_NAME_OF_PERSON}), updated_at, substr(updated_by, 1, {_MAX_NAME_OF_PERSON}) "
            "FROM other.saved_views WHERE id IS NOT NULL AND created_at IS NOT NULL AND updated_at IS NOT NULL "
            f"AND deleted IS NOT NULL AND (deleted <> 0) = {deleted} AND {is_view} "
            f"ORDER BY updated_at DESC, id LIMIT {limit} "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, deleted = excluded.deleted, "
            "updated_at = excluded.updated_at, updated_by = excluded.updated_by "
            "WHERE NOT saved_views.deleted AND (excluded.deleted "
            "OR (excluded.updated_at, excluded.name, excluded.state) "
            "> (saved_views.updated_at, saved_views.name, saved_views.state))"
        )


# The name and the state of a deleted view.
_NOTHING = "'', '{}'"


def _is_name(column: str, limit: int) -> str:
    """The condition that a text is a name as we keep them: not too long, in one line, without blanks around it."""
    controls = "'*[' || char(1) || '-' || char(31) || char(127) || '-' || char(159) || ']*'"
    return (
        f"({column} IS NOT NULL AND length({column}) BETWEEN 1 AND {limit} AND {column} = trim({column}) "
        f"AND {column} NOT GLOB {controls} AND instr({column}, char(0)) = 0)"
    )


def _is_view_state(text: bytes | None) -> bool:
    if text is None or len(text) > MAX_VIEW_STATE_BYTES:
        return False
    try:
        return isinstance(json.loads(text), dict)
    except (ValueError, RecursionError):
        return False
