"""The schema: written down as it is, and without an operation that fails."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from graphql import StringValueNode
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis_graphql import from_schema

from kedro_viz.api.schema import schema
from kedro_viz.tracking.events import DataUsed, SeriesLogged
from kedro_viz.tracking.run import RunFailure
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment, Package
from tests.api.serving import Api, context_event, record, run_events, run_id

WRITTEN = Path(__file__).parents[2] / "frontend" / "schema.graphql"


# The app's scalars are never arguments, so what stands for them does not matter.
_SCALARS = ("JSON", "Number", "DateTime", "NumberColumn")
OPERATIONS = from_schema(
    schema.as_str(), custom_scalars={name: st.text().map(lambda text: StringValueNode(value=text)) for name in _SCALARS}
)


def test_the_schema_file_is_fresh() -> None:
    printed = subprocess.run(
        [sys.executable, "-m", "kedro_viz.api.schema"], capture_output=True, text=True, check=True, encoding="utf-8"
    )
    assert WRITTEN.read_text(encoding="utf-8") == printed.stdout, "run `make schema`"


@settings(
    max_examples=120,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(st.data())
def test_no_operation_is_a_fault_of_ours(api: Api, store: Path, data: Any) -> None:
    if not store.with_name("filled").exists():
        record(store, *run_events(run_id(1), metrics={"a": float("nan")}, document="[NaN]", plots=["p"]))
        record(store, *run_events(run_id(2), failure=RunFailure("E", "m", "t"), seconds=None))
        configuration = Configuration({}, {"a": float("nan")}, {})
        environment = Environment("3.12", "CPython", "Linux", [Package("kedro", "1.7")])
        context = context_event(
            run_id(1), files={"a.py": b"1"}, environment=environment, configuration=configuration, git_diff="diff"
        )
        series = SeriesLogged(run_id(1), "loss", "1", [0.0, float("inf")], [1.0, float("nan")], [1, 2])
        record(store, context, DataUsed(run_id(1), "cars", False, "pandas.csv_dataset.CSVDataset"), series)
        store.with_name("filled").touch()
    operation = data.draw(OPERATIONS)
    answer = api.client.post("/graphql", json={"query": operation})
    assert answer.status_code == 200, (operation, answer.text)
    for error in answer.json().get("errors", ()):
        assert "could not answer" not in error["message"], operation
