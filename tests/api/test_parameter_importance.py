"""Importance of parameters as the web app asks for it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from kedro_viz.tracking.parameters import Parameter
from tests.api.serving import Api, record, run_events, run_id

QUERY = """
query ($metric: ID!, $search: String) {
  parameterImportance(metric: $metric, search: $search) {
    method runs explained note parameters { name importance correlation }
  }
}
"""


def recorded(store: Path, runs: int) -> None:
    """Runs whose metric is ten times a parameter; beside it one that never changes, and one that tells nothing."""
    for number in range(runs):
        parameters = {"model.depth": number % 7, "seed": number * 37 % 11, "test_size": 0.2}
        told = [Parameter(name, json.dumps(value)) for name, value in parameters.items()]
        branch = "main" if number % 2 else "dev"
        metrics = {"r2": 10.0 * (number % 7)}
        record(store, *run_events(run_id(number), metrics=metrics, parameters=told, git_branch=branch))


def importance(api: Api, metric: str = "scores.r2", search: str | None = None) -> Any:
    """What the server tells."""
    return api.ask(QUERY, metric=metric, search=search)["parameterImportance"]


def test_the_parameter_that_a_metric_is_made_of_is_told(api: Api, store: Path) -> None:
    recorded(store, 60)
    found = importance(api)
    assert (found["method"], found["runs"]) == ("FOREST", 60)
    first, second = found["parameters"]
    assert (first["name"], first["correlation"]) == ("model.depth", 1)
    assert first["importance"] > 10 * second["importance"]
    assert found["explained"] > 0.9
    assert "association, not cause" in found["note"]


def test_only_runs_that_match_are_looked_at(api: Api, store: Path) -> None:
    recorded(store, 60)
    found = importance(api, search="dev")
    assert (found["method"], found["runs"]) == ("CORRELATION", 30)
    assert found["parameters"][0]["name"] == "model.depth"


def test_too_few_runs_are_told(api: Api, store: Path) -> None:
    assert importance(api)["method"] == "NONE"
    recorded(store, 12)
    assert importance(api, metric="scores.unknown") == {
        "method": "NONE",
        "runs": 0,
        "explained": None,
        "note": "At least 10 runs with this metric are needed; 0 match.",
        "parameters": [],
    }


def test_a_query_that_cannot_be_understood_is_told(api: Api) -> None:
    answer = api.answer(QUERY, metric="scores.r2", search="metrics.r2 >")
    assert answer["data"] is None
    assert answer["errors"][0]["extensions"]["query"].keys() == {"start", "end"}
