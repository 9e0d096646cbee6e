"""`kedro viz runs list` and `export`: which runs they tell, and how, to people and to programs."""

from __future__ import annotations

import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kedro_viz.tracking.events import DatasetSaved
from kedro_viz.tracking.metric_id import quoted
from kedro_viz.tracking.parameters import Parameter
from tests.cli.run_commands import STORE, in_a_terminal, project_in, refused, viz_runs
from tests.cli.written_runs import HOSTILE, MIDDLE, NEW, OLD, write_three_runs
from tests.store.stores import ended, make_old_store, saved, started, write

METRIC = "metrics.scores.r2_score"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = project_in(tmp_path / "project", monkeypatch)
    write_three_runs(project)
    return project


def told(*arguments: str) -> str:
    result = viz_runs(*arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.mark.usefixtures("project")
def test_runs_are_listed_newest_first_with_their_metrics() -> None:
    shown = told("list").splitlines()
    # Kedro may have logged something before.
    header, _, *lines = shown[next(n for n, line in enumerate(shown) if line.startswith("id")) :]
    assert header.split() == [
        "id",
        "status",
        "started",
        "duration",
        "pipeline",
        "metrics.scores.r2_score",
        "metrics.scores.mae",
    ]
    assert [line.split()[0] for line in lines] == [NEW, MIDDLE, OLD]
    assert "succeeded" in lines[0]
    assert "1 min 1 s" in lines[2]
    # With as many digits as tell them apart.
    assert [re.findall(r"0\.\d+", line)[-1] for line in lines] == ["0.7000", "0.8124", "0.8123"]


def test_a_number_beyond_all_floats_is_listed(project: Path) -> None:
    write(project / STORE, started("2024-06", parameters=[Parameter("rate", "9" * 400)]))
    shown = told("list", "--columns", "params.rate")
    assert [line.strip() for line in shown.splitlines()][-4:] == ["0.5000", "0.2500", "0.5000", "9" * 400]


@pytest.mark.usefixtures("project")
def test_filter_columns_sort_and_limit_are_followed() -> None:
    lines = told("list", "--filter", "ada", "--columns", f"author,{METRIC}", "--sort", f"-{METRIC}", "--limit", "1")
    assert [line.split() for line in lines.splitlines()][::2] == [["author", METRIC], ["ada", "0.8123"]]


@pytest.mark.usefixtures("project")
def test_how_many_more_there_are_is_said_beside_the_output() -> None:
    result = viz_runs("list", "--limit", "2")
    assert result.stderr.endswith("2 of 3 runs; --limit 0 shows all.\n")
    assert "of 3" not in result.stdout
    assert "No run matches." in viz_runs("list", "--filter", "nobody").stderr


@pytest.mark.usefixtures("project")
def test_no_name_of_a_run_reaches_a_terminal_as_a_command() -> None:
    for form in ("table", "json"):
        shown = told("list", "--columns", "id,author", "--format", form)
        assert "\x1b" not in shown
        assert "\\x1b[2J" in shown or "\\u001b[2J" in shown


@pytest.mark.usefixtures("project")
def test_json_and_csv_are_read_back_by_programs() -> None:
    columns = f"id,author,started,{METRIC},metrics.scores.mae,params.rate,params.kind"
    newest, middle, oldest = json.loads(told("list", "-c", columns, "--format", "json"))
    assert newest["started"] == "2024-05-03T12:30:45.678+00:00"
    assert (middle["author"], middle["metrics.scores.mae"], middle["params.kind"]) == (HOSTILE, "NaN", "x")
    assert (oldest[METRIC], oldest["params.rate"], oldest["params.kind"]) == (0.81234, 0.5, None)
    text = told("list", "-c", columns, "--format", "csv").removeprefix("\ufeff")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    assert [row["id"] for row in rows] == [NEW, MIDDLE, OLD]
    assert rows[1]["author"] == f"'{HOSTILE}"


@pytest.mark.usefixtures("project")
@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--filter", "metrics.scores.r2_score >"), "^"),
        (("--columns", "autor"), "Did you mean author"),
        (("--sort", "autor"), "There is no column 'autor'"),
        (("--sort", ",".join(f"params.{n}" for n in range(20))), "can be sorted by up to"),
        (("--output", "no/such/folder/runs.txt"), "cannot be written"),
    ],
)
def test_what_cannot_be_understood_is_told(arguments: tuple[str, ...], message: str) -> None:
    assert message in refused("list", *arguments)


def test_where_a_query_is_wrong_is_marked(project: Path) -> None:
    lines = refused("list", "--filter", "autor == 'ada'").splitlines()
    query, marks = lines[-2:]
    assert query[marks.index("^") :].startswith("autor")


