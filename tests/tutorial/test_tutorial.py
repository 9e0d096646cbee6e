"""The tutorial "Experiment tracking in Kedro-Viz", followed line by line, keeps every promise it makes."""

from __future__ import annotations

import base64
import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.tutorial import steps
from tests.tutorial.raw_data import copy_raw_data
from tests.tutorial.recorded import RecordedRun, recorded_runs
from tests.tutorial.spaceflights import make_spaceflights
from tests.viz_server import VizServer, kedro_run, viz_server

TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d\.\d{3}Z")
PNG = b"\x89PNG\r\n\x1a\n"
METRICS = {"metrics.r2_score", "metrics.mae", "metrics.max_error"}


@dataclass(frozen=True)
class Followed:
    """The project after the tutorial's runs: two without the plot, and one with it."""

    project: Path
    runs: list[RecordedRun]
    """As recorded, oldest first."""


@pytest.fixture(scope="module")
def followed(fresh_spaceflights: Path, tmp_path_factory: pytest.TempPathFactory) -> Followed:
    project = Path(shutil.copytree(fresh_spaceflights, tmp_path_factory.mktemp("tutorial") / "spaceflights"))
    steps.set_up_the_session_store(project)
    steps.set_up_tracking_datasets(project)
    steps.modify_nodes_and_pipelines(project)
    for _ in range(2):
        run = kedro_run(project)
        assert run.returncode == 0, run.stderr + run.stdout
    assert len(recorded_runs(project)) == 2
    steps.add_a_plotting_node(project)
    run = kedro_run(project)
    assert run.returncode == 0, run.stderr + run.stdout
    return Followed(project, recorded_runs(project))


def versions(project: Path, file: str) -> list[str]:
    """The names of the folders that hold a tracked dataset's versions."""
    return sorted(folder.name for folder in (project / "data" / "09_tracking" / file).iterdir())


def saved(project: Path, file: str, run_id: str) -> dict[str, object]:
    """What a tracking dataset's file of one run holds."""
    path = project / "data" / "09_tracking" / file / run_id / file
    content: dict[str, object] = json.loads(path.read_text(encoding="utf-8"))
    return content


def test_each_run_leaves_a_folder_named_by_its_time_for_each_tracked_dataset(followed: Followed) -> None:
    ids = [run.id for run in followed.runs]
    assert all(TIMESTAMP.fullmatch(run_id) for run_id in ids)
    assert versions(followed.project, "metrics.json") == ids
    assert versions(followed.project, "companies_columns.json") == ids
    assert versions(followed.project, "confusion_matrix.png") == ids[2:]
    for run_id in ids:
        assert set(saved(followed.project, "metrics.json", run_id)) == {"r2_score", "mae", "max_error"}
        columns = saved(followed.project, "companies_columns.json", run_id)
        assert columns["data_type"] == "companies"


def test_session_store_holds_each_run_with_its_metrics(followed: Followed) -> None:
    assert [run.status for run in followed.runs] == ["succeeded"] * 3
    for run in followed.runs:
        values = saved(followed.project, "metrics.json", run.id)
        assert run.metrics == {f"metrics.{key}": value for key, value in values.items()}
        assert run.json == {"companies_columns": saved(followed.project, "companies_columns.json", run.id)}
        assert run.command is not None
        assert run.command.endswith("kedro run")
        assert run.parameters["model_options.random_state"] == 3
    assert [list(run.plots) for run in followed.runs] == [[], [], ["confusion_matrix"]]


def test_plot_is_a_picture_of_the_confusion_matrix(followed: Followed) -> None:
    run_id = followed.runs[-1].id
    path = followed.project / "data" / "09_tracking" / "confusion_matrix.png" / run_id / "confusion_matrix.png"
    assert path.read_bytes().startswith(PNG)
    assert path.stat().st_size > 5_000, "a heatmap with its numbers is larger than an empty figure"


@pytest.fixture(scope="module")
def viz(followed: Followed) -> Iterator[VizServer]:
    with viz_server(followed.project) as server:
        yield server


@pytest.mark.parametrize("page", ["/", "/experiment-tracking"])
def test_kedro_viz_shows_its_pages(viz: VizServer, page: str) -> None:
    answer = viz.get(page)
    assert answer.status == 200
    assert answer.headers["content-type"].startswith("text/html")


