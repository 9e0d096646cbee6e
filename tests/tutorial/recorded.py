"""What a project's session store has recorded, read straight from its file."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class RecordedRun:
    """One run with all that was tracked in it: metrics by `<dataset>.<key>`, JSON and drawn plots by dataset."""

    id: str
    status: str
    command: str | None
    runner: str | None
    error: tuple[str | None, str | None, str | None]  # type, message, node
    metrics: dict[str, float]
    json: dict[str, object]
    plots: dict[str, str]
    parameters: dict[str, object]


def recorded_runs(project: Path) -> list[RecordedRun]:
    """The runs in `data/session_store.db`, oldest first."""
    return runs_in(project / "data" / "session_store.db")


def runs_in(store: Path) -> list[RecordedRun]:
    """The runs in a store's file, oldest first."""
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as connection:

        def table(sql: str, run_id: str) -> dict[str, object]:
            return {str(name): value for name, value in connection.execute(sql, (run_id,))}

        return [
            RecordedRun(
                id=run_id,
                status=str(status).lower(),
                command=command,
                runner=runner,
                error=tuple(error),
                metrics={
                    name: float(str(value))
                    for name, value in table(
                        "SELECT dataset || '.' || key, value FROM metrics"
                        " JOIN metric_names ON metric_names.id = metric_id WHERE run_id = ?",
                        run_id,
                    ).items()
                },
                json={
                    name: json.loads(str(data))
                    for name, data in table("SELECT dataset, data FROM tracked_json WHERE run_id = ?", run_id).items()
                },
                plots={
                    name: str(path)
                    for name, path in table(
                        "SELECT dataset, path FROM artifacts WHERE run_id = ? AND type LIKE 'matplotlib.%'", run_id
                    ).items()
                },
                parameters={
                    name: json.loads(str(value))
                    for name, value in table("SELECT name, value FROM parameters WHERE run_id = ?", run_id).items()
                },
            )
            for run_id, status, command, runner, *error in connection.execute(
                "SELECT id, status, command, runner, error_type, error_message, error_node FROM runs ORDER BY id"
            ).fetchall()
        ]
