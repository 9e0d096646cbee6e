"""Fill MLflow with the runs of a session store. Run in MLflow's own environment.

Reads the store with plain SQL. The first run is written through MLflow's client, which makes its tables and indexes;
the others, which it would take ten minutes for, are copies of that run's rows with their own values.
"""

from __future__ import annotations

import sqlite3
import sys
import uuid
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass

from mlflow import MlflowClient
from mlflow.entities import Metric, Param

EXPERIMENT = "benchmark"
# Tables with a row for each metric or parameter of a run.
OF_METRICS, OF_PARAMETERS = ("metrics", "latest_metrics"), ("params",)


@dataclass(frozen=True)
class Run:
    """A run of the session store."""

    id: str
    started: int
    ended: int
    status: str
    metrics: list[tuple[str, float]]
    parameters: list[tuple[str, str]]


def read_runs(store: str) -> Iterator[Run]:
    """The runs of a session store, the oldest first."""
    with closing(sqlite3.connect(store)) as connection:
        runs = connection.execute("SELECT id, started_at, ended_at, status FROM runs ORDER BY started_at").fetchall()
        for identity, started, ended, status in runs:
            metrics = connection.execute(
                "SELECT dataset || '.' || key, value FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?",
                (identity,),
            ).fetchall()
            parameters = connection.execute(
                "SELECT name, value FROM parameters WHERE run_id = ?", (identity,)
            ).fetchall()
            yield Run(identity, started, ended, "FAILED" if status == "failed" else "FINISHED", metrics, parameters)


def log(client: MlflowClient, experiment: str, run: Run) -> str:
    """Write a run as MLflow's client does.

    Returns:
        MLflow's id of it.
    """
    created = client.create_run(experiment, start_time=run.started, run_name=run.id)
    identity: str = created.info.run_id
    client.log_batch(
        identity,
        metrics=[Metric(name, value, run.started, 0) for name, value in run.metrics],
        params=[Param(name, value) for name, value in run.parameters],
    )
    client.set_terminated(identity, run.status, run.ended)
    return identity


class Copier:
    """Writes runs like one that is there already."""

    def __init__(self, connection: sqlite3.Connection, like: str) -> None:
        """Take a run as the pattern.

        Args:
            connection: To MLflow's database.
            like: MLflow's id of the run.
        """
        connection.row_factory = sqlite3.Row
        self._connection = connection
        self._like = like
        tables = ("runs", "tags", *OF_METRICS, *OF_PARAMETERS)
        self._rows = {
            table: [
                dict(row) for row in connection.execute(f"SELECT * FROM {table} WHERE run_uuid = ?", (like,)).fetchall()
            ]
            for table in tables
        }

    def copy(self, run: Run) -> None:
        """Write a run."""
        identity = uuid.uuid4().hex
        (row,) = self._rows["runs"]
        place = row["artifact_uri"].replace(self._like, identity)
        times = {"start_time": run.started, "end_time": run.ended}
        self._insert("runs", row, run_uuid=identity, name=run.id, status=run.status, artifact_uri=place, **times)
        for row in self._rows["tags"]:
            value = run.id if row["key"] == "mlflow.runName" else row["value"]
            self._insert("tags", row, run_uuid=identity, value=value)
        for table in OF_METRICS:
            for name, number in run.metrics:
                changes = {"run_uuid": identity, "key": name, "value": number, "timestamp": run.started}
                self._insert(table, self._rows[table][0], **changes)
        for table in OF_PARAMETERS:
            for name, text in run.parameters:
                self._insert(table, self._rows[table][0], run_uuid=identity, key=name, value=text)

    def _insert(self, table: str, row: dict[str, object], **changes: object) -> None:
        values = row | changes
        places = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO {table} ({', '.join(values)}) VALUES ({places})", [*values.values()])


def main() -> None:
    """Fill it: `python fill_mlflow.py session_store.db mlflow.db`."""
    store, target = sys.argv[1:]
    client = MlflowClient(tracking_uri=f"sqlite:///{target}")
    runs = read_runs(store)
    like = log(client, client.create_experiment(EXPERIMENT), next(runs))
    with closing(sqlite3.connect(target)) as connection, connection:
        copier = Copier(connection, like)
        for run in runs:
            copier.copy(run)


if __name__ == "__main__":
    main()