def test_runs_are_listed_newest_first(viz: VizServer, followed: Followed) -> None:
    runs = viz.graphql("{ runsList { id title author bookmark notes runCommand } }")["runsList"]
    assert [run["id"] for run in runs] == [run.id for run in reversed(followed.runs)]
    for run in runs:
        assert run["title"] == run["id"]
        assert run["bookmark"] is False
        assert run["notes"] == ""
        assert run["runCommand"].endswith("kedro run")


TRACKED = """
query tracked($ids: [ID!]!, $group: TrackingDatasetGroup!, $diff: Boolean) {
  runTrackingData(runIds: $ids, group: $group, showDiff: $diff) { datasetName datasetType runIds data }
}
"""


def test_metrics_of_runs_stand_side_by_side(viz: VizServer, followed: Followed) -> None:
    ids = [run.id for run in followed.runs]
    [metrics] = viz.graphql(TRACKED, ids=ids, group="METRIC", diff=True)["runTrackingData"]
    assert metrics["datasetName"] == "metrics"
    assert metrics["datasetType"] == "tracking.metrics_dataset.MetricsDataset"
    assert metrics["runIds"] == ids
    assert metrics["data"] == {
        key: [{"runId": run.id, "value": run.metrics[f"metrics.{key}"]} for run in followed.runs]
        for key in ("r2_score", "mae", "max_error")
    }


def test_json_of_runs_stands_side_by_side(viz: VizServer, followed: Followed) -> None:
    ids = [run.id for run in followed.runs]
    [columns] = viz.graphql(TRACKED, ids=ids, group="JSON", diff=True)["runTrackingData"]
    assert columns["datasetName"] == "companies_columns"
    assert columns["datasetType"] == "tracking.json_dataset.JSONDataset"
    assert columns["data"]["data_type"] == [{"runId": run_id, "value": "companies"} for run_id in ids]
    assert "iata_approved" in columns["data"]["columns"][0]["value"]


def test_plot_of_a_run_is_shown(viz: VizServer, followed: Followed) -> None:
    run_id = followed.runs[-1].id
    [plot] = viz.graphql(TRACKED, ids=[run_id], group="PLOT", diff=True)["runTrackingData"]
    assert plot["datasetName"] == "confusion_matrix"
    assert plot["datasetType"] == "matplotlib.matplotlib_writer.MatplotlibWriter"
    [shown] = plot["data"]["confusion_matrix.png"]
    assert shown["runId"] == run_id
    assert base64.b64decode(shown["value"]).startswith(PNG)


def test_plots_file_is_served(viz: VizServer, followed: Followed) -> None:
    run = viz.graphql(
        "query one($id: ID!) { run(id: $id) { plots { dataset name mediaType url problem } } }",
        id=followed.runs[-1].id,
    )["run"]
    [plot] = run["plots"]
    assert plot["problem"] is None
    assert plot["mediaType"] == "image/png"
    answer = viz.get(plot["url"])
    assert answer.status == 200
    assert answer.headers["content-type"] == "image/png"
    assert answer.body.startswith(PNG)


def test_metrics_over_all_runs_are_charted(viz: VizServer, followed: Followed) -> None:
    data = viz.graphql("{ runMetricsData { data } }")["runMetricsData"]["data"]
    assert set(data["metrics"]) == METRICS
    assert list(data["runs"]) == [run.id for run in reversed(followed.runs)]
    assert data["metrics"]["metrics.mae"] == [run.metrics["metrics.mae"] for run in reversed(followed.runs)]


def test_real_data_of_the_starter_goes_the_same_way(tmp_path: Path, real_data: Path) -> None:
    project = make_spaceflights(tmp_path / "spaceflights")
    copy_raw_data(real_data / "spaceflights", project / "data" / "01_raw")
    steps.set_up_the_session_store(project)
    steps.set_up_tracking_datasets(project)
    steps.modify_nodes_and_pipelines(project)
    steps.add_a_plotting_node(project)
    run = kedro_run(project)
    assert run.returncode == 0, run.stderr + run.stdout
    [recorded] = recorded_runs(project)
    assert set(recorded.metrics) == METRICS
    assert set(recorded.plots) == {"confusion_matrix"}
