"""What the pages ask, for the benchmark of the API."""

from __future__ import annotations

import json
from dataclasses import dataclass

from generate_store import DATASETS, run_id

KEYS = ("r2_score", "mae", "max_error")
METRICS = [f"{dataset}.{key}" for dataset in DATASETS for key in KEYS]
# A run as the list shows it, and as columns of metrics and parameters in view.
ROW = (
    "id title author gitBranch gitSha gitDirty bookmark archived tags status startedAt endedAt duration pipeline "
    "progress { done total }"
)
CELLS = "{ runCells(runIds: %s, metrics: %s, parameters: %s) { metrics { id values } parameters { name values } } }"
PARAMETERS = ["model_options.depth", "model_options.learning_rate", "model_options.regressor"]
# Stands for digits that are others in each request, so that each search is a new one.
NUMBER = "<number>"
GOOD = f'metrics["{METRICS[0]}"] > 0.8{NUMBER}'
GOOD_AND_DEEP = f"{GOOD} and params.model_options.depth >= 10"


@dataclass(frozen=True)
class Question:
    """Something that a page asks.

    Attributes:
        name: In the table.
        asked: The body of the request, which may have `NUMBER` in it.
        path: Where it goes.
    """

    name: str
    asked: dict[str, object]
    path: str = "/graphql"

    def body(self, number: int) -> str:
        """The body of the request of this number."""
        return json.dumps(self.asked).replace(NUMBER, f"{number:05}")


def listed(first: int, **asked: object) -> dict[str, object]:
    """A page of the list of runs."""
    declared = {"search": "String", "orderBy": "[RunOrder!]", "offset": "Int! = 0"}
    variables = ", ".join(f"${name}: {kind}" for name, kind in declared.items())
    passed = ", ".join(f"{name}: ${name}" for name in declared)
    query = f"query ({variables}) {{ runs(first: {first}, {passed}) {{ totalCount edges {{ node {{ {ROW} }} }} }} }}"
    return {"query": query, "variables": asked}


def graphql(query: str) -> dict[str, object]:
    """A query without variables."""
    return {"query": query}


def questions(runs: int) -> list[Question]:
    """All of them, for a store with so many runs."""
    by_metric = [{"column": f"metrics.{METRICS[0]}", "direction": "DESC"}]
    by_metric_upwards = [{**by_metric[0], "direction": "ASC"}]
    newest = [run_id(number) for number in range(max(0, runs - 100), runs)]
    some = [run_id(number) for number in range(0, min(runs, 1_000), 10)]
    columns = [f"metrics.{metric}" for metric in METRICS]
    return [
        Question("runs: first 100", listed(100)),
        Question("runs: 100 from the middle", listed(100, offset=runs // 2)),
        Question("runs: first 100 by a metric", listed(100, orderBy=by_metric)),
        Question("runs: filter and sort by a metric, first 100", listed(100, search=GOOD, orderBy=by_metric)),
        Question("runs: the same, the worst first", listed(100, search=GOOD, orderBy=by_metric_upwards)),
        Question("runs: and filter by a parameter", listed(100, search=GOOD_AND_DEEP, orderBy=by_metric)),
        Question("runs: words", listed(100, search="tuning")),
        Question("runs: a tag", listed(100, search='"candidate" in tags')),
        Question(
            "runCells: 6 metrics and 3 parameters of 100 runs",
            graphql(CELLS % (json.dumps(newest), json.dumps(METRICS), json.dumps(PARAMETERS))),
        ),
        Question(
            "metricColumns", graphql("{ metricColumns { id dataset key runs min max direction directionIsSet } }")
        ),
        Question("parameterColumns", graphql("{ parameterColumns { name runs kind min max } }")),
        Question("run-columns: 6 metrics of every run", {"columns": columns, "withMetrics": True}, "/api/run-columns"),
        Question(
            "run-columns: 6 metrics of the runs that match",
            {"columns": columns, "search": GOOD_AND_DEEP},
            "/api/run-columns",
        ),
        Question(
            "run-columns: 3 parameters and 3 fields of every run",
            {"columns": [*(f"params.{name}" for name in PARAMETERS), "git.branch", "status", "duration"]},
            "/api/run-columns",
        ),
        Question("runMetricsData(limit: 25)", graphql("{ runMetricsData(limit: 25) { data } }")),
        Question("runMetricsData(limit: all)", graphql(f"{{ runMetricsData(limit: {runs}) {{ data }} }}")),
        Question("runsList: all at once", graphql("{ runsList { id title bookmark gitSha notes } }")),
        Question(
            "runMetadata: 100 runs with data, packages, code and series",
            graphql(
                f"{{ runMetadata(runIds: {json.dumps(some)}) {{ id dataUses {{ dataset saved fingerprint }} "
                "environment { python packages { name version } } source { files { path hash } } "
                "series { name steps values } } }"
            ),
        ),
    ]
