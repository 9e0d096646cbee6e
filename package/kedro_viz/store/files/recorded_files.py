"""Reads what records say of where runs have saved their files."""

from __future__ import annotations

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
