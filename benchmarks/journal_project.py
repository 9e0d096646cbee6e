"""A small Kedro project whose runs keep a journal: beside what Kedro-Viz records, each writes down itself what it did.

A line is written when Kedro-Viz has returned from recording the same, so that what the journal says must be in the
store, whatever happens to the process then.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from kedro_viz.tracking.series.series_points import unpack_points
from tests.projects import STORE_SETTINGS, make_project

NODES = 8
POINTS = 10
VARIABLE = "BENCHMARK_JOURNAL"
TIMED_VARIABLE = "BENCHMARK_TIMES_WRITES"

_JOURNAL = f"""
import json
import os
import time

file = os.open(os.environ.get({VARIABLE!r}, os.devnull), os.O_WRONLY | os.O_CREAT | os.O_APPEND)


def note(*words):
    os.write(file, (json.dumps([time.time(), *words]) + "\\n").encode())
"""

_SETTINGS = (
    STORE_SETTINGS + """
import os

from kedro.framework.hooks import hook_impl

from journal_of_runs.journal import note


class JournalOfBeginning:
    @hook_impl(tryfirst=True)
    def before_pipeline_run(self):
        note("begins")


class Journal:
    @hook_impl(trylast=True)
    def before_pipeline_run(self, run_params):
        note("begun", run_params.get("run_id") or run_params["session_id"])

    @hook_impl(trylast=True)
    def before_node_run(self, node):
        note("started", node.name)

    @hook_impl(trylast=True)
    def after_dataset_saved(self, dataset_name, node):
        note("saved", node.name, dataset_name)

    @hook_impl(trylast=True)
    def after_pipeline_run(self):
        note("ended")


HOOKS = (JournalOfBeginning(), Journal())
"""
    f"""
if {TIMED_VARIABLE!r} in os.environ:
    import threading
    import time

    from kedro_viz.store.recording.record_sink import RecordSink
    from kedro_viz.store.sqlite import sqlite_file, writer

    def timed(function, word):
        def call(*arguments):
            begin = time.perf_counter()
            try:
                return function(*arguments)
            finally:
                note(word, time.perf_counter() - begin, threading.current_thread() is threading.main_thread())

        return call

    RecordSink.write = timed(RecordSink.write, "written")
    sqlite_file.execute_within = writer.execute_within = timed(sqlite_file.execute_within, "locked")
"""
)

_PIPELINE = f"""
import time

from kedro.pipeline import Pipeline, node
from kedro_viz.tracking import log_metric

from journal_of_runs.journal import note


def work(number):
    for step in range({POINTS}):
        log_metric("loss", number / (step + 1))
        note("logged")
        time.sleep(0.003)
    return {{"number": number}}


def register_pipelines():
    return {{
        "__default__": Pipeline(
            [node(work, "params:number", f"scores_{{n}}", name=f"work_{{n}}") for n in range({NODES})]
        )
    }}
"""

_CATALOG = """
"scores_{n}":
  type: tracking.MetricsDataset
  filepath: data/09_tracking/scores_{n}.json
"""


@dataclass
class Journal:
    """What a run wrote down.

    Attributes:
        run_id: Its id; None if it had not begun.
        begun_at: Seconds since 1970.
        ended_at: Seconds since 1970; None if it had not ended.
        started: The nodes that had begun.
        saved: The datasets that were saved, by node.
        logged_at: When each point of its series was logged.
        writes: The seconds that each write of its record took, where it was held up by it.
        background_writes: The same of writes beside it.
        lock_waits: The seconds that each statement took for which the store's lock was needed.
    """

    run_id: str | None = None
    begun_at: float = 0.0
    ended_at: float | None = None
    started: set[str] = field(default_factory=set)
    saved: dict[str, str] = field(default_factory=dict)
    logged_at: list[float] = field(default_factory=list)
    writes: list[float] = field(default_factory=list)
    background_writes: list[float] = field(default_factory=list)
    lock_waits: list[float] = field(default_factory=list)


@dataclass(frozen=True)
class Kept:
    """What the store has of a run: the nodes that began and ended, the datasets with metrics, and points of series."""

    status: str
    started: set[str]
    ended: set[str]
    datasets: set[str]
    points: int


def make_journal_project(path: Path) -> Path:
    """Write the project and give its folder."""
    return make_project(
        path,
        settings=_SETTINGS,
        catalog=_CATALOG,
        parameters="number: 1",
        pipeline_code=_PIPELINE,
        package="journal_of_runs",
        name="Journal of runs",
        files={"src/{package}/journal.py": _JOURNAL},
    )


def environment(journal: Path, *, timed: bool = False) -> dict[str, str]:
    """The environment variables of a run that writes to this journal, and times what it writes to the store."""
    variables = {**os.environ, "DO_NOT_TRACK": "1", "KEDRO_MP_CONTEXT": "fork", VARIABLE: str(journal)}
    return {**variables, TIMED_VARIABLE: "1"} if timed else variables


def read_journal(file: Path) -> Journal:
    """Read what a run has written down by now. Half a line of a killed process says nothing."""
    journal = Journal()
    if not file.exists():
        return journal
    for line in file.read_text(encoding="utf-8").split("\n")[:-1]:
        at, word, *more = json.loads(line)
        if word == "begun":
            journal.run_id, journal.begun_at = more[0], at
        elif word == "ended":
            journal.ended_at = at
        elif word == "started":
            journal.started.add(more[0])
        elif word == "saved":
            journal.saved[more[0]] = more[1]
        elif word == "logged":
            journal.logged_at.append(at)
        elif word == "written":
            (journal.writes if more[1] else journal.background_writes).append(more[0])
        elif word == "locked":
            journal.lock_waits.append(more[0])
    return journal


def kept_runs(project: Path) -> dict[str, Kept]:
    """The runs in a project's store, by id."""
    store = project / "data" / "session_store.db"
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True, timeout=30)) as connection:
        points: Counter[str] = Counter()
        for run_id, packed, count in connection.execute("SELECT run_id, points, count FROM series_chunks"):
            points[run_id] += len(unpack_points(packed, count))

        def names(sql: str, run_id: str) -> set[str]:
            return {row[0] for row in connection.execute(sql, (run_id,))}

        return {
            run_id: Kept(
                status=status,
                started=names("SELECT node FROM node_runs WHERE run_id = ? AND started_at IS NOT NULL", run_id),
                ended=names("SELECT node FROM node_runs WHERE run_id = ? AND ended_at IS NOT NULL", run_id),
                datasets=names(
                    "SELECT dataset FROM metrics JOIN metric_names ON id = metric_id WHERE run_id = ?", run_id
                ),
                points=points[run_id],
            )
            for run_id, status in connection.execute("SELECT id, status FROM runs").fetchall()
        }


def problem_of(project: Path) -> str | None:
    """What SQLite finds wrong with a project's store, and records that wait beside it; None if all is well."""
    store = project / "data" / "session_store.db"
    with closing(sqlite3.connect(store)) as connection:
        [(answer,)] = connection.execute("PRAGMA integrity_check(1)").fetchall()
    if answer != "ok":
        return f"the store is damaged: {answer}"
    spool = store.with_name(f"{store.name}.spool")
    waiting = sorted(path.name for path in spool.glob("*")) if spool.is_dir() else []
    return f"not in the store: {', '.join(waiting)}" if waiting else None
