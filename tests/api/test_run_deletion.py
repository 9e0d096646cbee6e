"""Runs that people delete in the browser, take back, or leave deleted."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.api import run_deletion
from kedro_viz.integrations.kedro.project.catalog_config import CatalogConfig, ConfiguredCatalog
from kedro_viz.tracking.catalog import CatalogEntry
from kedro_viz.tracking.events import DatasetSaved, DataUsed, Event, NodeStarted, SeriesLogged, TrackedFile
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.surroundings.environment import Environment
from tests.api.pages import page_of
from tests.api.serving import Api, context_event, opened, project_of, record, run_events, run_id, served, wait_until
from tests.store.stores import trashed

DELETE = """
  mutation ($ids: [ID!]!, $files: Boolean! = false) { deleteRuns(runIds: $ids, withFiles: $files) {
    ... on DeleteRunsSuccess { runIds } ... on DeletionFailure { errorMessage }
  } }
"""
RESTORE = """
  mutation ($ids: [ID!]!) { restoreRuns(runIds: $ids) {
    ... on RestoreRunsSuccess { runIds } ... on DeletionFailure { errorMessage }
  } }
"""
# All that lists and compares runs, Kedro-Viz 10's operations first.
EVERYTHING = """
  query ($ids: [ID!]!) {
    runsList { id title notes bookmark gitSha }
    runMetadata(runIds: $ids) {
      id title notes bookmark status metrics { id value } parameters { name value } nodes { name status }
      trackedJson { data } artifacts { dataset name } dataUses { dataset } series { name values }
      source { id files { path hash } } sourceFile(path: "a.py") environment { python }
    }
    runTrackingData(runIds: $ids, group: METRIC) { datasetName data }
    runMetricsData { data }
    runs { totalCount edges { node { id } } }
    metricColumns { id runs min max }
  }
"""
MODEL_TYPE = "pickle.pickle_dataset.PickleDataset"


@pytest.fixture
def catalog(tmp_path: Path) -> list[CatalogEntry]:
    return [CatalogEntry("model", MODEL_TYPE, str(tmp_path / "model.pkl"), versioned=True)]


@pytest.fixture
def api(tmp_path: Path, store: Path, catalog: list[CatalogEntry]) -> Iterator[Api]:
    with opened(project_of(tmp_path, catalog, store)) as api:
        yield api


def whole_run(number: int) -> list[Event]:
    """A run with something in every table."""
    identity = run_id(number)
    return [
        *run_events(identity, metrics={"a": number}, document="{}", parameters=[Parameter("n", "1")], plots=["plot"]),
        context_event(identity, files={"a.py": b"1"}, environment=Environment("3.12", "CPython", "Linux", [])),
        DatasetSaved(identity, "model", MODEL_TYPE, "model.pkl", [TrackedFile("model.pkl", 5)]),
        NodeStarted(identity, "train", 1),
        SeriesLogged(identity, "loss", "1", [0.0], [1.0], [1]),
    ]


def save_model(folder: Path, number: int) -> Path:
    """The file of a run's model."""
    file = folder / "model.pkl" / run_id(number) / "model.pkl"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"model")
    return file


def deleted(api: Api, *numbers: int, files: bool = False) -> Any:
    return api.ask(DELETE, ids=[run_id(number) for number in numbers], files=files)["deleteRuns"]


def restored(api: Api, *numbers: int) -> Any:
    return api.ask(RESTORE, ids=[run_id(number) for number in numbers])["restoreRuns"]


def runs_of(api: Api) -> list[str]:
    return [run["id"] for run in api.ask("{ runsList { id } }")["runsList"]]


def test_a_deleted_run_is_nowhere_and_comes_back_whole(api: Api, store: Path) -> None:
    record(store, *whole_run(1), *whole_run(2))
    api.services.repository.details.update(run_id(1), title="Best", notes="so far", bookmark=True)
    ids = [run_id(1), run_id(2)]
    before = api.ask(EVERYTHING, ids=ids)
    assert len(before["runMetadata"]) == 2
    assert deleted(api, 1) == {"runIds": [run_id(1)]}
    without = api.ask(EVERYTHING, ids=ids)
    assert run_id(1) not in str(without)
    assert [run["id"] for run in without["runMetadata"]] == [run_id(2)]
    assert without["runMetadata"][0] == before["runMetadata"][1]
    assert restored(api, 1) == {"runIds": [run_id(1)]}
    assert api.ask(EVERYTHING, ids=ids) == before


