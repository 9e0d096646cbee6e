"""How large does a session store grow?

Runs the demo project's pipeline for real, many times in one process as a notebook would: each run in a session of its
own with other parameters, after every tenth an edit of the code. The versioned files that runs save are removed again:
they are the user's, and not in the store.
"""

from __future__ import annotations

import argparse
import logging
import os
import random
import resource
import shutil
import sqlite3
import sys
import tempfile
import time
import warnings
from contextlib import closing
from pathlib import Path
from typing import Any

from overhead import copy_demo
from table import print_table

EDITED = "src/demo_project/pipelines/modelling/nodes.py"
RUNS_OF_ONE_EDIT = 10


# Any: parameters are whatever Kedro takes.
def parameters(chance: random.Random) -> dict[str, Any]:
    """Parameters as in a search."""
    forest = {"max_depth": chance.randint(4, 12), "min_samples_leaf": chance.randint(1, 20), "n_estimators": 20}
    boosting = {"learning_rate": round(chance.uniform(0.02, 0.3), 4), "max_depth": chance.randint(2, 5)}
    return {"modelling": {"random_forest": {"options": forest}, "gradient_boosting": {"options": boosting}}}


def run(project: Path, chance: random.Random) -> None:
    """Run the pipeline, and remove what it has saved under its id."""
    from kedro.framework.session import KedroSession

    session: Any  # Kedro declares less of a session than it has.
    with KedroSession.create(project_path=project, runtime_params=parameters(chance)) as session:
        session.run()
    for saved in list((project / "data").rglob(session.session_id)):
        shutil.rmtree(saved)


def size_of(store: Path) -> int:
    """The bytes of the store's file, with all that its log holds."""
    with closing(sqlite3.connect(store, timeout=30)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return store.stat().st_size


def parts_of(store: Path) -> list[tuple[str, int, int]]:
    """The tables with their rows and bytes, indexes included; the largest first."""
    with closing(sqlite3.connect(store)) as connection:
        try:
            sizes = connection.execute(
                "SELECT tbl_name, sum(pgsize) FROM dbstat JOIN sqlite_master USING (name) GROUP BY 1 ORDER BY 2 DESC"
            ).fetchall()
        except sqlite3.OperationalError:
            # This SQLite was built without that table.
            return []
        return [
            (table, connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0], size) for table, size in sizes
        ]


def main() -> None:
    """Run, measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=1000, help="how many runs (default: %(default)s)")
    count = parser.parse_args().runs
    os.environ["DO_NOT_TRACK"] = "1"
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        project = copy_demo(Path(folder), tracked=True)
        from kedro.framework.startup import bootstrap_project

        bootstrap_project(project)
        warnings.simplefilter("ignore")
        logging.disable(logging.INFO)
        store = project / "data" / "session_store.db"
        sizes, began = {}, time.monotonic()
        for number in range(1, count + 1):
            if number % RUNS_OF_ONE_EDIT == 0:
                with (project / EDITED).open("a", encoding="utf-8") as file:
                    file.write(f"# Edited before run {number}.\n")
            run(project, chance)
            if number in (1, 10, 100, 1000) or number == count:
                sizes[number] = size_of(store)
            print(f"\rrun {number} of {count}, {time.monotonic() - began:.0f} s", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        parts = parts_of(store)
    first = sizes[1]
    print_table(
        f"The store after {count} runs of the demo",
        ["runs", "size", "for each run after the first"],
        [
            [f"{number:,}", f"{size / 1e6:.2f} MB", f"{(size - first) / max(1, number - 1) / 1e3:.1f} kB"]
            for number, size in sizes.items()
        ],
    )
    print_table(
        "Its tables",
        ["", "rows", "with indexes", "for each run"],
        [[table, f"{rows:,}", f"{size / 1e6:.2f} MB", f"{size / count / 1e3:.1f} kB"] for table, rows, size in parts],
    )
    print(f"\nThe process held {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB at most.")


if __name__ == "__main__":
    main()
