"""The operations of Kedro-Viz 10, asked in the words of its own client.

The answers that these tests expect of the real project are worked out here from its files; what Kedro-Viz 10.2 itself
answers to the same queries was the model.
"""

from __future__ import annotations

import base64
import json
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kedro_viz import __version__
from kedro_viz.tracking.catalog import CatalogEntry
from tests.api.serving import (
    JSON_TYPE,
    MATPLOTLIB_TYPE,
    METRICS_TYPE,
    PLOTLY_TYPE,
    Api,
    opened,
    project_of,
    record,
    run_events,
    run_id,
)

RUNS_LIST = "query getRunsList { runsList { gitSha id } }"
RUN_DATA = """
  query getRunData($runIds: [ID!]!, $showDiff: Boolean) {
    runMetadata(runIds: $runIds) { id author gitBranch gitSha runCommand }
    plots: runTrackingData(runIds: $runIds, showDiff: $showDiff, group: PLOT) { ...trackingDatasetFields }
    metrics: runTrackingData(runIds: $runIds showDiff: $showDiff group: METRIC) { ...trackingDatasetFields }
    JSONData: runTrackingData(runIds: $runIds showDiff: $showDiff group: JSON) { ...trackingDatasetFields }
  }
  fragment trackingDatasetFields on TrackingDataset { data datasetName datasetType runIds }
"""
METRIC_PLOT_DATA = "query getMetricPlotData($limit: Int) { runMetricsData(limit: $limit) { data } }"
VERSION = "query getVersion { version { installed isOutdated latest } }"
UPDATE = """
  mutation updateRunDetails($runId: ID!, $runInput: RunInput!) {
    updateRunDetails(runId: $runId, runInput: $runInput) {
      ... on UpdateRunDetailsSuccess { run { id title notes bookmark } }
      ... on UpdateRunDetailsFailure { id errorMessage }
    }
  }
"""

# Name, type, and folder of each tracked dataset, in the catalog's order.
DATASETS = [
    ("train_evaluation.linear_regression.r2_score", METRICS_TYPE, "09_tracking/linear_score.json"),
    ("train_evaluation.random_forest.r2_score", METRICS_TYPE, "09_tracking/rf_score.json"),
    ("train_evaluation.linear_regression.experiment_params", JSON_TYPE, "09_tracking/linear_params.json"),
    ("train_evaluation.random_forest.experiment_params", JSON_TYPE, "09_tracking/rf_params.json"),
    ("reporting.price_histogram", PLOTLY_TYPE, "08_reporting/price_histogram.json"),
    ("reporting.feature_importance", PLOTLY_TYPE, "08_reporting/feature_importance_plot.json"),
    ("reporting.confusion_matrix", MATPLOTLIB_TYPE, "08_reporting/confusion_matrix.png"),
]
GROUPS = {"metrics": METRICS_TYPE, "JSONData": JSON_TYPE, "plots": "p"}


class RealProject:
    """The 22 runs: the app over them, and what their files say."""

    def __init__(self, api: Api, data: Path) -> None:
        self.api = api
        self._data = data
        with sqlite3.connect(data / "session_store.db.version-0-backup") as old:
            self.blobs = {run: json.loads(json.loads(blob)) for run, blob in old.execute("SELECT id, blob FROM runs")}
        self.newest = sorted(self.blobs, reverse=True)

    # Any: what a file holds.
    def content(self, folder: str, run: str) -> dict[str, Any]:
        """What a dataset left in a run, by key; for a plot by its file's name."""
        file = self._data / folder / run / Path(folder).name
        if not file.exists():
            return {}
        if file.suffix == ".png":
            return {file.name: base64.b64encode(file.read_bytes()).decode()}
        data = json.loads(file.read_bytes())
        return {file.name: data} if folder.startswith("08_reporting") else data

    def tracked(self, runs: list[str], group: str, show_diff: bool) -> list[dict[str, Any]]:
        """The answer of `runTrackingData`."""
        datasets = []
        for name, kind, folder in DATASETS:
            if not (kind == GROUPS[group] or (group == "plots" and kind in (PLOTLY_TYPE, MATPLOTLIB_TYPE))):
                continue
            data: dict[str, list[dict[str, Any]]] = {}
            for run in runs:
                for key, value in self.content(folder, run).items():
                    data.setdefault(key, []).append({"runId": run, "value": value})
            if not show_diff:
                data = {key: values for key, values in data.items() if len(values) == len(runs)}
            if data:
                datasets.append({"datasetName": name, "datasetType": kind, "runIds": runs, "data": data})
        return datasets