def test_unknown_runs_are_passed_over(api: Api, store: Path) -> None:
    record(store, *whole_run(1))
    for ids in ([], ["nobody's"], ["", "\0", "a/../b"]):
        assert api.ask(DELETE, ids=ids)["deleteRuns"] == {"runIds": []}
        assert api.ask(RESTORE, ids=ids)["restoreRuns"] == {"runIds": []}
    assert deleted(api, 1, 1, 9) == {"runIds": [run_id(1)]}
    assert deleted(api, 1) == {"runIds": []}
    assert restored(api, 1, 9) == {"runIds": [run_id(1)]}
    assert api.refusal(DELETE, ids=["x"] * 10_001) == "At most 10,000 runs can be asked for at once, not 10,001."


def test_runs_that_go_on_are_named_and_nothing_is_deleted(api: Api, store: Path) -> None:
    record(store, *whole_run(1), *run_events(run_id(2), seconds=None))
    with closing(sqlite3.connect(store)) as connection:
        # It has just reported that it is alive.
        connection.execute("UPDATE runs SET heartbeat_at = ? WHERE id = ?", (round(time.time() * 1000), run_id(2)))
        connection.commit()
    answer = deleted(api, 1, 2)
    assert answer == {"errorMessage": f"Still running: '{run_id(2)}'. A run can be deleted when it has ended."}
    assert runs_of(api) == [run_id(2), run_id(1)]


def test_a_read_only_store_refuses(tmp_path: Path) -> None:
    # A folder where the file should be: nothing can be written there.
    (tmp_path / "session_store.db").mkdir()
    with opened(project_of(tmp_path, store=tmp_path / "session_store.db")) as api:
        said = {"errorMessage": "The session store is read-only: nothing was deleted or restored."}
        assert (deleted(api, 1), restored(api, 1)) == (said, said)


