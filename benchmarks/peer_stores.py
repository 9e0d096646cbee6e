"""The same runs for each of the tools that are compared."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
from collections import defaultdict
from contextlib import closing
from pathlib import Path


def write_versioned_files(project: Path) -> None:
    """Write the metrics of a store as the files that Kedro saves: Kedro-Viz 10 reads them from there."""
    values: dict[tuple[str, str], dict[str, float | None]] = defaultdict(dict)
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        query = "SELECT run_id, dataset, key, value FROM metrics JOIN metric_names ON id = metric_id"
        for run_id, dataset, key, value in connection.execute(query):
            values[run_id, dataset][key] = value
    for (run_id, dataset), metrics in values.items():
        file = project / "data" / f"{dataset}.json" / run_id / f"{dataset}.json"
        file.parent.mkdir(parents=True)
        file.write_text(json.dumps(metrics))


def fill_mlflow(python: Path, store: Path, folder: Path) -> str:
    """Write the runs of a store into a database of MLflow's.

    Args:
        python: MLflow's.
        store: The session store.
        folder: Where the database is made.

    Returns:
        Its address.

    Raises:
        SystemExit: It cannot be filled.
    """
    folder.mkdir(parents=True)
    database = folder / "mlflow.db"
    script = Path(__file__).with_name("fill_mlflow.py")
    # The packages of this Python are not MLflow's.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [str(python), str(script), str(store), str(database)]
    filled = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, cwd=folder)
    if filled.returncode != 0:
        raise SystemExit(f"MLflow was not filled:\n{filled.stderr[-3_000:]}")
    return f"sqlite:///{database}"
