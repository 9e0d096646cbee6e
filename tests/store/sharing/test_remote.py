"""A team shares its stores by a folder, on S3 as by any other file system of fsspec's."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import sqlite3
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import fsspec
import pytest
from fsspec.implementations.local import LocalFileSystem
from sqlalchemy import Engine

from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.editing.run_details import RunDetails
from kedro_viz.store.sharing import remote
from kedro_viz.store.sharing.remote import USERNAME_VARIABLE, Fetched, RemoteError, RemoteFolder, upload_after_run
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.merging.merge import Merged, merge_store
from kedro_viz.store.sqlite.merging.read_deadline import Deadline
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.parameters import Parameter
from tests.s3 import empty_bucket, s3_server
from tests.store.stores import (
    contents_of,
    ended,
    full_record,
    make_old_store,
    metrics_of,
    query,
    rows,
    run_ids,
    saved,
    started,
    whole_runs,
    write,
)


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture
def s3(server: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """An empty folder of a bucket; the environment tells how to reach it."""
    return empty_bucket(server, monkeypatch)


@pytest.fixture(params=["s3", "file", "memory", "local path"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A shared folder that is not there yet."""
    if request.param == "s3":
        s3_url: str = request.getfixturevalue("s3")
        return s3_url
    if request.param == "memory":
        return f"memory://{tmp_path.name}/shared"
    folder = tmp_path / "shared folder"
    return str(folder) if request.param == "local path" else folder.as_uri().replace("%20", " ")


@dataclass
class User:
    """Somebody with a machine, a store on it, and a name to share it by."""

    location: Path
    name: str
    url: str
    environment: pytest.MonkeyPatch

    def runs(self, *ids: str) -> None:
        """Run pipelines, and share the store after each as `kedro run` does."""
        for key in ids:
            write(self.location, *whole_runs([key]))
            self.upload()

    def upload(self) -> None:
        self.environment.setenv(USERNAME_VARIABLE, self.name)
        RemoteFolder(self.location, self.url).upload()

    def fetch(self) -> int:
        return self.fetch_all().new_runs

    def fetch_all(self) -> Fetched:
        self.environment.setenv(USERNAME_VARIABLE, self.name)
        return RemoteFolder(self.location, self.url).fetch()

    @property
    def ids(self) -> list[str]:
        return run_ids(self.location)


class Team:
    """Makes users of one shared folder, each on a machine of their own."""

    def __init__(self, folder: Path, url: str, environment: pytest.MonkeyPatch) -> None:
        self._folder, self._url, self._environment = folder, url, environment

    def user(self, name: str, machine: str | None = None) -> User:
        location = self._folder / (machine or name) / "data" / "session_store.db"
        return User(location, name, self._url, self._environment)


@pytest.fixture
def team(tmp_path: Path, url: str, monkeypatch: pytest.MonkeyPatch) -> Team:
    return Team(tmp_path, url, monkeypatch)


