"""Runs are deleted into a trash and brought back whole, or purged; nothing of others goes, whatever happens between."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from kedro_viz.store.deleting import deletion as deletion_module
from kedro_viz.store.deleting.deletion import Deletion, RunsGoOnError
from kedro_viz.store.editing.run_details import RunDetails, RunEdit
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.recording.spool import spool
from kedro_viz.store.sqlite import contents, trash
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.events import (
    RunContext,
    SeriesLogged,
    SessionSaved,
)
from kedro_viz.tracking.packed_content import pack
from kedro_viz.tracking.surroundings.machine import process_space
from tests.store.stores import (
    contents_of,
    ended,
    full_record,
    make_old_store,
    query,
    read_as_kedro_viz_10,
    rows,
    run_ids,
    saved,
    source_of,
    started,
    trashed,
    whole_runs,
    write,
)

RUN, OTHER = "2024-05-01T12.30.45.678Z", "2024-05-02T12.30.45.678Z"


@pytest.fixture
def writer(location: Path) -> Iterator[SQLiteWriter]:
    with closing(SQLiteWriter(location)) as opened:
        yield opened


@pytest.fixture
def deletion(writer: SQLiteWriter) -> Deletion:
    return Deletion(writer)


def edit(location: Path, run: str) -> None:
    engine = engine_of(location)
    said = RunEdit("best", "a note", bookmark=True, archived=True, add_tags=["telling tag"], remove_tags=["no"])
    RunDetails(engine).edit([run], said, "grace")
    engine.dispose()


def test_deleted_run_is_nowhere_and_restored_it_is_as_it_was(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"x = 1"), *full_record(OTHER, b"x = 2"))
    edit(location, RUN)
    before = rows(location)
    assert deletion.delete([RUN, "unknown", RUN]) == [RUN]
    for table, found in rows(location).items():
        # Its points stay, and are no run's.
        if table not in ("contents", "deleted_runs", "series_chunks"):
            assert {row[0] for row in found} <= {OTHER}, table
    assert read_as_kedro_viz_10(location)[0].keys() == {OTHER}
    assert deletion.restore([RUN, "unknown"]) == [RUN]
    assert rows(location) == before
    assert trashed(location) == []


def test_runs_are_deleted_and_restored_on_file_systems_without_a_write_ahead_log(
    location: Path, deletion: Deletion, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kedro_viz.store.sqlite.sqlite_file.allows_wal", lambda _path: False)
    write(location, *full_record(RUN, b"x = 1"), *whole_runs([OTHER]))
    before = rows(location)
    deletion.delete([RUN])
    assert run_ids(location) == [OTHER]
    deletion.restore([RUN])
    assert rows(location) == before
    deletion.delete([RUN])
    assert deletion.purge().runs == 1
    assert contents_of(location) == {}
    assert query(location, "PRAGMA journal_mode") == [("delete",)]


def test_deleted_run_is_not_where_kedro_viz_10_would_find_it(location: Path, deletion: Deletion) -> None:
    write(location, *whole_runs([RUN, OTHER]))
    deletion.delete([RUN])
    assert trashed(location) == [RUN]
    assert read_as_kedro_viz_10(location)[0].keys() == {OTHER}
    assert [path.name for path in location.parent.glob("*.db")] == [location.name]


def test_what_else_is_told_of_a_deleted_run_is_not_taken(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN))
    deletion.delete([RUN])
    write(location, *full_record(RUN), SessionSaved(RUN, "{}"))
    assert run_ids(location) == []
    assert query(location, "SELECT * FROM metrics") == []


def test_run_of_kedro_viz_10_is_restored_too(location: Path, deletion: Deletion) -> None:
    session = {"username": "ada", "git": {"commit_sha": "abc"}}
    make_old_store(location, {RUN: session})
    deletion.delete([RUN])
    deletion.restore([RUN])
    assert read_as_kedro_viz_10(location)[0] == {RUN: session}


def test_running_run_is_not_deleted_and_none_with_it(location: Path, deletion: Deletion) -> None:
    write(location, *whole_runs([OTHER]))
    write(location, started(RUN, round(time.time() * 1000), host=process_space(), process=os.getpid()))
    with pytest.raises(RunsGoOnError, match=RUN):
        deletion.delete([OTHER, RUN])
    assert run_ids(location) == [RUN, OTHER]
    assert trashed(location) == []


def test_run_that_vanished_can_be_deleted_at_once(location: Path, deletion: Deletion) -> None:
    child = os.fork()
    if child == 0:
        os._exit(0)
    os.waitpid(child, 0)
    write(location, started(RUN, round(time.time() * 1000), host=process_space(), process=child))
    assert deletion.delete([RUN]) == [RUN]


def test_many_runs_are_deleted_and_restored(location: Path, deletion: Deletion) -> None:
    names = [f"run-{number:03}" for number in range(70)]
    write(location, *whole_runs(names))
    before = rows(location)
    assert deletion.delete(names) == names
    assert run_ids(location) == []
    assert deletion.restore(names) == names
    assert rows(location) == before


def test_run_that_was_run_again_since_it_was_deleted_stays_as_it_is(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"old"))
    deletion.delete([RUN])
    later = round(time.time() * 1000) + 1_000
    write(location, started(RUN, later), saved(RUN, a=7), ended(RUN, later + 1))
    assert deletion.restore([RUN]) == [RUN]
    assert query(location, "SELECT started_at FROM runs") == [(later,)]
    assert query(location, "SELECT value FROM metrics") == [(7,)]
    assert query(location, "SELECT * FROM data_uses") == []


# --- For good


def test_purged_run_cannot_be_restored(location: Path, deletion: Deletion) -> None:
    write(location, *whole_runs([RUN, OTHER]))
    deletion.delete([RUN])
    purged = deletion.purge()
    assert (purged.runs, purged.problems) == (1, [])
    assert deletion.restore([RUN]) == []
    assert run_ids(location) == [OTHER]
    assert not list(location.parent.glob("*.trash*"))
    write(location, *whole_runs([RUN]))
    assert run_ids(location) == [OTHER]


def test_metrics_that_only_purged_runs_had_are_no_more(location: Path, deletion: Deletion) -> None:
    write(location, *whole_runs([RUN, OTHER]), saved(RUN, "other", only_here=1))
    deletion.delete([RUN])
    deletion.purge()
    assert query(location, "SELECT dataset, key FROM metric_names") == [("scores", "n")]


def test_only_what_is_named_or_old_enough_is_purged(location: Path, deletion: Deletion) -> None:
    write(location, *whole_runs(["a", "b", "c"]))
    deletion.delete(["a", "b", "c"])
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("UPDATE deleted_runs SET deleted_at = deleted_at - 100000000 WHERE run_id = 'a'")
        connection.commit()
    assert deletion.purge(older_than_seconds=86_400).runs == 1
    assert deletion.purge(run_ids=["b", "unknown"]).runs == 1
    assert deletion.restore(["a", "b", "c"]) == ["c"]


def test_contents_that_neither_runs_nor_the_trash_need_are_reclaimed(location: Path, deletion: Deletion) -> None:
    write(location, *full_record("a", b"shared", b"of a"), *full_record("b", b"shared", b"of b"))
    write(location, *full_record("c", b"shared", b"of c"))
    kept_by_b = set(source_of(b"shared", b"of b")[1]) | {b"environment"}
    deletion.delete(["a", "c"])
    assert b"of a" in contents_of(location).values()
    deletion.purge(run_ids=["a"])
    assert set(contents_of(location).values()) == kept_by_b | set(source_of(b"shared", b"of c")[1])
    deletion.restore(["c"])
    deletion.delete(["c"])
    deletion.purge()
    assert set(contents_of(location).values()) == kept_by_b
    deletion.delete(["b"])
    deletion.purge()
    assert contents_of(location) == {}


def test_contents_stay_while_a_run_goes_on_which_may_count_on_them(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    write(location, started(OTHER, round(time.time() * 1000), host=process_space(), process=os.getpid()))
    deletion.delete([RUN])
    assert deletion.purge().runs == 1
    assert b"x = 1" in contents_of(location).values()
    write(location, ended(OTHER))
    assert deletion.purge().runs == 0
    assert contents_of(location) == {}
    assert trashed(location) == []


def test_contents_stay_while_records_are_spooled_which_may_count_on_them(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    deletion.delete([RUN])
    spool(location, RunContext(OTHER, source=source_of(b"x = 1")[0]))
    deletion.purge()
    assert b"x = 1" in contents_of(location).values()


def test_contents_of_a_run_that_begins_meanwhile_stay(
    location: Path, deletion: Deletion, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    deletion.delete([RUN])
    real = contents.unused

    def begin_meanwhile(connection: sqlite3.Connection, also_needed: set[str]) -> list[tuple[str, int]]:
        found = real(connection, also_needed)
        write(location, started(OTHER, round(time.time() * 1000), host=process_space(), process=os.getpid()))
        return found

    monkeypatch.setattr(contents, "unused", begin_meanwhile)
    deletion.purge()
    assert b"x = 1" in contents_of(location).values()


def test_space_of_purged_runs_is_given_back(location: Path, writer: SQLiteWriter) -> None:
    write(location, *full_record(OTHER))
    write(location, *full_record(RUN, os.urandom(3_000_000)), *full_record("c", os.urandom(3_000_000)))
    deletion = Deletion(writer)
    deletion.delete([RUN, "c"])
    purged = deletion.purge()
    assert purged.bytes > 5_500_000
    assert location.stat().st_size < 500_000
    assert query(location, "PRAGMA integrity_check") == [("ok",)]
    # The same connection goes on.
    writer.apply(whole_runs(["d"]))
    assert run_ids(location) == [OTHER, "d"]


def test_nothing_of_a_purged_run_stays_in_the_file(location: Path) -> None:
    secret = os.urandom(2_000)
    write(location, *full_record(RUN, secret), saved(RUN, "telling", a_telling_name=1), *whole_runs([OTHER]))
    edit(location, RUN)
    before = location.read_bytes()
    packed = pack(secret)[500:600]
    assert packed in before
    with closing(SQLiteWriter(location)) as writer:
        deletion = Deletion(writer)
        deletion.delete([RUN])
        deletion.purge()
    after = location.read_bytes()
    assert packed not in after
    for text in (b"a_telling_name", b"a note", b"cars.csv", b"grace", b"telling tag"):
        assert text in before
        assert text not in after
    assert list(location.parent.iterdir()) == [location]


def test_nothing_of_a_purged_run_stays_in_the_log_of_a_store_that_is_open(location: Path, deletion: Deletion) -> None:
    secret = os.urandom(2_000)
    with closing(SQLiteWriter(location)) as other_process:
        other_process.apply([*full_record(RUN, secret), *whole_runs([OTHER])])
        packed = pack(secret)[500:600]
        assert packed in location.with_name(f"{location.name}-wal").read_bytes()
        deletion.delete([RUN])
        deletion.purge()
        assert not any(packed in file.read_bytes() for file in location.parent.iterdir())
        other_process.apply(whole_runs(["c"]))
    assert run_ids(location) == [OTHER, "c"]


def test_other_processes_may_read_while_space_is_given_back(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN, os.urandom(3_000_000)), *whole_runs([OTHER]))
    deletion.delete([RUN])
    with closing(sqlite3.connect(location, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM runs").fetchone() == (1,)
        assert deletion.purge().runs == 1
        assert reader.execute("SELECT count(*) FROM contents").fetchone() == (3,)
    assert contents_of(location) == {}


# --- Files


class Project:
    """A catalog of datasets of each kind, with a file for each of two runs."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.catalog = Catalog(
            [
                CatalogEntry("model", "pickle.PickleDataset", str(folder / "model.pkl"), versioned=True),
                CatalogEntry("scores", "tracking.metrics_dataset.MetricsDataset", str(folder / "s.json"), True),
                CatalogEntry("cars", "pandas.CSVDataset", str(folder / "cars.csv")),
                CatalogEntry("table", "pandas.SQLTableDataset"),
            ]
        )
        self.files = VersionedFiles(self.catalog)
        for name in ("model.pkl", "s.json", "cars.csv"):
            for run in (RUN, OTHER):
                self.file(f"{name}/{run}/{name}")

    def file(self, name: str) -> Path:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("content")
        return path

    def names(self) -> set[str]:
        return {path.relative_to(self.folder).as_posix() for path in self.folder.rglob("*") if not path.is_dir()}


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path / "project")