def test_runs_of_kedro_viz_10_are_listed_with_the_metrics_of_their_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(tmp_path / "project", monkeypatch)
    catalog = "scores:\n  type: tracking.MetricsDataset\n  filepath: data/09_tracking/scores.json\n"
    (project / "conf" / "base" / "catalog.yml").write_text(catalog, encoding="utf-8")
    make_old_store(project / STORE, {OLD: {"session_id": OLD}})
    file = project / "data" / "09_tracking" / "scores.json" / OLD / "scores.json"
    file.parent.mkdir(parents=True)
    file.write_text('{"r2_score": 0.5}', encoding="utf-8")
    assert json.loads(told("list", "-c", METRIC, "--format", "json")) == [{METRIC: 0.5}]


def test_an_export_has_all_runs_with_all_columns(project: Path) -> None:
    for name in ("runs.csv", "runs.json", "runs.parquet"):
        result = viz_runs("export", "--output", name)
        assert result.exit_code == 0, result.output
        assert f"3 runs written to {name}." in result.stderr
    frames = [pd.read_csv("runs.csv"), pd.read_json("runs.json"), pd.read_parquet("runs.parquet")]
    for frame in frames:
        assert list(frame["id"]) == [NEW, MIDDLE, OLD]
        assert list(frame[METRIC]) == pytest.approx([0.7, 0.81238, 0.81234])
        assert list(frame["params.rate"]) == [0.5, 0.25, 0.5]
        assert "git.branch" in frame
    assert sorted(path.name for path in project.glob("runs.*")) == ["runs.csv", "runs.json", "runs.parquet"]


@pytest.mark.usefixtures("project")
def test_an_export_that_fails_leaves_the_file_of_before() -> None:
    Path("runs.csv").write_text("before", encoding="utf-8")
    assert "^" in refused("export", "--filter", "autor == 1", "--output", "runs.csv")
    assert Path("runs.csv").read_text(encoding="utf-8") == "before"
    assert not list(Path().glob("*.part"))


def test_a_pipe_gets_the_answer_alone(project: Path) -> None:
    command = [sys.executable, "-m", "kedro_viz", "runs", "list", "--format", "json", "--limit", "1"]
    done = subprocess.run(command, cwd=project, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)[0]["id"] == NEW


@pytest.mark.parametrize(
    "command", [["list", "--format", "csv"], ["export"], ["compare", OLD, MIDDLE, "--format", "csv"]]
)
def test_no_name_of_a_csv_steers_a_terminal(project: Path, command: list[str]) -> None:
    printed = in_a_terminal(project, ["viz", "runs", *command, "--columns", "author"], columns=80)
    assert HOSTILE not in printed
    assert r"'=a\x1b[2Jb" in printed


AWKWARD = ["precision, weighted", 'the "best"', "it's", "recall@10", "größe [m]", "a=b", "-x", "後"]


def test_a_metric_of_any_name_is_shown_and_sorted_by(project: Path) -> None:
    for place, run in enumerate(("2024-06", "2024-07")):
        metrics = {name: float(place) for name in AWKWARD}
        write(project / STORE, started(run), DatasetSaved(run, "m", "tracking.MetricsDataset", "m.json", [], metrics))
    for name in AWKWARD:
        column = f"metrics[{quoted(f'm.{name}')}]"
        options = ["list", "--filter", f"{column} >= 0", "--columns", f"id,{column}", "--format", "json"]
        for sort, values in ((column, [0.0, 1.0]), (f"-{column}", [1.0, 0.0])):
            assert [run[f"metrics.m.{name}"] for run in json.loads(told(*options, "--sort", sort))] == values


def test_a_run_without_a_metric_has_an_empty_cell(project: Path) -> None:
    write(project / STORE, started("2024-06"), *(saved("2024-06", loss=0.25, count=0), ended("2024-06")))
    write(project / STORE, started("2024-07"), ended("2024-07"))
    shown = told("list", "--columns", "id,metrics.scores.loss,metrics.scores.count", "--limit", "2", "--sort", "-id")
    _, _, without, with_both = [line.split() for line in shown.splitlines()]
    assert without == ["2024-07"]
    assert with_both == ["2024-06", "0.2500", "0"]


def test_a_metric_that_no_run_has_is_an_empty_column(project: Path) -> None:
    assert [line.split() for line in told("list", "--columns", "id,metrics.no.such").splitlines()][2:] == [
        [NEW],
        [MIDDLE],
        [OLD],
    ]


@pytest.mark.usefixtures("project")
def test_a_comma_in_a_name_without_quotes_is_explained() -> None:
    assert 'metrics["precision, weighted"]' in refused("list", "--columns", "metrics.m.precision, weighted")
