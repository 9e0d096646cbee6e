"""Metrics and JSON that nodes save in partitions are recorded, under the name of the whole dataset."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from kedro.framework.startup import bootstrap_project

from kedro_viz.experiments import load_run
from kedro_viz.integrations.kedro.recording import node_tracking, saved_partitions
from kedro_viz.tracking import partitioned_content
from tests.projects import make_project
from tests.sessions import run
from tests.tutorial.recorded import RecordedRun, recorded_runs

pytest.importorskip(
    "kedro_datasets.partitions.partitioned_dataset",
    reason="this kedro-datasets cannot be used with this Kedro",
    exc_type=ImportError,
)

CATALOG = """
folds:
  type: partitions.PartitionedDataset
  path: data/folds
  dataset: tracking.MetricsDataset
  filename_suffix: .json

overwritten:
  type: partitions.PartitionedDataset
  path: data/overwritten
  overwrite: true
  dataset: tracking.MetricsDataset

reports:
  type: partitions.PartitionedDataset
  path: data/reports
  dataset:
    type: tracking.JSONDataset
  filename_suffix: .json

remote:
  type: partitions.PartitionedDataset
  path: memory://partitions_{package}
  dataset: tracking.MetricsDataset
  filename_suffix: .json

unversioned:
  type: partitions.PartitionedDataset
  path: data/unversioned
  dataset: {package}.own_dataset.UnversionedMetricsDataset
  filename_suffix: .json

"{model}.by_fold":
  type: partitions.PartitionedDataset
  path: data/{model}_by_fold
  dataset: tracking.MetricsDataset
  filename_suffix: .json

cached_folds:
  type: CachedDataset
  dataset:
    type: partitions.PartitionedDataset
    path: data/cached_folds
    dataset: tracking.MetricsDataset
    filename_suffix: .json

cached:
  type: CachedDataset
  versioned: true
  dataset:
    type: tracking.JSONDataset
    filepath: data/cached.json

texts:
  type: partitions.PartitionedDataset
  path: data/texts
  dataset: text.TextDataset
"""

OWN_DATASET = """
from kedro_datasets.tracking import MetricsDataset


class UnversionedMetricsDataset(MetricsDataset):
    versioned = False
"""

PIPELINES = """
from kedro.pipeline import Pipeline, node

calls = []


def folds(size):
    return {"b/2": {"r2": 0.5, "n": 2}, "a": {"r2": 0.25}}


def lazy(size):
    def make(name, value):
        calls.append(name)
        return {"r2": value}

    return {"a": lambda: make("a", 0.25), "b": lambda: make("b", 0.5), "plain": {"r2": 1}}


def ambiguous(size):
    return {"a": {"b.c": 1}, "a.b": {"c": 2}}


def reports(size):
    return {"b": {"rows": [1, 2]}, "a": ["x", None]}


def lazy_reports(size):
    return {"a": lambda: {"rows": [1]}}


def secrets(size):
    return {"api_key": "0123456789abcdef", "open": "to all"}


def report(size):
    return {"rows": [1, 2]}


def stream(size):
    for number in range(size):
        yield {f"fold_{number}": {"r2": number}}


def stream_and_fail(size):
    yield from stream(size)
    raise ArithmeticError("half way")


def texts(size):
    return {"a": "text"}


def pipeline(function, output):
    return Pipeline([node(function, "params:size", output, name="node")])