def test_versioned_files_go_with_the_purge_if_that_was_asked_for(
    location: Path, writer: SQLiteWriter, project: Project
) -> None:
    write(location, *whole_runs([RUN, OTHER]))
    deletion = Deletion(writer, project.files)
    before = project.names()
    deletion.delete([RUN], with_files=True)
    deletion.delete([OTHER])
    assert project.names() == before
    purged = deletion.purge()
    assert (purged.runs, purged.versions, purged.problems) == (2, 2, [])
    assert project.names() == before - {f"model.pkl/{RUN}/model.pkl", f"s.json/{RUN}/s.json"}


def test_files_of_a_run_that_was_restored_stay(location: Path, writer: SQLiteWriter, project: Project) -> None:
    write(location, *whole_runs([RUN]))
    deletion = Deletion(writer, project.files)
    before = project.names()
    deletion.delete([RUN], with_files=True)
    deletion.restore([RUN])
    deletion.delete([RUN])
    assert deletion.purge().versions == 0
    assert project.names() == before


def test_files_wait_for_a_purge_that_knows_the_project(location: Path, writer: SQLiteWriter, project: Project) -> None:
    write(location, *whole_runs([RUN, OTHER]))
    Deletion(writer, project.files).delete([RUN], with_files=True)
    Deletion(writer).delete([OTHER])
    purged = Deletion(writer).purge()
    assert (purged.runs, len(purged.problems)) == (1, 1)
    assert Deletion(writer, project.files).purge().versions == 2


