"""Columns of runs, and the cells of those in view."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kedro_viz.tracking.parameters import Parameter
from tests.api.serving import Api, record, run_events, run_id

METRICS = "{ metricColumns { id runs min max } }"
PARAMETERS = "{ parameterColumns { name runs kind min max } }"
DISTINCT = "{ parameterColumns { distinct } }"
CELLS = """
  query ($ids: [ID!]!, $metrics: [ID!]! = [], $parameters: [String!]! = []) {
    runCells(runIds: $ids, metrics: $metrics, parameters: $parameters) {
      metrics { id values } parameters { name values }
    }
  }
"""


def parameter_of_runs(store: Path, *values: str) -> None:
    """Runs that each have one value of a parameter, as JSON."""
    for number, value in enumerate(values):
        record(store, *run_events(run_id(number), parameters=[Parameter("p", value)]))


@pytest.mark.parametrize(
    ("values", "kind", "smallest", "largest"),
    [
        (["0.5", "-10", "1e3", "9", "null"], "NUMBER", -10, 1000),
        (["1", "NaN", "Infinity", "-Infinity", "2"], "NUMBER", 1, 2),
        (['"a"', '""', "null"], "TEXT", None, None),
        (["true", "false"], "BOOLEAN", None, None),
        (["null"], "OTHER", None, None),
        (["[1]", "[]"], "OTHER", None, None),
        (["{}"], "OTHER", None, None),
        (["1", '"1"'], "OTHER", 1, 1),
        (["true", "1"], "OTHER", 1, 1),
        (["None", "apples"], "OTHER", None, None),
        (["1e999"], "NUMBER", None, None),
    ],
)
def test_a_parameter_is_of_the_kind_of_its_values(
    api: Api, store: Path, values: list[str], kind: str, smallest: float | None, largest: float | None
) -> None:
    parameter_of_runs(store, *values)
    column = {"name": "p", "runs": len(values), "kind": kind, "min": smallest, "max": largest}
    assert api.ask(PARAMETERS) == {"parameterColumns": [column]}


@pytest.mark.parametrize(
    ("values", "distinct"), [(["1", "2", "1", "null"], 2), (['"a"', '""'], 2), (["null"], 0), (["NaN", "NaN", "1"], 2)]
)
def test_a_parameter_has_so_many_different_values(api: Api, store: Path, values: list[str], distinct: int) -> None:
    parameter_of_runs(store, *values)
    assert api.ask(DISTINCT) == {"parameterColumns": [{"distinct": distinct}]}


def test_metric_columns_tell_the_range_of_finite_values(api: Api, store: Path) -> None:
    for number, value in enumerate([0.25, float("nan"), float("inf"), float("-inf"), -3]):
        record(store, *run_events(run_id(number), metrics={"a": value, "b": float("inf")}))
    assert api.ask(METRICS)["metricColumns"] == [
        {"id": "scores.a", "runs": 5, "min": -3, "max": 0.25},
        {"id": "scores.b", "runs": 5, "min": None, "max": None},
    ]


def test_columns_are_those_of_now(api: Api, store: Path) -> None:
    parameter_of_runs(store, "1")
    assert [column["max"] for column in api.ask(PARAMETERS)["parameterColumns"]] == [1]
    assert api.ask(METRICS) == {"metricColumns": []}
    record(store, *run_events(run_id(1), metrics={"a": 1}, parameters=[Parameter("p", "2")]))
    assert [column["max"] for column in api.ask(PARAMETERS)["parameterColumns"]] == [2]
    assert [column["id"] for column in api.ask(METRICS)["metricColumns"]] == ["scores.a"]
    api.services.deletion.delete([run_id(1)], with_files=False)
    assert [column["max"] for column in api.ask(PARAMETERS)["parameterColumns"]] == [1]
    assert api.ask(METRICS) == {"metricColumns": []}


def test_cells_come_by_column_in_the_order_of_the_runs(api: Api, store: Path) -> None:
    record(store, *run_events(run_id(0), metrics={"a": 1, "b": float("nan")}, parameters=[Parameter("p", "[1, 2]")]))
    record(store, *run_events(run_id(1), metrics={"a": 2}, parameters=[Parameter("p", '"x"'), Parameter("q", "null")]))
    ids = [run_id(1), "unknown", run_id(0), run_id(1)]
    answer = api.ask(CELLS, ids=ids, metrics=["scores.b", "scores.a", "scores.none"], parameters=["q", "p", "r"])
    assert answer["runCells"] == {
        "metrics": [
            {"id": "scores.b", "values": [None, None, "NaN", None]},
            {"id": "scores.a", "values": [2, None, 1, 2]},
            {"id": "scores.none", "values": [None] * 4},
        ],
        "parameters": [
            {"name": "q", "values": [None] * 4},
            {"name": "p", "values": ["x", None, [1, 2], "x"]},
            {"name": "r", "values": [None] * 4},
        ],
    }


@pytest.mark.parametrize("text", ["half \ud83c", "", "a\0b", "%", "'"])
def test_names_of_nothing_are_empty_columns(api: Api, store: Path, text: str) -> None:
    parameter_of_runs(store, "1")
    answer = api.ask(CELLS, ids=[run_id(0)], metrics=[text], parameters=[text])["runCells"]
    assert [column["values"] for column in (*answer["metrics"], *answer["parameters"])] == [[None], [None]]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"ids": ["x"] * 1001}, "At most 1,000 runs can be asked for at once, not 1,001."),
        ({"ids": [], "metrics": ["x"] * 201}, "At most 200 columns can be asked for at once, not 201."),
        ({"ids": [], "metrics": ["x"] * 100, "parameters": ["x"] * 101}, "At most 200 columns"),
    ],
)
def test_more_cells_than_a_view_has_are_refused(api: Api, asked: dict[str, Any], said: str) -> None:
    assert said in api.refusal(CELLS, **asked)


def test_long_values_are_bounded(api: Api, store: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kedro_viz.api.answer_size.MAX_TEXT_BYTES", 1_000)
    parameter_of_runs(store, '"' + "x" * 600 + '"', '"' + "y" * 600 + '"')
    assert api.ask(CELLS, ids=[run_id(0)], parameters=["p"])["runCells"]["parameters"][0]["values"] == ["x" * 600]
    assert "Ask for fewer runs" in api.refusal(CELLS, ids=[run_id(0), run_id(1)], parameters=["p"])
