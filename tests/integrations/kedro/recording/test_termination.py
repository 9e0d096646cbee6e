"""A run whose process is asked to end ends as it would without us, and its record says where it was."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.integrations.kedro.recording.termination import TerminationWatch
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.recording.termination_file import termination_file
from kedro_viz.store.sqlite.writer import SQLiteWriter
from tests.projects import make_project
from tests.waiting_runs import waiting_run

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there is no SIGTERM elsewhere")

# Each node says by a pipe that it is there, so that the signal comes where the test wants it.
PIPELINE = """
import os
import signal
import sys
import time

from kedro.pipeline import Pipeline, node


def _say(text):
    os.write(int(os.environ["TEST_PIPE"]), text.encode())


def sleep(size):
    _say("there")
    time.sleep(600)


def compute(size):
    _say("there")
    # One call of C code that keeps the interpreter to itself for minutes.
    return pow(7, 10**9, 10**30000 + 1)


def with_own_handler(size):
    _say("there")
    while not HANDLED:
        time.sleep(0.01)
    return len(HANDLED)


def in_a_worker(size):
    return size


HANDLED = []


def register_pipelines():
    if os.environ.get("TEST_HANDLER"):
        signal.signal(signal.SIGTERM, lambda *_: HANDLED.append(1))
    if os.environ.get("TEST_EXIT"):
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(3))
    return {
        "__default__": Pipeline([node(in_a_worker, "params:size", "out", name="in_a_worker")]),
        "sleep": Pipeline([node(sleep, "params:size", "out", name="sleep")]),
        "compute": Pipeline([node(compute, "params:size", "out", name="compute")]),
        "handler": Pipeline([node(with_own_handler, "params:size", "out", name="with_own_handler")]),
        "workers": Pipeline([node(in_a_worker, "params:size", f"out{n}", name=f"node{n}") for n in range(4)]),
    }
"""

CATALOG = "{}"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose nodes wait to be ended."""
    return make_project(tmp_path / "project", package="ending_project", pipeline_code=PIPELINE, catalog=CATALOG)


def outcomes(project: Path) -> list[tuple[object, ...]]:
    """How the runs of a project ended, as far as is known once those that vanished are looked for."""
    location = project / "data" / "session_store.db"
    writer = SQLiteWriter(location)
    mark_lost_runs(writer)
    writer.close()
    with closing(sqlite3.connect(location)) as connection:
        return connection.execute("SELECT status, error_type, error_node FROM runs ORDER BY id").fetchall()


def stack(project: Path) -> str:
    """Where the only run was when it was asked to end."""
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        return str(connection.execute("SELECT error_traceback FROM runs").fetchone()[0])


def left_behind(project: Path) -> list[Path]:
    """What lies beside the store."""
    return list((project / "data").glob("session_store.db.spool*"))


@pytest.mark.parametrize("pipeline", ["sleep", "compute"])
def test_run_ends_at_once_and_is_cancelled_where_it_was(project: Path, pipeline: str) -> None:
    with waiting_run(project, pipeline) as process:
        process.send_signal(signal.SIGTERM)
        # A handler in Python would be called after the minutes that the computation takes.
        assert process.wait(60) == -signal.SIGTERM
    assert outcomes(project) == [("cancelled", "SIGTERM", pipeline)]
    assert 'pipeline_registry.py", line' in stack(project)
    assert f" in {pipeline}" in stack(project)
    assert left_behind(project) == []


def test_run_that_is_killed_is_lost(project: Path) -> None:
    with waiting_run(project, "sleep") as process:
        process.send_signal(signal.SIGKILL)
        assert process.wait(60) == -signal.SIGKILL
    assert outcomes(project) == [("lost", None, None)]
    assert left_behind(project) == []


def test_handler_of_the_users_own_decides_what_happens(project: Path) -> None:
    with waiting_run(project, "handler", TEST_HANDLER="1") as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 0
    assert outcomes(project) == [("succeeded", None, None)]
    assert left_behind(project) == []


