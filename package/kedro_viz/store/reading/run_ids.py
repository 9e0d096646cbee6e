"""Finds the run that a person means: by its id, the beginning of one, or as the latest."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import Engine, func, select

from kedro_viz.store.tables import runs

LATEST = "latest"

# So many runs are told to choose from.
MAX_CANDIDATES = 5


@dataclass(frozen=True)
class FoundRun:
    """The run that a text means.

    Attributes:
        run_id: Its id; None if the text means no run, or several.
        candidates: Then the newest of those that it may mean: all begin with it, or as much of it as any run does.
        matching: How many runs begin with the whole text.
    """

    run_id: str | None
    candidates: list[str] = field(default_factory=list)
    matching: int = 0


def find_run(engine: Engine, text: str) -> FoundRun:
    """The run that a text means.

    Args:
        engine: A store of today's schema.
        text: A run's id, the beginning of one that is no other's, or `latest`: the run that began last.
    """
    # What a terminal passes on may not be text at all.
    text = text.encode("utf-8", "replace").decode("utf-8")
    with engine.connect() as connection:
        if text == LATEST:
            order = func.coalesce(runs.c.started_at, 0).desc(), runs.c.id.desc()
            return FoundRun(connection.execute(select(runs.c.id).order_by(*order).limit(1)).scalar())
        if connection.execute(select(runs.c.id).where(runs.c.id == text)).first() is not None:
            return FoundRun(text, matching=1)
        for length in range(len(text), -1, -1):
            # A range, unlike a pattern, is found in the index, and needs no escapes. No text has that last character.
            begins = (runs.c.id >= text[:length]) & (runs.c.id < text[:length] + "\U0010ffff")
            query = select(runs.c.id).where(begins).order_by(runs.c.id.desc()).limit(MAX_CANDIDATES)
            candidates = list(connection.execute(query).scalars())
            if not candidates:
                continue
            if length < len(text):
                return FoundRun(None, candidates)
            matching = connection.execute(select(func.count()).select_from(runs).where(begins)).scalar_one()
            return FoundRun(candidates[0] if matching == 1 else None, candidates, matching)
    return FoundRun(None)
