"""Whatever is wrong with the store, the app works and says what is wrong."""

from __future__ import annotations

import dataclasses
import logging
import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.api.services import Services
from kedro_viz.flowchart.source import FlowchartFeed
from kedro_viz.store.errors import StoreNotWritableError
from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.store.recording.spool import spool
from kedro_viz.store.sharing.remote import Fetched
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.tracking.catalog import CatalogEntry
from kedro_viz.tracking.project import Problem
from tests.api.serving import (
    MATPLOTLIB_TYPE,
    METRICS_TYPE,
    opened,
    project_of,
    record,
    run_events,
    run_id,
    served,
    wait_until,
)

PROJECT = """
  { project { name packageName settingsPath store { configured location remoteLocation totalRuns }
    indexing { running done total } problems { title detail } } runsList { id } }
"""


def test_a_project_without_a_store_has_no_runs(tmp_path: Path) -> None:
    with opened(project_of(tmp_path)) as api:
        answer = api.ask(PROJECT)
    assert answer["runsList"] == []
    assert answer["project"]["store"] == {
        "configured": False,
        "location": None,
        "remoteLocation": None,
        "totalRuns": 0,
    }
    assert answer["project"]["problems"] == []
    assert list(tmp_path.iterdir()) == []


def test_a_store_is_made_and_filled_by_the_first_run(tmp_path: Path) -> None:
    store = tmp_path / "data" / "session_store.db"
    with opened(project_of(tmp_path, store=store)) as api:
        told = api.ask(PROJECT)["project"]["store"]
        assert told == {
            "configured": True,
            "location": "data/session_store.db",
            "remoteLocation": None,
            "totalRuns": 0,
        }
        record(store, *run_events(run_id(1)))
        assert [run["id"] for run in api.ask(PROJECT)["runsList"]] == [run_id(1)]


def test_a_corrupt_store_is_kept_aside_and_told(tmp_path: Path, store: Path) -> None:
    store.write_bytes(b"this is no database" * 1_000)
    with opened(project_of(tmp_path, store=store)) as api:
        answer = api.ask(PROJECT)
        (problem,) = answer["project"]["problems"]
        assert problem["title"] == "The session store was damaged"
        (aside,) = tmp_path.glob("session_store.db.corrupt-*")
        assert aside.read_bytes().startswith(b"this is no database")
        assert str(aside) in problem["detail"]
        record(store, *run_events(run_id(1)))
        assert [run["id"] for run in api.ask(PROJECT)["runsList"]] == [run_id(1)]


def test_a_store_of_a_newer_version_is_left_alone_and_told(tmp_path: Path, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
        connection.commit()
    with opened(project_of(tmp_path, store=store)) as api:
        answer = api.ask(PROJECT)
    assert answer["runsList"] == []
    (problem,) = answer["project"]["problems"]
    assert problem["title"] == "The session store cannot be read"
    assert "pip install -U kedro-viz" in problem["detail"]
    with closing(sqlite3.connect(store)) as connection:
        assert connection.execute("SELECT version FROM schema_version").fetchall() == [(99,)]


def test_a_store_that_cannot_be_written_is_shown_from_a_copy(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(store, *run_events(run_id(1)))
    before = store.read_bytes()

    def refuse(location: Path, lock_timeout: float = 1.0) -> sqlite3.Connection:
        # Tests may run as root, whom no file mode keeps out.
        if location == store:
            raise StoreNotWritableError(location, PermissionError("read-only file system"))
        return open_store(location, lock_timeout)

    monkeypatch.setattr("kedro_viz.store.sqlite.engine.open_store", refuse)
    with opened(project_of(tmp_path, store=store)) as api:
        answer = api.ask(PROJECT)
        edit = f'mutation {{ updateRunDetails(runId: "{run_id(1)}", runInput: {{title: "x"}}) {{ __typename }} }}'
        assert api.ask(edit) == {"updateRunDetails": {"__typename": "UpdateRunDetailsFailure"}}
    assert [run["id"] for run in answer["runsList"]] == [run_id(1)]
    (problem,) = answer["project"]["problems"]
    assert problem["title"] == "The session store is read-only"
    assert store.read_bytes() == before


def test_problems_of_the_project_are_told_first(tmp_path: Path, store: Path) -> None:
    project = project_of(tmp_path, store=store)
    project.problems.append(Problem("The catalog cannot be read", "line 3"))
    store.mkdir()
    with opened(project) as api:
        titles = [problem["title"] for problem in api.ask(PROJECT)["project"]["problems"]]
    assert titles[0] == "The catalog cannot be read"
    assert len(titles) == 2


def test_progress_of_the_index(tmp_path: Path, store: Path) -> None:
    catalog = [CatalogEntry("scores", METRICS_TYPE, str(tmp_path / "scores.json"), versioned=True)]
    for number in range(60):
        record(store, *run_events(run_id(number)))
        file = tmp_path / "scores.json" / run_id(number) / "scores.json"
        file.parent.mkdir(parents=True)
        file.write_text('{"r2": 1}')
    with opened(project_of(tmp_path, catalog, store)) as api:
        index = api.services.index
        seen = []
        index._on_progress = lambda: seen.append(index.progress)
        assert index.fill() == 60
        assert [(each.running, each.done, each.total) for each in seen] == [
            (True, 0, 60),
            (True, 50, 60),
            (True, 60, 60),
            (False, 60, 60),
        ]
        assert api.ask(PROJECT)["project"]["indexing"] == {"running": False, "done": 60, "total": 60}
        assert index.fill() == 0


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"NaN", b"[1]", b'{"a": NaN}', b'{"a": "\\ud800"}', b'{"\\ud800": 1}', b"[" * 100_000, b"\xff\xfe\x00"],
    ids=range(9),
)
def test_a_file_that_is_not_what_it_should_be_keeps_no_other_from_the_index(
    tmp_path: Path, store: Path, content: bytes
) -> None:
    catalog = [CatalogEntry("scores", METRICS_TYPE, str(tmp_path / "scores.json"), versioned=True)]
    for number, text in ((1, b'{"r2": 1}'), (2, content), (3, b'{"r2": 3}')):
        record(store, *run_events(run_id(number)))
        file = tmp_path / "scores.json" / run_id(number) / "scores.json"
        file.parent.mkdir(parents=True)
        file.write_bytes(text)
    with opened(project_of(tmp_path, catalog, store)) as api:
        api.services.index.fill()
        found = api.ask("{ runs { edges { node { metrics { value } trackedJson { data problem } } } } }")["runs"]
        newest, _, oldest = [edge["node"]["metrics"] for edge in found["edges"]]
        assert (newest, oldest) == ([{"value": 3}], [{"value": 1}])


