"""A run tells which data it read and wrote, whatever it is kept in and however it is run."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project
from kedro.io import AbstractDataset, DataCatalog, Version
from kedro.runner import SequentialRunner, ThreadRunner

from kedro_viz.integrations.kedro.recording.data_uses import data_use
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.fingerprint import fingerprint
from tests.projects import make_project
from tests.sessions import PIPELINE_OPTION, run, run_in
from tests.viz_server import kedro_run
from tests.waiting_runs import waiting_run

CATALOG = """
raw:
  type: pandas.CSVDataset
  filepath: data/01_raw/raw.csv

table:
  type: pickle.PickleDataset
  filepath: data/table.pkl

model:
  type: pickle.PickleDataset
  filepath: data/model.pkl
  versioned: true

report@pandas:
  type: pandas.CSVDataset
  filepath: data/report.csv

report@text:
  type: text.TextDataset
  filepath: data/report.csv

parts:
  type: partitions.PartitionedDataset
  path: data/parts
  dataset: text.TextDataset
  filename_suffix: .txt

"{name}_text":
  type: text.TextDataset
  filepath: data/{name}.txt

log:
  type: text.TextDataset
  filepath: data/log.txt
  fs_args:
    open_args_save:
      mode: a

cached:
  type: CachedDataset
  versioned: true
  dataset:
    type: json.JSONDataset
    filepath: data/cached.json

remote:
  type: json.JSONDataset
  filepath: memory://bucket/remote.json
  versioned: true

unused:
  type: {package}.unbuildable.UnbuildableDataset
"""

UNBUILDABLE = """
from kedro.io import AbstractDataset


class UnbuildableDataset(AbstractDataset):
    def __init__(self):
        raise RuntimeError("nobody asked for this dataset")

    def load(self): ...

    def save(self, data): ...

    def _describe(self): ...
"""

PIPELINES = """
import os

import pandas as pd
from kedro.pipeline import Pipeline, node


def make(raw, size):
    rows = [[n, n * n] for n in range(size)]
    return rows, {"weights": rows}, pd.DataFrame(rows), "daily"


def use(raw, table, model, report, daily, in_memory):
    return "done"


def keep(table):
    return table


def make_here(size):
    return {"size": size}, {"size": size}


def read_here(cached, remote):
    assert cached == remote


def write_log(size):
    for number in range(size):
        yield f"{number} " * 100


def write_half(size):
    import threading

    yield "one\\n"
    yield "two\\n"
    os.write(int(os.environ["TEST_PIPE"]), b"half")
    threading.Event().wait()


def rest(model):
    return None


def register_pipelines():
    outputs = ["table", "model", "report@pandas", "daily_text"]
    inputs = ["raw", "table", "model", "report@text", "daily_text", "in_memory"]
    streamed = node(write_log, "params:size", "log", name="write_log")
    return {
        "__default__": Pipeline([
            node(make, ["raw", "params:size"], outputs, name="make"),
            node(keep, "table", "in_memory", name="keep"),
            node(use, inputs, "result", name="use"),
        ]),
        "here": Pipeline([
            node(make_here, "params:size", ["cached", "remote"], name="make_here"),
            node(read_here, ["cached", "remote"], None, name="read_here"),
        ]),
        "parts": Pipeline([
            node(lambda size: {"a": "one", "b/c": "two"}, "params:size", "parts", name="make_parts"),
            node(lambda parts: None, "parts", None, name="read_parts"),
        ]),
        "reading": Pipeline([node(rest, "model", None, name="rest")]),
        "streaming": Pipeline([streamed]),
        "streaming_more": Pipeline([streamed, node(lambda log: None, "log", None, name="after")]),
        "half": Pipeline([node(write_half, "params:size", "log", name="write_half")]),
    }