@pytest.fixture
def local_team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team whose folder is on this disk: for what does not depend on the file system."""
    return Team(tmp_path, str(tmp_path / "shared"), monkeypatch)


def names_in(url: str) -> list[str]:
    # Any: fsspec is not typed.
    files: Any
    files, folder = fsspec.core.url_to_fs(url, use_listings_cache=False, skip_instance_cache=True)
    return sorted(path.rsplit("/", 1)[-1] for path in files.ls(folder, detail=False))


def test_two_users_see_each_others_runs(team: Team, url: str) -> None:
    ada, grace = team.user("ada"), team.user("grace")
    ada.runs("1", "3")
    grace.runs("2")
    assert names_in(url) == ["ada.db", "grace.db"]
    assert ada.fetch() == 1
    assert grace.fetch() == 2
    assert ada.ids == grace.ids == ["1", "2", "3"]
    assert metrics_of(ada.location, "2") == {"scores.n": 0}
    assert metrics_of(grace.location, "3") == {"scores.n": 0}


def test_unchanged_stores_are_not_fetched_again(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, grace = team.user("ada"), team.user("grace")
    ada.runs("1")
    grace.runs("2")
    assert ada.fetch() == 1
    fetched: list[str] = []
    real = merge_store

    def merge(location: Path, other: Path, called: Path, deadline: Deadline) -> Merged:
        fetched.append(called.name)
        return real(location, other, called, deadline)

    monkeypatch.setattr(remote, "merge_store", merge)
    assert ada.fetch() == 0
    assert fetched == []
    grace.runs("3")
    assert ada.fetch() == 1
    assert len(fetched) == 1
    assert ada.ids == ["1", "2", "3"]


def test_one_user_on_two_machines_loses_nothing(team: Team) -> None:
    desk, laptop = team.user("ada", "desk"), team.user("ada", "laptop")
    desk.runs("1")
    laptop.runs("2")
    desk.runs("3")
    laptop.runs("4")
    assert laptop.ids == ["1", "2", "3", "4"]
    grace = team.user("grace")
    assert grace.fetch() == 4


def test_deleted_store_takes_back_what_was_shared(team: Team) -> None:
    ada, grace = team.user("ada"), team.user("grace")
    ada.runs("1", "2")
    grace.runs("3")
    ada.fetch()
    for path in ada.location.parent.glob(f"{ada.location.name}*"):
        if path.is_file() and not path.name.endswith(".json"):
            path.unlink()
    ada.runs("4")
    ada.fetch()
    assert ada.ids == ["1", "2", "3", "4"]
    assert team.user("carol").fetch() == 4


def test_run_fetched_while_it_ran_is_replaced_by_its_finished_record(local_team: Team) -> None:
    ada, grace = local_team.user("ada"), local_team.user("grace")
    write(ada.location, started("1", parameters=[Parameter("n", "1")]), saved("1", n=1, early=1))
    ada.upload()
    assert grace.fetch() == 1
    assert query(grace.location, "SELECT status FROM runs") == [("running",)]
    write(ada.location, saved("1", n=2), saved("1", "more", n=3), ended("1"))
    ada.upload()
    assert grace.fetch() == 0
    assert query(grace.location, "SELECT status, ended_at FROM runs") == [("succeeded", 2000)]
    assert metrics_of(grace.location, "1") == {"scores.n": 2, "more.n": 3}
    # And a finished one never by an older record.
    write(ada.location, *whole_runs(["2"]))
    shutil.copyfile(ada.location, ada.location.with_name("copy.db"))
    assert query(grace.location, "SELECT status FROM runs WHERE id = '1'") == [("succeeded",)]


def edit(user: User, run_id: str, at: int, monkeypatch: pytest.MonkeyPatch, **details: Any) -> None:
    """Edit a run in the app of a user, at a time of the test's own."""
    engine: Engine = engine_of(user.location)
    with monkeypatch.context() as patch:
        patch.setattr("kedro_viz.store.editing.edits.time.time", lambda: at / 1000)
        RunDetails(engine).update(run_id, author=user.name, **details)
    engine.dispose()


def details_of(user: User, run_id: str) -> tuple[Any, ...]:
    return query(
        user.location, "SELECT title, notes, bookmark, updated_by FROM user_run_details WHERE run_id = ?", run_id
    )[0]


