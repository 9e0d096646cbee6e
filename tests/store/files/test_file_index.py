"""Runs that came without an index are filled in from the versioned files of their datasets, each once."""

from __future__ import annotations

import json
import math
import shutil
import sqlite3
import stat
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import fsspec
import pytest
from sqlalchemy import Engine

from kedro_viz.store.files.file_index import FileIndex, IndexProgress
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.content import MAX_FILE_BYTES
from kedro_viz.tracking.events import DataUsed, Event, NodeEnded, NodeStarted, RunContext, RunEnded
from kedro_viz.tracking.run import RunStatus
from tests.store.stores import ended, make_old_store, metrics_of, query, run_ids, started, write

RUNS = [f"2023-01-0{day}T10.00.00.000Z" for day in range(1, 6)]
METRICS, JSON_DATA, PLOT = (
    "tracking.metrics_dataset.MetricsDataset",
    "tracking.json_dataset.JSONDataset",
    "matplotlib.matplotlib_writer.MatplotlibWriter",
)


class Indexed:
    """A project's data folder, its store, and an index over both."""

    def __init__(self, folder: Path, entries: list[CatalogEntry]) -> None:
        self.folder = folder
        self.location = folder / "session_store.db"
        open_store(self.location).close()
        self.engine: Engine = engine_of(self.location)
        self.writer = SQLiteWriter(self.location)
        self.reports: list[IndexProgress] = []
        repository = RunRepository(self.engine)
        self.index = FileIndex(
            repository,
            self.writer,
            VersionedFiles(Catalog(entries), repository.records.recorded_runs),
            lambda: self.reports.append(self.index.progress),
        )

    def close(self) -> None:
        self.writer.close()
        self.engine.dispose()

    def documents(self) -> dict[tuple[str, str], Any]:
        rows = query(self.location, "SELECT run_id, dataset, data FROM tracked_json")
        return {(run_id, dataset): json.loads(data) for run_id, dataset, data in rows}

    def problems(self) -> dict[str, str]:
        return dict(query(self.location, "SELECT run_id, problem FROM artifacts WHERE problem IS NOT NULL"))


IndexMaker = Callable[[list[CatalogEntry]], Indexed]


@pytest.fixture
def index_of(tmp_path: Path) -> Iterator[IndexMaker]:
    made: list[Indexed] = []

    def make(entries: list[CatalogEntry]) -> Indexed:
        made.append(Indexed(tmp_path / "data", entries))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The data folder of a project with five runs of Kedro-Viz 10's."""
    folder = tmp_path / "data"
    make_old_store(folder / "session_store.db", {key: {"username": "ada"} for key in RUNS})
    return folder


def entry(folder: Path, name: str, kind: str, suffix: str = ".json", versioned: bool = True) -> CatalogEntry:
    return CatalogEntry(name, kind, str(folder / f"{name}{suffix}"), versioned)


def save(folder: Path, name: str, run_id: str, content: bytes | str) -> Path:
    path = folder / name / run_id / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_versions_are_read_once_and_gaps_are_no_matter(folder: Path, index_of: IndexMaker) -> None:
    save(folder, "scores.json", RUNS[0], '{"r2": 0.5}')
    save(folder, "scores.json", RUNS[2], '{"r2": 0.25, "me": 7}')
    save(folder, "scores.json", "2020-01-01T00.00.00.000Z", '{"r2": 1}')  # of a run that the store does not know
    save(folder, "columns.json", RUNS[1], '{"columns": ["a"]}')
    save(folder, "plot.png", RUNS[0], b"\x89PNG\r\n")
    indexed = index_of(
        [
            entry(folder, "scores", METRICS),
            entry(folder, "columns", JSON_DATA),
            entry(folder, "plot", PLOT, ".png"),
            entry(folder, "unversioned", METRICS, versioned=False),
            entry(folder, "never_saved", METRICS),
            CatalogEntry("table", "pandas.csv_dataset.CSVDataset", str(folder / "table.csv"), versioned=True),
            entry(folder, "model", "pickle.pickle_dataset.PickleDataset", ".pkl"),
        ]
    )
    save(folder, "model.pkl", RUNS[3], b"\x80 no JSON")
    assert indexed.index.fill() == 5
    assert metrics_of(indexed.location, RUNS[0]) == {"scores.r2": 0.5}
    assert query(indexed.location, "SELECT run_id, type, size, problem FROM artifacts WHERE dataset = 'model'") == [
        (RUNS[3], "pickle.pickle_dataset.PickleDataset", 9, None)
    ]
    assert metrics_of(indexed.location, RUNS[2]) == {"scores.r2": 0.25, "scores.me": 7}
    assert indexed.documents() == {(RUNS[1], "columns"): {"columns": ["a"]}}
    assert query(indexed.location, "SELECT run_id, name, size FROM artifacts WHERE dataset = 'plot'") == [
        (RUNS[0], "plot.png", 6)
    ]
    assert [(each.running, each.done, each.total) for each in indexed.reports] == [
        (True, 0, 5),
        (True, 5, 5),
        (False, 5, 5),
    ]
    with closing(sqlite3.connect(indexed.location)) as connection:
        before = list(connection.iterdump())
        assert indexed.index.fill() == 0
        assert list(connection.iterdump()) == before
    assert run_ids(indexed.location) == RUNS


