"""Runs are recorded as Kedro runs them, whatever they are made of and however they end."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kedro import __version__ as kedro_version
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project
from kedro.runner import SequentialRunner, ThreadRunner

from kedro_viz.integrations.kedro.hooks import run_tracking_hook
from kedro_viz.integrations.kedro.recording.run_registry import registry
from kedro_viz.tracking.recorder import Recorder
from tests.projects import CATALOG, STORE_SETTINGS, make_project
from tests.sessions import PIPELINE_OPTION, run, run_in
from tests.tutorial.recorded import RecordedRun, recorded_runs
from tests.viz_server import KEDRO_WITH_CTRL_C, kedro_run
from tests.waiting_runs import waiting_run

PIPELINES = """
import decimal
import os
import sys

import numpy as np
from kedro.pipeline import Pipeline, node


def make_table(size):
    return [[n, n * n] for n in range(size)], {"columns": ["n", "square"]}


def score(table, model):
    return {"mean": sum(row[1] for row in table) / len(table), "rate": model["rate"]}


def fail(table):
    raise ArithmeticError("password=hunter2 did not converge")


def stream(size):
    yield {"last": size}


def odd_numbers(size):
    return {
        "float32": np.float32(0.5), "int": np.int64(3), "decimal": decimal.Decimal("0.25"),
        "nan": np.float64("nan"), "inf": -np.inf,
    }


def odd_json(size):
    return {"array": np.array([5]), "matrix": np.eye(2), "nan": float("nan"), "nested": [[{"deep": np.int8(1)}]]}


def wait(size):
    '''Tell the test that this node runs, and go on until the process is ended.'''
    import threading

    os.write(int(os.environ["TEST_PIPE"]), b"running")
    threading.Event().wait()


def tell_modules(size):
    gathering = sys.modules.get("kedro_viz.integrations.kedro.recording.run_context")
    for each in list(gathering.run_contexts._gatherings.values()) if gathering else []:
        each.job.is_done.wait()
    return sorted(sys.modules)


def yield_and_fail(size):
    yield {"last": size}
    raise ArithmeticError("half way")


def unsaveable(size):
    return [size]


def run_others(size):
    '''Runs inside a run, which fail while they load, save and yield.'''
    from pathlib import Path

    from kedro_viz.tracking import log_metric
    from tests.sessions import run

    for number, name in enumerate(["missing", "unsaveable", "half"]):
        try:
            run(Path(os.environ["TEST_PROJECT"]), name)
        except Exception:
            log_metric("failed", number)
    return {"last": size}


def run_other_in_a_process(size):
    import multiprocessing

    from kedro.framework.session import KedroSession

    def run_unloadable():
        with KedroSession.create(project_path=os.environ["TEST_PROJECT"]) as session:
            run_in(session, "missing")

    from tests.sessions import run_in

    process = multiprocessing.get_context("fork").Process(target=run_unloadable)
    process.start()
    process.join()
    return {"exit code": process.exitcode}


def interrupt(size):
    raise KeyboardInterrupt


def register_pipelines():
    table = node(make_table, "params:size", ["table", "columns"], name="make_table")
    scored = node(score, ["table", "params:model"], "scores", name="score")
    return {
        "__default__": Pipeline([table, scored]),
        "failing": Pipeline([table, scored, node(fail, ["table", ], "lost", name="fail")]),
        "missing": Pipeline([table, node(score, ["missing", "params:model"], "scores", name="score")]),
        "unsaveable": Pipeline([node(unsaveable, "params:size", "scores", name="unsaveable")]),
        "others": Pipeline([table, node(run_others, "params:size", "scores", name="run_others")]),
        "other_process": Pipeline([node(run_other_in_a_process, "params:size", "scores", name="fork")]),
        "half": Pipeline([node(yield_and_fail, "params:size", "scores", name="half")]),
        "interrupted": Pipeline([table, node(interrupt, "params:size", None, name="interrupt")]),
        "stream": Pipeline([node(stream, "params:size", "scores", name="stream")]),
        "odd": Pipeline([
            node(odd_numbers, "params:size", "scores", name="numbers"),
            node(odd_json, "params:size", "columns", name="json"),
        ]),
        "cached": Pipeline([node(stream, "params:size", "cached", name="stream")]),
        "own": Pipeline([node(stream, "params:size", "own", name="stream")]),
        "pattern": Pipeline([node(stream, "params:size", "model_a.scores", name="stream")]),
        "waiting": Pipeline([table, node(wait, "params:size", None, name="wait")]),
        "modules": Pipeline([table, scored, node(tell_modules, "params:size", "modules", name="tell_modules")]),
    }
