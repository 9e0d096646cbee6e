"""The query `flowchart` answers with the pipeline that was asked for, whatever the state of loading."""

from __future__ import annotations

from typing import Any

import pytest
import strawberry

from kedro_viz.api.types.flowchart import Flowchart, resolve_flowchart
from kedro_viz.flowchart.model import (
    FlowchartEdge,
    FlowchartGraph,
    FlowchartNode,
    Flowcharts,
    LoadError,
    NodeKind,
    RegisteredPipeline,
)
from kedro_viz.flowchart.source import FlowchartFeed, FlowchartSnapshot, FlowchartState
from kedro_viz.tracking.dataset_types import TrackingGroup

TRAIN = FlowchartNode(
    "1", "Train", "a.train", NodeKind.TASK, "a", ("t",), source_path="n.py", code="def …", parameters={"rate": 0.1}
)
SCORES = FlowchartNode(
    "2", "Scores", "scores", NodeKind.DATA, dataset_type="x.Y", filepath="data/s.json", group=TrackingGroup.METRIC
)
LOADED = Flowcharts(
    (RegisteredPipeline("__default__", "Default"), RegisteredPipeline("empty", "Empty")),
    {"__default__": FlowchartGraph((TRAIN, SCORES), (FlowchartEdge("1", "2"),)), "empty": FlowchartGraph()},
)


@strawberry.type
class Query:
    @strawberry.field
    def flowchart(self, info: strawberry.Info, pipeline: strawberry.ID | None = None) -> Flowchart:
        return resolve_flowchart(info.context, pipeline)


# Any: an answer's shape is the query's.
def ask(snapshot: FlowchartSnapshot, arguments: str = "") -> dict[str, Any]:
    query = f"""{{ flowchart{arguments} {{
        state error {{ type message traceback }} selectedPipeline pipelines {{ id name }} edges {{ source target }}
        nodes {{ id name fullName kind namespace tags datasetType filepath group sourcePath code parameters }}
    }} }}"""
    result = strawberry.Schema(Query).execute_sync(query, context_value=FlowchartFeed(snapshot))
    assert result.errors is None
    assert result.data is not None
    answer: dict[str, Any] = result.data["flowchart"]
    return answer


def test_all_that_is_known_of_nodes_and_edges_is_told() -> None:
    answer = ask(FlowchartSnapshot(FlowchartState.READY, flowcharts=LOADED))

    assert answer["pipelines"] == [{"id": "__default__", "name": "Default"}, {"id": "empty", "name": "Empty"}]
    assert answer["edges"] == [{"source": "1", "target": "2"}]
    nothing = dict.fromkeys(["namespace", "datasetType", "filepath", "group", "sourcePath", "code", "parameters"])
    assert answer["nodes"] == [
        {
            **nothing,
            "id": "1",
            "name": "Train",
            "fullName": "a.train",
            "kind": "TASK",
            "namespace": "a",
            "tags": ["t"],
            "sourcePath": "n.py",
            "code": "def …",
            "parameters": {"rate": 0.1},
        },
        {
            **nothing,
            "id": "2",
            "name": "Scores",
            "fullName": "scores",
            "kind": "DATA",
            "tags": [],
            "datasetType": "x.Y",
            "filepath": "data/s.json",
            "group": "METRIC",
        },
    ]


@pytest.mark.parametrize(
    ("arguments", "selected", "nodes"),
    [
        ("", "__default__", 2),
        ('(pipeline: "empty")', "empty", 0),
        ('(pipeline: "gone")', "__default__", 2),
    ],
)
def test_the_pipeline_that_was_asked_for_is_shown_or_the_default_one(arguments: str, selected: str, nodes: int) -> None:
    answer = ask(FlowchartSnapshot(FlowchartState.READY, flowcharts=LOADED), arguments)

    assert (answer["selectedPipeline"], len(answer["nodes"])) == (selected, nodes)


def test_while_nothing_is_loaded_there_is_nothing_to_select() -> None:
    answer = ask(FlowchartSnapshot())

    assert (answer["state"], answer["selectedPipeline"], answer["nodes"], answer["error"]) == (
        "LOADING",
        None,
        [],
        None,
    )


def test_a_failure_is_told_beside_what_was_loaded_last() -> None:
    error = LoadError("ImportError", "no module", "Traceback …")

    answer = ask(FlowchartSnapshot(FlowchartState.FAILED, error, LOADED))

    assert answer["state"] == "FAILED"
    assert answer["error"] == {"type": "ImportError", "message": "no module", "traceback": "Traceback …"}
    assert len(answer["nodes"]) == 2