def test_closing_twice_is_closing_once(tmp_path: Path, store: Path) -> None:
    services = Services.open(project_of(tmp_path, store=store), FlowchartFeed())
    services.close()
    services.close()
    # Nothing may still hold the file, or Windows would not let it go.
    store.unlink()


def test_closing_ends_the_work_in_the_background(tmp_path: Path, store: Path) -> None:
    import anyio

    services = Services.open(project_of(tmp_path, store=store), FlowchartFeed())

    async def serve() -> None:
        async with services.run():
            assert any(thread.name == "kedro-viz-background" for thread in threading.enumerate())

    anyio.run(serve)
    for thread in threading.enumerate():
        if thread.name == "kedro-viz-background":
            thread.join(10)
            assert not thread.is_alive()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the background work look again at once."""
    monkeypatch.setattr("kedro_viz.api.services._LOST_RUNS_SECONDS", 0.01)
    monkeypatch.setattr("kedro_viz.api.services._RETRY_SECONDS", 0.01)
    monkeypatch.setattr("kedro_viz.store.sqlite.engine._LOCK_SECONDS", 0.05)


@pytest.mark.usefixtures("impatient")
def test_a_store_that_is_locked_at_the_start_appears_when_it_is_free(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # As on a network drive, where a lock keeps readers out too.
    monkeypatch.setattr("kedro_viz.store.sqlite.sqlite_file.allows_wal", lambda _path: False)
    record(store, *run_events(run_id(1)))
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with served(project_of(tmp_path, store=store)) as server:
            (problem,) = server.services.problems
            assert problem.title == "The session store is locked"
            assert server.services.repository.runs.count() == 0
            other.execute("ROLLBACK")
            wait_until(lambda: server.services.repository.runs.count() == 1)
            assert server.services.problems == []
            server.services.repository.details.update(run_id(1), title="Editable")


@pytest.mark.usefixtures("impatient")
def test_a_run_that_was_spooled_meanwhile_appears(tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with served(project_of(tmp_path, store=store)) as server:
        record(store, *run_events(run_id(1)))
        wait_until(lambda: server.services.index.progress.total == 0 and server.services.repository.runs.count() == 1)
        for happened in run_events(run_id(2)):
            assert spool(store, happened) is not None
        wait_until(lambda: server.services.repository.runs.count() == 2)


@pytest.mark.usefixtures("impatient")
def test_files_that_were_out_of_reach_are_read_later(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    catalog = [CatalogEntry("scores", METRICS_TYPE, str(tmp_path / "scores.json"), versioned=True)]
    record(store, *run_events(run_id(1)))
    file = tmp_path / "scores.json" / run_id(1) / "scores.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"r2": 1}')
    tries = threading.Semaphore(0)
    away = threading.Event()
    real = VersionedFiles.versions

    def versions(files: VersionedFiles, entry: CatalogEntry) -> list[str]:
        tries.release()
        if away.is_set():
            raise FileNotAvailableError("The bucket is out of reach.")
        return real(files, entry)

    monkeypatch.setattr(VersionedFiles, "versions", versions)
    away.set()
    with served(project_of(tmp_path, catalog, store)) as server:
        for _ in range(3):
            assert tries.acquire(timeout=60)
        away.clear()
        wait_until(lambda: bool(server.services.repository.metrics.of_runs([run_id(1)])))
    said = [each.getMessage() for each in caplog.records if each.levelno >= logging.WARNING]
    assert said.count("The bucket is out of reach.") == 1


def test_a_password_in_the_shared_folders_address_is_not_sent(tmp_path: Path, store: Path) -> None:
    project = dataclasses.replace(project_of(tmp_path, store=store), remote_path="sftp://me:geheim@host/team")
    with opened(project) as api:
        told = api.ask(PROJECT)["project"]["store"]["remoteLocation"]
    assert told == "sftp://me:[redacted]@host/team"


def test_plots_that_are_too_much_for_one_answer_are_refused(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    catalog = [CatalogEntry("plot", MATPLOTLIB_TYPE, str(tmp_path / "plot.png"), versioned=True)]
    for number in (1, 2):
        file = tmp_path / "plot.png" / run_id(number) / "plot.png"
        file.parent.mkdir(parents=True)
        file.write_bytes(b"\x89PNG" + bytes(996))
        record(store, *run_events(run_id(number), plots=["plot"]))
    query = "query ($ids: [ID!]!) { runTrackingData(runIds: $ids, group: PLOT) { datasetName } }"
    monkeypatch.setattr("kedro_viz.api.tracking_data.MAX_PLOTS_BYTES", 1_500)
    with opened(project_of(tmp_path, catalog, store)) as api:
        assert api.ask(query, ids=[run_id(1)])["runTrackingData"] == [{"datasetName": "plot"}]
        assert "Ask for fewer runs at once." in api.refusal(query, ids=[run_id(1), run_id(2)])


def test_file_is_complete_without_its_log_while_the_app_is_open(tmp_path: Path, store: Path) -> None:
    """As after a run that was killed, and after an edit."""
    log = store.with_name(f"{store.name}-wal")
    record(store, *run_events(run_id(1)))
    killed = tmp_path / "killed"
    killed.mkdir()
    with closing(sqlite3.connect(store)) as other, served(project_of(tmp_path, store=store)):
        other.execute("UPDATE runs SET author = 'ada'")
        other.commit()
        wait_until(lambda: log.stat().st_size == 0)
        shutil.copyfile(store, killed / "alone.db")
    with closing(sqlite3.connect(killed / "alone.db")) as copy:
        assert copy.execute("SELECT author FROM runs").fetchall() == [("ada",)]


def test_what_is_wrong_in_the_shared_folder_is_shown_and_holds_nothing_up(tmp_path: Path, store: Path) -> None:
    shared = tmp_path / "shared"
    shared.mkdir()
    (shared / "ada\x1b[2J.db").write_text("no store")
    os.mkfifo(shared / "bob.db")
    record(shared / "zoe.db", *run_events(run_id(1)))
    project = dataclasses.replace(project_of(tmp_path, store=store), remote_path=str(shared))
    with served(project) as server:
        wait_until(lambda: bool(server.services.problems))
        [problem] = server.services.problems
        assert server.services.repository.runs.count() == 1
    assert problem.title == "Some of the shared folder was not taken in"
    assert r"'ada\x1b[2J.db' was passed over." in problem.detail
    assert "'bob.db' was passed over: it is not a regular file." in problem.detail


def test_shared_folder_that_does_not_answer_holds_nothing_up(
    tmp_path: Path, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_asked, may_answer = threading.Event(), threading.Event()

    def fetch(*_: object) -> Fetched:
        is_asked.set()
        may_answer.wait()
        return Fetched()

    monkeypatch.setattr("kedro_viz.api.services.RemoteFolder.fetch", fetch)
    project = dataclasses.replace(project_of(tmp_path, store=store), remote_path=str(tmp_path))
    with served(project) as server:
        assert is_asked.wait(30)
        # The background work goes round meanwhile.
        spool(store, *run_events(run_id(1)))
        wait_until(lambda: server.services.repository.runs.count() == 1)
        may_answer.set()
