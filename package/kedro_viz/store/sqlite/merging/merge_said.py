"""Takes over what another store's people have said: of runs, of metrics, and in saved views.

All that is said has a time, and of two words on the same thing the later one stays. So stores that are merged in any
order come to say the same.

A time that is more than a day ahead cannot be true: it comes from a wrong clock, or from somebody who wants the last
word. Such a word counts as older than any with a true time, and is kept where nobody has said anything else. It keeps
its time: all stores hold the same, and judge it the same, whichever is merged first, so they still end the same. (To
count it as said at the time of the merge would give it the last word again with each merge.) One's own words are judged
like others'. Two words that are both ahead are decided by their times.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable
from contextlib import AbstractContextManager

from kedro_viz.store.text_limits import (
    MAX_NOTES_CHARACTERS,
    MAX_TAG_CHARACTERS,
    MAX_TITLE_CHARACTERS,
    MAX_VIEW_NAME_CHARACTERS,
    MAX_VIEW_STATE_BYTES,
    MAX_VIEWS,
)
from kedro_viz.tracking.run import MAX_CLOCK_AHEAD

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
    connection.create_function("told_at", 1, _told_at_by(round(time.time() * 1000)), deterministic=True)
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
        f"{changed} = CASE WHEN {_order('excluded', 'updated_by')} > {_order('user_run_details', 'updated_by')} "
        f"THEN excluded.{changed} ELSE user_run_details.{changed} END"
        for changed in ("updated_at", "updated_by")
    ]
    connection.execute(
        f"INSERT INTO main.user_run_details (run_id, {', '.join([*_DETAILS, *times])}, updated_at, updated_by) "  # noqa: S608 - own names
        f"SELECT run_id, {', '.join([*taken, *times])}, updated_at, updated_by FROM other.user_run_details "
        "WHERE run_id IN (SELECT id FROM main.runs) AND run_id NOT IN (SELECT run_id FROM main.deleted_runs) "
        f"ON CONFLICT (run_id) DO UPDATE SET {', '.join(updates)}"
    )


def _is_later(field: str) -> str:
    """The condition that their word on a field is later than ours. Kedro-Viz 10 told no times: what it says counts only
    where we say nothing."""
    times = (f"{table}.{field}_updated_at" for table in _BOTH)
    theirs, ours = (
        f"(told_at({at}), {at}, coalesce({table}.{field}, ''))" for table, at in zip(_BOTH, times, strict=True)
    )
    return (
        f"({theirs} > {ours} "
        f"OR (user_run_details.{field}_updated_at IS NULL AND (excluded.{field}_updated_at IS NOT NULL "
        f"OR coalesce(user_run_details.{field}, 0) IN ('', 0))))"
    )


def _merge_tags(connection: sqlite3.Connection, transaction: Transaction) -> None:
    """Take over tags, each by itself: two people who tag a run at once both do."""
    connection.execute(
        "CREATE TEMP TABLE later_tags AS "  # noqa: S608 - own numbers
        f"SELECT run_id, tag, present, updated_at, substr(updated_by, 1, {_MAX_NAME_OF_PERSON}) AS updated_by, is_new "
        "FROM (SELECT theirs.run_id AS run_id, theirs.tag AS tag, theirs.present <> 0 AS present, "
        "theirs.updated_at AS updated_at, theirs.updated_by AS updated_by, ours.updated_at IS NULL AS is_new, "
        "row_number() OVER (PARTITION BY theirs.run_id, ours.updated_at IS NULL "
        "ORDER BY told_at(theirs.updated_at) DESC, theirs.updated_at DESC, theirs.tag) AS place "
        "FROM other.run_tags AS theirs LEFT JOIN main.run_tags AS ours USING (run_id, tag) "
        f"WHERE theirs.run_id IN (SELECT id FROM main.runs) AND {_is_name('theirs.tag', MAX_TAG_CHARACTERS)} "
        "AND theirs.present IS NOT NULL AND theirs.updated_at IS NOT NULL "
        "AND theirs.run_id NOT IN (SELECT run_id FROM main.deleted_runs) AND (ours.updated_at IS NULL "
        "OR (told_at(theirs.updated_at), theirs.updated_at, theirs.present <> 0) "
        "> (told_at(ours.updated_at), ours.updated_at, ours.present))) "
        # What others have brought before counts, however often they come.
        "LEFT JOIN (SELECT run_id, count(*) AS known FROM main.tags_of_others GROUP BY run_id) USING (run_id) "
        f"WHERE place <= {_MAX_TAGS_OF_RUN} - CASE WHEN is_new THEN coalesce(known, 0) ELSE 0 END"
    )
    (count,) = connection.execute("SELECT count(*) FROM later_tags").fetchone()
    for start in range(0, count, _TAGS_AT_ONCE):
        part = (start, start + _TAGS_AT_ONCE)
        with transaction(connection):
            connection.execute(
                "INSERT OR IGNORE INTO main.tags_of_others (run_id, tag) "
                "SELECT run_id, tag FROM later_tags WHERE is_new AND rowid > ? AND rowid <= ?",
                part,
            )
            connection.execute(
                "INSERT INTO main.run_tags (run_id, tag, present, updated_at, updated_by) "  # noqa: S608 - own names
                "SELECT run_id, tag, present, updated_at, updated_by FROM later_tags WHERE rowid > ? AND rowid <= ? "
                "ON CONFLICT (run_id, tag) DO UPDATE SET "
                "present = excluded.present, updated_at = excluded.updated_at, updated_by = excluded.updated_by "
                f"WHERE {_order('excluded', 'present')} > {_order('run_tags', 'present')}",
                part,
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
        f"WHERE {_order('excluded', 'direction')} > {_order('metric_directions', 'direction')}"
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
        is_taken = (
            "id IS NOT NULL AND created_at IS NOT NULL AND updated_at IS NOT NULL "
            f"AND deleted IS NOT NULL AND (deleted <> 0) = {deleted} AND {is_view}"
        )
        known = "SELECT id FROM main.saved_views"
        # What others have brought before counts, however often they come.
        brought = f"{known} WHERE (deleted <> 0) = {deleted} AND id IN (SELECT id FROM main.views_of_others)"  # noqa: S608 - own names
        connection.execute(
            "INSERT OR IGNORE INTO main.views_of_others (id) "  # noqa: S608 - own names and numbers
            f"SELECT id FROM other.saved_views WHERE {is_taken} AND id NOT IN ({known}) "
            "ORDER BY told_at(updated_at) DESC, updated_at DESC, id "
            f"LIMIT max(0, {limit} - (SELECT count(*) FROM ({brought})))"
        )
        connection.execute(
            "INSERT INTO main.saved_views "  # noqa: S608 - own names and numbers
            "(id, name, state, deleted, created_at, created_by, updated_at, updated_by) "
            f"SELECT id, {'name, state' if not deleted else _NOTHING}, {deleted}, created_at, "
            f"substr(created_by, 1, {_MAX_NAME_OF_PERSON}), updated_at, substr(updated_by, 1, {_MAX_NAME_OF_PERSON}) "
            f"FROM other.saved_views WHERE {is_taken} "
            f"AND (id IN ({known}) OR id IN (SELECT id FROM main.views_of_others)) "
            "ON CONFLICT (id) DO UPDATE SET name = excluded.name, state = excluded.state, deleted = excluded.deleted, "
            "updated_at = excluded.updated_at, updated_by = excluded.updated_by "
            "WHERE NOT saved_views.deleted AND (excluded.deleted "
            "OR (told_at(excluded.updated_at), excluded.updated_at, excluded.name, excluded.state) "
            "> (told_at(saved_views.updated_at), saved_views.updated_at, saved_views.name, saved_views.state))"
        )


def _told_at_by(now: int) -> Callable[[int | None], int | None]:
    """Tells by which time a word is judged: 0 if its own cannot be true."""

    def told_at(at: int | None) -> int | None:
        return 0 if at is not None and at > now + MAX_CLOCK_AHEAD else at

    return told_at


def _order(table: str, column: str) -> str:
    """What decides which of two words on the same thing stays."""
    at = f"coalesce({table}.updated_at, 0)"
    return f"(told_at({at}), {at}, coalesce({table}.{column}, ''))"


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
