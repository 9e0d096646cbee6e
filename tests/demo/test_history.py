"""The command that makes the demo's history, run for real."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from demo_project.history.recording import command_of
from demo_project.history.story import Experiment, experiments
from kedro_viz.tracking.run import time_of_run_id
from tests.demo.conftest import DemoProject, copy_demo_project

FAMILIES = ["linear_regression", "random_forest", "gradient_boosting"]
METRICS = ["r2_score", "training_r2_score", "mae", "rmse", "max_error"]
PLOTS = ["predicted_vs_actual.png", "price_bands.png", "feature_importance.json", "model_comparison.json"]

# The command, in a Python that refuses to start another one.
IN_ONE_PROCESS = """
import runpy, sys
def refuse(event, arguments):
    if event in ("os.fork", "os.posix_spawn", "os.spawn") or (
        event == "subprocess.Popen" and "python" in str(arguments[0])
    ):
        raise SystemExit(f"A process was started: {event} {arguments[:2]}")
sys.addaudithook(refuse)
sys.argv = ["history", *sys.argv[1:]]
runpy.run_module("demo_project.history", run_name="__main__")
"""


def rows(store: Path, query: str) -> list[tuple[object, ...]]:
    """Ask a session store."""
    with closing(sqlite3.connect(store)) as connection:
        return connection.execute(query).fetchall()


def run_ids(project: DemoProject) -> list[str]:
    """All runs of a project, oldest first."""
    return [str(run_id) for (run_id,) in rows(project.store, "SELECT id FROM runs ORDER BY id")]


def r2_scores(project: DemoProject, run_id: str) -> list[tuple[object, ...]]:
    """What a run has measured: the score of each family."""
    return rows(
        project.store,
        "SELECT dataset, value FROM metrics JOIN metric_names ON metric_names.id = metric_id "
        f"WHERE key = 'r2_score' AND run_id = '{run_id}' ORDER BY dataset",
    )


def snapshot(project: DemoProject) -> dict[str, object]:
    """All files of a project's data with the moment of their last change, and all rows of its store."""
    files: dict[str, object] = {
        str(file): file.stat().st_mtime_ns
        for file in project.data.rglob("*")
        if file.is_file() and not file.name.startswith("session_store.db")
    }
    for table in ("runs", "user_run_details", "metrics", "artifacts", "tracked_json", "parameters"):
        files[table] = rows(project.store, f"SELECT * FROM {table}")
    return files


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[DemoProject, str]:
    """A history of three runs, made in one process, and what the command said."""
    project = copy_demo_project(tmp_path_factory.mktemp("history"))
    process = project.python("-c", IN_ONE_PROCESS, "--runs", "3", "--seed", "7")
    assert process.returncode == 0, process.stdout
    return project, process.stdout


def test_the_command_tells_of_each_run(made: tuple[DemoProject, str]) -> None:
    lines = [line for line in made[1].splitlines() if line.startswith("[") and "/3]" in line]
    assert [line[:5] for line in lines] == ["[1/3]", "[2/3]", "[3/3]"]
    assert all("R²" in line for line in lines)


def test_the_runs_lie_in_the_past_three_months_at_the_times_that_their_ids_tell(
    made: tuple[DemoProject, str],
) -> None:
    found = rows(made[0].store, "SELECT id, started_at, ended_at FROM runs ORDER BY id")
    assert len(found) == 3
    now = datetime.now(timezone.utc)
    for run_id, started, ended in found:
        assert isinstance(started, int)
        assert isinstance(ended, int)
        told = time_of_run_id(str(run_id))
        assert told is not None
        assert 0 <= started - told < 60_000
        assert started < ended < started + 300_000
        assert now - timedelta(days=95) < datetime.fromtimestamp(ended / 1000, timezone.utc) < now


def test_the_runs_have_metrics_json_and_plots(made: tuple[DemoProject, str]) -> None:
    project = made[0]
    for run_id in run_ids(project):
        metrics = rows(
            project.store,
            "SELECT dataset, key FROM metrics JOIN metric_names ON metric_names.id = metric_id "
            f"WHERE run_id = '{run_id}'",
        )
        assert set(metrics) == {(f"modelling.{family}.metrics", key) for family in FAMILIES for key in METRICS}
        documents = rows(project.store, f"SELECT dataset FROM tracked_json WHERE run_id = '{run_id}'")
        assert {("reporting.champion",), ("data_ingestion.companies_columns",)} <= set(documents)
        artifacts = rows(project.store, f"SELECT name FROM artifacts WHERE run_id = '{run_id}'")
        assert {(name,) for name in PLOTS} <= set(artifacts)
        pictures = list(project.data.glob(f"08_reporting/**/{run_id}/*.png"))
        assert len(pictures) == 5
        assert all(picture.read_bytes().startswith(b"\x89PNG") for picture in pictures)


