"""`kedro viz runs compare`: runs side by side, and how they differ from the baseline."""

from __future__ import annotations

import csv
import io
import json
import math
from pathlib import Path

import pytest

from kedro_viz.analysis.run_columns import RunColumn
from kedro_viz.cli.runs.comparison import compare_rows
from kedro_viz.tracking.metric_direction import MetricDirection
from tests.cli.run_commands import STORE, project_in, refused, viz_runs
from tests.cli.written_runs import MIDDLE, NEW, OLD, write_three_runs
from tests.store.stores import ended, started, write


@pytest.fixture(autouse=True)
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    project = project_in(tmp_path / "project", monkeypatch)
    write_three_runs(project)
    return project


def told(*arguments: str) -> str:
    result = viz_runs("compare", *arguments)
    assert result.exit_code == 0, result.output
    return result.stdout


def line_of(text: str, name: str) -> str:
    return next(line for line in text.splitlines() if line.startswith(name))


def test_numbers_are_told_with_their_difference_from_the_first_run_and_whether_it_is_better() -> None:
    shown = told("2024-05-01", "2024-05-03")
    assert f"{OLD} (baseline)" in shown
    assert line_of(shown, "metrics.scores.r2_score").endswith("0.7000 (-0.1123, -13.8 % worse)")
    assert line_of(shown, "metrics.scores.mae").endswith("1 (-1, -50.0 % better)")
    assert line_of(shown, "params.rate").split() == ["params.rate", "0.5000", "0.5000"]


def test_only_what_changed_is_told_on_demand() -> None:
    shown = told("2024-05-01", "latest", "--changes")
    assert "params.rate" not in shown
    assert "metrics.scores.mae" in shown


def test_the_baseline_can_be_any_run() -> None:
    shown = json.loads(told(OLD, MIDDLE, "--baseline", NEW, "--format", "json"))
    assert shown["baseline"] == NEW
    assert shown["runs"] == [NEW, OLD, MIDDLE]
    [score] = [row for row in shown["rows"] if row["name"] == "metrics.scores.r2_score"]
    assert score["deltas"] == [None, pytest.approx(0.11234), pytest.approx(0.11238)]
    [error] = [row for row in shown["rows"] if row["name"] == "metrics.scores.mae"]
    assert (error["values"], error["deltas"]) == ([1.0, 2.0, "NaN"], [None, 1.0, None])


def test_runs_of_a_filter_are_compared_as_csv() -> None:
    text = told("--filter", "ada", "--format", "csv", "--columns", "metrics.scores.mae")
    assert list(csv.reader(io.StringIO(text))) == [["name", NEW, OLD], ["metrics.scores.mae", "1.0", "2.0"]]


def test_many_runs_stand_below_each_other(project: Path) -> None:
    shown = told(*[OLD, MIDDLE, NEW], "--columns", "metrics.scores.mae")
    assert shown.splitlines()[0].split() == [OLD, "(baseline)", MIDDLE, NEW]
    columns = [RunColumn.parse(name) for name in ("id", "metrics.a.b")]
    comparison = compare_rows(columns, [[str(n), float(n)] for n in range(20)], "0", {})
    assert len(comparison.run_ids) == 20


def test_all_runs_that_are_named_are_compared_whatever_the_limit() -> None:
    shown = json.loads(told(OLD, MIDDLE, NEW, "--limit", "1", "--format", "json"))
    assert shown["runs"] == [OLD, MIDDLE, NEW]


def test_what_is_nan_in_all_runs_has_not_changed() -> None:
    columns = [RunColumn.parse(name) for name in ("id", "metrics.a.same", "metrics.a.other")]
    comparison = compare_rows(columns, [["1", math.nan, math.nan], ["2", math.nan, 1.0]], "1", {})
    assert [str(each.column) for each in comparison.differences().columns] == ["metrics.a.other"]


def test_what_is_missing_is_told() -> None:
    assert viz_runs("compare").exit_code == 2
    assert "No run matches" in refused("compare", "--filter", "nobody")
    assert "There is no run '1999'" in refused("compare", "1999")


@pytest.mark.parametrize(
    ("before", "now", "percent", "better"),
    [
        (2.0, 3.0, 50.0, True),
        (2.0, 1.0, -50.0, False),
        (0.0, 1.0, None, True),
        (-1.0, 1.0, None, True),
        (2.0, 0.0, -100.0, False),
        (2.0, 2.0, 0.0, None),
    ],
)
def test_percents_are_of_the_baseline_where_that_means_something(
    before: float, now: float, percent: float | None, better: bool | None
) -> None:
    name = "metrics.a.b"
    columns = [RunColumn.parse("id"), RunColumn.parse(name)]
    comparison = compare_rows(columns, [["1", before], ["2", now]], "1", {name: MetricDirection.HIGHER})
    delta = comparison.columns[0].deltas[1]
    assert delta is not None
    assert (delta.absolute, delta.percent, delta.better) == (now - before, percent, better)


def test_a_run_without_a_metric_has_an_empty_cell_and_no_difference(project: Path) -> None:
    bare = "2024-05-04T12.30.45.678Z"
    write(project / STORE, started(bare), ended(bare))
    shown = told(OLD, bare, "--columns", "metrics.scores.mae,metrics.scores.r2_score")
    assert line_of(shown, "metrics.scores.mae").split() == ["metrics.scores.mae", "2"]
    assert line_of(shown, "metrics.scores.r2_score").split() == ["metrics.scores.r2_score", "0.8123"]
    shown = told(bare, OLD, "--columns", "metrics.scores.mae", "--format", "json")
    assert json.loads(shown)["rows"] == [{"name": "metrics.scores.mae", "values": [None, 2.0], "deltas": [None, None]}]