def test_running_runs_are_left_to_their_hook(folder: Path, index_of: IndexMaker) -> None:
    write(folder / "session_store.db", started("running now"))
    save(folder, "scores.json", "running now", '{"r2": 0.5}')
    indexed = index_of([entry(folder, "scores", METRICS)])
    assert indexed.index.fill() == 0
    assert metrics_of(indexed.location, "running now") == {}


def test_new_version_of_a_known_dataset_is_added(folder: Path, index_of: IndexMaker) -> None:
    indexed = index_of([entry(folder, "scores", METRICS)])
    save(folder, "scores.json", RUNS[0], '{"r2": 0.5}')
    assert indexed.index.fill() == 1
    save(folder, "scores.json", RUNS[1], '{"r2": 0.75}')
    assert indexed.index.fill() == 1
    assert metrics_of(indexed.location, RUNS[1]) == {"scores.r2": 0.75}


def node_of(run: str, *told: Event) -> list[Event]:
    """What the hook tells of a run of one node."""
    return [NodeStarted(run, "score", 1000), RunContext(run, environment="0" * 64), *told]


def test_runs_whose_hook_told_of_each_version_are_not_looked_for_unless_they_were_killed(
    folder: Path, index_of: IndexMaker
) -> None:
    outcomes = {run: status for run, status in zip(RUNS, RunStatus, strict=True) if status is not RunStatus.RUNNING}
    for run, status in outcomes.items():
        write(folder / "session_store.db", *node_of(run, NodeEnded(run, "score", 1500)), RunEnded(run, 2000, status))
        save(folder, "scores.json", run, '{"r2": 0.5}')
    indexed = index_of([entry(folder, "scores", METRICS)])
    assert indexed.index.fill() == 2
    found = {run for (run,) in query(indexed.location, "SELECT run_id FROM metrics")}
    assert {outcomes[run] for run in found} == {RunStatus.LOST, RunStatus.CANCELLED}


@pytest.mark.parametrize(
    "told",
    [
        [],
        [NodeEnded(RUNS[0], "score", 1500), DataUsed(RUNS[0], "scores", True, "JSONDataset", version=RUNS[0])],
    ],
    ids=["nothing", "that there is one"],
)
def test_runs_whose_hook_failed_to_tell_of_a_version_are_looked_for(
    folder: Path, index_of: IndexMaker, told: list[Event]
) -> None:
    [run, *_] = RUNS
    write(folder / "session_store.db", started(run), *node_of(run, *told), ended(run))
    save(folder, "scores.json", run, '{"r2": 0.5}')
    indexed = index_of([entry(folder, "scores", METRICS)])
    assert indexed.index.fill() == 1
    assert metrics_of(indexed.location, run) == {"scores.r2": 0.5}
    assert indexed.index.fill() == 0