@pytest.fixture(scope="module")
def real(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealProject]:
    """The real project, with its index filled."""
    folder = tmp_path_factory.mktemp("real")
    data = folder / "data"
    shutil.copytree(real_data / "kedro-viz-demo", data, copy_function=shutil.copyfile)
    for path in (data, *data.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)
    catalog = [CatalogEntry(name, kind, str(data / path), versioned=True) for name, kind, path in DATASETS]
    with opened(project_of(folder, catalog, data / "session_store.db")) as api:
        assert api.services.index.fill() > 0
        yield RealProject(api, data)


def test_runs_list_has_every_real_run_newest_first(real: RealProject) -> None:
    runs = real.api.ask(RUNS_LIST)["runsList"]
    assert len(runs) == 22
    assert runs == [{"id": run, "gitSha": real.blobs[run].get("git", {}).get("commit_sha")} for run in real.newest]


def test_metadata_comes_in_the_order_asked_without_unknown_runs(real: RealProject) -> None:
    asked = [real.newest[7], "nobody's", real.newest[0], real.newest[7]]
    found = real.api.ask(RUN_DATA, runIds=asked, showDiff=True)["runMetadata"]
    assert [run["id"] for run in found] == [real.newest[7], real.newest[0], real.newest[7]]
    for run in found:
        blob = real.blobs[run["id"]]
        assert run["author"] == blob.get("username")
        assert run["runCommand"] == blob.get("cli", {}).get("command_path")
        assert run["gitBranch"] == blob.get("git", {}).get("branch")


@pytest.mark.parametrize("show_diff", [True, False])
@pytest.mark.parametrize("places", [(0,), (5, 0, 9), tuple(range(22))], ids=["one run", "three runs", "all runs"])
def test_tracked_data_of_real_runs(real: RealProject, places: tuple[int, ...], show_diff: bool) -> None:
    runs = [real.newest[place] for place in places]
    answer = real.api.ask(RUN_DATA, runIds=runs, showDiff=show_diff)
    for group in GROUPS:
        assert answer[group] == real.tracked(runs, group, show_diff), group


def test_every_real_run_tells_what_its_files_hold(real: RealProject) -> None:
    for run in real.newest:
        answer = real.api.ask(RUN_DATA, runIds=[run], showDiff=True)
        assert {group: answer[group] for group in GROUPS} == {g: real.tracked([run], g, True) for g in GROUPS}, run


@pytest.mark.parametrize("limit", [1, 3, 25, None])
def test_metrics_of_the_newest_real_runs(real: RealProject, limit: int | None) -> None:
    data = real.api.ask(METRIC_PLOT_DATA, limit=limit)["runMetricsData"]["data"]
    runs = real.newest[:limit]
    expected: dict[str, list[float | None]] = {}
    for name, kind, folder in DATASETS:
        contents = [real.content(folder, run) for run in runs] if kind == METRICS_TYPE else []
        keys = dict.fromkeys(key for content in contents for key in content)
        expected |= {f"{name}.{key}": [content.get(key) for content in contents] for key in keys}
    assert data["metrics"] == expected
    assert list(data["metrics"]) == list(expected)
    assert list(data["runs"]) == runs
    assert data["runs"] == {run: [column[place] for column in expected.values()] for place, run in enumerate(runs)}


