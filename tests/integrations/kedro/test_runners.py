"""However Kedro runs a pipeline: one run is one record, and nothing is missing in it, or in it twice."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from kedro.framework.cli.project import run as kedro_run_command

from tests.full_project import DEFAULT_NODES, PACKAGE, UNDRAWN_NODES, make_full_project, record_of
from tests.notebook import execute, notebook
from tests.run_records import STORE, RunRecord, records_in, records_of
from tests.store.stores import query
from tests.viz_server import kedro_run

KNOWN_OPTIONS = {name for parameter in kedro_run_command.params for name in parameter.opts}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_full_project(tmp_path_factory.mktemp("runners") / "project")


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "project"))


def needs(option: str) -> pytest.MarkDecorator:
    """Skips where the installed Kedro has no such option."""
    return pytest.mark.skipif(option not in KNOWN_OPTIONS, reason=f"this Kedro has no {option}")


THREADS = ["--runner", "ThreadRunner"]
PROCESSES = ["--runner", "ParallelRunner"]
REPORT = ("score", "draw")


@pytest.mark.parametrize(
    ("arguments", "start_method", "expected"),
    [
        pytest.param([], None, record_of(*DEFAULT_NODES), id="one by one"),
        pytest.param(["--async"], None, record_of(*DEFAULT_NODES), id="async"),
        pytest.param(THREADS, None, record_of(*DEFAULT_NODES), id="threads"),
        pytest.param([*THREADS, "--async"], None, record_of(*DEFAULT_NODES), id="async threads"),
        pytest.param(PROCESSES, "fork", record_of(*DEFAULT_NODES), id="forked processes"),
        pytest.param(PROCESSES, "spawn", record_of(*DEFAULT_NODES), id="spawned processes"),
        pytest.param(
            ["--pipeline", "streaming", *THREADS], None, record_of("make_table", "stream"), id="generator in a thread"
        ),
        pytest.param(
            ["--pipeline", "streaming", *PROCESSES], "fork", record_of("make_table", "stream"), id="generator in a fork"
        ),
        pytest.param(["--pipeline", "streaming"], None, record_of("make_table", "stream"), id="generator"),
        pytest.param(["--tags", "data"], None, record_of("make_table"), id="tags"),
        pytest.param(["--to-nodes", "train"], None, record_of(*DEFAULT_NODES[:3]), id="slice"),
    ],
)
def test_run_is_one_whole_record(
    project: Path,
    arguments: list[str],
    start_method: str | None,
    expected: RunRecord,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if start_method is not None:
        monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    run = kedro_run(project, *arguments)
    assert run.returncode == 0, run.stderr + run.stdout
    assert records_of(project) == [expected]


@needs("--pipelines")
def test_several_pipelines_are_one_run_that_is_told_alike_in_whatever_order(project: Path) -> None:
    for pipelines in ("reporting,data", "data,reporting"):
        assert kedro_run(project, "--pipelines", pipelines).returncode == 0
    assert records_of(project) == [record_of("make_table", "draw")] * 2
    assert query(project / STORE, "SELECT DISTINCT pipeline FROM runs") == [("data, reporting",)]


@needs("--only-missing-outputs")
def test_nodes_that_are_left_out_because_their_data_is_there_are_not_recorded_as_run(project: Path) -> None:
    assert kedro_run(project).returncode == 0
    shutil.rmtree(project / "data" / "08_reporting")
    assert kedro_run(project, "--only-missing-outputs").returncode == 0
    assert records_of(project) == [record_of(*DEFAULT_NODES), record_of("draw")]


@pytest.mark.parametrize(
    ("arguments", "start_method"),
    [([], None), (["--async"], None), (THREADS, None), (PROCESSES, "fork"), (PROCESSES, "spawn")],
    ids=["one by one", "async", "threads", "forked processes", "spawned processes"],
)
def test_failing_node_makes_a_failed_run_with_all_that_was_before(
    project: Path, arguments: list[str], start_method: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if start_method is not None:
        monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    run = kedro_run(project, "--pipeline", "failing", *arguments)
    assert run.returncode == 1
    assert "did not <converge>" in run.stderr + run.stdout
    assert records_of(project) == [record_of(*UNDRAWN_NODES, "fail", status="failed")]


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        # Of the node that cannot load its input Kedro does not say that it begins.
        ("unloadable", replace(record_of("make_table", status="failed"), failed_nodes={"draw"})),
        (
            "unsaveable",
            replace(
                record_of(*UNDRAWN_NODES[:3], status="failed"),
                nodes={*UNDRAWN_NODES[:3], "score_badly"},
                loaded={"raw", "columns", "table", "weights"},
                failed_nodes={"score_badly"},
            ),
        ),
    ],
)
@pytest.mark.parametrize("arguments", [[], THREADS, PROCESSES], ids=["one by one", "threads", "processes"])
def test_node_whose_data_cannot_be_loaded_or_saved_is_told(
    project: Path, arguments: list[str], pipeline: str, expected: RunRecord
) -> None:
    assert kedro_run(project, "--pipeline", pipeline, *arguments).returncode == 1
    assert records_of(project) == [expected]


@pytest.mark.parametrize(
    ("arguments", "start_method"),
    [([], None), (THREADS, None), (PROCESSES, "fork"), (PROCESSES, "spawn")],
    ids=["one by one", "threads", "forked processes", "spawned processes"],
)
def test_generator_that_raises_is_told_to_have_failed(
    project: Path, arguments: list[str], start_method: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if start_method is not None:
        monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    assert kedro_run(project, "--pipeline", "breaking_off", *arguments).returncode == 1
    [recorded] = records_of(project)
    assert (recorded.status, recorded.failed_nodes) == ("failed", {"break_off"})
    assert query(project / STORE, "SELECT error_node FROM runs") == [("break_off",)]


def test_run_that_cannot_begin_is_a_failed_run(project: Path) -> None:
    assert kedro_run(project, "--nodes", "no_such_node").returncode == 1
    [(status, message)] = query(project / STORE, "SELECT status, error_message FROM runs")
    assert status == "failed"
    assert "no_such_node" in message


def test_commands_that_run_nothing_leave_no_run(project: Path) -> None:
    for command in (["catalog", "describe-datasets"], ["registry", "list"]):
        subprocess.run([sys.executable, "-m", "kedro", *command], cwd=project, capture_output=True, check=False)
    assert not (project / STORE).exists()


def test_packaged_project_is_tracked_away_from_its_sources(project: Path, tmp_path: Path) -> None:
    """`python -m full_project`, the package installed elsewhere than its configuration and data."""
    installed = tmp_path / "lib" / "python" / PACKAGE
    deployed = tmp_path / "deployed"
    shutil.copytree(project / "src" / PACKAGE, installed)
    for folder in ("conf", "data"):
        shutil.copytree(project / folder, deployed / folder)
    run = subprocess.run(
        [sys.executable, "-m", PACKAGE],
        cwd=deployed,
        env={**os.environ, "PYTHONPATH": str(installed.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr + run.stdout
    # `Path(__file__).parents[2]` in settings.py is what holds the installed package here.
    assert list(records_in(tmp_path / "lib" / STORE).values()) == [record_of(*DEFAULT_NODES)]


def test_sessions_in_a_notebook_are_a_record_each(project: Path) -> None:
    with notebook(project.parent) as kernel:
        execute(
            kernel,
            "from pathlib import Path\n"
            "from kedro.framework.session import KedroSession\n"
            "from kedro.framework.startup import bootstrap_project\n"
            f"project = Path({str(project)!r})\n"
            "bootstrap_project(project)\n"
            "with KedroSession.create(project_path=project) as session:\n"
            "    session.run()\n",
        )
        execute(kernel, "with KedroSession.create(project_path=project) as session: session.run(tags=['data'])")
        # While the kernel is still there.
        assert records_of(project) == [record_of(*DEFAULT_NODES), record_of("make_table")]


@contextmanager
def kedro_server(project: Path) -> Iterator[str]:
    """Kedro's HTTP server in a process of its own. Gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "kedro", "server", "start", "--port", "0"],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert process.stdout is not None
    try:
        said = []
        for line in process.stdout:
            said.append(line)
            if "running on" in line:
                yield line.split("running on ")[1].split()[0]
                break
        else:
            raise AssertionError("Kedro's server ended by itself:\n" + "".join(said))
    finally:
        process.terminate()
        process.communicate()


