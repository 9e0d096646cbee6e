"""A project whose store has a folder of its own, and how its runs go where nothing is wrong."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.kedro_process import WAYS, Outcome, run_kedro
from tests.full_project import make_full_project
from tests.projects import STORE_SETTINGS


@pytest.fixture(scope="session")
def sound_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project, with one run in its store. To be copied, not changed."""
    project = make_full_project(
        tmp_path_factory.mktemp("faults") / "project", settings=STORE_SETTINGS.replace('"data"', '"store"')
    )
    run_kedro(project, "--tags", "data")
    # A process may end with its log still beside the store, and whoever has the log has all of the store: nothing that
    # befalls the store's file would then be noticed.
    with closing(sqlite3.connect(project / "store" / "session_store.db")) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert [path.name for path in (project / "store").glob("session_store.db*")] == ["session_store.db"]
    return project


@pytest.fixture(scope="session")
def usual(sound_project: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """The outcome of each of the ways to run where runs are not tracked."""
    project = Path(shutil.copytree(sound_project, tmp_path_factory.mktemp("untracked") / "project"))
    [settings] = project.glob("src/*/settings.py")
    settings.write_text("", encoding="utf-8")
    return {way: run_kedro(project, *arguments) for way, arguments in WAYS.items()}


@pytest.fixture
def project(sound_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the project for one test, and a cache beside it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return Path(shutil.copytree(sound_project, tmp_path / "project"))


@pytest.fixture
def store(project: Path) -> Path:
    """The file of the project's store."""
    return project / "store" / "session_store.db"
