"""The session store that users name: where it is, what becomes of it in trouble, and how it is shared."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from kedro.framework import project as kedro_project
from kedro.framework.project import settings
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project
from kedro.runner import ParallelRunner

from kedro_viz.integrations.kedro.project.project_name import project_name
from kedro_viz.integrations.kedro.project.store_location import location_in, remote_path, remote_path_in, store_location
from kedro_viz.integrations.kedro.project.tracked_projects import is_configured
from kedro_viz.integrations.kedro.recording import run_registry, run_tracking
from kedro_viz.integrations.kedro.recording.run_registry import registry
from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from kedro_viz.store.recording.spool import spool_folders
from kedro_viz.store.sharing.remote import USERNAME_VARIABLE, RemoteFolder
from kedro_viz.store.sqlite import sqlite_file
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.tracking.run import RunStatus
from tests.projects import CATALOG, STORE_SETTINGS, make_project
from tests.s3 import empty_bucket, s3_server
from tests.tutorial.recorded import recorded_runs, runs_in


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that cannot be kept beside their store go to a cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with our store in its settings, set up in this process."""
    path = make_project(tmp_path / "project")
    bootstrap_project(path)
    return path


def run(path: Path) -> str:
    """Run the project's pipeline in a session of its own, and give the run's id."""
    session: Any
    with KedroSession.create(project_path=path) as session:
        # The result reaches the user whatever becomes of its record.
        assert set(session.run()) <= {"scores", "columns", "table"}
        run_id: str = session.session_id
    return run_id


