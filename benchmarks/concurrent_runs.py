"""Do runs that write to one store at once get in each other's way?

Starts many `kedro run`s of a small project at the same time, on one store that is not there yet, and compares what they
did (see journal_project.py) with what the store has. Tells how long writes held runs up, and how long they waited for
the lock; both hold the time that a busy machine lets a process wait for its turn.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from journal_project import (
    NODES,
    POINTS,
    Journal,
    environment,
    kept_runs,
    make_journal_project,
    problem_of,
    read_journal,
)
from table import print_table
from tests.faults.kedro_process import LOGGING

_ATTEMPTS = 5


def run_at_once(project: Path, journals: Sequence[Path]) -> list[int]:
    """Start a run for each journal, and give their exit codes once all have ended."""
    config = project / "conf" / "logging.yml"
    config.write_text(LOGGING, encoding="utf-8")
    processes = [
        subprocess.Popen(
            [sys.executable, "-m", "kedro", "run"],
            cwd=project,
            env={**environment(journal, timed=True), "KEDRO_LOGGING_CONFIG": str(config)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for journal in journals
    ]
    return [process.wait() for process in processes]


def report(project: Path, journals: Sequence[Journal], codes: Sequence[int], seconds: float) -> bool:
    """Print what became of the runs; whether all of them are recorded whole, and nothing was warned of."""
    kept = kept_runs(project)
    whole = [run for run in kept.values() if run.status == "succeeded" and run.points == NODES * POINTS]
    whole = [run for run in whole if len(run.ended) == len(run.datasets) == NODES]
    warnings = (project / "kedro-viz.log").read_text(encoding="utf-8").splitlines()
    at_once = max(
        sum(other.begun_at <= each.begun_at <= (other.ended_at or each.begun_at) for other in journals)
        for each in journals
    )
    problem = problem_of(project)

    def spread(values: list[float]) -> str:
        return f"{1000 * statistics.median(values):.1f} ms, {1000 * max(values):.0f} ms" if values else "none"

    print_table(
        f"{len(journals)} runs of {NODES} nodes at once, in {seconds:.0f} s",
        ["", ""],
        [
            ["ended with exit code 0", str(codes.count(0))],
            ["different ids", str(len({journal.run_id for journal in journals}))],
            ["records", str(len(kept))],
            ["whole records", str(len(whole))],
            ["warnings", str(len(warnings))],
            ["going on at the same moment", str(at_once)],
            ["a write that a run waits for: median, longest", spread([s for each in journals for s in each.writes])],
            ["a write beside it", spread([s for each in journals for s in each.background_writes])],
            ["a wait for the lock", spread([s for each in journals for s in each.lock_waits])],
            ["the store", problem or "sound"],
        ],
    )
    print(*warnings, sep="\n")
    return len(whole) == len(kept) == codes.count(0) == len(journals) and not warnings and problem is None


def main() -> None:
    """Run, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=30, help="how many at once (default: %(default)s)")
    count = parser.parse_args().runs
    for _ in range(_ATTEMPTS):
        with tempfile.TemporaryDirectory() as folder:
            project = make_journal_project(Path(folder) / "project")
            files = [Path(folder) / f"run-{number}" for number in range(count)]
            started_at = time.perf_counter()
            codes = run_at_once(project, files)
            seconds = time.perf_counter() - started_at
            journals = [read_journal(file) for file in files]
            ids = [journal.run_id for journal in journals if journal.run_id is not None]
            if len(set(ids)) < len(ids):
                # Kedro's session ids count milliseconds. A second run with the same one fails in Kedro, which will not
                # save a version that is there already.
                print("Two runs began in the same millisecond. Starting again.")
                continue
            sound = report(project, journals, codes, seconds)
        if not sound:
            raise SystemExit("Something is missing.")
        return
    raise SystemExit(f"Two runs began in the same millisecond in each of {_ATTEMPTS} attempts: use fewer runs.")


if __name__ == "__main__":
    main()