def register_pipelines():
    return {
        "__default__": pipeline(folds, "folds"),
        "pattern": pipeline(folds, "svm.by_fold"),
        "cached_folds": pipeline(folds, "cached_folds"),
        "unversioned": pipeline(folds, "unversioned"),
        "remote": pipeline(folds, "remote"),
        "lazy": pipeline(lazy, "folds"),
        "lazy_unversioned": pipeline(lazy, "unversioned"),
        "lazy_remote": pipeline(lazy, "remote"),
        "ambiguous": pipeline(ambiguous, "folds"),
        "reports": pipeline(reports, "reports"),
        "lazy_reports": pipeline(lazy_reports, "reports"),
        "secrets": pipeline(secrets, "reports"),
        "cached": pipeline(report, "cached"),
        "stream": pipeline(stream, "folds"),
        "overwriting": pipeline(stream, "overwritten"),
        "failing": pipeline(stream_and_fail, "folds"),
        "texts": pipeline(texts, "texts"),
    }
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project set up in this process."""
    monkeypatch.setattr(node_tracking, "_said", set())
    package = f"partitions_{tmp_path.name}"
    path = make_project(
        tmp_path / "here",
        catalog=CATALOG.replace("{package}", package),
        pipeline_code=PIPELINES,
        package=package,
        files={"src/{package}/own_dataset.py": OWN_DATASET},
    )
    bootstrap_project(path)
    return path


def only_run(path: Path) -> RecordedRun:
    [recorded] = recorded_runs(path)
    return recorded


def artifacts(path: Path) -> list[tuple[str, str, str, str | None]]:
    with closing(sqlite3.connect(path / "data" / "session_store.db")) as connection:
        query = "SELECT dataset, name, type, problem FROM artifacts ORDER BY dataset, name"
        return connection.execute(query).fetchall()


@pytest.mark.parametrize(
    ("pipeline", "dataset"),
    [
        ("__default__", "folds"),
        ("pattern", "svm.by_fold"),
        ("cached_folds", "cached_folds"),
        ("unversioned", "unversioned"),
        ("remote", "remote"),
    ],
)
def test_metrics_of_each_partition_are_recorded(here: Path, told: list[str], pipeline: str, dataset: str) -> None:
    run(here, pipeline)
    recorded = only_run(here)
    assert recorded.metrics == {f"{dataset}.a.r2": 0.25, f"{dataset}.b/2.r2": 0.5, f"{dataset}.b/2.n": 2}
    assert recorded.json == {}
    [(name, file, kind, problem)] = artifacts(here)
    assert (name, kind, problem) == (dataset, "tracking.metrics_dataset.MetricsDataset", None)
    assert file.endswith("/"), "a folder"
    assert told == []


@pytest.mark.parametrize(("pipeline", "dataset"), [("lazy", "folds"), ("lazy_unversioned", "unversioned")])
def test_partitions_made_while_they_are_saved_are_read_from_their_files(
    here: Path, pipeline: str, dataset: str
) -> None:
    run(here, pipeline)
    assert only_run(here).metrics == {f"{dataset}.a.r2": 0.25, f"{dataset}.b.r2": 0.5, f"{dataset}.plain.r2": 1}
    [module] = [__import__(f"partitions_{here.parent.name}.pipeline_registry", fromlist=["calls"])]
    assert module.calls == ["a", "b"], "only Kedro calls them"


def test_remote_partitions_made_while_they_are_saved_are_said_to_be_left_out(here: Path, told: list[str]) -> None:
    run(here, "lazy_remote")
    assert only_run(here).metrics == {"remote.plain.r2": 1}
    [(*_, problem)] = artifacts(here)
    assert problem is not None
    assert problem.startswith("2 of 3 partitions are left out: they were made while they were saved")
    assert told == [f"Not all of 'remote' is recorded: {problem}"]


def test_no_more_files_are_read_than_is_quick(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_partitions, "_MAX_READ", 1)
    run(here, "lazy")
    assert only_run(here).metrics == {"folds.a.r2": 0.25, "folds.plain.r2": 1}
    [(*_, problem)] = artifacts(here)
    assert problem is not None
    assert problem.startswith("1 of 3 partitions is left out")


def test_metrics_of_partitions_with_one_name_are_told_apart(here: Path) -> None:
    run(here, "ambiguous")
    assert only_run(here).metrics == {"folds.a.b.c": 1, 'folds.["a.b"]["c"]': 2}


@pytest.mark.parametrize(
    ("pipeline", "document"),
    [("reports", {"a": ["x", None], "b": {"rows": [1, 2]}}), ("lazy_reports", {"a": {"rows": [1]}})],
)
def test_json_of_all_partitions_is_one_document(here: Path, pipeline: str, document: object) -> None:
    run(here, pipeline)
    assert only_run(here).json == {"reports": document}


def test_secrets_are_known_by_the_name_of_their_partition(here: Path) -> None:
    run(here, "secrets")
    assert only_run(here).json == {"reports": {"api_key": "[redacted]", "open": "to all"}}


def test_json_in_a_cached_dataset_is_recorded(here: Path) -> None:
    run(here, "cached")
    assert only_run(here).json == {"cached": {"rows": [1, 2]}}


def test_partitions_of_a_generator_add_up(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = []
    whole = saved_partitions.SavedPartitions.taken

    def counted(self: saved_partitions.SavedPartitions, *arguments: object) -> object:
        taken.append(len(self._content))
        return whole(self, *arguments)  # type: ignore[arg-type]  # passed on as they come

    monkeypatch.setattr(saved_partitions.SavedPartitions, "taken", counted)
    monkeypatch.setattr(saved_partitions, "_WRITE_AGAIN_MS", 10**12)
    run(here, "stream", runtime_params={"size": 9})
    assert only_run(here).metrics == {f"folds.fold_{n}.r2": n for n in range(9)}
    assert taken == [1, 2, 4, 8, 9], "not each partition is a write of all"


def test_partitions_of_a_generator_that_fails_are_recorded(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(saved_partitions, "_WRITE_AGAIN_MS", 10**12)
    with pytest.raises(ArithmeticError):
        run(here, "failing", runtime_params={"size": 7})
    assert only_run(here).metrics == {f"folds.fold_{n}.r2": n for n in range(7)}


def test_partitions_that_are_overwritten_are_not_recorded(here: Path) -> None:
    run(here, "overwriting")
    assert only_run(here).metrics == {"overwritten.fold_3.r2": 3}


def test_too_many_metrics_and_too_long_documents_are_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partitioned_content, "MAX_METRICS", 2)
    monkeypatch.setattr(partitioned_content, "MAX_DOCUMENT_BYTES", 22)
    run(here)
    run(here, "reports")
    metrics, reports = recorded_runs(here)
    assert metrics.metrics == {"folds.a.r2": 0.25, "folds.b/2.r2": 0.5}
    assert reports.json == {"reports": {"a": ["x", None]}}
    assert [problem for *_, problem in artifacts(here)] == [
        "The partitions have 3 metrics. 2 are recorded; 1 is left out.",
        f"1 of 2 partitions is left out: {partitioned_content.TOO_MUCH}.",
    ]


def test_other_partitions_are_not_tracked(here: Path) -> None:
    run(here, "texts")
    assert artifacts(here) == []


def test_folder_of_partitions_is_no_version_to_load(here: Path) -> None:
    run(here)
    loaded = load_run(project=here)
    assert loaded.metrics == {"folds.a.r2": 0.25, "folds.b/2.r2": 0.5, "folds.b/2.n": 2}
    assert loaded.datasets == {}