@pytest.mark.parametrize(
    ("store_args", "folder"),
    [
        ("", "data"),
        ('SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}', "data"),
        ('SESSION_STORE_ARGS = {"path": Path(__file__).parents[2] / "made" / "for this"}', "made/for this"),
        ('SESSION_STORE_ARGS = {"path": "relative"}', "relative"),
        ('SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "sessions")}', "sessions"),
    ],
    ids=["not given", "as the tutorial has it", "folders to be made", "relative", "named as Kedro's own"],
)
def test_store_is_made_where_the_settings_say(
    tmp_path: Path, store_args: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = (line for line in STORE_SETTINGS.splitlines() if not line.startswith("SESSION_STORE_ARGS"))
    path = make_project(tmp_path / "project", settings="\n".join([*lines, store_args]))
    monkeypatch.chdir(path)
    bootstrap_project(path)
    run_id = run(path)
    location = path / folder / "session_store.db"
    assert [each.id for each in runs_in(location)] == [run_id]
    assert store_location(path) == location, "the app looks where the runs are"


def with_args(folder: Path, args: str) -> Path:
    """A project whose settings give the store other arguments."""
    return make_project(folder, settings=f"{STORE_SETTINGS}\nSESSION_STORE_ARGS = {args}\n")


def test_relative_path_is_that_of_the_sessions_project_and_not_of_the_current_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    args = '{"path": "kept/runs", "remote_path": "../shared"}'
    monkeypatch.setenv(USERNAME_VARIABLE, "ada")
    monkeypatch.chdir(with_args(tmp_path / "elsewhere", args))
    path = with_args(tmp_path / "project", args)
    bootstrap_project(path)
    run_id = run(path)
    assert [each.id for each in runs_in(path / "kept" / "runs" / "session_store.db")] == [run_id]
    assert store_location(path) == path / "kept" / "runs" / "session_store.db", "the app looks where the runs are"
    assert [each.id for each in runs_in(tmp_path / "shared" / "ada.db")] == [run_id]
    assert not list((tmp_path / "elsewhere").rglob("*.db"))


def test_tilde_is_the_home_folder_of_both_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    monkeypatch.setenv(USERNAME_VARIABLE, "ada")
    path = with_args(tmp_path / "project", '{"path": "~/store", "remote_path": "~/shared"}')
    monkeypatch.chdir(path)
    bootstrap_project(path)
    run_id = run(path)
    assert [each.id for each in runs_in(home / "store" / "session_store.db")] == [run_id]
    assert store_location(path) == home / "store" / "session_store.db", "the app looks where the runs are"
    assert [each.id for each in runs_in(home / "shared" / "ada.db")] == [run_id]
    assert not (path / "~").exists()


@pytest.mark.parametrize(
    ("given", "used"),
    [
        ("shared", "{project}/shared"),
        ("../shared", "{project}/../shared"),
        ("/mnt/shared", "/mnt/shared"),
        ("~/shared", "{home}/shared"),
        (Path("shared"), "{project}/shared"),
        ("file://shared", "file://{project}/shared"),
        ("local://~/shared", "local://{home}/shared"),
        ("file:///mnt/shared", "file:///mnt/shared"),
        ("s3://bucket/~/shared", "s3://bucket/~/shared"),
        ("simplecache::s3://bucket/shared", "simplecache::s3://bucket/shared"),
        ("", None),
        (None, None),
    ],
)
def test_shared_folder_is_where_the_settings_say(
    tmp_path: Path, given: str | Path | None, used: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    expected = used and used.format(project=tmp_path, home=tmp_path / "home")
    assert remote_path_in(tmp_path, given) == expected


def test_user_without_a_home_keeps_the_store_in_the_project(tmp_path: Path) -> None:
    assert location_in(tmp_path, "~no-such-user/store") == tmp_path / "~no-such-user" / "store" / "session_store.db"


def test_project_is_told_whether_it_has_our_store(project: Path, tmp_path: Path) -> None:
    assert is_configured()
    assert remote_path(project) is None
    bootstrap_project(make_project(tmp_path / "plain", settings=""))
    assert not is_configured()
    assert store_location(tmp_path / "plain") is None
    derived = "from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore\nclass Mine(SQLiteStore): ...\n"
    bootstrap_project(make_project(tmp_path / "derived", settings=f"{derived}SESSION_STORE_CLASS = Mine\n"))
    assert is_configured()
    assert store_location(tmp_path / "derived") == tmp_path / "derived" / "data" / "session_store.db"


def test_store_is_a_session_store_of_kedros(tmp_path: Path) -> None:
    store = SQLiteStore(path=str(tmp_path), session_id="a session")
    assert store.location == tmp_path / "session_store.db"
    store["cli"] = {"command_name": "list"}
    store.save()
    assert not store.location.exists(), "nothing has run"
    assert dict(store) == {"cli": {"command_name": "list"}}


def test_locked_store_costs_a_warning_and_the_run_is_taken_in_later(
    project: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    first = run(project)
    monkeypatch.setattr(sqlite_file, "LOCK_TIMEOUT", 0.1)
    location = project / "data" / "session_store.db"
    with closing(sqlite3.connect(location)) as other:
        other.execute("BEGIN EXCLUSIVE")
        second = run(project)
    [warning] = told
    assert "locked by another process" in warning
    assert spool_folders(location)[0].is_dir()
    third = run(project)
    runs = recorded_runs(project)
    assert [each.id for each in runs] == [first, second, third]
    assert [each.status for each in runs] == ["succeeded"] * 3
    assert runs[1].metrics == runs[2].metrics
    assert runs[1].parameters == {"size": 4, "model.rate": 0.5}
    assert not spool_folders(location)[0].exists()


def test_folder_that_cannot_be_written_costs_a_warning(tmp_path: Path, told: list[str]) -> None:
    # Below a file nobody can make a folder, not even who may write everywhere.
    in_the_way = tmp_path / "in the way"
    in_the_way.write_text("a file")
    args = f'SESSION_STORE_ARGS = {{"path": {str(in_the_way / "data")!r}}}'
    path = make_project(tmp_path / "project", settings=f"{STORE_SETTINGS}\n{args}\n")
    bootstrap_project(path)
    first = run(path)
    [warning] = told
    assert "cannot be written" in warning
    in_the_way.unlink()
    second = run(path)
    assert [each.id for each in runs_in(in_the_way / "data" / "session_store.db")] == [first, second]


def test_damaged_store_is_kept_aside(project: Path, told: list[str]) -> None:
    location = project / "data" / "session_store.db"
    location.write_bytes(b"this is no database, but something that somebody may need")
    run_id = run(project)
    assert [each.id for each in recorded_runs(project)] == [run_id]
    [aside] = location.parent.glob("session_store.db.corrupt-*")
    assert aside.read_bytes().startswith(b"this is no database")
    assert str(aside) in told[0]


def test_fault_while_the_session_is_closed_fails_no_run(
    project: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise RuntimeError("a fault of ours")

    with monkeypatch.context() as patch:
        patch.setattr("kedro_viz.tracking.recorder.Recorder.session_saved", broken)
        run(project)
    assert told == ["The session could not be recorded: a fault of ours"]


# --- Several projects


def test_runs_of_projects_that_share_a_store_are_told_apart_by_their_names(tmp_path: Path) -> None:
    args = f'{{"path": {str(tmp_path / "shared")!r}}}'
    settings_text = f"{STORE_SETTINGS}\nSESSION_STORE_ARGS = {args}\n"
    for name in ("Shuttles", "Cars"):
        path = make_project(tmp_path / name, settings=settings_text, name=name)
        bootstrap_project(path)
        run(path)
    with closing(sqlite3.connect(tmp_path / "shared" / "session_store.db")) as connection:
        assert connection.execute("SELECT project FROM runs ORDER BY started_at").fetchall() == [
            ("Shuttles",),
            ("Cars",),
        ]


@pytest.mark.parametrize(
    "text",
    [
        None,
        "no TOML",
        "[tool]\nkedro = 1",
        '[tool.kedro]\nproject_name = " "',
        "[tool.kedro]\nproject_name = 3",
        "\xff",
    ],
)
def test_project_without_a_name_is_called_by_its_package(project: Path, text: str | None) -> None:
    (project / "pyproject.toml").unlink()
    if text is not None:
        (project / "pyproject.toml").write_bytes(text.encode("latin-1"))
    assert project_name(project) == kedro_project.PACKAGE_NAME


# --- Several runs of one id


def test_run_whose_session_id_is_taken_is_recorded_apart_with_its_worker_processes(
    project: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEDRO_MP_CONTEXT", "fork")
    monkeypatch.setattr("kedro.framework.session.session.generate_timestamp", lambda: "2026-01-02T03.04.05.678Z")
    first = run(project)
    store = project / "data" / "session_store.db"
    shutil.rmtree(project / "data" / "09_tracking")
    with closing(sqlite3.connect(store)) as connection:
        # Another process has begun it.
        connection.execute("UPDATE runs SET process = process + 1, author = 'ada'")
        connection.commit()
    session: Any
    with KedroSession.create(project_path=project) as session:
        session.run(runner=ParallelRunner())
    runs = {each.id: each for each in runs_in(store)}
    assert set(runs) == {first, *(run_id for run_id in runs if run_id.startswith(f"{first}-"))}
    assert len(runs) == 2
    for each in runs.values():
        assert (each.status, each.metrics) == ("succeeded", {"scores.mean": 3.5, "scores.rate": 0.5})
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT run_id, count(*) FROM node_runs GROUP BY 1 ORDER BY 1").fetchall() == [
            (run_id, 2) for run_id in sorted(runs)
        ]
        assert connection.execute("SELECT author FROM runs WHERE id = ?", (first,)).fetchall() == [("ada",)]
    assert len(told) == 1


# --- The store's file, without its write-ahead log


def log_of(project: Path) -> Path:
    return project / "data" / "session_store.db-wal"


def runs_in_file_alone(project: Path) -> list[tuple[str, str]]:
    """What somebody finds who copies or commits the store's file, and nothing beside it."""
    copy = project / "copy.db"
    shutil.copyfile(project / "data" / "session_store.db", copy)
    with closing(sqlite3.connect(copy)) as connection:
        return [(run_id, status) for run_id, status in connection.execute("SELECT id, status FROM runs ORDER BY id")]


def test_file_is_complete_without_its_log_when_a_session_is_closed(project: Path) -> None:
    first = run(project)
    assert not log_of(project).exists()
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as other:
        assert other.execute("SELECT id FROM runs").fetchall() == [(first,)]
        second = run(project)
        assert log_of(project).stat().st_size == 0
        assert runs_in_file_alone(project) == [(first, "succeeded"), (second, "succeeded")]


def test_file_is_complete_though_the_session_stays_open(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a notebook."""
    closed = threading.Event()

    def close_stores() -> None:
        run_registry.close_stores()
        closed.set()

    monkeypatch.setattr(run_tracking, "_CLOSE_SECONDS", 0)
    monkeypatch.setattr(run_tracking, "close_stores", close_stores)
    session: Any = KedroSession.create(project_path=project)
    session.run()
    assert closed.wait(60)
    assert not log_of(project).exists()
    assert runs_in_file_alone(project) == [(session.session_id, "succeeded")]
    session.close()
    assert not log_of(project).exists()


def test_log_stays_while_another_run_of_the_process_goes_on(project: Path) -> None:
    registry.start("another run")
    first = run(project)
    assert log_of(project).stat().st_size > 0
    registry.end("another run", RunStatus.SUCCEEDED)
    second = run(project)
    assert runs_in_file_alone(project) == [(first, "succeeded"), (second, "succeeded")]
    registry.forget("another run")


def test_process_leaves_a_complete_file_though_its_session_stays_open(project: Path) -> None:
    code = (
        "from pathlib import Path\n"
        "from kedro.framework.startup import bootstrap_project\n"
        "from kedro.framework.session import KedroSession\n"
        "bootstrap_project(Path.cwd())\n"
        "session = KedroSession.create()\n"
        "session.run()\n"
    )
    store = project / "data" / "session_store.db"
    open_store(store).close()
    with closing(sqlite3.connect(store)) as other:
        other.execute("SELECT * FROM runs").fetchall()
        subprocess.run([sys.executable, "-c", code], cwd=project, check=True, capture_output=True)
        assert [status for _, status in runs_in_file_alone(project)] == ["succeeded"]


# --- Kedro's session for servers, which has no session store


@pytest.fixture
def service(tmp_path: Path) -> Any:
    """A session that runs many times, as Kedro's HTTP server has one. Any: older Kedros have no such class."""
    # The table between the two nodes is not in a file, which runs at the same time would write over one another's.
    project = make_project(tmp_path / "project", catalog=CATALOG.split("table:")[0])
    bootstrap_project(project)
    service_session = pytest.importorskip(
        "kedro.framework.session.service_session", reason="this version of Kedro has no session for servers"
    )
    return service_session.KedroServiceSession.create(project_path=project, serving_mode=True)


def test_runs_of_a_service_session_are_recorded(tmp_path: Path, service: Any) -> None:
    project = tmp_path / "project"
    service.run(run_id="first")
    service.run(run_id="second", runtime_params={"size": 8})
    with pytest.raises(ValueError, match="no_such_pipeline"):
        service.run(pipeline_names=["no_such_pipeline"])
    runs = recorded_runs(project)
    assert [(each.id, each.status) for each in runs] == [("first", "succeeded"), ("second", "succeeded")]
    assert [each.parameters["size"] for each in runs] == [4, 8]
    assert "KEDRO_VIZ_RUN_STORES" not in os.environ


def test_concurrent_runs_of_a_service_session_are_told_apart(tmp_path: Path, service: Any) -> None:
    project = tmp_path / "project"
    barrier = threading.Barrier(4)
    failures: list[BaseException] = []

    def work(size: int) -> None:
        barrier.wait()
        try:
            service.run(run_id=f"run-{size}", runtime_params={"size": size}, pipeline_names=["data", "science"])
        except BaseException as error:  # noqa: BLE001 - told below, by the test's own thread
            failures.append(error)

    threads = [threading.Thread(target=work, args=[size]) for size in (2, 3, 4, 5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    runs = recorded_runs(project)
    assert [(each.id, each.status) for each in runs] == [(f"run-{size}", "succeeded") for size in (2, 3, 4, 5)]
    assert [each.parameters["size"] for each in runs] == [2, 3, 4, 5]
    for each in runs:
        file = project / "data" / "09_tracking" / "scores.json" / each.id / "scores.json"
        assert each.metrics == {f"scores.{key}": value for key, value in json.loads(file.read_text()).items()}
        assert set(each.json) == {"columns"}


# --- Sharing


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def shared(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder on S3; the environment tells how to reach it."""
    return empty_bucket(server, monkeypatch)


def project_of(name: str, folder: Path, url: str) -> Path:
    """A user's clone of a project whose settings name a shared folder."""
    args = f'SESSION_STORE_ARGS = {{**SESSION_STORE_ARGS, "remote_path": "{url}"}}'
    return make_project(folder / name, settings=f"{STORE_SETTINGS}\n{args}\n")


def run_as(name: str, path: Path, environment: pytest.MonkeyPatch) -> str:
    environment.setenv(USERNAME_VARIABLE, name)
    bootstrap_project(path)
    assert remote_path(path) == settings.SESSION_STORE_ARGS["remote_path"]
    return run(path)


def fetch_as(name: str, path: Path, url: str, environment: pytest.MonkeyPatch) -> list[str]:
    environment.setenv(USERNAME_VARIABLE, name)
    RemoteFolder(path / "data" / "session_store.db", url).fetch()
    return [each.id for each in recorded_runs(path)]


def test_two_users_share_their_runs_by_s3(
    tmp_path: Path, shared: str, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    of_ada, of_grace = project_of("ada", tmp_path, shared), project_of("grace", tmp_path, shared)
    first = run_as("ada", of_ada, monkeypatch)
    second = run_as("grace", of_grace, monkeypatch)
    third = run_as("ada", of_ada, monkeypatch)
    assert fetch_as("ada", of_ada, shared, monkeypatch) == [first, second, third]
    assert fetch_as("grace", of_grace, shared, monkeypatch) == [first, second, third]
    for path in (of_ada, of_grace):
        for each in recorded_runs(path):
            assert each.status == "succeeded"
            assert each.metrics == {"scores.mean": 3.5, "scores.rate": 0.5}
            assert each.parameters == {"size": 4, "model.rate": 0.5}
    assert told == []
    assert b"a_secret_access_key" not in b"".join(
        file.read_bytes() for path in (of_ada, of_grace) for file in (path / "data").rglob("*") if file.is_file()
    )


def test_shared_folder_out_of_reach_costs_a_warning(
    tmp_path: Path, shared: str, monkeypatch: pytest.MonkeyPatch, told: list[str]
) -> None:
    path = project_of("ada", tmp_path, "s3://no-such-bucket/path")
    run_id = run_as("ada", path, monkeypatch)
    [warning] = told
    assert warning.startswith("The run is recorded, but not shared: The shared folder 's3://no-such-bucket/path'")
    assert [(each.id, each.status) for each in recorded_runs(path)] == [(run_id, "succeeded")]


def test_session_in_which_nothing_ran_is_not_shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = project_of("ada", tmp_path, (tmp_path / "shared").as_uri())
    monkeypatch.setenv(USERNAME_VARIABLE, "ada")
    bootstrap_project(path)
    with KedroSession.create(project_path=path):
        pass
    assert not (tmp_path / "shared").exists()
    run(path)
    assert [each.name for each in (tmp_path / "shared").iterdir()] == ["ada.db"]
