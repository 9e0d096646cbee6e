"""Ids of metrics: the cases are those that the web app is tested with, too."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.tracking.metric_id import is_long_id, long_id, metric_ids, parse_long_id, short_id

CASES = json.loads((Path(__file__).parents[2] / "frontend/src/runs/metricIds.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["long"])
def test_ids_are_written_and_read_as_in_the_web_app(case: dict[str, Any]) -> None:
    name = case["dataset"], case["key"]
    assert (short_id(*name), long_id(*name)) == (case["short"], case["long"])
    assert parse_long_id(case["long"]) == name
    column = RunColumn.parse(f"metrics{case['long']}")
    assert column == RunColumn(ColumnSource.METRIC, case["long"])
    assert str(column) == f"metrics{case['long']}"


@pytest.mark.parametrize("text", ["", "q.x.y", '["q"]', '["q"]["x"]["y"]', '["q"]["x', '["q"] ["x"]', "['q']['x']"])
def test_other_texts_are_no_long_ids(text: str) -> None:
    assert not is_long_id(text)


def test_metrics_that_share_a_short_id_have_long_ones_and_all_others_short_ones() -> None:
    assert metric_ids([("q", "x.y"), ("q.x", "y"), ("q", "z")]) == {
        ("q", "x.y"): '["q"]["x.y"]',
        ("q.x", "y"): '["q.x"]["y"]',
        ("q", "z"): "q.z",
    }


names = st.tuples(st.text('.q[]"\\', max_size=6), st.text('.q[]"\\', max_size=6))


@given(st.lists(names, unique=True, max_size=8))
def test_no_two_metrics_have_one_id(metrics: list[tuple[str, str]]) -> None:
    ids = metric_ids(metrics)
    assert len(set(ids.values())) == len(metrics)
    assert all(parse_long_id(long_id(*name)) == name for name in metrics)
    # What is short is never read as the long id of another metric.
    assert all(parse_long_id(each) in (None, name) for name, each in ids.items())
