"""Keeps the tags of runs.

A project has one spelling of a tag: who adds one that differs from it in upper and lower case alone adds that one. Two
spellings come together only from two people's stores; both are kept then, and removed together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sqlalchemy import Connection, and_, exists, func, insert, literal, or_, select, update

from kedro_viz.store.editing.edits import EditError, clean_name, later_than
from kedro_viz.store.reading.rows import parts
from kedro_viz.store.tables import run_tags, runs, tags_of_others
from kedro_viz.store.text_limits import MAX_RUN_TAGS, MAX_TAG_CHARACTERS

# What one edit can name.
_MAX_TAGS = 1_000


def clean_tags(tags: Sequence[str]) -> list[str]:
    """Tags as they are kept, each once.

    Raises:
        EditError: If one of them is none, or they are too many.
    """
    if len(tags) > _MAX_TAGS:
        raise EditError(f"At most {_MAX_TAGS:,} tags can be changed at once, not {len(tags):,}.")
    found: dict[str, str] = {}
    for tag in tags:
        name = clean_name("The tag has", tag, MAX_TAG_CHARACTERS)
        found.setdefault(name.casefold(), name)
    return list(found.values())


def write_tags(
    connection: Connection, run_ids: Sequence[str], add: Sequence[str], remove: Sequence[str], at: int, by: str | None
) -> None:
    """Tag runs, inside the caller's transaction.

    Args:
        connection: A store of today's schema.
        run_ids: The runs. Those that are not there are passed over.
        add: Tags that they get.
        remove: Tags that they lose, before they get the others.
        at: When this is said.
        by: Who says so.

    Raises:
        EditError: If a run would have too many tags.
    """
    spellings = _spellings(connection)
    said = {"updated_at": later_than(run_tags.c.updated_at, at), "updated_by": by}
    removed = [spelling for tag in remove for spelling in spellings.get(tag.casefold(), ())]
    for part in parts(run_ids):
        had_too_many = dict(_with_too_many(connection, part)) if add else {}
        if removed:
            is_meant = and_(run_tags.c.run_id.in_(part), run_tags.c.tag.in_(removed), run_tags.c.present)
            connection.execute(update(run_tags).where(is_meant).values(present=False, **said))
        for tag in add:
            known = spellings.get(tag.casefold()) or [tag]
            _add(connection, part, known[0], known, at, by)
        for run_id, count in _with_too_many(connection, part) if add else []:
            # A run that had too many before gets no more, but is in nobody's way.
            if count > had_too_many.get(run_id, 0):
                raise EditError(f"A run can have up to {MAX_RUN_TAGS} tags; '{run_id}' would have {count}.")


def _spellings(connection: Connection) -> dict[str, list[str]]:
    """The spellings of each tag that runs have, by the tag in lower case; the most used one first."""
    query = select(run_tags.c.tag).where(run_tags.c.present).group_by(run_tags.c.tag)
    found: dict[str, list[str]] = defaultdict(list)
    for tag in connection.execute(query.order_by(func.count().desc(), run_tags.c.tag)).scalars():
        found[tag.casefold()].append(tag)
    return found


def _add(connection: Connection, run_ids: list[str], tag: str, spellings: list[str], at: int, by: str | None) -> None:
    other = run_tags.alias("other")
    of_other = or_(other.c.tag == tag, and_(other.c.tag.in_(spellings), other.c.present))
    said = {"updated_at": later_than(run_tags.c.updated_at, at), "updated_by": by}
    has_it = exists().where(other.c.run_id == run_tags.c.run_id, other.c.tag.in_(spellings), other.c.present)
    was_removed = and_(run_tags.c.run_id.in_(run_ids), run_tags.c.tag == tag, ~run_tags.c.present)
    connection.execute(update(run_tags).where(was_removed, ~has_it).values(present=True, **said))
    never_had_it = ~exists().where(other.c.run_id == runs.c.id, of_other)
    values = select(runs.c.id, literal(tag), literal(True), literal(at), literal(by)).where(
        runs.c.id.in_(run_ids), never_had_it
    )
    columns = ["run_id", "tag", "present", "updated_at", "updated_by"]
    connection.execute(insert(run_tags).from_select(columns, values))


def _with_too_many(connection: Connection, run_ids: list[str]) -> list[tuple[str, int]]:
    """Those of some runs that have more tags than a run can be given, and how many: without those of other people,
    which must not keep anybody from adding their own."""
    others = tags_of_others.c
    is_of_others = exists().where(others.run_id == run_tags.c.run_id, others.tag == run_tags.c.tag)
    query = (
        select(run_tags.c.run_id, func.count())
        .where(run_tags.c.run_id.in_(run_ids), run_tags.c.present, ~is_of_others)
        .group_by(run_tags.c.run_id)
        .having(func.count() > MAX_RUN_TAGS)
    )
    return [(run_id, count) for run_id, count in connection.execute(query)]