def test_files_that_cannot_be_removed_are_tried_again(
    location: Path, writer: SQLiteWriter, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(location, *whole_runs([RUN]))
    deletion = Deletion(writer, project.files)
    deletion.delete([RUN], with_files=True)

    def refuse(path: str) -> None:
        raise PermissionError(f"Not yours: {path}")

    with monkeypatch.context() as patch:
        patch.setattr("kedro_viz.store.files.versioned_files.shutil.rmtree", refuse)
        purged = deletion.purge()
    assert (purged.runs, purged.versions) == (0, 0)
    assert "Not yours" in purged.problems[0]
    assert deletion.purge().versions == 2


@pytest.mark.parametrize("run", ["..", ".", "../secret", "s.json", "a/b", "", "sub"])
def test_no_name_of_a_run_leads_to_other_files(
    location: Path, writer: SQLiteWriter, project: Project, run: str
) -> None:
    project.file("secret/model.pkl")
    project.file("model.pkl/sub/other.txt")
    project.file("model.pkl/other.txt")
    before = project.names()
    write(location, started(run), ended(run))
    deletion = Deletion(writer, project.files)
    deletion.delete([run], with_files=True)
    assert deletion.purge().runs == 1
    assert project.names() == before


@pytest.mark.parametrize("link", ["version", "inside"])
def test_links_are_not_followed(location: Path, writer: SQLiteWriter, project: Project, link: str) -> None:
    target = project.file("elsewhere/model.pkl")
    run = "2024-06-01T00.00.00.000Z"
    version = project.folder / "model.pkl" / run
    if link == "version":
        version.symlink_to(target.parent, target_is_directory=True)
    else:
        project.file(f"model.pkl/{run}/model.pkl")
        (version / "more").symlink_to(target.parent, target_is_directory=True)
    write(location, started(run), ended(run))
    deletion = Deletion(writer, project.files)
    deletion.delete([run], with_files=True)
    assert deletion.purge().runs == 1
    assert target.exists()
    assert version.exists() == (link == "version")


def test_folder_of_all_versions_may_be_a_link(location: Path, writer: SQLiteWriter, tmp_path: Path) -> None:
    project = Project(tmp_path / "disk")
    (tmp_path / "data").symlink_to(project.folder, target_is_directory=True)
    entry = CatalogEntry("model", "pickle.PickleDataset", str(tmp_path / "data" / "model.pkl"), versioned=True)
    write(location, *whole_runs([RUN]))
    deletion = Deletion(writer, VersionedFiles(Catalog([entry])))
    deletion.delete([RUN], with_files=True)
    assert deletion.purge().versions == 1
    assert f"model.pkl/{RUN}/model.pkl" not in project.names()


# --- Much at once


def many_points(run: str, *, series: int = 1, batches: int = 1, points: int = 10) -> list[SeriesLogged]:
    steps = [float(step) for step in range(points)]
    return [
        SeriesLogged(run, f"loss {number}", str(batch), steps, [float(n) for n in os.urandom(points)], [1_000] * points)
        for number in range(series)
        for batch in range(batches)
    ]


def test_whoever_records_comes_in_between(
    location: Path, writer: SQLiteWriter, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [f"run-{number}" for number in range(5)]
    write(location, *whole_runs(names), *many_points("run-0", series=4, batches=3))
    whole = query(location, "SELECT * FROM series_chunks ORDER BY 1, 2, 3")
    recorded: list[str] = []
    real_work = writer.work

    def work(change: Callable[[sqlite3.Connection], object], *given: Any) -> object:  # Any: other arguments
        result = real_work(change, *given)
        recorded.append(f"between {len(recorded)}")
        write(location, *whole_runs(recorded[-1:]))
        return result

    monkeypatch.setattr(writer, "work", work)
    monkeypatch.setattr(deletion_module, "_TURN_SECONDS", 0)
    monkeypatch.setattr(deletion_module, "_LONGEST_REST", 0)
    deletion = Deletion(writer)
    for step in (deletion.delete, deletion.restore, deletion.delete):
        recorded_before = len(recorded)
        assert step(names) == names
        assert len(recorded) - recorded_before == len(names)
        assert query(location, "SELECT * FROM series_chunks ORDER BY 1, 2, 3") == whole
    assert deletion.purge().runs == len(names)
    assert query(location, "SELECT * FROM series_chunks") == []
    assert run_ids(location) == sorted(recorded)


def test_points_that_come_after_the_deletion_are_not_taken(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN))
    whole = query(location, "SELECT * FROM series_chunks")
    deletion.delete([RUN])
    write(location, SeriesLogged(RUN, "late", "1", [0], [0.5], [1_500]))
    deletion.restore([RUN])
    assert query(location, "SELECT * FROM series_chunks") == whole


def test_points_of_a_deleted_run_go_when_it_is_run_again(location: Path, deletion: Deletion) -> None:
    write(location, *full_record(RUN))
    deletion.delete([RUN])
    later = round(time.time() * 1000) + 1_000
    write(location, started(RUN, later), ended(RUN, later + 1))
    assert query(location, "SELECT * FROM series_chunks") == []
    assert deletion.purge().runs == 1
    assert run_ids(location) == [RUN]
    assert trashed(location) == []


# --- Interrupted


def killed_at(module: ModuleType, name: str, work: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Do something in a process that is killed when it has called a function of a module."""
    child = os.fork()
    if child == 0:
        real = getattr(module, name)

        # Any: whatever the function takes.
        def killed(*given: Any, **named: Any) -> None:
            real(*given, **named)
            os._exit(7)

        monkeypatch.setattr(module, name, killed)
        try:
            work()
        finally:
            os._exit(1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 7


@pytest.mark.parametrize("point", ["put_in_trash", "delete_record"])
def test_run_whose_deletion_was_interrupted_is_there(
    location: Path, writer: SQLiteWriter, project: Project, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    before, files = rows(location), project.names()
    deletion = Deletion(writer, project.files)
    killed_at(trash, point, lambda: deletion.delete([RUN], with_files=True), monkeypatch)
    assert (rows(location), trashed(location)) == (before, [])
    assert deletion.purge().versions == 0
    assert (rows(location), project.names()) == (before, files)


def test_run_whose_restoring_was_interrupted_can_be_restored(
    location: Path, writer: SQLiteWriter, project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    before, files = rows(location), project.names()
    deletion = Deletion(writer, project.files)
    deletion.delete([RUN], with_files=True)
    killed_at(trash, "move_back", lambda: deletion.restore([RUN]), monkeypatch)
    assert run_ids(location) == []
    assert deletion.restore([RUN]) == [RUN]
    assert rows(location) == before
    assert deletion.purge().versions == 0
    assert (rows(location), project.names()) == (before, files)


@pytest.mark.parametrize("point", ["forget", "delete_stray_points", "note_reclaimed"])
def test_purge_that_was_interrupted_is_finished_by_the_next(
    location: Path, writer: SQLiteWriter, project: Project, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    write(location, *full_record(RUN, b"x = 1"))
    deletion = Deletion(writer, project.files)
    deletion.delete([RUN], with_files=True)
    killed_at(trash, point, deletion.purge, monkeypatch)
    deletion.purge()
    assert contents_of(location) == {}
    assert query(location, "SELECT * FROM series_chunks") == []
    assert trashed(location) == []
    assert not any(RUN in name for name in project.names() if not name.startswith("cars"))


def test_nothing_is_made_where_nothing_was_deleted(location: Path, deletion: Deletion) -> None:
    open_store(location).close()
    for name in ("unknown", "", "\ud800", "' OR 1=1 --"):
        assert deletion.delete([name]) == deletion.restore([name]) == []
    assert deletion.purge().runs == 0
    assert trashed(location) == []