def test_a_locked_store_says_so(api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    record(store, *whole_run(1))
    monkeypatch.setattr(run_deletion, "_LOCK_SECONDS", 0.05)
    with closing(sqlite3.connect(store, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert "locked by another process" in deleted(api, 1)["errorMessage"]
        other.execute("ROLLBACK")
    assert runs_of(api) == [run_id(1)]


def test_late_words_and_files_bring_no_run_back(api: Api, tmp_path: Path, store: Path) -> None:
    record(store, *whole_run(1), *whole_run(2))
    for number in (1, 2):
        save_model(tmp_path, number)
    deleted(api, 1)
    record(store, *whole_run(1))
    api.services.index.fill()
    assert runs_of(api) == [run_id(2)]
    with closing(sqlite3.connect(store)) as connection:
        # Its points are nobody's till it is purged.
        for table in ("artifacts", "metrics", "parameters", "node_runs"):
            rows = connection.execute(f"SELECT DISTINCT run_id FROM {table}").fetchall()
            assert rows == [(run_id(2),)], table


def test_a_run_that_comes_in_the_place_of_a_deleted_one_is_indexed(api: Api, tmp_path: Path, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    save_model(tmp_path, 1)
    api.services._fill_index()
    deleted(api, 1)
    record(store, *run_events(run_id(2)))
    save_model(tmp_path, 2)
    api.services._fill_index()
    assert api.ask("{ runsList { id artifacts { dataset } } }")["runsList"] == [
        {"id": run_id(2), "artifacts": [{"dataset": "model"}]}
    ]


def test_open_pages_are_told(tmp_path: Path, store: Path) -> None:
    record(store, *whole_run(1))
    with served(project_of(tmp_path, store=store)) as server, page_of(server) as page:
        for mutation in (f'deleteRuns(runIds: "{run_id(1)}")', f'restoreRuns(runIds: "{run_id(1)}")'):
            page.asks(f"mutation {{ {mutation} {{ __typename }} }}")
            page.hears("RUNS")


class TestPurge:
    """What was deleted is removed for good when nobody can take it back any more."""

    def test_closing_removes_what_was_deleted_and_keeps_what_was_taken_back(
        self, tmp_path: Path, store: Path, catalog: list[CatalogEntry]
    ) -> None:
        record(store, *(happened for number in range(4) for happened in whole_run(number)))
        models = [save_model(tmp_path, number) for number in range(4)]
        project = project_of(tmp_path, catalog, store)
        with opened(project) as api:
            deleted(api, 0, 1, files=True)
            deleted(api, 2)
            restored(api, 1)
            assert [model.exists() for model in models] == [True] * 4
        assert trashed(store) == []
        # The files of one only, and of it the version's whole folder.
        assert [model.parent.exists() for model in models] == [False, True, True, True]
        with opened(project) as api:
            assert restored(api, 0, 2) == {"runIds": []}
            assert runs_of(api) == [run_id(3), run_id(1)]
            (run,) = api.ask(EVERYTHING, ids=[run_id(1)])["runMetadata"]
            # What it shared with the others is still there.
            assert (run["sourceFile"], run["environment"]) == ("1", {"python": "3.12"})

    def test_closing_leaves_what_another_server_deleted(self, tmp_path: Path, store: Path) -> None:
        record(store, *whole_run(1), *whole_run(2))
        project = project_of(tmp_path, store=store)
        with opened(project) as one:
            deleted(one, 1)
            with opened(project) as other:
                deleted(other, 2)
            assert restored(one, 1, 2) == {"runIds": [run_id(1)]}

    def test_closing_leaves_what_was_taken_back_and_deleted_by_another_server(
        self, tmp_path: Path, store: Path
    ) -> None:
        record(store, *whole_run(1))
        project = project_of(tmp_path, store=store)
        with opened(project) as other:
            with opened(project) as one:
                deleted(one, 1)
                restored(one, 1)
                deleted(other, 1)
            assert restored(other, 1) == {"runIds": [run_id(1)]}

    def test_starting_removes_what_is_older_than_a_day(
        self, tmp_path: Path, store: Path, catalog: list[CatalogEntry]
    ) -> None:
        record(store, *whole_run(1), *whole_run(2))
        models = [save_model(tmp_path, number) for number in (1, 2)]
        project = project_of(tmp_path, catalog, store)
        with crashing(project_of(tmp_path, catalog, store)) as api:
            deleted(api, 1, 2, files=True)
        with closing(sqlite3.connect(store)) as connection:
            connection.execute(
                "UPDATE deleted_runs SET deleted_at = deleted_at - 86400001 WHERE run_id = ?", (run_id(1),)
            )
            connection.commit()
        with opened(project) as api:
            api.services.deletion.purge_old()
            assert [model.exists() for model in models] == [False, True]
            assert restored(api, 1, 2) == {"runIds": [run_id(2)]}

    def test_files_of_datasets_that_only_a_pattern_describes_are_removed_too(self, tmp_path: Path, store: Path) -> None:
        pattern = {"{name}_model": {"type": "pickle.PickleDataset", "filepath": "{name}.pkl", "versioned": True}}
        config = CatalogConfig(pattern, {}, tmp_path)
        files = {}
        for name in ("forest", "other"):
            files[name] = tmp_path / f"{name}.pkl" / run_id(1) / f"{name}.pkl"
            files[name].parent.mkdir(parents=True)
            files[name].write_bytes(b"model")
        used = DataUsed(run_id(1), "forest_model", True, MODEL_TYPE)
        loaded = DataUsed(run_id(1), "other_model", False, MODEL_TYPE)
        record(store, *run_events(run_id(1)), used, loaded)
        project = project_of(tmp_path, store=store)
        with crashing(project) as api:
            deleted(api, 1, files=True)
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("UPDATE deleted_runs SET deleted_at = 0")
            connection.commit()
        with opened(replace(project, catalog=ConfiguredCatalog(config))) as api:
            api.services.deletion.purge_old()
        assert [name for name, file in files.items() if file.exists()] == ["other"]
        assert trashed(store) == []

    def test_a_server_that_starts_does_that_by_itself(self, tmp_path: Path, store: Path) -> None:
        record(store, *whole_run(1))
        with crashing(project_of(tmp_path, store=store)) as api:
            deleted(api, 1)
        with closing(sqlite3.connect(store)) as connection:
            connection.execute("UPDATE deleted_runs SET deleted_at = 0")
            connection.commit()
        with served(project_of(tmp_path, store=store)) as server:
            wait_until(lambda: not trashed(store))
            assert server.services.repository.runs.count() == 0

    def test_files_that_cannot_be_removed_keep_no_server_from_closing(
        self, tmp_path: Path, store: Path, catalog: list[CatalogEntry], caplog: pytest.LogCaptureFixture
    ) -> None:
        record(store, *whole_run(1))
        save_model(tmp_path, 1)
        away = replace(catalog[0], filepath="unknown-storage://model.pkl")
        with opened(project_of(tmp_path, [away], store)) as api:
            deleted(api, 1, files=True)
        assert "unknown-storage" in caplog.text
        # It is tried again the next time.
        assert trashed(store) == [run_id(1)]


@contextmanager
def crashing(project: Any) -> Iterator[Api]:
    """A server that does not get to purge what it deleted."""
    with opened(project) as api:
        yield api
        api.services.deletion._deleted.clear()
