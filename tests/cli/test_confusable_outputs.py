"""Metrics of one short name, and whole numbers of one float, are told apart in everything that leaves the store."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kedro_viz.experiments import load_run, load_runs
from tests.api.serving import Api, opened, project_of
from tests.cli.run_commands import STORE, project_in, refused, viz_runs
from tests.confusable_runs import FIRST, LAST, LONG, SECOND, THIRD, confusable_runs
from tests.store.stores import started, write

Q, Q_X = 'metrics["q"]["x.y"]', 'metrics["q.x"]["y"]'
COLUMNS = [Q, Q_X, "metrics.q.seed", "metrics.q.long", "metrics.q.minus", "params.seed", "params.list"]
VALUES = [1.5, 2.5, LAST + 1, LONG + 1, -LAST - 1, LAST + 1, [LAST + 1, LONG]]


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = project_in(tmp_path / "project", monkeypatch)
    write(folder / STORE, *confusable_runs())
    return folder


def told(*arguments: str) -> str:
    result = viz_runs(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.usefixtures("project")
def test_the_command_line_prints_them(tmp_path: Path) -> None:
    listed = json.loads(told("list", "--columns", ",".join(COLUMNS), "--sort", "started", "--format", "json"))
    assert [listed[0][name] for name in COLUMNS] == VALUES
    table = told("list", "--columns", "metrics.q.seed,params.seed,metrics.q.long", "--sort", "started").splitlines()
    assert [line.split() for line in table[-3:]] == [
        [str(LAST + 1), str(LAST + 1), str(LONG + 1)],
        [str(LAST), str(LAST), str(LONG)],
        [str(LAST - 1), str(LAST - 1), str(LONG - 1)],
    ]
    assert "Several metrics are called 'q.x.y'" in refused("list", "--columns", "metrics.q.x.y")
    assert "Several metrics are called 'q.x.y'" in refused("list", "--filter", "metrics.q.x.y > 1")
    compared = {row["name"]: row for row in json.loads(told("compare", FIRST, SECOND, "--format", "json"))["rows"]}
    assert compared[Q]["values"] == [1.5, 0.5]
    assert compared[Q_X]["values"] == [2.5, 3.5]
    assert compared["params.seed"] == {"name": "params.seed", "values": [LAST + 1, LAST], "deltas": [None, -1]}
    changes = told("compare", FIRST, SECOND, "--changes", "--format", "csv")
    rows = {row[0]: row[1:] for row in csv.reader(io.StringIO(changes))}
    assert rows["metrics.q.seed"] == [str(LAST + 1), str(LAST)]
    assert rows["params.seed"] == [str(LAST + 1), str(LAST)]
    shown = json.loads(told("show", FIRST, "--format", "json"))
    assert {metric["id"]: metric["value"] for metric in shown["metrics"]}["q.long"] == LONG + 1
    assert shown["parameters"]["list"] == [LAST + 1, LONG]
    assert shown["json"]["notes"]["bad"] == "NaN"
    text = told("show", FIRST)
    assert '["q"]["x.y"]' in text
    assert str(LONG + 1) in text


@pytest.mark.usefixtures("project")
def test_exported_files_hold_them(tmp_path: Path) -> None:
    files = {name: tmp_path / f"runs.{name}" for name in ("csv", "json", "parquet")}
    for name, file in files.items():
        told("export", "--sort", "started", "--format", name, "--output", str(file))
    rows = list(csv.DictReader(io.StringIO(files["csv"].read_text("utf-8-sig"))))
    assert [rows[0][name] for name in COLUMNS] == [*map(str, VALUES[:-1]), json.dumps(VALUES[-1])]
    assert (rows[2][Q], rows[2][Q_X]) == ("", "")
    assert [json.loads(files["json"].read_text())[0][name] for name in COLUMNS] == VALUES
    frame = pd.read_parquet(files["parquet"])
    assert list(frame[Q].iloc[:2]) == [1.5, 0.5]
    assert list(frame[Q_X].iloc[:2]) == [2.5, 3.5]
    for name in ("metrics.q.seed", "metrics.q.long", "params.seed"):
        assert [json.loads(text) for text in frame[name]] == [json.loads(row[name]) for row in rows]


def test_frames_and_runs_in_python_hold_them(project: Path) -> None:
    frame = load_runs(project, sort="started")
    assert [frame[name].iloc[0] for name in COLUMNS] == VALUES
    assert frame["metrics.q.seed"].dtype == "Int64"
    assert frame["metrics.q.long"].tolist() == [LONG + 1, LONG, LONG - 1]
    assert frame["params.seed"].tolist() == [LAST + 1, LAST, LAST - 1]
    assert load_runs(project, f"params.seed == {LAST + 1}").index.tolist() == [FIRST]
    run = load_run(FIRST, project)
    assert run.metrics['["q"]["x.y"]'] == 1.5
    assert run.metrics['["q.x"]["y"]'] == 2.5
    assert run.metrics["q.long"] == LONG + 1
    assert run.params["list"] == [LAST + 1, LONG]
    assert run.json["notes"]["deep"] == {"long": LONG + 1}


@pytest.mark.usefixtures("project")
def test_a_frame_keeps_digits_beside_runs_without_a_value(project: Path) -> None:
    write(project / STORE, started("2024-02-01T00.00.00.000Z"))
    frame = load_runs(project, columns=["params.seed", "metrics.q.seed"])
    for name in frame.columns:
        assert frame[name].dtype == "Int64"
        assert frame[name][FIRST] == LAST + 1
        assert pd.isna(frame[name].iloc[-1])


def test_the_api_answers_them(tmp_path: Path) -> None:
    store = tmp_path / "session_store.db"
    write(store, *confusable_runs())
    with opened(project_of(tmp_path, store=store)) as api:
        _check_operations_of_kedro_viz_10(api)
        _check_own_operations(api)


# Any: GraphQL's answers.
def _check_operations_of_kedro_viz_10(api: Api) -> None:
    tracked = "query ($group: TrackingDatasetGroup!, $ids: [ID!]!) { runTrackingData(runIds: $ids, group: $group) "
    tracked += "{ datasetName data } }"

    def data(group: str) -> dict[str, Any]:
        answer = api.ask(tracked, group=group, ids=[FIRST, SECOND])
        return {each["datasetName"]: each["data"] for each in answer["runTrackingData"]}

    metrics = data("METRIC")
    assert [each["value"] for each in metrics["q"]["seed"]] == [LAST + 1, LAST]
    assert [each["value"] for each in metrics["q"]["long"]] == [LONG + 1, LONG]
    assert [each["value"] for each in metrics["q"]["x.y"]] == [1.5, 0.5]
    assert [each["value"] for each in metrics["q.x"]["y"]] == [2.5, 3.5]
    assert [each["value"] for each in data("JSON")["notes"]["list"]] == [[LAST + 1, LONG], [LAST]]
    columns = api.ask("{ runMetricsData { data } }")["runMetricsData"]["data"]
    assert columns["metrics"]["q.x.y"] == [None, 0.5, 1.5]
    assert columns["metrics"]['["q.x"]["y"]'] == [None, 3.5, 2.5]
    assert columns["metrics"]["q.long"] == [LONG - 1, LONG, LONG + 1]
    assert len(columns["metrics"]) == len(columns["runs"][FIRST]) == 6


def _check_own_operations(api: Api) -> None:
    run = api.ask(
        "query ($id: ID!) { run(id: $id) { metrics { id dataset key value } parameters { name value json } "
        "trackedJson { data json } } }",
        id=FIRST,
    )["run"]
    values = {(each["dataset"], each["key"]): (each["id"], each["value"]) for each in run["metrics"]}
    assert values["q", "x.y"] == ('["q"]["x.y"]', 1.5)
    assert values["q.x", "y"] == ('["q.x"]["y"]', 2.5)
    assert values["q", "seed"] == ("q.seed", str(LAST + 1))
    assert values["q", "long"] == ("q.long", str(LONG + 1))
    assert values["q", "nan"] == ("q.nan", "NaN")
    parameters = {each["name"]: each for each in run["parameters"]}
    assert parameters["list"]["value"] == [LAST + 1, LONG]
    assert parameters["list"]["json"] == f"[{LAST + 1}, {LONG}]"
    (tracked,) = run["trackedJson"]
    assert tracked["data"] == {"id": LAST + 1, "deep": {"long": LONG + 1}, "list": [LAST + 1, LONG], "bad": None}
    assert tracked["json"].endswith(f'"list": [{LAST + 1}, {LONG}], "bad": NaN}}')
    cells = api.ask(
        'query ($ids: [ID!]!, $metrics: [ID!]!) { runCells(runIds: $ids, metrics: $metrics, parameters: ["seed"]) '
        "{ metrics { id values } parameters { values texts } } }",
        ids=[FIRST, SECOND, THIRD],
        metrics=['["q"]["x.y"]', '["q.x"]["y"]', "q.seed"],
    )["runCells"]
    assert [each["values"] for each in cells["metrics"]] == [
        [1.5, 0.5, None],
        [2.5, 3.5, None],
        [str(LAST + 1), LAST, LAST - 1],
    ]
    assert cells["parameters"][0]["texts"] == [str(LAST + 1), str(LAST), str(LAST - 1)]
    columns = {each["id"]: each for each in api.ask("{ metricColumns { id min max } }")["metricColumns"]}
    assert columns["q.long"] == {"id": "q.long", "min": str(LONG - 1), "max": str(LONG + 1)}
    for query in (
        '{ runCells(runIds: [], metrics: ["q.x.y"]) { metrics { id } } }',
        '{ parameterImportance(metric: "q.x.y") { note } }',
        '{ runs(orderBy: [{column: "metrics.q.x.y"}]) { totalCount } }',
        '{ runs(search: "metrics.q.x.y > 1") { totalCount } }',
    ):
        assert api.refusal(query).startswith("Several metrics are called 'q.x.y'. Write metrics[")
    refused = api.client.post("/api/run-columns", json={"columns": ["metrics.q.x.y"]})
    assert (refused.status_code, refused.json()["error"][:15]) == (400, "Several metrics")
