"""`kedro viz runs delete`: what it tells before, what it deletes, and what it never does."""

from __future__ import annotations

import os
import pty
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest
from kedro.framework.startup import bootstrap_project

from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.errors import StoreError
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.writer import SQLiteWriter
from tests.cli.run_commands import STORE, kedro, project_in, refused, viz_runs
from tests.faults.store_faults import permissions
from tests.projects import CATALOG, make_project
from tests.sessions import run
from tests.store.stores import contents_of, ended, full_record, query, rows, run_ids, started, trashed, write

# A file beside the tracked ones of which each run saves a version, under a name that only a pattern describes.
PATTERN = """
"{name}_model":
  type: pickle.PickleDataset
  filepath: data/06_models/{name}.pkl
  versioned: true
"""

PIPELINE = """
from kedro.pipeline import Pipeline, node


def register_pipelines():
    return {"__default__": Pipeline([
        node(lambda: ({"a": 1.5}, [1, 2, 3]), None, ["scores", "forest_model"], name="train"),
        node(lambda model: len(model), "forest_model", None, name="look"),
    ])}
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return project_in(tmp_path / "project", monkeypatch)


@pytest.fixture
def run_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, list[str]]:
    """A project that has been run three times, and the runs' ids."""
    project = make_project(tmp_path / "project", catalog=CATALOG + PATTERN, pipeline_code=PIPELINE)
    monkeypatch.chdir(project)
    monkeypatch.delenv("KEDRO_ENV", raising=False)
    bootstrap_project(project)
    return project, [run(project) for _ in range(3)]


def versions(project: Path) -> set[str]:
    """The versions that are there, of whatever dataset."""
    return {path.parent.name for path in project.glob("data/0*/*/*/*") if path.is_file()}


def deleted(*arguments: str) -> str:
    result = viz_runs("delete", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def test_runs_are_gone_with_all_that_only_they_had(project: Path) -> None:
    write(project / STORE, *full_record("run-1", b"of both", b"of the first"), *full_record("run-2", b"of both"))
    kept = rows_of(project, "run-2")

    told = deleted("run-1", "--yes")

    assert run_ids(project / STORE) == ["run-2"]
    assert rows_of(project, "run-2") == kept
    assert b"of the first" not in contents_of(project / STORE).values()
    assert b"of both" in contents_of(project / STORE).values()
    assert trashed(project / STORE) == [], "they are not kept anywhere else"
    assert "1 run will be deleted for good:\n  run-1" in told
    assert "Deleted 1 run." in told


def rows_of(project: Path, run_id: str) -> dict[str, list[tuple[object, ...]]]:
    return {table: [row for row in found if run_id in row] for table, found in rows(project / STORE).items()}


def test_what_was_deleted_in_the_app_and_may_be_brought_back_stays_so(project: Path) -> None:
    write(project / STORE, *full_record("a"), *full_record("b"), *full_record("c"))
    writer = SQLiteWriter(project / STORE)
    Deletion(writer).delete(["a"])

    deleted("b", "-y")

    assert Deletion(writer).restore(["a", "b"]) == ["a"]
    writer.close()


def test_what_an_earlier_purge_had_to_leave_goes_too(project: Path) -> None:
    write(project / STORE, *full_record("a"), *full_record("b"))
    writer = SQLiteWriter(project / STORE)
    Deletion(writer).delete(["a"])
    writer.work(lambda store: store.execute("UPDATE deleted_runs SET deleted_at = deleted_at - 90000000"))
    writer.close()

    assert "Deleted 1 run." in deleted("b", "-y")

    assert trashed(project / STORE) == []


def test_what_stays_of_a_deleted_run_is_told(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(project / STORE, *full_record("a"))

    def locked(*_given: object, **_named: object) -> None:
        raise StoreError("It is locked.")

    monkeypatch.setattr(Deletion, "purge", locked)
    told = refused("delete", "a", "-y")
    assert "It is locked. The runs are deleted, but what could not be removed stays on the disk" in told
    assert run_ids(project / STORE) == []


def test_files_stay_unless_they_are_to_go(run_project: tuple[Path, list[str]]) -> None:
    project, [first, second, third] = run_project

    told = deleted(first, "--yes")

    assert run_ids(project / STORE) == [second, third]
    assert versions(project) == {first, second, third}
    assert "The files that they saved stay" in told


def test_files_of_all_versioned_datasets_go_with_the_runs(run_project: tuple[Path, list[str]]) -> None:
    project, [first, second, third] = run_project

    told = deleted(first, second, "--with-files", "--yes")

    assert run_ids(project / STORE) == [third]
    assert versions(project) == {third}
    assert "With them 4 versions of datasets," in told
    assert f"  {first}  forest_model  1 file, " in told
    assert f"  {second}  scores  1 file, " in told
    assert "Deleted 2 runs and 4 versions of datasets." in told


def test_files_that_are_gone_already_are_no_obstacle(run_project: tuple[Path, list[str]]) -> None:
    project, [first, second, third] = run_project
    deleted(first, "--yes")
    for path in project.glob(f"data/0*/*/{second}/*"):
        path.unlink()

    assert "Deleted 1 run" in deleted(second, "--with-files", "--yes")
    assert run_ids(project / STORE) == [third]


def test_without_a_catalog_it_is_not_known_which_files_go(run_project: tuple[Path, list[str]]) -> None:
    project, [first, *_] = run_project
    (project / "conf" / "base" / "catalog.yml").write_text("scores: [")

    assert "Mend it, or leave out --with-files" in refused("delete", first, "--with-files", "--yes")
    assert len(run_ids(project / STORE)) == 3


def test_files_of_a_run_in_another_environment_go_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = make_project(
        tmp_path / "project",
        files={"conf/prod/catalog.yml": CATALOG.replace("data/09_tracking", "data/09_of_prod")},
    )
    monkeypatch.chdir(project)
    bootstrap_project(project)
    run_id = run(project, env="prod")
    assert versions(project) == {run_id}

    assert "2 versions of datasets" in deleted(run_id, "--with-files", "--yes")

    assert versions(project) == set()


def test_a_run_stays_where_it_is_not_known_what_it_saved_where(run_project: tuple[Path, list[str]]) -> None:
    project, [first, second, _] = run_project
    catalog = project / "conf" / "base" / "catalog.yml"
    catalog.write_text(catalog.read_text().replace("data/09_tracking", "${runtime_params:place}"))
    # Without the signatures of the user's own runs, as in the store of a colleague.
    with closing(sqlite3.connect(project / STORE)) as store:
        store.execute("UPDATE artifacts SET signature = NULL")
        store.commit()

    text = refused("delete", first, "--with-files", "--yes")

    assert f"It is not known where {first} has saved its version of 'scores'." in text
    assert "Runtime parameter 'place' not found" in text
    assert len(run_ids(project / STORE)) == 3
    assert first in versions(project)
    deleted(second, "--yes")


def test_files_that_ones_own_runs_recorded_go_whatever_the_catalog_says_now(
    run_project: tuple[Path, list[str]],
) -> None:
    project, [first, *_] = run_project
    catalog = project / "conf" / "base" / "catalog.yml"
    catalog.write_text(catalog.read_text().replace("data/09_tracking", "data/09_moved"))

    deleted(first, "--with-files", "--yes")

    assert first not in versions(project)


def test_nobody_is_asked_where_there_is_no_terminal(project: Path) -> None:
    write(project / STORE, started("a"), ended("a"))

    assert "Say --yes" in refused("delete", "a")
    assert run_ids(project / STORE) == ["a"]


@pytest.mark.parametrize(("answer", "left"), [("y", []), ("n", ["a"]), ("", ["a"])])
def test_a_person_is_asked(project: Path, answer: str, left: list[str]) -> None:
    write(project / STORE, started("a"), ended("a"))

    told = answered(project, answer, "viz", "runs", "delete", "a")

    assert "Delete it? [y/N]" in told
    assert ("Deleted 1 run" if not left else "Nothing was deleted") in told
    assert run_ids(project / STORE) == left


def answered(project: Path, answer: str, *arguments: str) -> str:
    """What `kedro` prints in a terminal in which a person answers its question."""
    master, slave = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "kedro", *arguments], cwd=project, stdin=slave, stdout=slave, stderr=slave
    )
    os.close(slave)
    printed = b""
    try:
        while chunk := os.read(master, 65_536):
            if b"[y/N]" in chunk:
                os.write(master, f"{answer}\n".encode())
            printed += chunk
    except OSError:
        # How Linux tells that nobody has the other end open any more.
        pass
    finally:
        os.close(master)
    process.wait()
    return printed.decode()