def test_runs_without_the_hook_are_looked_for_though_their_environment_is_known(
    folder: Path, index_of: IndexMaker
) -> None:
    [run, *_] = RUNS
    write(folder / "session_store.db", started(run), RunContext(run, environment="0" * 64), ended(run))
    save(folder, "scores.json", run, '{"r2": 0.5}')
    indexed = index_of([entry(folder, "scores", METRICS)])
    assert indexed.index.fill() == 1
    assert metrics_of(indexed.location, run) == {"scores.r2": 0.5}


def test_folder_elsewhere_is_listed_again_for_new_runs_only(folder: Path, index_of: IndexMaker) -> None:
    root = f"memory://{uuid.uuid4().hex}/scores.json"
    memory = fsspec.filesystem("memory")
    memory.pipe(f"{root}/{RUNS[0]}/scores.json", b'{"r2": 0.5}')
    indexed = index_of([CatalogEntry("scores", METRICS, root, versioned=True)])
    assert indexed.index.fill() == 1
    new = "2024-01-01T00.00.00.000Z"
    for run in (RUNS[1], new):
        memory.pipe(f"{root}/{run}/scores.json", b'{"r2": 0.75}')
    assert indexed.index.fill() == 0
    write(indexed.location, started(new), ended(new))
    assert indexed.index.fill() == 1
    assert metrics_of(indexed.location, new) == {"scores.r2": 0.75}


def test_odd_files_are_kept_with_what_is_wrong_with_them(folder: Path, index_of: IndexMaker) -> None:
    deep = '{"a": ' * 50 + "1" + "}" * 50
    save(folder, "scores.json", RUNS[0], '{"a": NaN, "b": Infinity, "c": -Infinity, "d\\ud800\\u2028": 1}')
    save(folder, "scores.json", RUNS[1], "no json")
    save(folder, "scores.json", RUNS[2], deep)
    save(folder, "scores.json", RUNS[3], '{"r2": 0.5, "name": "forest", "none": null}')
    save(folder, "scores.json", RUNS[4], b"[" * 100_000)
    indexed = index_of([entry(folder, "scores", METRICS)])
    assert indexed.index.fill() == 5
    assert metrics_of(indexed.location, RUNS[0]) == {
        "scores.a": None,
        "scores.b": math.inf,
        "scores.c": -math.inf,
        "scores.d\\ud800\u2028": 1,
    }
    assert metrics_of(indexed.location, RUNS[3]) == {"scores.r2": 0.5}
    assert indexed.documents() == {
        (RUNS[2], "scores"): json.loads(deep),
        (RUNS[3], "scores"): {"r2": 0.5, "name": "forest", "none": None},
    }
    problems = indexed.problems()
    assert set(problems) == {RUNS[1], RUNS[4]}
    assert problems[RUNS[1]].startswith("The file is not JSON")
    assert indexed.index.fill() == 0, "what is wrong with a file is found out once"


def test_file_of_50_megabytes_is_not_read(folder: Path, index_of: IndexMaker) -> None:
    path = save(folder, "columns.json", RUNS[0], "")
    with path.open("r+b") as file:
        file.truncate(50 * 10**6)  # takes no room on the disk
    indexed = index_of([entry(folder, "columns", JSON_DATA)])
    assert indexed.index.fill() == 1
    assert indexed.problems() == {RUNS[0]: "The file is 50 MB; up to 4 MB is read. Download it to see it."}
    assert query(indexed.location, "SELECT size FROM artifacts") == [(50 * 10**6,)]
    assert path.stat().st_size > MAX_FILE_BYTES


def test_link_that_leads_out_of_the_folder_is_not_followed(folder: Path, index_of: IndexMaker, tmp_path: Path) -> None:
    secret = tmp_path / "secret.json"
    secret.write_text('{"secret": 1}')
    path = save(folder, "scores.json", RUNS[0], "")
    path.unlink()
    path.symlink_to(secret)
    indexed = index_of([entry(folder, "scores", METRICS)])
    indexed.index.fill()
    assert metrics_of(indexed.location, RUNS[0]) == {}