def test_metrics_limit_is_25_unless_told(api: Api, store: Path) -> None:
    for number in range(30):
        record(store, *run_events(run_id(number), metrics={"r2": number}))
    data = api.ask("{ runMetricsData { data } }")["runMetricsData"]["data"]
    assert data["metrics"] == {"scores.r2": [float(number) for number in range(29, 4, -1)]}
    assert data["runs"][run_id(29)] == [29.0]


def test_metrics_that_some_runs_lack_are_null_there(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1.0}), *run_events(run_id(2)))
    record(store, *run_events(run_id(3), metrics={"b": float("nan"), "c": float("inf")}))
    data = api.ask("{ runMetricsData { data } }")["runMetricsData"]["data"]
    assert data["metrics"] == {
        "scores.b": [None, None, None],
        "scores.c": [None, None, None],
        "scores.a": [None, None, 1.0],
    }
    assert data["runs"] == {
        run_id(3): [None, None, None],
        run_id(2): [None, None, None],
        run_id(1): [None, None, 1.0],
    }


def test_a_project_without_metrics_has_none(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    assert api.ask("{ runMetricsData { data } }")["runMetricsData"]["data"] == {"metrics": {}, "runs": {}}
    assert "negative" in api.refusal("{ runMetricsData(limit: -1) { data } }")


def test_show_diff_null_means_no_as_it_did(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1, "b": 2}), *run_events(run_id(2), metrics={"a": 3}))
    runs = [run_id(1), run_id(2)]
    (whole,) = api.ask(RUN_DATA, runIds=runs)["metrics"]
    assert set(whole["data"]) == {"a", "b"}
    (shared,) = api.ask(RUN_DATA, runIds=runs, showDiff=None)["metrics"]
    assert shared["data"] == {"a": [{"runId": run_id(1), "value": 1.0}, {"runId": run_id(2), "value": 3.0}]}


def test_a_run_asked_for_twice_tells_its_data_once(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1}))
    (dataset,) = api.ask(RUN_DATA, runIds=[run_id(1)] * 2, showDiff=False)["metrics"]
    assert dataset["runIds"] == [run_id(1)] * 2
    assert dataset["data"] == {"a": [{"runId": run_id(1), "value": 1.0}]}


def test_a_run_that_nobody_edited_has_the_defaults(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    (run,) = api.ask("{ runsList { id title notes bookmark } }")["runsList"]
    assert run == {"id": run_id(1), "title": run_id(1), "notes": "", "bookmark": False}


def test_the_edit_of_the_old_client_is_kept(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    changes = {"bookmark": True, "title": "Best", "notes": "so far"}
    answer = api.ask(UPDATE, runId=run_id(1), runInput=changes)["updateRunDetails"]
    assert answer == {"run": {"id": run_id(1), **changes}}
    assert api.ask("{ runsList { id title notes bookmark } }")["runsList"] == [{"id": run_id(1), **changes}]


def test_an_edit_of_an_unknown_run_says_so(api: Api) -> None:
    answer = api.ask(UPDATE, runId="nobody's", runInput={"title": "x"})["updateRunDetails"]
    assert answer == {"id": "nobody's", "errorMessage": "Given run_id: nobody's doesn't exist"}


def test_version_tells_the_installed_one(api: Api) -> None:
    version = api.ask(VERSION)["version"]
    assert version == {"installed": __version__, "isOutdated": False, "latest": __version__}


def test_kedro_viz_10_still_reads_what_we_wrote(store: Path, api: Api) -> None:
    record(store, *run_events(run_id(1)))
    api.ask(UPDATE, runId=run_id(1), runInput={"title": "Best", "bookmark": True})
    with sqlite3.connect(store) as connection:
        blob = connection.execute("SELECT blob FROM runs").fetchone()[0]
        details = connection.execute("SELECT run_id, bookmark, title, notes FROM user_run_details").fetchall()
    assert isinstance(json.loads(json.loads(blob)), dict)
    assert details == [(run_id(1), 1, "Best", None)]
