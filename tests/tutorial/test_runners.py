"""The tutorial's project is tracked alike however Kedro runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tutorial.recorded import RecordedRun, recorded_runs, runs_in
from tests.viz_server import kedro_run

METRICS = {"metrics.r2_score", "metrics.mae", "metrics.max_error"}


def check_all_is_tracked(run: RecordedRun, project: Path) -> None:
    """The run succeeded, its three kinds of data are indexed, and their files lie in the folders of its id."""
    assert run.status == "succeeded"
    assert set(run.metrics) == METRICS
    assert set(run.json) == {"companies_columns"}
    assert set(run.plots) == {"confusion_matrix"}
    for file in ("metrics.json", "companies_columns.json", "confusion_matrix.png"):
        assert (project / "data" / "09_tracking" / file / run.id / file).is_file()


@pytest.mark.parametrize(
    ("arguments", "start_method", "runner"),
    [
        pytest.param(["--async"], None, "SequentialRunner", id="async"),
        pytest.param(["--runner", "ThreadRunner"], None, "ThreadRunner", id="threads"),
        pytest.param(["--runner", "ParallelRunner"], "fork", "ParallelRunner", id="forked processes"),
        pytest.param(["--runner", "ParallelRunner"], "spawn", "ParallelRunner", id="spawned processes"),
        # Not ParallelRunner with --async: Kedro's saving threads then race to import pandas in its manager process.
    ],
)
def test_run_is_tracked(
    spaceflights: Path,
    arguments: list[str],
    start_method: str | None,
    runner: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if start_method is not None:
        monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    run = kedro_run(spaceflights, *arguments)
    assert run.returncode == 0, run.stderr + run.stdout
    [recorded] = recorded_runs(spaceflights)
    check_all_is_tracked(recorded, spaceflights)
    assert recorded.runner is not None
    assert recorded.runner.endswith(runner)


def test_packaged_project_is_tracked_away_from_its_sources(spaceflights: Path, tmp_path: Path) -> None:
    """`python -m spaceflights`, the package installed elsewhere than its configuration and data."""
    installed = tmp_path / "lib" / "python" / "spaceflights"
    deployed = tmp_path / "deployed"
    shutil.copytree(spaceflights / "src" / "spaceflights", installed)
    for folder in ("conf", "data"):
        shutil.copytree(spaceflights / folder, deployed / folder)
    run = subprocess.run(
        [sys.executable, "-m", "spaceflights"],
        cwd=deployed,
        env={**os.environ, "PYTHONPATH": str(installed.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr + run.stdout
    # `Path(__file__).parents[2]` in settings.py is what holds the installed package here.
    [recorded] = runs_in(tmp_path / "lib" / "data" / "session_store.db")
    check_all_is_tracked(recorded, deployed)


def break_evaluation(project: Path) -> None:
    """Have the last node fail, with an error of its own."""
    nodes = project / "src" / "spaceflights" / "pipelines" / "data_science" / "nodes.py"
    code = nodes.read_text(encoding="utf-8")
    returned = 'return {"r2_score": score'
    assert returned in code
    failing = f"raise ArithmeticError('the model <diverged>')\n    {returned}"
    nodes.write_text(code.replace(returned, failing), encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [[], ["--runner", "ParallelRunner"], ["--runner", "ThreadRunner"]],
    ids=["sequential", "parallel", "threads"],
)
def test_failing_node_makes_a_failed_run_and_kedros_own_exit_code(
    spaceflights: Path, tmp_path: Path, arguments: list[str]
) -> None:
    break_evaluation(spaceflights)
    untracked = Path(shutil.copytree(spaceflights, tmp_path / "untracked"))
    (untracked / "src" / "spaceflights" / "settings.py").write_text("", encoding="utf-8")

    run = kedro_run(spaceflights, *arguments)

    assert run.returncode == kedro_run(untracked, *arguments).returncode != 0
    assert "the model <diverged>" in run.stderr + run.stdout
    [recorded] = recorded_runs(spaceflights)
    assert recorded.status == "failed"
    assert recorded.error == ("ArithmeticError", "the model <diverged>", "evaluate_model_node")
    assert recorded.metrics == {}
    assert set(recorded.json) == {"companies_columns"}, "what was saved before the failure is kept"
    assert set(recorded.plots) == {"confusion_matrix"}


def test_metric_that_is_no_number_fails_the_run_by_name(spaceflights: Path) -> None:
    nodes = spaceflights / "src" / "spaceflights" / "pipelines" / "data_science" / "nodes.py"
    code = nodes.read_text(encoding="utf-8")
    nodes.write_text(code.replace('"max_error": me', '"max_error": [me]'), encoding="utf-8")
    run = kedro_run(spaceflights)
    assert run.returncode != 0
    [recorded] = recorded_runs(spaceflights)
    assert recorded.status == "failed"
    kind, message, _node = recorded.error
    assert kind is not None
    assert kind.endswith("DatasetError")
    assert message is not None
    assert "max_error" in message or "float() argument" in message  # kedro-datasets' own class names no key


def test_run_that_cannot_begin_is_a_failed_run(spaceflights: Path) -> None:
    run = kedro_run(spaceflights, "--nodes", "no_such_node")
    assert run.returncode != 0
    [recorded] = recorded_runs(spaceflights)
    assert recorded.status == "failed"
    assert "no_such_node" in str(recorded.error)


def test_commands_that_run_nothing_leave_no_run(spaceflights: Path) -> None:
    for command in (["catalog", "describe-datasets"], ["registry", "list"]):
        subprocess.run([sys.executable, "-m", "kedro", *command], cwd=spaceflights, capture_output=True, check=False)
    store = spaceflights / "data" / "session_store.db"
    assert not store.exists() or recorded_runs(spaceflights) == []