def test_dataset_that_cannot_be_listed_does_not_stop_the_others(
    folder: Path, index_of: IndexMaker, caplog: pytest.LogCaptureFixture
) -> None:
    save(folder, "scores.json", RUNS[0], '{"r2": 0.5}')
    indexed = index_of(
        [
            CatalogEntry("elsewhere", METRICS, "no-such-protocol://bucket/scores.json", versioned=True),
            entry(folder, "scores", METRICS),
        ]
    )
    assert indexed.index.fill() == 1
    assert "elsewhere" in caplog.text


def test_stopped_index_goes_on_the_next_time(folder: Path, index_of: IndexMaker) -> None:
    many = [f"run {number:03}" for number in range(120)]
    write(folder / "session_store.db", *[started(key) for key in many])
    with closing(sqlite3.connect(folder / "session_store.db")) as connection:
        connection.execute("UPDATE runs SET status = 'succeeded'")
        connection.commit()
    for key in many:
        save(folder, "scores.json", key, '{"r2": 0.5}')
    indexed = index_of([entry(folder, "scores", METRICS)])
    indexed.index._on_progress = indexed.index.stop
    done = indexed.index.fill()
    assert 0 <= done < 120
    again = index_of([entry(folder, "scores", METRICS)])
    assert again.index.fill() == 120 - done
    assert query(again.location, "SELECT count(*) FROM metrics") == [(120,)]


def test_store_that_is_locked_is_filled_the_next_time(
    folder: Path, index_of: IndexMaker, caplog: pytest.LogCaptureFixture
) -> None:
    save(folder, "scores.json", RUNS[0], '{"r2": 0.5}')
    indexed = index_of([entry(folder, "scores", METRICS)])
    indexed.writer._lock_timeout = 0.05
    with closing(sqlite3.connect(indexed.location)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert indexed.index.fill() == 0
    assert "could not be filled" in caplog.text
    assert not indexed.index.progress.running
    assert indexed.index.fill() == 1


REAL_CATALOG = {
    "train_evaluation.linear_regression.r2_score": (METRICS, "09_tracking/linear_score.json"),
    "train_evaluation.random_forest.r2_score": (METRICS, "09_tracking/rf_score.json"),
    "train_evaluation.linear_regression.experiment_params": (JSON_DATA, "09_tracking/linear_params.json"),
    "train_evaluation.random_forest.experiment_params": (JSON_DATA, "09_tracking/rf_params.json"),
    "reporting.price_histogram": ("plotly.json_dataset.JSONDataset", "08_reporting/price_histogram.json"),
    "reporting.feature_importance": ("plotly.json_dataset.JSONDataset", "08_reporting/feature_importance_plot.json"),
    "reporting.confusion_matrix": (PLOT, "08_reporting/confusion_matrix.png"),
}


def test_real_history_is_filled_in(real_data: Path, tmp_path: Path, index_of: IndexMaker) -> None:
    data = tmp_path / "data"
    shutil.copytree(real_data / "kedro-viz-demo", data)
    for path in [data, *data.rglob("*")]:
        path.chmod(path.stat().st_mode | stat.S_IWUSR)
    indexed = index_of(
        [CatalogEntry(name, kind, str(data / path), versioned=True) for name, (kind, path) in REAL_CATALOG.items()]
    )
    known = set(run_ids(indexed.location))
    assert len(known) == 22
    versions = [
        (name, version.name, version / Path(path).name)
        for name, (_, path) in REAL_CATALOG.items()
        for version in (data / path).iterdir()
        if version.name in known
    ]
    assert indexed.index.fill() == len(versions)
    artifacts = query(indexed.location, "SELECT dataset, run_id FROM artifacts")
    assert sorted(artifacts) == sorted((name, run_id) for name, run_id, _ in versions)
    assert indexed.problems() == {}
    found = indexed.documents()
    for name, run_id, file in versions:
        kind, _ = REAL_CATALOG[name]
        if kind is PLOT or "plotly" in kind:
            continue
        content = json.loads(file.read_text())
        numbers = {f"{name}.{key}": value for key, value in content.items() if isinstance(value, (int, float))}
        if kind == METRICS:
            assert numbers.items() <= metrics_of(indexed.location, run_id).items()
        if kind == JSON_DATA or len(numbers) < len(content):
            assert found[run_id, name] == content