"""


def make(path: Path, package: str) -> Path:
    return make_project(
        path,
        catalog=CATALOG.replace("{package}", package),
        pipeline_code=PIPELINES,
        package=package,
        files={"src/{package}/unbuildable.py": UNBUILDABLE, "data/01_raw/raw.csv": "a,b\n1,2\n"},
    )


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make(tmp_path_factory.mktemp("data_uses") / "project", "using_project")


@pytest.fixture
def project(template: Path, tmp_path: Path) -> Path:
    """To run in processes of its own."""
    return Path(shutil.copytree(template, tmp_path / "project"))


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """Set up in this process."""
    path = make(tmp_path / "here", f"package_{tmp_path.name}")
    bootstrap_project(path)
    return path


# Any: rows of whatever was asked for.
def ask(project: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        return connection.execute(sql).fetchall()


def uses(project: Path, run_id: str | None = None) -> dict[tuple[str, str], DataUse]:
    """The uses of a run, or of the only one, by dataset and what was done with it."""
    [run_id] = [run_id] if run_id else [row[0] for row in ask(project, "SELECT id FROM runs")]
    rows = ask(
        project,
        "SELECT dataset, saved, type, path, version, size, fingerprint FROM data_uses "
        f"WHERE run_id = '{run_id}' ORDER BY dataset, saved",
    )
    return {
        (dataset, "saved" if saved else "loaded"): DataUse(dataset, bool(saved), *rest)
        for dataset, saved, *rest in rows
    }


def local(dataset: str, saved: bool, kind: str, path: Path, version: str | None = None) -> DataUse:
    """The use of a file or folder that is still as it was."""
    found = fingerprint(path)
    assert found is not None, path
    return DataUse(dataset, saved, kind, str(path), version, found.size, found.text)


def check_default_pipeline(project: Path) -> None:
    data = project / "data"
    [(run_id, status)] = ask(project, "SELECT id, status FROM runs")
    assert status == "succeeded"
    version = data / "model.pkl" / run_id / "model.pkl"
    expected = [local("raw", False, "pandas.csv_dataset.CSVDataset", data / "01_raw" / "raw.csv")]
    for saved in (True, False):
        expected += [
            local("table", saved, "pickle.pickle_dataset.PickleDataset", data / "table.pkl"),
            local("model", saved, "pickle.pickle_dataset.PickleDataset", version, run_id),
            local("daily_text", saved, "text.text_dataset.TextDataset", data / "daily.txt"),
        ]
    expected += [
        local("report@pandas", True, "pandas.csv_dataset.CSVDataset", data / "report.csv"),
        local("report@text", False, "text.text_dataset.TextDataset", data / "report.csv"),
    ]
    assert uses(project) == {(use.dataset, "saved" if use.saved else "loaded"): use for use in expected}
    assert ask(project, "SELECT dataset, name, type, path, size FROM artifacts") == [
        ("model", "model.pkl", "pickle.pickle_dataset.PickleDataset", str(version), version.stat().st_size)
    ], "and the versioned one can be downloaded"


@pytest.mark.parametrize(
    "runner",
    [SequentialRunner(), ThreadRunner(), SequentialRunner(is_async=True)],
    ids=["one by one", "threads", "async"],
)
def test_data_of_a_run_is_told(here: Path, runner: object) -> None:
    run(here, runner=runner)
    check_default_pipeline(here)


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_data_of_a_run_in_several_processes_is_told(
    project: Path, start_method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    done = kedro_run(project, "--runner", "ParallelRunner")
    assert done.returncode == 0, done.stdout + done.stderr
    check_default_pipeline(project)


def test_data_in_parts_is_told_as_a_folder(here: Path) -> None:
    pytest.importorskip(
        "kedro_datasets.partitions.partitioned_dataset",
        reason="this kedro-datasets cannot be used with this Kedro",
        exc_type=ImportError,
    )
    run(here, "parts")
    kind = "partitions.partitioned_dataset.PartitionedDataset"
    told = {done: local("parts", done == "saved", kind, here / "data" / "parts") for done in ("saved", "loaded")}
    assert uses(here) == {("parts", done): use for done, use in told.items()}


def test_cached_and_remote_data_are_told_by_path_and_version(here: Path) -> None:
    run_id = run(here, "here")
    cached = here / "data" / "cached.json" / run_id / "cached.json"
    remote = f"memory:///remote.json/{run_id}/remote.json"
    kind = "json.json_dataset.JSONDataset"
    assert uses(here) == {
        ("cached", "saved"): local("cached", True, kind, cached, run_id),
        ("cached", "loaded"): local("cached", False, kind, cached, run_id),
        ("remote", "saved"): DataUse("remote", True, kind, remote, run_id),
        ("remote", "loaded"): DataUse("remote", False, kind, remote, run_id),
    }
    assert ask(here, "SELECT dataset, name, path, size FROM artifacts ORDER BY dataset") == [
        ("cached", "cached.json", str(cached), cached.stat().st_size),
        ("remote", "remote.json", remote, None),
    ]


def test_runs_that_read_the_same_and_different_data_are_told_apart(here: Path) -> None:
    first, second = run(here, runtime_params={"size": 3}), run(here, runtime_params={"size": 9})
    latest = run(here, "reading")
    session: Any
    with KedroSession.create(project_path=here) as session:
        run_in(session, "reading", load_versions={"model": first})
        pinned = session.session_id
    loaded = {run_id: uses(here, run_id)["model", "loaded"] for run_id in (first, second, latest, pinned)}
    assert [use.version for use in loaded.values()] == [first, second, second, first]
    assert loaded[first] == loaded[pinned]
    assert loaded[second] == loaded[latest]
    assert loaded[first].fingerprint != loaded[second].fingerprint


@pytest.mark.parametrize(
    ("pipeline", "arguments", "start_method"),
    [
        ("streaming", [], None),
        ("streaming_more", [], None),
        ("streaming", ["--runner", "ThreadRunner"], None),
        ("streaming", ["--runner", "ParallelRunner"], "fork"),
        ("streaming", ["--runner", "ParallelRunner"], "spawn"),
    ],
)
def test_generator_is_done_and_its_data_whole_when_it_has_saved_the_last_bit(
    project: Path, pipeline: str, arguments: list[str], start_method: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    if start_method:
        monkeypatch.setenv("KEDRO_MP_CONTEXT", start_method)
    done = kedro_run(project, PIPELINE_OPTION, pipeline, *arguments)
    assert done.returncode == 0, done.stdout + done.stderr
    assert uses(project)["log", "saved"] == local(
        "log", True, "text.text_dataset.TextDataset", project / "data" / "log.txt"
    )
    [(ended_at, peak_memory)] = ask(project, "SELECT ended_at, peak_memory FROM node_runs WHERE node = 'write_log'")
    assert ended_at is not None
    assert peak_memory > 1_000_000


def test_killed_generator_is_not_done_and_nothing_false_is_said_of_its_data(project: Path) -> None:
    with waiting_run(project, "half") as process:
        process.kill()
    assert uses(project) == {
        ("log", "saved"): DataUse("log", True, "text.text_dataset.TextDataset", str(project / "data" / "log.txt"))
    }
    assert ask(project, "SELECT ended_at FROM node_runs") == [(None,)]


# Any in these: what datasets of users' own are made of.
class OwnDataset(AbstractDataset[Any, Any]):
    """A dataset of the user's own, with any path."""

    def __init__(self, path: object, protocol: object = "file") -> None:
        self._filepath = path
        self._protocol = protocol

    def load(self) -> Any: ...

    def save(self, data: Any) -> None: ...

    def _describe(self) -> dict[str, Any]:
        return {}


