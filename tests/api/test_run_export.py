"""Exports of runs over HTTP."""

from __future__ import annotations

import builtins
import io
import json
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from httpx import Response

from kedro_viz.tracking.parameters import Parameter
from tests.api.serving import Api, record, run_events, run_id

METRIC = "metrics.scores.r2"


@pytest.fixture(autouse=True)
def runs(store: Path) -> None:
    """Three runs, the second of them the best."""
    for number, value in enumerate([0.1, 0.3, 0.2]):
        parameters = [Parameter("rate", str(number))]
        record(store, *run_events(run_id(number), metrics={"r2": value}, parameters=parameters))


# Any: whatever a client sends.
def post(api: Api, **body: Any) -> Response:
    answer: Response = api.client.post("/api/export", json=body)
    return answer


def test_all_runs_come_with_all_columns_as_a_file(api: Api) -> None:
    answer = post(api, format="csv")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == 'attachment; filename="runs.csv"'
    frame = pd.read_csv(io.BytesIO(answer.content))
    assert list(frame["id"]) == [run_id(2), run_id(1), run_id(0)]
    assert list(frame[METRIC]) == [0.2, 0.3, 0.1]
    assert list(frame["params.rate"]) == [2, 1, 0]


@pytest.mark.parametrize("name", ["csv", "json", "parquet"])
def test_what_is_nested_without_end_or_no_json_is_told_as_its_text(api: Api, store: Path, name: str) -> None:
    texts = ["[" * 400 + "]" * 400, '{"a":' * 400 + "1" + "}" * 400, "[1"]
    parameters = [Parameter(f"odd{number}", text) for number, text in enumerate(texts)]
    record(store, *run_events(run_id(3), parameters=parameters))
    columns = [f"params.odd{number}" for number in range(len(texts))]
    content = io.BytesIO(post(api, format=name, columns=columns, runIds=[run_id(3)]).content)
    if name == "csv":
        frame = pd.read_csv(content, dtype=str)
    else:
        frame = pd.read_json(content) if name == "json" else pd.read_parquet(content)
    told = frame.iloc[0].tolist()
    # In Parquet the values of a parameter that are of no one kind are JSON, and so are these texts.
    assert (list(map(json.loads, told)) if name == "parquet" else told) == texts


def test_a_query_columns_and_an_order_are_followed(api: Api) -> None:
    answer = post(api, format="json", search="rate=1", columns=["id", METRIC])
    assert answer.json() == [{"id": run_id(1), METRIC: 0.3}]
    answer = post(api, format="json", columns=["id"], sort=[f"-{METRIC}"])
    assert [row["id"] for row in answer.json()] == [run_id(1), run_id(2), run_id(0)]


def test_selected_runs_come_in_the_order_asked_and_unknown_ones_not_at_all(api: Api) -> None:
    answer = post(api, format="json", columns=["id"], runIds=[run_id(0), "gone", run_id(2)])
    assert [row["id"] for row in answer.json()] == [run_id(0), run_id(2)]


def test_parquet_is_a_file_that_pandas_reads(api: Api) -> None:
    answer = post(api, format="parquet")
    assert answer.headers["content-type"] == "application/vnd.apache.parquet"
    assert list(pd.read_parquet(io.BytesIO(answer.content))[METRIC]) == [0.2, 0.3, 0.1]


def test_where_parquet_cannot_be_written_the_remedy_is_told(api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
    importing = builtins.__import__

    # Any: the arguments of `__import__`.
    def without_pyarrow(name: str, *more: Any) -> Any:
        if name.startswith("pyarrow"):
            raise ImportError(name)
        return importing(name, *more)

    monkeypatch.setattr(builtins, "__import__", without_pyarrow)
    answer = post(api, format="parquet")
    assert answer.status_code == 501
    assert "pip install pyarrow" in answer.json()["error"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"format": "xlsx"}, "`format` must be one of csv, json, parquet"),
        ({"columns": ["autor"]}, "Did you mean author"),
        ({"sort": ["autor"]}, "There is no column"),
        ({"search": "autor == 1"}, "Did you mean author"),
        ({"runIds": "all"}, "must be a list of texts"),
        ({"archived": 1}, "must be true, false or null"),
    ],
)
def test_what_cannot_be_understood_is_told(api: Api, body: dict[str, Any], message: str) -> None:
    answer = post(api, **body)
    assert answer.status_code == 400
    assert message in answer.json()["error"]


def test_a_form_of_another_page_gets_no_file(api: Api) -> None:
    answer = api.client.post("/api/export", content=json.dumps({}), headers={"Content-Type": "text/plain"})
    assert answer.status_code == 415