def test_latest_edit_wins_on_every_machine(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ada, grace = local_team.user("ada"), local_team.user("grace")
    ada.runs("1")
    grace.fetch()
    edit(grace, "1", 1000, monkeypatch, title="of grace")
    edit(ada, "1", 2000, monkeypatch, title="of ada", notes="fine", bookmark=True)
    grace.upload()
    ada.fetch()
    assert details_of(ada, "1") == ("of ada", "fine", 1, "ada")
    ada.upload()
    grace.fetch()
    assert details_of(grace, "1") == ("of ada", "fine", 1, "ada")
    edit(grace, "1", 3000, monkeypatch, title="of grace, later")
    grace.upload()
    ada.fetch()
    assert details_of(ada, "1") == ("of grace, later", "fine", 1, "grace")


def test_store_of_kedro_viz_10_in_the_folder_is_taken_in(local_team: Team) -> None:
    ada, grace = local_team.user("ada"), local_team.user("grace")
    ada.runs("1")
    make_old_store(Path(ada.url) / "hopper.db", {"old": {"username": "hopper"}})
    with closing(sqlite3.connect(Path(ada.url) / "hopper.db")) as old:
        old.execute("INSERT INTO user_run_details (run_id, bookmark, title, notes) VALUES ('old', 1, 'T', 'N')")
        # Nobody's: it must not be added again each time.
        old.execute("INSERT INTO user_run_details (run_id, bookmark, title, notes) VALUES (NULL, 1, 'x', 'x')")
        old.commit()
    before = (Path(ada.url) / "hopper.db").read_bytes()
    assert grace.fetch() == 2
    assert query(grace.location, "SELECT author FROM runs WHERE id = 'old'") == [("hopper",)]
    assert query(grace.location, "SELECT run_id, title FROM user_run_details") == [("old", "T")]
    assert (Path(ada.url) / "hopper.db").read_bytes() == before


def hostile_stores(folder: Path) -> None:
    """Files that somebody may put into the shared folder, by mistake or not."""
    (folder / "a-text.db").write_text("this is no database, but something else that is long enough")
    (folder / "b-empty.db").touch()
    (folder / "c-folder.db").mkdir()
    (folder / "d-torn.db").write_bytes((folder / "ada.db").read_bytes()[:5000])
    statements = {
        "e-no-version": "DROP TABLE schema_version; CREATE TABLE schema_version (version);",
        "f-newer": "UPDATE schema_version SET version = 99;",
        "g-other-columns": "DROP TABLE runs; CREATE TABLE runs (id, status);",
        "h-bytes": "INSERT INTO runs (id, blob) VALUES (x'ff', x'ff');",
        "h-text-for-a-time": "UPDATE runs SET id = id || '-time', started_at = 'yesterday';",
        "h-bytes-for-a-text": "UPDATE runs SET id = id || '-text', author = x'ff';",
        "i-trigger": "CREATE TRIGGER t AFTER UPDATE ON runs BEGIN SELECT load_extension('x'); END;",
        "j-view": "DROP TABLE parameters; "
        "CREATE VIEW parameters AS SELECT load_extension('x') AS run_id, 'n' AS name, '1' AS value;",
    }
    for name, sql in statements.items():
        shutil.copyfile(folder / "ada.db", folder / f"{name}.db")
        with closing(sqlite3.connect(folder / f"{name}.db")) as connection:
            connection.executescript(sql)


def test_files_that_are_no_sound_stores_are_passed_over(local_team: Team, caplog: pytest.LogCaptureFixture) -> None:
    ada, grace = local_team.user("ada"), local_team.user("grace")
    ada.runs("1", "2")
    hostile_stores(Path(ada.url))
    local_team.user("zoe").runs("3")
    assert grace.fetch() >= 3
    assert set(grace.ids) >= {"1", "2", "3"}
    assert query(grace.location, "PRAGMA integrity_check") == [("ok",)]
    assert query(grace.location, "SELECT DISTINCT typeof(started_at), typeof(author) FROM runs") == [
        ("integer", "null")
    ]
    assert "a-text.db" in caplog.text


def test_own_file_that_cannot_be_taken_in_is_not_overwritten(local_team: Team) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    own = Path(ada.url) / "ada.db"
    with closing(sqlite3.connect(own)) as newer:
        newer.execute("UPDATE schema_version SET version = 99")
        newer.commit()
    before = own.read_bytes()
    with pytest.raises(RemoteError, match="newer Kedro-Viz"):
        ada.runs("2")
    assert own.read_bytes() == before


def test_own_file_that_is_damaged_is_replaced(local_team: Team) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    (Path(ada.url) / "ada.db").write_text("this is no database, but something else that is long enough")
    ada.runs("2")
    assert local_team.user("grace").fetch() == 2


def test_name_that_is_a_path_leads_nowhere_else(local_team: Team) -> None:
    local_team.user("../../ada\\x", machine="ada").runs("1")
    assert names_in(local_team.user("any").url) == [".._.._ada_x.db"]


def test_upload_is_one_whole_file_though_the_log_is_open(local_team: Team) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    with closing(sqlite3.connect(ada.location)) as open_elsewhere:
        open_elsewhere.execute("SELECT * FROM runs").fetchall()
        ada.runs("2")
    assert names_in(ada.url) == ["ada.db"]
    assert run_ids(Path(ada.url) / "ada.db") == ["1", "2"]
    assert query(Path(ada.url) / "ada.db", "PRAGMA journal_mode") == [("delete",)]


def closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def test_bucket_out_of_reach_is_one_warning(
    s3: str, location: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port()}")
    # The client tries again several times, which takes a busy machine longer than a run would wait.
    monkeypatch.setattr(remote, "ANSWER_SECONDS", 60)
    monkeypatch.setattr(remote, "UPLOAD_SECONDS", 60)
    write(location, *whole_runs(["1"]))
    upload_after_run(location, s3)
    [warning] = [each.getMessage() for each in caplog.records if each.name.startswith("kedro_viz")]
    assert warning.startswith(f"The run is recorded, but not shared: The shared folder '{s3}' cannot be used now")
    assert "a_secret_access_key" not in caplog.text
    with pytest.raises(RemoteError):
        RemoteFolder(location, s3).fetch()


def test_bucket_that_is_not_there_is_told(s3: str, location: Path) -> None:
    write(location, *whole_runs(["1"]))
    with pytest.raises(RemoteError, match="no-such-bucket"):
        RemoteFolder(location, "s3://no-such-bucket/x").upload()


def test_server_that_does_not_answer_is_left_behind(
    s3: str, location: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    write(location, *whole_runs(["1"]))
    with socket.socket() as silent:
        # Connections are taken, and nothing is ever said.
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{silent.getsockname()[1]}")
        monkeypatch.setattr(remote, "ANSWER_SECONDS", 0.2)
        upload_after_run(location, s3)
    assert "did not answer within 0.2 s" in caplog.text


def test_upload_that_takes_too_long_is_left_behind(
    local_team: Team, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    ada = local_team.user("ada")
    write(ada.location, *whole_runs(["1"]))
    given_up = threading.Event()
    monkeypatch.setattr(LocalFileSystem, "put_file", lambda *_: given_up.wait())
    monkeypatch.setattr(remote, "UPLOAD_SECONDS", 0.2)
    upload_after_run(ada.location, ada.url)
    given_up.set()
    assert "did not take the upload within 0.2 s" in caplog.text


def test_runs_that_could_not_be_uploaded_go_with_the_next(
    s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    team = Team(tmp_path, s3, monkeypatch)
    ada = team.user("ada")
    write(ada.location, *whole_runs(["1"]))
    with monkeypatch.context() as patch:
        patch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{closed_port()}")
        upload_after_run(ada.location, s3)
    ada.runs("2")
    assert team.user("grace").fetch() == 2


def test_missing_file_system_names_the_extra(location: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(*_arguments: object, **_options: object) -> None:
        raise ImportError("Install s3fs to access S3")

    monkeypatch.setattr("fsspec.core.url_to_fs", missing)
    with pytest.raises(RemoteError, match=r"pip install kedro-viz\[aws\]"):
        RemoteFolder(location, "s3://bucket/x").fetch()


def test_password_in_an_address_is_not_told(location: Path, caplog: pytest.LogCaptureFixture) -> None:
    write(location, *whole_runs(["1"]))
    caplog.set_level(logging.DEBUG)
    upload_after_run(location, f"ftp://me:hunter2@127.0.0.1:{closed_port()}/folder")
    assert "not shared" in caplog.text
    assert "hunter2" not in caplog.text


def test_runs_of_one_user_that_end_at_once_are_all_uploaded(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    both_are_uploading = threading.Barrier(2)
    real = LocalFileSystem.put_file

    # Any: fsspec is not typed.
    def put_file(files: Any, local: str, remote_path: str, **options: Any) -> None:
        real(files, local, remote_path, **options)
        both_are_uploading.wait(30)

    monkeypatch.setattr(LocalFileSystem, "put_file", put_file)
    with ThreadPoolExecutor(2) as pool:
        for upload in [pool.submit(ada.upload) for _ in range(2)]:
            upload.result()
    grace = local_team.user("grace")
    grace.fetch()
    assert run_ids(grace.location) == ["1"]
    assert names_in(ada.url) == ["ada.db"]


def test_upload_that_fails_leaves_no_part_of_a_file(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = local_team.user("ada")
    ada.runs("1")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no renaming here")

    monkeypatch.setattr(LocalFileSystem, "mv", refuse)
    with pytest.raises(RemoteError, match="no renaming here"):
        ada.upload()
    assert names_in(ada.url) == ["ada.db"]


def test_user_without_a_name_shares_by_the_machines(
    location: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As in a container that runs under a number that no name belongs to."""
    monkeypatch.delenv(USERNAME_VARIABLE, raising=False)
    monkeypatch.setattr("getpass.getuser", refuse_a_name)
    monkeypatch.setattr("platform.node", lambda: "worker-7")
    write(location, *whole_runs(["1"]))
    RemoteFolder(location, str(tmp_path / "shared")).upload()
    assert names_in(str(tmp_path / "shared")) == ["worker-7.db"]


def refuse_a_name() -> str:
    raise KeyError("getpwuid(): uid not found: 12345")


def test_record_with_contents_and_series_is_shared(team: Team) -> None:
    ada, grace = team.user("ada"), team.user("grace")
    write(ada.location, *full_record("1", b"x = 1"))
    ada.upload()
    assert grace.fetch() == 1
    assert rows(grace.location) == rows(ada.location)


def test_nothing_of_deleted_runs_is_uploaded(local_team: Team, tmp_path: Path) -> None:
    ada = local_team.user("ada")
    secret = os.urandom(30_000)
    write(ada.location, *full_record("kept", b"x = 1"), *full_record("deleted-run", secret))
    write(ada.location, saved("deleted-run", "a_telling_name", n=1))
    with closing(SQLiteWriter(ada.location)) as writer:
        deletion = Deletion(writer)
        deletion.delete(["deleted-run"])
        ada.upload()
        assert names_in(ada.url) == ["ada.db"]
        uploaded = (tmp_path / "shared" / "ada.db").read_bytes()
        assert b"deleted-run" not in uploaded
        assert b"a_telling_name" not in uploaded
        assert b"kept" in uploaded
        # Many builds of SQLite leave what was deleted in the gaps of the file.
        assert query(tmp_path / "shared" / "ada.db", "PRAGMA freelist_count") == [(0,)]
        assert secret not in contents_of(tmp_path / "shared" / "ada.db").values()
        assert len(contents_of(tmp_path / "shared" / "ada.db")) == 3
        # Here it can be brought back.
        deletion.restore(["deleted-run"])
    assert secret in contents_of(ada.location).values()
    assert ada.ids == ["deleted-run", "kept"]


def test_run_that_was_deleted_does_not_come_back_from_ones_own_upload(local_team: Team) -> None:
    ada, grace = local_team.user("ada"), local_team.user("grace")
    ada.runs("1", "2")
    assert grace.fetch() == 2
    with closing(SQLiteWriter(ada.location)) as writer:
        Deletion(writer).delete(["1"])
    ada.runs("3")
    ada.fetch()
    assert ada.ids == ["2", "3"]
    # Nobody deletes for others.
    assert grace.fetch() == 1
    assert grace.ids == ["1", "2", "3"]


def test_each_bad_entry_is_passed_over_by_name_and_keeps_nobody_away(
    local_team: Team, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    ada, zoe = local_team.user("ada"), local_team.user("zoe")
    ada.runs("1")
    zoe.runs("2")
    folder = Path(ada.url)
    (folder / "aaa-nowhere.db").symlink_to(folder / "not there.db")
    (folder / "aab-elsewhere.db").symlink_to(zoe.location)
    os.mkfifo(folder / "aac-pipe.db")
    (folder / "aad-folder.db").mkdir()
    with (folder / "aae-sparse.db").open("wb") as sparse:
        sparse.truncate(6_000_000_000)
    (folder / "aaf-no-store.db").write_text("something else")
    (folder / "aag-\x1b[2J.db").write_text("something else")
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "aah-socket.db"))
    grace = local_team.user("grace")
    problems = grace.fetch_all().problems
    assert grace.ids == ["1", "2"]
    assert [problem.split(" was passed over")[0] for problem in problems] == [
        "'aaa-nowhere.db'",
        "'aab-elsewhere.db'",
        "'aac-pipe.db'",
        "'aad-folder.db'",
        "'aae-sparse.db'",
        "'aaf-no-store.db'",
        r"'aag-\x1b[2J.db'",
        "'aah-socket.db'",
    ]
    assert problems[0].endswith("it is a symbolic link.")
    assert problems[2].endswith("it is not a regular file.")
    assert problems[4].endswith("it has 6 GB; up to 2 GB is read.")
    assert all(problem in caplog.text for problem in problems[:6])
    assert "\x1b" not in caplog.text


def test_entry_that_cannot_be_read_keeps_nobody_away(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    """Tests may run as root, whom no file mode keeps out."""
    local_team.user("ada").runs("1")
    local_team.user("zoe").runs("2")
    real = os.open

    # Any: what `os.open` takes.
    def refuse(path: Any, flags: int, *more: Any, **options: Any) -> int:
        if str(path).endswith("shared/ada.db"):
            raise PermissionError(13, "Permission denied", path)
        return real(path, flags, *more, **options)

    monkeypatch.setattr("kedro_viz.store.sharing.shared_file.os.open", refuse)
    grace = local_team.user("grace")
    [problem] = grace.fetch_all().problems
    assert "'ada.db' was passed over: it cannot be read ([Errno 13] Permission denied" in problem
    assert grace.ids == ["2"]


def test_pipe_that_takes_a_files_place_is_not_waited_for(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    real = remote._info

    def and_replace(files: Any, path: str) -> dict[str, Any]:
        info = real(files, path)
        Path(path).unlink()
        os.mkfifo(path)
        return info

    monkeypatch.setattr(remote, "_info", and_replace)
    [problem] = local_team.user("grace").fetch_all().problems
    assert problem.endswith("it is not a regular file.")


def test_file_that_is_larger_than_its_server_says_is_given_up(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    team.user("ada").runs("1")
    real = remote._info
    monkeypatch.setattr(remote, "_info", lambda files, path: {**real(files, path), "size": 0})
    monkeypatch.setattr("kedro_viz.store.sharing.shared_file.MAX_STORE_BYTES", 10_000)
    monkeypatch.setattr("kedro_viz.store.sharing.shared_file._BLOCK_BYTES", 4_000)
    [problem] = team.user("grace").fetch_all().problems
    assert "it has 12 kB; up to 10 kB is read" in problem


def test_file_that_takes_too_long_is_given_up(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    local_team.user("ada").runs("1")
    monkeypatch.setattr("kedro_viz.store.sharing.shared_file.FETCH_SECONDS", -1.0)
    [problem] = local_team.user("grace").fetch_all().problems
    assert "'ada.db' was passed over: it could not be fetched within" in problem


def test_what_there_is_no_time_for_is_reported(local_team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    local_team.user("ada").runs("1")
    local_team.user("zoe").runs("2")
    monkeypatch.setattr(remote, "FETCH_ALL_SECONDS", -1.0)
    assert local_team.user("grace").fetch_all().problems == ["2 stores were not read: there was no time left."]


def test_runs_that_are_left_out_are_reported(local_team: Team) -> None:
    ada = local_team.user("ada")
    ada.runs("1", "2")
    with closing(sqlite3.connect(Path(ada.url) / "ada.db")) as store:
        store.execute("UPDATE runs SET id = '2026; touch PWNED #' WHERE id = '2'")
        store.commit()
    grace = local_team.user("grace")
    [problem] = grace.fetch_all().problems
    assert problem.startswith("Rows of 'ada.db' were left out")
    assert problem.endswith("1 of 'runs'.")
    assert grace.ids == ["1"]


ENDLESS_VIEW = (
    "DROP TABLE runs; CREATE VIEW runs AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) "
    "SELECT i AS id, '{}' AS blob FROM n"
)


@pytest.mark.parametrize(
    "sql",
    [
        ENDLESS_VIEW,
        "CREATE TRIGGER t AFTER UPDATE ON runs BEGIN SELECT load_extension('x'); END",
    ],
)
def test_hostile_store_under_ones_own_name_makes_way_and_is_kept(
    local_team: Team, caplog: pytest.LogCaptureFixture, sql: str
) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    own = Path(ada.url) / "ada.db"
    with closing(sqlite3.connect(own)) as store:
        store.executescript(sql)
    hostile = own.read_bytes()
    ada.runs("2")
    assert run_ids(own) == ["1", "2"]
    [aside] = own.parent.glob("ada.db.refused-*")
    assert aside.read_bytes() == hostile
    assert f"It is kept as '{aside.name}'" in caplog.text
    assert local_team.user("grace").fetch() == 2


def test_pipe_under_ones_own_name_makes_way(local_team: Team) -> None:
    ada = local_team.user("ada")
    Path(ada.url).mkdir()
    os.mkfifo(Path(ada.url) / "ada.db")
    ada.runs("1")
    assert run_ids(Path(ada.url) / "ada.db") == ["1"]


def test_store_under_ones_own_name_that_is_too_large_is_not_overwritten(local_team: Team) -> None:
    ada = local_team.user("ada")
    Path(ada.url).mkdir()
    with (Path(ada.url) / "ada.db").open("wb") as sparse:
        sparse.truncate(6_000_000_000)
    with pytest.raises(RemoteError, match=r"it has 6 GB; up to 2 GB is read\. It is not overwritten"):
        ada.runs("1")
    assert names_in(ada.url) == ["ada.db"]


def test_what_people_add_to_their_own_store_is_not_uploaded(local_team: Team) -> None:
    ada = local_team.user("ada")
    ada.runs("1")
    with closing(sqlite3.connect(ada.location)) as store:
        store.executescript(
            "CREATE VIEW \"my 'best' runs\" AS SELECT id FROM runs; CREATE VIRTUAL TABLE texts USING fts5 (body);"
            "CREATE TRIGGER mine AFTER DELETE ON runs BEGIN SELECT 1; END;"
        )
    ada.runs("2")
    grace = local_team.user("grace")
    assert grace.fetch_all() == Fetched(2, [])
    assert query(ada.location, "SELECT count(*) FROM sqlite_master WHERE type = 'view'") == [(1,)]
