"""Is any run lost that is killed?

Kills runs of a small project at random moments, most by `kill -9`, some by SIGTERM, some of ParallelRunner and
ThreadRunner. Each run keeps a journal of what it did (see journal_project.py), which is then compared with what the
store has of it. Points of series are written every second: what was logged in the last moment before a kill may be
missing, and is counted apart.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
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
from server import kedro_viz
from table import print_table

KEDRO = [sys.executable, "-m", "kedro", "run"]
RUNNERS = ["SequentialRunner"] * 3 + ["ThreadRunner", "ParallelRunner"]

# Orphaned workers of a killed run end by themselves or with their group.
ORPHANS_SECONDS = 0.3
# A run that has vanished must be told as that within a minute.
MARKED_SECONDS = 60.0


@dataclass
class Killed:
    """A run that was sent a signal.

    Attributes:
        number: The signal; None if the run had ended before.
        at: When, in seconds since 1970.
        marked_after: After how many seconds the store said that it does not run any more.
    """

    journal_file: Path
    number: signal.Signals | None
    at: float
    marked_after: float | None = None

    @property
    def journal(self) -> Journal:
        """What it wrote down."""
        return read_journal(self.journal_file)


def start(project: Path, journal: Path, runner: str) -> subprocess.Popen[bytes]:
    """Begin a run in a process group of its own."""
    return subprocess.Popen(
        [*KEDRO, "--runner", runner],
        cwd=project,
        env=environment(journal),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def usual_seconds(project: Path, folder: Path) -> dict[str, float]:
    """How long a run of each runner takes from its beginning to its end."""
    seconds = {}
    for runner in dict.fromkeys(RUNNERS):
        file = folder / f"usual-{runner}"
        if start(project, file, runner).wait() != 0:
            raise SystemExit(f"`{' '.join(KEDRO)} --runner {runner}` fails by itself.")
        journal = read_journal(file)
        seconds[runner] = (journal.ended_at or journal.begun_at) - journal.begun_at
    return seconds


def kill_one(project: Path, file: Path, runner: str, delay: float, number: signal.Signals) -> Killed:
    """Start a run, send it a signal a while after it is about to begin, and wait for its end."""
    process = start(project, file, runner)
    while process.poll() is None and (not file.exists() or not file.stat().st_size):
        time.sleep(0.002)
    try:
        process.wait(timeout=delay)
        sent = None
    except subprocess.TimeoutExpired:
        sent = number
    at = time.time()
    if sent is not None:
        process.send_signal(sent)
        process.wait()
        if runner == "ParallelRunner":
            time.sleep(ORPHANS_SECONDS)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    return Killed(file, sent, at)


def see_marks(project: Path, killed: list[Killed]) -> bool:
    """Note which of the runs the store does not tell as running any more; whether these are all."""
    kept = kept_runs(project)
    for each in killed:
        run_id = each.journal.run_id
        if each.marked_after is None and run_id in kept and kept[run_id].status != "running":
            each.marked_after = time.time() - each.at
    return all(each.marked_after is not None or each.journal.run_id is None for each in killed)


def kill_runs(project: Path, folder: Path, count: int, seed: int) -> list[Killed]:
    """Begin and kill runs one after the other."""
    chance = random.Random(seed)
    seconds = usual_seconds(project, folder)
    killed: list[Killed] = []
    for number in range(count):
        runner = chance.choice(RUNNERS)
        delay = chance.uniform(0, 1.1 * seconds[runner])
        sent = chance.choice([*[signal.SIGKILL] * 4, signal.SIGTERM])
        killed.append(kill_one(project, folder / f"run-{number}", runner, delay, sent))
        see_marks(project, killed)
        print(f"\rrun {number + 1} of {count}", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    deadline = time.time() + MARKED_SECONDS
    while not see_marks(project, killed) and time.time() < deadline:
        time.sleep(0.5)
    return killed


def report(project: Path, killed: list[Killed]) -> bool:
    """Print what became of the runs; whether all that had been recorded is there."""
    kept = kept_runs(project)
    begun = [(each, each.journal) for each in killed if each.journal.run_id is not None]
    recorded = [(each, journal, kept[journal.run_id]) for each, journal in begun if journal.run_id in kept]
    cut_off = [entry for entry in recorded if entry[0].number is not None and entry[1].ended_at is None]
    lost_nodes = sum(
        len(journal.started - run.started) + len(set(journal.saved) - run.ended) for _, journal, run in recorded
    )
    lost_metrics = sum(len(set(journal.saved.values()) - run.datasets) for _, journal, run in recorded)
    missing_points = [max(0, len(journal.logged_at) - run.points) for _, journal, run in recorded]
    # The points are written in their order: the oldest that is missing was logged so long before the kill.
    ages = [
        each.at - sorted(journal.logged_at)[-missing]
        for (each, journal, _), missing in zip(recorded, missing_points, strict=True)
        if missing
    ]
    unmarked = [each for each, _, run in recorded if run.status == "running"]
    late = [each for each, _, _ in recorded if each.marked_after is not None and each.marked_after > MARKED_SECONDS]
    statuses = {
        number: sorted({run.status for each, _, run in cut_off if each.number == number})
        for number in (signal.SIGKILL, signal.SIGTERM)
    }
    problem = problem_of(project)
    print_table(
        f"{len(killed)} runs of {NODES} nodes, each with {POINTS} points of a series",
        ["", "count"],
        [
            ["kill -9", str(sum(each.number == signal.SIGKILL for each in killed))],
            ["SIGTERM", str(sum(each.number == signal.SIGTERM for each in killed))],
            ["ended before the signal", str(sum(each.number is None for each in killed))],
            ["begun", str(len(begun))],
            ["recorded", str(len(recorded))],
            ["cut off", str(len(cut_off))],
            ["told as", "; ".join(f"{number.name}: {', '.join(names)}" for number, names in statuses.items())],
            ["still told as running", str(len(unmarked))],
            ["longest until told", f"{max((each.marked_after or 0) for each, _, _ in recorded):.1f} s"],
            ["nodes done", str(sum(len(journal.saved) for _, journal in begun))],
            ["nodes missing", str(lost_nodes)],
            ["metrics missing", str(lost_metrics)],
            ["points logged", str(sum(len(journal.logged_at) for _, journal in begun))],
            ["points missing", str(sum(missing_points))],
            ["oldest missing point before the signal", f"{max(ages, default=0):.2f} s"],
            ["the store", problem or "sound"],
        ],
    )
    return not (len(recorded) < len(begun) or lost_nodes or lost_metrics or unmarked or late or problem)


def main() -> None:
    """Kill, compare and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=200, help="how many runs (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the random moments (default: %(default)s)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        project = make_journal_project(Path(folder) / "project")
        # Who looks whether runs have vanished: the app, or the next run.
        with kedro_viz(project):
            killed = kill_runs(project, Path(folder), options.runs, options.seed)
        sound = report(project, killed)
    if not sound:
        raise SystemExit("Something is lost.")


if __name__ == "__main__":
    main()