class OwnQueryDataset(OwnDataset):
    """Reads by a query that is kept in a file."""


class OddDataset(OwnDataset):
    """Raises where it is looked at."""

    @property
    def _version(self) -> Version:
        raise RuntimeError("odd")


class PassingDataset(OwnDataset):
    """Holds its data in memory."""

    _EPHEMERAL = True


def use_of(dataset: AbstractDataset[Any, Any]) -> DataUse | None:
    return data_use(DataCatalog({"own": dataset}), "own", saved=False)


@pytest.mark.parametrize(
    ("path", "protocol", "told"),
    [
        ("bucket/folder/data.csv", "s3", "s3://bucket/folder/data.csv"),
        ("me:s3cret@host/data.csv", "http", "http://host/data.csv"),
        ("me@host/data.csv?day=3&token=s3cret", "https", "https://host/data.csv?day=3&token=[redacted]"),
        ("https://me:s3cret@host/data.csv", "file", "https://host/data.csv"),
        ("container@account.dfs.core.windows.net/data", "abfss", "abfss://container@account.dfs.core.windows.net/data"),
        ("account:s3cret@host/data", "abfss", "abfss://host/data"),
        ("s3://bucket/parts", None, "s3://bucket/parts"),
        (PurePosixPath("s3a://bucket/parts"), None, "s3a:/bucket/parts"),
        (PurePosixPath("https://me:s3cret@host/data"), None, "https:/host/data"),
        ("simplecache::https://me:s3cret@host/data", "simplecache", "simplecache::https://host/data"),
        ("C:/data/a.csv", "file", "C:/data/a.csv"),
        ("/no/such/file.csv", "file", "/no/such/file.csv"),
        ("file:///no/such/file.csv", None, "/no/such/file.csv"),
        (None, "s3", None),
        (object(), "s3", None),
    ],
)
def test_path_is_told_without_credentials(path: object, protocol: object, told: str | None) -> None:
    use = use_of(OwnDataset(path, protocol))
    assert use is not None
    assert use.path == told
    assert (use.size, use.fingerprint) == (None, None)


def test_query_in_a_file_is_not_taken_for_the_data_that_it_finds(tmp_path: Path) -> None:
    (tmp_path / "query.sql").write_text("SELECT 1")
    use = use_of(OwnQueryDataset(tmp_path / "query.sql"))
    assert use is not None
    assert (use.path, use.size, use.fingerprint) == (str(tmp_path / "query.sql"), None, None)


def test_data_in_memory_and_odd_datasets_are_not_told() -> None:
    assert use_of(PassingDataset("a")) is None
    assert use_of(OddDataset("a")) is None
    assert data_use(DataCatalog(), "unknown", saved=False) is None
    assert data_use(DataCatalog({"parameters": OwnDataset("a")}), "parameters", saved=False) is None


def test_latest_version_is_not_looked_for_again(tmp_path: Path) -> None:
    """Where Kedro has not kept it, finding it would list a folder, which may be remote."""
    from kedro_datasets.json import JSONDataset

    (tmp_path / "a.json" / "2024" / "a.json").mkdir(parents=True)
    dataset = JSONDataset(filepath=str(tmp_path / "a.json"), version=Version(None, None))
    use = use_of(dataset)
    assert use is not None
    assert use.version is None
    assert dataset.resolve_load_version() == "2024"
    use = use_of(dataset)
    assert use is not None
    assert use.version == "2024"
