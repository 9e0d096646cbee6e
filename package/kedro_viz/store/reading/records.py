"""Reads what runs ran with, and what they read and wrote."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Engine, select

from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.tables import data_uses, runs
from kedro_viz.tracking.data_use import DataUse


@dataclass(frozen=True)
class Provenance:
    """What a run ran with, each as the hash of a content; None for what is not kept. See `RunContext`."""

    git_diff: str | None = None
    source: str | None = None
    environment: str | None = None
    configuration: str | None = None


class RecordReader:
    """The records of runs in a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def provenance(self, run_ids: Sequence[str]) -> dict[str, Provenance]:
        """What runs ran with, by run."""
        columns = [runs.c[name] for name in ("git_diff", "source", "environment", "configuration")]
        query = select(runs.c.id, *columns)
        return {row[0]: Provenance(*row[1:]) for row in rows_of(self._engine, query, runs.c.id, run_ids)}

    def data_uses(self, run_ids: Sequence[str]) -> dict[str, list[DataUse]]:
        """The data that runs loaded and saved, by run: what was loaded first, each by name."""
        names = ("dataset", "saved", "type", "path", "version", "size", "fingerprint")
        query = select(data_uses.c.run_id, *(data_uses.c[name] for name in names))
        query = query.order_by(data_uses.c.saved, data_uses.c.dataset)
        found: dict[str, list[DataUse]] = defaultdict(list)
        for row in rows_of(self._engine, query, data_uses.c.run_id, run_ids):
            found[row.run_id].append(DataUse(*row[1:]))
        return found