def test_a_run_that_goes_on_is_not_deleted(project: Path) -> None:
    write(project / STORE, started("a", host="elsewhere", process=1), started("b"), ended("b"))
    query_now(project)

    assert "Still running: a" in refused("delete", "a", "b", "--yes")
    assert run_ids(project / STORE) == ["a", "b"]


def query_now(project: Path) -> None:
    """Let the run that goes on elsewhere give a sign of life."""
    with closing(sqlite3.connect(project / STORE)) as connection, connection:
        connection.execute("UPDATE runs SET heartbeat_at = ? WHERE id = 'a'", (round(time.time() * 1000),))


def test_one_unknown_run_keeps_all(project: Path) -> None:
    write(project / STORE, started("a"), ended("a"))

    assert "There is no run 'x'" in refused("delete", "a", "x", "--yes")
    assert run_ids(project / STORE) == ["a"]


def test_a_run_named_twice_is_one_run(project: Path) -> None:
    write(project / STORE, started("run-1"), ended("run-1"))

    assert "Deleted 1 run." in deleted("run-1", "run", "latest", "--yes")


def test_titles_tell_which_runs_go_and_cannot_harm_the_terminal(project: Path) -> None:
    write(project / STORE, started("a"), ended("a"))
    engine = engine_of(project / STORE)
    RunRepository(engine).details.update("a", title="The best\x1b[2J one")
    engine.dispose()

    assert "  a  The best\\x1b[2J one" in deleted("a", "--yes")


def test_a_store_that_cannot_be_written_keeps_its_runs(project: Path) -> None:
    write(project / STORE, started("a"), ended("a"))
    with permissions(project / STORE, 0o400), permissions(project / "data", 0o500):
        done = kedro(project, "viz", "runs", "delete", "a", "--yes")

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert query(project / STORE, "SELECT id FROM runs") == [("a",)]
