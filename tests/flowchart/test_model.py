"""Flowcharts travel as JSON between processes, and their nodes keep their ids."""

from __future__ import annotations

import json

import pytest

from kedro_viz.flowchart.model import (
    FlowchartEdge,
    FlowchartGraph,
    FlowchartNode,
    Flowcharts,
    NodeKind,
    RegisteredPipeline,
    flowcharts_from_json,
    flowcharts_to_json,
    node_id,
)
from kedro_viz.tracking.dataset_types import TrackingGroup

TASK = FlowchartNode(
    id=node_id(NodeKind.TASK, "a.train"),
    name="Train",
    full_name="a.train",
    kind=NodeKind.TASK,
    namespace="a",
    tags=("x", "y"),
    source_path="src/nodes.py",
    code="def train(): ...",
    parameters={"rate": 0.1, "layers": [1, None, {"deep": True}]},
)
DATA = FlowchartNode(
    id=node_id(NodeKind.DATA, "metrics"),
    name="Metrics",
    full_name="metrics",
    kind=NodeKind.DATA,
    dataset_type="tracking.metrics_dataset.MetricsDataset",
    filepath="data/metrics.json",
    group=TrackingGroup.METRIC,
)
GRAPH = FlowchartGraph((TASK, DATA), (FlowchartEdge(TASK.id, DATA.id),))


def flowcharts(*names: str) -> Flowcharts:
    return Flowcharts(tuple(RegisteredPipeline(name, name.title()) for name in names), dict.fromkeys(names, GRAPH))


def test_flowcharts_come_back_from_json_as_they_were() -> None:
    written = flowcharts("__default__", "other")

    assert flowcharts_from_json(json.loads(json.dumps(flowcharts_to_json(written)))) == written


def test_a_node_of_many_pipelines_is_written_once() -> None:
    written = flowcharts_to_json(flowcharts(*(f"pipeline_{n}" for n in range(50))))

    assert len(written["nodes"]) == 2  # type: ignore[arg-type]  # a list, as JSON goes


@pytest.mark.parametrize("data", [None, [], {}, {"nodes": 1, "pipelines": []}, {"nodes": [{}], "pipelines": []}])
def test_other_json_is_refused(data: object) -> None:
    with pytest.raises(ValueError, match="not a flowchart"):
        flowcharts_from_json(data)


def test_a_nodes_id_is_the_same_at_every_start_and_differs_by_kind() -> None:
    assert node_id(NodeKind.DATA, "metrics") == "4fc2fd0f6ee0e008"
    assert node_id(NodeKind.DATA, "score") != node_id(NodeKind.TASK, "score")


@pytest.mark.parametrize(("names", "default"), [((), None), (("a", "b"), "a"), (("a", "__default__"), "__default__")])
def test_the_projects_default_pipeline_is_shown_first_or_else_its_first(
    names: tuple[str, ...], default: str | None
) -> None:
    assert flowcharts(*names).default_pipeline == default