def test_handler_that_ends_the_run_cancels_it(project: Path) -> None:
    with waiting_run(project, "sleep", TEST_EXIT="1") as process:
        process.send_signal(signal.SIGTERM)
        assert process.wait(60) == 3
    ((status, *_),) = outcomes(project)
    assert status == "cancelled"
    assert left_behind(project) == []


def test_workers_that_their_pool_ends_cancel_nothing(project: Path) -> None:
    command = [sys.executable, "-m", "kedro", "run", "--pipeline", "workers", "--runner", "ParallelRunner"]
    assert subprocess.run(command, cwd=project, stdin=subprocess.DEVNULL, check=False).returncode == 0
    assert outcomes(project) == [("succeeded", None, None)]
    assert left_behind(project) == []


IN_ONE_PROCESS = """
import os, signal, sys
from pathlib import Path
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project

bootstrap_project(Path.cwd())


def run():
    with KedroSession.create(project_path=Path.cwd()) as session:
        session.run()


run()
handled = []
signal.signal(signal.SIGTERM, lambda *_: handled.append(1))
run()
os.kill(os.getpid(), signal.SIGTERM)
assert handled == [1], "the handler set between the runs is still there"
signal.signal(signal.SIGTERM, signal.SIG_DFL)
run()
os.kill(os.getpid(), signal.SIGTERM)
"""


HANDLER_SET_DURING_THE_RUN = """
import faulthandler, os, signal, sys
from pathlib import Path
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project
from kedro_viz.integrations.kedro.recording.termination import termination

bootstrap_project(Path.cwd())
handled = []


def run(meanwhile):
    with KedroSession.create(project_path=Path.cwd()) as session:
        run_id = session.session_id
        begin = termination.begin

        def begin_and_more(*arguments):
            begin(*arguments)
            meanwhile(run_id)

        termination.begin = begin_and_more
        try:
            session.run()
        finally:
            termination.begin = begin


def set_handler(run_id):
    signal.signal(signal.SIGTERM, lambda *_: handled.append(1))


def raise_signal(run_id):
    os.kill(os.getpid(), signal.SIGTERM)
    assert termination.was_asked_to_end(run_id), "the next run is watched over again"


run(set_handler)
os.kill(os.getpid(), signal.SIGTERM)
assert handled == [1], "the handler set during the run is still there"
run(raise_signal)
assert handled == [1, 1], "and is called, too"
signal.signal(signal.SIGTERM, signal.SIG_DFL)

theirs = open("theirs.txt", "w+")
faulthandler.register(signal.SIGTERM, file=theirs, all_threads=False)
run(lambda run_id: os.kill(os.getpid(), signal.SIGTERM))
os.kill(os.getpid(), signal.SIGTERM)
theirs.seek(0)
assert theirs.read().count("most recent call first") == 2, "what others watch over is left to them"
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="only Linux tells who catches signals")
def test_handlers_that_are_set_during_a_run_or_by_other_means_are_left_alone(project: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", HANDLER_SET_DURING_THE_RUN],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == 0, process.stderr
    assert outcomes(project) == [("succeeded", None, None)] * 3
    assert left_behind(project) == []


def test_nothing_is_left_of_it_after_a_run(project: Path) -> None:
    process = subprocess.run(
        [sys.executable, "-c", IN_ONE_PROCESS],
        cwd=project,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert process.returncode == -signal.SIGTERM, process.stderr
    assert "Thread" not in process.stderr
    assert outcomes(project) == [("succeeded", None, None)] * 3
    assert left_behind(project) == []


def test_run_is_watched_over_though_another_process_removes_the_empty_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    location = tmp_path / "session_store.db"
    make_folder = Path.mkdir
    removed: list[Path] = []

    def make_and_lose(folder: Path, mode: int = 0o777, *, parents: bool = False, exist_ok: bool = False) -> None:
        make_folder(folder, mode, parents, exist_ok)
        if not removed:
            removed.append(folder)
            folder.rmdir()

    monkeypatch.setattr(Path, "mkdir", make_and_lose)
    watch = TerminationWatch()
    watch.begin(location, "r", "r")
    try:
        assert termination_file(location, "r", os.getpid()).is_file()
    finally:
        watch.end("r")