# Any: JSON.
def ask(server: str, **request: Any) -> Any:
    """Have the server run a pipeline, and give its answer."""
    body = json.dumps(request).encode()
    headers = {"Content-Type": "application/json"}
    with urllib.request.urlopen(urllib.request.Request(f"{server}/run", data=body, headers=headers)) as answer:
        return json.loads(answer.read())


def test_each_request_to_kedros_server_is_a_record(project: Path) -> None:
    pytest.importorskip("kedro.server", reason="this Kedro has no HTTP server")
    with kedro_server(project) as server:
        answers = [
            ask(server, pipeline_names=["data"]),
            ask(server),
            ask(server, pipeline_names=["failing"], runner="ThreadRunner"),
            ask(server, runner="ParallelRunner"),
        ]
        # At once: what one of them writes the other does not read.
        with ThreadPoolExecutor() as pool:
            answers += pool.map(lambda node: ask(server, node_names=[node]), ["make_table", "score"])
        # While the server is still there.
        recorded = records_in(project / STORE)
    assert [answer["status"] for answer in answers] == [*["success"] * 2, "failure", *["success"] * 3]
    assert [recorded.pop(answer["run_id"]) for answer in answers] == [
        record_of("make_table"),
        record_of(*DEFAULT_NODES),
        record_of(*UNDRAWN_NODES, "fail", status="failed"),
        record_of(*DEFAULT_NODES),
        record_of("make_table"),
        record_of("score"),
    ]
    assert recorded == {}


def without_session_store(project: Path, shared: Path) -> None:
    """Have `kedro run` use the session of Kedro's server, and share the store by a folder."""
    pytest.importorskip("kedro.framework.session.service_session", reason="this Kedro has no such session")
    settings = project / "src" / PACKAGE / "settings.py"
    settings.write_text(
        f"{settings.read_text()}SESSION_STORE_ARGS['remote_path'] = {str(shared)!r}\n"
        "from kedro.framework.session.service_session import KedroServiceSession\n"
        "SESSION_CLASS = KedroServiceSession\n"
    )


def test_run_of_a_session_without_a_store_is_told_and_shared_as_any_other(project: Path, tmp_path: Path) -> None:
    without_session_store(project, tmp_path / "shared")
    assert kedro_run(project, "--tags", "data").returncode == 0
    [shared] = (tmp_path / "shared").iterdir()
    for store in (project / STORE, shared):
        assert list(records_in(store).values()) == [record_of("make_table")]
        [(command,)] = query(store, "SELECT command FROM runs")
        assert command == "kedro run --tags data"


def test_run_of_a_session_without_a_store_is_cancelled_by_ctrl_c(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_session_store(project, tmp_path / "shared")
    monkeypatch.setenv("TEST_INTERLUDE", "raise KeyboardInterrupt")
    assert kedro_run(project).returncode != 0
    [record] = records_of(project)
    assert record.status == "cancelled"
