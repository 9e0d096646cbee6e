"""Reads what records say of where runs have saved their files."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable
from typing import TypeAlias

from kedro_viz.store.sqlite.schema import parse_blob
from kedro_viz.tracking.run_setting import RecordedRun, RunSetting

# A version that a run saved: its dataset, type, path and signature.
SavedVersion: TypeAlias = tuple[str, str, str, str | None]


def recorded_run(
    run_id: str,
    env: str | None,
    blob: str | None,
    versions: Iterable[SavedVersion],
    saved_names: Collection[str] = (),
) -> RecordedRun:
    """A run as its rows describe it.

    Args:
        run_id: The run.
        env: Its column of this name.
        blob: Its session, as the store has it.
        versions: What it saved.
        saved_names: Further datasets that it saved, which may have versions.
    """
    versions = list(versions)
    return RecordedRun(
        run_id,
        RunSetting.of_session(parse_blob(blob), env),
        datasets={dataset: kind for dataset, kind, _, _ in versions},
        saved_names=saved_names,
        signed_paths={dataset: (path, signature) for dataset, _, path, signature in versions},
    )


def read_recorded_runs(store: sqlite3.Connection, run_ids: Iterable[str]) -> list[RecordedRun]:
    """Read runs of a store or of its trash; those that are not there are passed over."""
    found = []
    for run_id in run_ids:
        row = store.execute("SELECT env, blob FROM runs WHERE id = ?", (run_id,)).fetchone()
        if row is not None:
            versions = store.execute(
                "SELECT DISTINCT dataset, type, path, signature FROM artifacts WHERE run_id = ?", (run_id,)
            ).fetchall()
            uses = store.execute("SELECT dataset FROM data_uses WHERE run_id = ? AND saved", (run_id,))
            env, blob = row
            found.append(recorded_run(run_id, env, blob, versions, [dataset for (dataset,) in uses]))
    return found