"""

MORE_CATALOG = """
cached:
  type: CachedDataset
  versioned: true
  dataset:
    type: tracking.MetricsDataset
    filepath: data/09_tracking/cached.json

missing:
  type: pickle.PickleDataset
  filepath: data/missing.pkl

own:
  type: {package}.own_dataset.OwnMetricsDataset
  filepath: data/09_tracking/own.json

"{model}.scores":
  type: tracking.MetricsDataset
  filepath: data/09_tracking/{model}_scores.json

modules:
  type: json.JSONDataset
  filepath: data/modules.json
"""

OWN_DATASET = """
from kedro_datasets.tracking import MetricsDataset


class OwnMetricsDataset(MetricsDataset):
    '''A class of the user's own.'''
"""


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_project(
        tmp_path_factory.mktemp("hooks") / "project",
        catalog=CATALOG + MORE_CATALOG.replace("{package}", "hooked_project"),
        pipeline_code=PIPELINES,
        package="hooked_project",
        files={"src/{package}/own_dataset.py": OWN_DATASET},
    )


# All tests of this module share one package, which Python imports once; each has a project folder of its own.
@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """A project with several pipelines and our store in its settings. To run in processes of its own."""
    return Path(shutil.copytree(template, tmp_path / "project"))


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """Such a project set up in this process."""
    path = make_project(
        tmp_path / "here",
        catalog=CATALOG + MORE_CATALOG.replace("{package}", f"package_{tmp_path.name}"),
        pipeline_code=PIPELINES,
        package=f"package_{tmp_path.name}",
        files={"src/{package}/own_dataset.py": OWN_DATASET},
    )
    bootstrap_project(path)
    yield path
    assert (registry._started, registry._ended) == (set(), {}), "nothing is remembered of runs that are over"
    assert run_tracking_hook._tracking is None or run_tracking_hook._tracking._locations == {}
    assert "KEDRO_VIZ_RUN_STORES" not in os.environ


def only_run(path: Path) -> RecordedRun:
    [recorded] = recorded_runs(path)
    return recorded


def row(path: Path, columns: str) -> tuple[Any, ...]:
    with closing(sqlite3.connect(path / "data" / "session_store.db")) as connection:
        [found] = connection.execute(f"SELECT {columns} FROM runs").fetchall()
    return tuple(found)


def test_successful_run_is_recorded_in_full(here: Path, told: list[str]) -> None:
    run_id = run(here, env="local", runtime_params={"model": {"rate": 0.75}, "added": [1, "a"]})
    recorded = only_run(here)
    assert recorded.id == run_id
    assert recorded.status == "succeeded"
    assert recorded.metrics == {"scores.mean": 3.5, "scores.rate": 0.75}
    assert recorded.json == {"columns": {"columns": ["n", "square"]}}
    assert recorded.parameters == {"size": 4, "model.rate": 0.75, "added": [1, "a"]}
    assert recorded.error == (None, None, None)
    assert recorded.runner == "SequentialRunner"
    pipeline, env, version, blob = row(here, "pipeline, env, kedro_version, blob")
    assert (pipeline, env, version) == ("__default__", "local", kedro_version)
    session = json.loads(json.loads(blob))
    assert session["session_id"] == run_id
    assert session["project_path"] == str(here)
    started_at, ended_at = row(here, "started_at, ended_at")
    assert 0 <= ended_at - started_at < 600_000
    assert told == []


def test_files_of_a_run_are_named_with_their_size(here: Path) -> None:
    run_id = run(here)
    with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
        found = connection.execute("SELECT dataset, name, type, path, size FROM artifacts ORDER BY dataset").fetchall()
    assert [(dataset, name, kind) for dataset, name, kind, _, _ in found] == [
        ("columns", "columns.json", "tracking.json_dataset.JSONDataset"),
        ("scores", "scores.json", "tracking.metrics_dataset.MetricsDataset"),
    ]
    for dataset, name, _, path, size in found:
        file = here / "data" / "09_tracking" / f"{dataset}.json" / run_id / name
        assert Path(path) == file
        assert size == file.stat().st_size


def test_failing_node_is_recorded_and_its_own_error_reaches_the_user(here: Path) -> None:
    with pytest.raises(ArithmeticError, match="hunter2 did not converge"):
        run(here, "failing")
    recorded = only_run(here)
    assert recorded.status == "failed"
    kind, message, node = recorded.error
    assert (kind, message, node) == ("ArithmeticError", "password=[redacted]", "fail")
    assert "in fail" in row(here, "error_traceback")[0]
    assert set(recorded.json) == {"columns"}, "what was saved before is kept"


@pytest.mark.parametrize(
    "runner",
    [SequentialRunner, ThreadRunner, lambda: SequentialRunner(is_async=True)],
    ids=["sequential", "threads", "async"],
)
def test_run_is_recorded_alike_by_every_runner(here: Path, runner: Callable[[], object]) -> None:
    run(here, runner=runner())
    recorded = only_run(here)
    assert recorded.metrics == {"scores.mean": 3.5, "scores.rate": 0.5}
    assert set(recorded.json) == {"columns"}


@pytest.mark.parametrize(
    ("pipeline", "dataset"),
    [("stream", "scores"), ("cached", "cached"), ("own", "own"), ("pattern", "model_a.scores")],
    ids=["generator", "cached dataset", "class of the user's own", "dataset pattern"],
)
def test_metrics_are_recorded_by_whatever_dataset(here: Path, pipeline: str, dataset: str) -> None:
    run(here, pipeline)
    assert only_run(here).metrics == {f"{dataset}.last": 4}


def test_record_says_what_the_files_say(here: Path) -> None:
    run_id = run(here, "odd")
    file = here / "data" / "09_tracking" / "columns.json" / run_id / "columns.json"
    with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
        metrics = dict(connection.execute("SELECT key, value FROM metrics JOIN metric_names ON id = metric_id"))
        [(document,)] = connection.execute("SELECT data FROM tracked_json")
    assert metrics == {"float32": 0.5, "int": 3, "decimal": 0.25, "nan": None, "inf": float("-inf")}
    # As text, because NaN equals nothing.
    assert str(json.loads(document)) == str(json.loads(file.read_text()))
    assert json.loads(document)["array"] == [5]


def test_sessions_of_one_process_are_told_apart(here: Path) -> None:
    first = run(here, runtime_params={"size": 2})
    with pytest.raises(ArithmeticError):
        run(here, "failing")
    last = run(here, runtime_params={"size": 8})
    runs = recorded_runs(here)
    assert [each.status for each in runs] == ["succeeded", "failed", "succeeded"]
    assert [runs[0].id, runs[2].id] == [first, last]
    assert [each.parameters["size"] for each in runs] == [2, 4, 8]
    assert runs[0].error == runs[2].error == (None, None, None)


def test_session_in_which_nothing_runs_leaves_nothing(here: Path) -> None:
    session: Any
    with KedroSession.create(project_path=here) as session:
        assert "scores" in session.load_context().catalog
    assert not (here / "data" / "session_store.db").exists()


def test_run_tried_again_in_the_same_session_has_its_last_outcome(here: Path) -> None:
    """As in a notebook, where one mends a node and runs again."""
    with KedroSession.create(project_path=here) as session:
        with pytest.raises(ArithmeticError):
            run_in(session, "failing")
        # What has been saved in this session cannot be saved once more.
        shutil.rmtree(here / "data" / "09_tracking")
        run_in(session)
    recorded = only_run(here)
    assert recorded.status == "succeeded"
    assert recorded.error[:2] == (None, None)


def test_project_without_our_store_is_left_alone(tmp_path: Path, told: list[str]) -> None:
    path = make_project(tmp_path / "plain", settings="")
    bootstrap_project(path)
    run(path)
    assert sorted(each.name for each in (path / "data").iterdir()) == ["02_intermediate", "09_tracking"]
    assert told == []


def test_fault_in_tracking_is_one_warning_and_no_more(
    here: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object, **_options: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("kedro_viz.integrations.kedro.hooks._warned", threading.Event())
    for name in ("run_started", "node_started", "node_saved"):
        monkeypatch.setattr(Recorder, name, broken)
    run(here)
    [warning] = told
    assert warning.startswith("The run goes on, but experiment tracking could not record all of it: a fault of ours.")
    assert "report" in warning


def test_odd_parameters_cost_no_record(here: Path) -> None:
    loop: dict[str, object] = {"n": 1}
    loop["self"] = loop
    session: Any
    with KedroSession.create(project_path=here) as session:
        session._store["of_my_own"] = {("a", 1): loop, "object": object()}
        run_in(session)
    assert only_run(here).metrics == {"scores.mean": 3.5, "scores.rate": 0.5}


def test_users_run_imports_nothing_heavy_of_ours(project: Path) -> None:
    (project / ".gitignore").write_text("*.tmp\n")

    def modules() -> set[str]:
        done = kedro_run(project, PIPELINE_OPTION, "modules")
        assert done.returncode == 0, done.stderr + done.stdout
        names = json.loads((project / "data" / "modules.json").read_text())
        return {name.split(".")[0] for name in names} - sys.stdlib_module_names

    tracked = modules()
    assert "pathspec" in tracked, "all has been gathered by then"
    (project / "src" / "hooked_project" / "settings.py").write_text("")
    assert tracked - modules() == {"pathspec"}


def test_run_with_the_hook_switched_off_leaves_its_session(project: Path) -> None:
    settings = project / "src" / "hooked_project" / "settings.py"
    settings.write_text(settings.read_text() + '\nDISABLE_HOOKS_FOR_PLUGINS = ("kedro-viz",)\n')
    assert kedro_run(project).returncode == 0
    recorded = only_run(project)
    assert recorded.status == "succeeded"
    assert recorded.metrics == {}
    assert recorded.command is not None
    assert recorded.command.startswith("kedro run")
    assert json.loads(json.loads(row(project, "blob")[0]))["session_id"] == recorded.id


def test_run_that_cannot_begin_is_a_failed_run(project: Path) -> None:
    assert kedro_run(project, PIPELINE_OPTION, "no_such_pipeline").returncode != 0
    recorded = only_run(project)
    assert recorded.status == "failed"
    assert recorded.error[0] == "ValueError"
    assert "no_such_pipeline" in str(recorded.error[1])
    assert row(project, "pipeline") == ("no_such_pipeline",)


@pytest.mark.parametrize(
    ("number", "status", "last_word"),
    [
        (signal.SIGINT, "cancelled", "cancelled"),
        (signal.SIGTERM, "running", "cancelled"),
        (signal.SIGKILL, "running", "lost"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_run_is_seen_while_it_runs_and_told_when_it_is_ended(
    project: Path, number: signal.Signals, status: str, last_word: str
) -> None:
    with waiting_run(project, "waiting", kedro=["-c", KEDRO_WITH_CTRL_C]) as process:
        recorded = only_run(project)
        assert recorded.status == "running"
        assert set(recorded.json) == {"columns"}, "what is saved is there at once"
        process.send_signal(number)
        assert process.wait() == (1 if number is signal.SIGINT else -number)
    assert only_run(project).status == status
    assert kedro_run(project).returncode == 0
    assert [each.status for each in recorded_runs(project)] == [last_word, "succeeded"]


STORE_SETTINGS_OF_A_SUBFOLDER = STORE_SETTINGS.replace('str(Path(__file__).parents[2] / "data")', '"tracking/runs"')


def test_relative_path_is_the_projects_wherever_kedro_is_called(project: Path) -> None:
    (project / "src" / "hooked_project" / "settings.py").write_text(STORE_SETTINGS_OF_A_SUBFOLDER)
    assert kedro_run(project / "src").returncode == 0
    assert (project / "tracking" / "runs" / "session_store.db").is_file()
    assert not list((project / "src").rglob("*.db"))


def node_rows(path: Path) -> dict[str, tuple[bool, bool, bool]]:
    """Of each node whether it started, ended and failed."""
    with closing(sqlite3.connect(path / "data" / "session_store.db")) as connection:
        rows = connection.execute("SELECT node, started_at, ended_at, failed FROM node_runs ORDER BY position")
        return {node: (started is not None, ended is not None, bool(failed)) for node, started, ended, failed in rows}


def test_nodes_are_recorded_as_they_run(here: Path) -> None:
    run(here)
    assert node_rows(here) == {"make_table": (True, True, False), "score": (True, True, False)}


# Kedro refuses to run generators asynchronously.
@pytest.mark.parametrize(
    ("pipeline", "node", "is_async"),
    [
        ("failing", "fail", False),
        ("failing", "fail", True),
        ("missing", "score", False),
        ("missing", "score", True),
        ("unsaveable", "unsaveable", False),
        ("unsaveable", "unsaveable", True),
        ("half", "half", False),
    ],
)
@pytest.mark.parametrize("runner", [SequentialRunner, ThreadRunner])
def test_node_at_fault_is_told(
    here: Path, pipeline: str, node: str, is_async: bool, runner: Callable[..., object]
) -> None:
    with pytest.raises(Exception, match=r"converge|loading|half way|saving|numbers|float"):
        run(here, pipeline, runner(is_async=is_async))
    assert row(here, "status, error_node") == ("failed", node)
    failed = [name for name, (_, _, has_failed) in node_rows(here).items() if has_failed]
    assert failed == [node]


def test_run_inside_a_run_is_told_apart_from_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEST_PROJECT", str(here))
    outer = run(here, "others")
    with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
        runs = connection.execute("SELECT pipeline, status, error_node FROM runs ORDER BY pipeline").fetchall()
        ended = connection.execute(
            "SELECT node FROM node_runs WHERE run_id = ? AND started_at <= ended_at AND failed IS NULL", (outer,)
        ).fetchall()
        metrics = connection.execute("SELECT run_id, value FROM metrics").fetchall()
        series = connection.execute("SELECT run_id, name, count FROM series_chunks").fetchall()
    assert runs == [
        ("half", "failed", "half"),
        ("missing", "failed", "score"),
        ("others", "succeeded", None),
        ("unsaveable", "failed", "unsaveable"),
    ]
    assert sorted(ended) == [("make_table",), ("run_others",)]
    assert (outer, 4) in metrics
    assert series == [(outer, "failed", 3)]


def test_run_in_a_process_of_a_nodes_own_is_told_apart_from_the_nodes(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TEST_PROJECT", str(here))
    run(here, "other_process")
    with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
        runs = connection.execute("SELECT pipeline, status, error_node FROM runs ORDER BY pipeline").fetchall()
        failed = connection.execute("SELECT node FROM node_runs WHERE failed").fetchall()
    assert runs == [("missing", "failed", "score"), ("other_process", "succeeded", None)]
    assert failed == [("score",)]


def test_run_interrupted_in_a_notebook_is_cancelled_though_its_session_stays_open(here: Path) -> None:
    session: Any = KedroSession.create(project_path=here)
    with pytest.raises(KeyboardInterrupt):
        run_in(session, "interrupted")
    tracking = run_tracking_hook._tracking
    assert tracking is not None
    tracking._beat()
    assert row(here, "status") == ("cancelled",)
    session.close()


def test_run_that_goes_on_is_not_taken_for_interrupted(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[Any, ...]] = []
    node_started = Recorder.node_started

    # Any: whatever the method takes.
    def beat_meanwhile(recorder: Recorder, *arguments: Any) -> None:
        node_started(recorder, *arguments)
        tracking = run_tracking_hook._tracking
        assert tracking is not None
        tracking._beat()
        seen.append(row(here, "status"))

    monkeypatch.setattr(Recorder, "node_started", beat_meanwhile)
    run(here)
    assert seen == [("running",), ("running",)]


def test_projects_without_our_store_import_nothing_of_it(tmp_path: Path) -> None:
    path = make_project(tmp_path / "plain", settings="")
    code = (
        "import sys; from pathlib import Path; from kedro.framework.startup import bootstrap_project\n"
        "from kedro.framework.session import KedroSession\n"
        "sys.modules['_sqlite3'] = None\n"
        "bootstrap_project(Path.cwd())\n"
        "with KedroSession.create() as session: session.run()\n"
        "print([name for name in sys.modules if name.startswith(('kedro_viz.store', 'kedro_viz.tracking', 'sqlite3'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=path, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_large_json_is_not_looked_at(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.tracking.content.MAX_FILE_BYTES", 10)
    run(here)
    with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
        problems = dict(connection.execute("SELECT dataset, problem FROM artifacts").fetchall())
        assert connection.execute("SELECT count(*) FROM tracked_json").fetchone() == (0,)
    assert problems["columns"].endswith("is read. Download it to see it.")
