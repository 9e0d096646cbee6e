"""Reads the tags of runs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, exists, func, select

from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.tables import run_tags, runs


@dataclass(frozen=True)
class TagUse:
    """A tag, and how many runs have it."""

    tag: str
    runs: int


class TagReader:
    """The tags of a store.

    Args:
        engine: A store of today's schema.
        remembered: Answers of that store.
    """

    def __init__(self, engine: Engine, remembered: Remembered) -> None:
        self._engine = engine
        self._remembered = remembered

    def of_runs(self, run_ids: Sequence[str]) -> dict[str, list[str]]:
        """The tags of some runs, by run, in the order of the alphabet."""
        query = select(run_tags.c.run_id, run_tags.c.tag).where(run_tags.c.present)
        found: dict[str, list[str]] = defaultdict(list)
        for row in rows_of(self._engine, query, run_tags.c.run_id, run_ids):
            found[row.run_id].append(row.tag)
        return {run_id: sorted(tags, key=_in_order) for run_id, tags in found.items()}

    def uses(self) -> list[TagUse]:
        """All tags that runs have, the most used one first."""
        return self._remembered.get("tags", self._uses)

    def _uses(self) -> list[TagUse]:
        # What a store says of a run that it does not have is kept for the day on which the run comes.
        is_there = exists().where(runs.c.id == run_tags.c.run_id)
        query = select(run_tags.c.tag, func.count()).where(run_tags.c.present, is_there).group_by(run_tags.c.tag)
        with self._engine.connect() as connection:
            found = [TagUse(tag, count) for tag, count in connection.execute(query)]
        return sorted(found, key=lambda use: (-use.runs, *_in_order(use.tag)))


def _in_order(tag: str) -> tuple[str, str]:
    return tag.casefold(), tag
