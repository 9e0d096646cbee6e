"""What nodes log with `log_metric` is in the store while the run goes on, however it is run and however it ends."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from kedro.framework.startup import bootstrap_project
from kedro.runner import SequentialRunner, ThreadRunner

from kedro_viz.store.sqlite.schema import SCHEMA_VERSION
from kedro_viz.tracking import log_metric
from kedro_viz.tracking.series import series
from kedro_viz.tracking.series.series_points import unpack_points
from tests.notebook import execute, notebook
from tests.projects import make_project
from tests.sessions import PIPELINE_OPTION, run
from tests.viz_server import kedro_run
from tests.waiting_runs import waiting_run

PIPELINES = """
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor

from kedro.pipeline import Pipeline, node
from kedro_viz.tracking import log_metric


def train(size):
    for step in range(1000):
        log_metric("loss", 1 / (step + 1), step=step)
    log_metric("size", size)
    return size


def evaluate(size):
    log_metric("accuracy", 0.5)
    return size


def stream(size):
    for number in range(3):
        log_metric("streamed", number)
        yield str(number)
    log_metric("streamed", 3)


def fail(size):
    log_metric("loss", 0.5)
    raise ArithmeticError("diverged")


def interrupt(size):
    log_metric("loss", 0.5)
    raise KeyboardInterrupt


def in_threads(size):
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda step: log_metric("loss", step, step), range(100)))


def in_processes(size):
    import multiprocessing

    workers = [multiprocessing.get_context("fork").Process(target=log_metric, args=("forked", n, n)) for n in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()


def log_and_wait(size):
    log_metric("loss", 0.25, step=7)
    os.write(int(os.environ["TEST_PIPE"]), b"logged")
    threading.Event().wait()


def register_pipelines():
    both = [
        node(train, "params:size", "trained", name="train"),
        node(evaluate, "params:size", "evaluated", name="evaluate"),
    ]
    one = lambda function, output=None: Pipeline([node(function, "params:size", output, name=function.__name__)])
    return {
        "__default__": Pipeline(both),
        "streaming": one(stream, "streamed"),
        "failing": one(fail),
        "interrupted": one(interrupt),
        "threads": one(in_threads),
        "processes": one(in_processes),
        "waiting": one(log_and_wait),
    }
"""

CATALOG = """
streamed:
  type: text.TextDataset
  filepath: data/streamed.txt
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(
        tmp_path_factory.mktemp("log_metric") / "project",
        catalog=CATALOG,
        pipeline_code=PIPELINES,
        package="logging_project",
    )


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """To run in processes of its own."""
    return Path(shutil.copytree(template, tmp_path / "project"))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """Set up in this process."""
    path = make_project(tmp_path / "here", catalog=CATALOG, pipeline_code=PIPELINES)
    bootstrap_project(path)
    yield path
    assert series._series == {}, "nothing is remembered of runs that are over"


def logged(project: Path) -> dict[str, list[tuple[float, float]]]:
    """Steps and values of the series of the only run, by name; empty while there is no store."""
    store = project / "data" / "session_store.db"
    if not store.exists():
        return {}
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchone() == (SCHEMA_VERSION,)
        rows = connection.execute("SELECT name, count, points FROM series_chunks ORDER BY name, first_at").fetchall()
        runs = connection.execute("SELECT count(DISTINCT run_id) FROM series_chunks").fetchone()
    assert runs[0] <= 1
    found: dict[str, list[tuple[float, float]]] = {}
    for name, count, packed in rows:
        points = unpack_points(packed, count)
        found.setdefault(name, []).extend(zip(points.steps, points.values, strict=True))
    return {name: sorted(points) for name, points in found.items()}


ALL = {
    "loss": [(float(step), 1 / (step + 1)) for step in range(1000)],
    "size": [(0.0, 4.0)],
    "accuracy": [(0.0, 0.5)],
}


@pytest.mark.parametrize(
    "runner",
    [SequentialRunner, ThreadRunner, lambda: SequentialRunner(is_async=True)],
    ids=["one by one", "threads", "async"],
)
def test_series_are_recorded_by_every_runner(here: Path, runner: Callable[[], object]) -> None:
    run(here, runner=runner())
    assert logged(here) == ALL


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_series_are_recorded_from_several_processes(
    project: Path, start_method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    done = kedro_run(project, "--runner", "ParallelRunner")
    assert done.returncode == 0, done.stdout + done.stderr
    assert logged(project) == ALL


@pytest.mark.parametrize(
    ("arguments", "start_method"),
    [([], None), (["--runner", "ParallelRunner"], "fork"), (["--runner", "ParallelRunner"], "spawn")],
    ids=["one by one", "forked processes", "spawned processes"],
)
def test_series_of_a_generator_are_recorded_to_the_last_point(
    project: Path, arguments: list[str], start_method: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if start_method is not None:
        monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    done = kedro_run(project, PIPELINE_OPTION, "streaming", *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert logged(project) == {"streamed": [(number, number) for number in range(4)]}


def test_threads_of_a_node_belong_to_its_run(here: Path) -> None:
    run(here, "threads")
    assert logged(here) == {"loss": [(step, step) for step in range(100)]}


def test_processes_that_a_node_forks_belong_to_its_run(project: Path) -> None:
    done = kedro_run(project, PIPELINE_OPTION, "processes")
    assert done.returncode == 0, done.stdout + done.stderr
    assert logged(project) == {"forked": [(0, 0), (1, 1)]}


@pytest.mark.parametrize(("pipeline", "error"), [("failing", ArithmeticError), ("interrupted", KeyboardInterrupt)])
def test_what_was_logged_before_a_run_breaks_off_is_there(
    here: Path, pipeline: str, error: type[BaseException]
) -> None:
    with pytest.raises(error):
        run(here, pipeline)
    assert logged(here) == {"loss": [(0, 0.5)]}


def test_nothing_is_recorded_outside_of_a_run(here: Path) -> None:
    run(here)
    log_metric("loss", 1)
    assert logged(here) == ALL


def test_what_was_logged_is_there_while_the_node_goes_on_and_after_it_was_killed(project: Path) -> None:
    """The node never returns: only what is written in the background can be there."""
    with waiting_run(project, "waiting"):
        deadline = time.monotonic() + 60
        while not logged(project):
            assert time.monotonic() < deadline, "nothing was written in the background"
            # Another process writes: there is no event to wait for.
            time.sleep(0.05)
    assert logged(project) == {"loss": [(7, 0.25)]}


def test_notebook_logs_in_runs_and_not_between(project: Path) -> None:
    with notebook(project.parent) as kernel:
        execute(
            kernel,
            "from pathlib import Path\n"
            "from kedro.framework.session import KedroSession\n"
            "from kedro.framework.startup import bootstrap_project\n"
            "from kedro_viz.tracking import log_metric\n"
            f"project = Path({str(project)!r})\n"
            "bootstrap_project(project)\n"
            "log_metric('loss', 100)\n"
            "with KedroSession.create(project_path=project) as session:\n"
            "    session.run()\n"
            "log_metric('loss', 100)\n",
        )
        assert logged(project) == ALL


def test_project_that_is_not_tracked_logs_nothing(tmp_path: Path) -> None:
    path = make_project(tmp_path / "plain", settings="", catalog=CATALOG, pipeline_code=PIPELINES)
    done = kedro_run(path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert not list(path.rglob("*.db*"))