def test_the_runs_have_series_at_the_times_of_the_runs(made: tuple[DemoProject, str]) -> None:
    trees = {
        str(run_id): json.loads(str(value))
        for run_id, value in rows(
            made[0].store,
            "SELECT run_id, value FROM parameters WHERE name = 'modelling.gradient_boosting.options.n_estimators'",
        )
    }
    found = rows(
        made[0].store,
        "SELECT run_id, name, sum(count), min(first_at) BETWEEN started_at AND ended_at "
        "FROM series_chunks JOIN runs ON id = run_id GROUP BY run_id, name",
    )
    assert set(found) == {
        (run_id, f"gradient_boosting/{name}", count, 1)
        for run_id, count in trees.items()
        for name in ("training_rmse", "test_rmse")
    }


def test_trees_do_better_than_a_line_and_the_end_better_than_the_beginning(made: tuple[DemoProject, str]) -> None:
    first, *_, last = run_ids(made[0])
    boosting, line, forest = (float(str(value)) for _, value in r2_scores(made[0], last))
    assert line + 0.15 < forest < boosting
    assert all(
        float(str(after)) > float(str(before)) + 0.1
        for (_, before), (_, after) in zip(r2_scores(made[0], first), r2_scores(made[0], last), strict=True)
    )


def test_the_runs_tell_who_ran_what_on_which_branch(made: tuple[DemoProject, str]) -> None:
    found = rows(
        made[0].store,
        "SELECT title, author, git_branch, length(git_sha), bookmark, notes FROM runs "
        "JOIN user_run_details ON run_id = runs.id ORDER BY runs.id",
    )
    assert [row[:5] for row in found] == [
        ("First draft", "mira.solberg", "main", 7, 1),
        ("Forest tuned", "jonas.weber", "tune/random-forest", 7, 0),
        ("Release 1.0", "mira.solberg", "release/1.0", 7, 1),
    ]
    assert all(notes and "{" not in str(notes) for *_, notes in found)


def test_a_second_call_changes_nothing(made: tuple[DemoProject, str]) -> None:
    project = made[0]
    before = snapshot(project)
    process = project.history("--runs", "3", "--seed", "7")
    assert process.returncode == 0
    assert "is there already" in process.stdout
    assert snapshot(project) == before


def test_force_makes_the_history_anew_and_leaves_other_runs_alone(demo_project: DemoProject) -> None:
    assert demo_project.history("--runs", "1").returncode == 0
    (first,) = run_ids(demo_project)
    scores = r2_scores(demo_project, first)
    own = demo_project.python("-m", "kedro", "run", "--params=modelling.random_forest.options.max_depth=2")
    assert own.returncode == 0, own.stdout
    users = run_ids(demo_project)[-1]

    process = demo_project.history("--runs", "1", "--seed", "8", "--force")
    assert process.returncode == 0, process.stdout
    again, still = run_ids(demo_project)
    assert still == users
    assert again != first
    versions = {file.parent.name for file in demo_project.data.rglob("price_bands.png") if file.is_file()}
    assert versions == {again, users}
    # The user's model is the latest; the run made anew has measured its own all the same.
    assert r2_scores(demo_project, again) == scores


def test_a_history_that_was_interrupted_goes_on_where_it_stopped(demo_project: DemoProject) -> None:
    with demo_project.start_history("--runs", "2") as process:
        assert process.stdout is not None
        assert any(line.startswith("[1/2]") for line in process.stdout)
        process.kill()
    first = run_ids(demo_project)[0]

    resumed = demo_project.history("--runs", "2")
    assert resumed.returncode == 0, resumed.stdout
    assert "[2/2]" in resumed.stdout
    assert "[1/2]" not in resumed.stdout
    assert run_ids(demo_project)[0] == first
    assert rows(demo_project.store, "SELECT status FROM runs") == [("succeeded",), ("succeeded",)]


FAILING = [experiment for experiment in experiments(40, seed=7) if experiment.fails]


@pytest.mark.parametrize(
    ("experiment", "failing_node", "reason"),
    [
        (FAILING[0], "data_ingestion.keep_complete_rows", "10.7% of the shuttles lack a price or a review"),
        (FAILING[1], "feature_engineering.select_features", "No feature crew_servise to leave out"),
    ],
    ids=["data quality", "unknown feature"],
)
def test_a_run_that_fails_does_so_for_the_stated_reason(
    demo_project: DemoProject, experiment: Experiment, failing_node: str, reason: str
) -> None:
    process = demo_project.python("-m", *command_of(experiment))
    assert process.returncode != 0
    assert experiment.fails is not None
    ((status, error_type, message, node),) = rows(
        demo_project.store, "SELECT status, error_type, error_message, error_node FROM runs"
    )
    assert status == "failed"
    assert str(error_type).endswith(f".{experiment.fails.__name__}")
    assert (node, str(message).startswith(reason)) == (failing_node, True), message
