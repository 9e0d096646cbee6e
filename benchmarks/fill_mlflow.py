"""Fill MLflow with the runs of a session store. Run in MLflow's own environment.

Reads the store with plain SQL, and writes through MLflow's client: its own tables, indexes and versions.
"""

from __future__ import annotations

import sqlite3
import sys
from contextlib import closing

from mlflow import MlflowClient
from mlflow.entities import Metric, Param

EXPERIMENT = "benchmark"


def main() -> None:
    """Fill it: `python fill_mlflow.py session_store.db sqlite:///mlflow.db`."""
    store, target = sys.argv[1:]
    client = MlflowClient(tracking_uri=target)
    experiment = client.create_experiment(EXPERIMENT)
    with closing(sqlite3.connect(store)) as connection:
        runs = connection.execute("SELECT id, started_at, ended_at, status FROM runs ORDER BY started_at").fetchall()
        for run_id, started, ended, status in runs:
            run = client.create_run(experiment, start_time=started, run_name=run_id)
            metrics = connection.execute(
                "SELECT dataset || '.' || key, value FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?",
                (run_id,),
            )
            parameters = connection.execute("SELECT name, value FROM parameters WHERE run_id = ?", (run_id,))
            client.log_batch(
                run.info.run_id,
                metrics=[Metric(name, value, started, 0) for name, value in metrics],
                params=[Param(name, value) for name, value in parameters],
            )
            client.set_terminated(run.info.run_id, "FAILED" if status == "failed" else "FINISHED", ended)


if __name__ == "__main__":
    main()
