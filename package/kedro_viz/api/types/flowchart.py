"""The flowchart in the API."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from kedro_viz.flowchart import model
from kedro_viz.flowchart.model import NodeKind
from kedro_viz.flowchart.source import FlowchartSource, FlowchartState
from kedro_viz.tracking.dataset_types import TrackingGroup

strawberry.enum(FlowchartState, description="How far loading is. FAILED keeps what was read last.")
strawberry.enum(NodeKind, name="FlowchartNodeKind", description="What a node of the flowchart stands for.")


@strawberry.type(description="Why the project's pipelines could not be loaded.")
class LoadError:
    """See `kedro_viz.flowchart.model.LoadError`."""

    type: str
    message: str
    traceback: str


@strawberry.type(description="A pipeline that the project registers.")
class RegisteredPipeline:
    """See `kedro_viz.flowchart.model.RegisteredPipeline`."""

    id: strawberry.ID
    name: str


@strawberry.type(
    description="A task, a dataset or parameters. `fullName` is its name in Kedro. `problem`: why a dataset's catalog "
    "entry cannot be used."
)
class FlowchartNode:
    """See `kedro_viz.flowchart.model.FlowchartNode`."""

    id: strawberry.ID
    name: str
    full_name: str
    kind: NodeKind
    namespace: str | None
    tags: list[str]
    dataset_type: str | None
    filepath: str | None
    group: TrackingGroup | None
    problem: str | None
    source_path: str | None
    code: str | None
    parameters: JSON | None

    @classmethod
    def of(cls, node: model.FlowchartNode) -> FlowchartNode:
        """The node as the API tells it."""
        return cls(
            id=strawberry.ID(node.id),
            name=node.name,
            full_name=node.full_name,
            kind=node.kind,
            namespace=node.namespace,
            tags=list(node.tags),
            dataset_type=node.dataset_type,
            filepath=node.filepath,
            group=node.group,
            problem=node.problem,
            source_path=node.source_path,
            code=node.code,
            parameters=None if node.parameters is None else JSON(node.parameters),
        )


@strawberry.type(description="What flows from one node to another.")
class FlowchartEdge:
    """See `kedro_viz.flowchart.model.FlowchartEdge`."""

    source: strawberry.ID
    target: strawberry.ID


@strawberry.type(description="A pipeline of the project as a graph.")
class Flowchart:
    """One pipeline's graph, beside all that are registered and the state of loading them."""

    state: FlowchartState
    error: LoadError | None
    pipelines: list[RegisteredPipeline]
    selected_pipeline: strawberry.ID | None
    nodes: list[FlowchartNode]
    edges: list[FlowchartEdge]


def resolve_flowchart(source: FlowchartSource, pipeline: str | None) -> Flowchart:
    """Answer the query `flowchart`.

    Args:
        source: Where flowcharts come from.
        pipeline: The id of the pipeline to show. None, or one that is not registered, shows the default one.
    """
    snapshot = source.snapshot()
    selected = pipeline if pipeline is not None and snapshot.graph_of(pipeline) else None
    selected = selected or snapshot.flowcharts.default_pipeline
    graph = (selected is not None and snapshot.graph_of(selected)) or model.FlowchartGraph()
    error = snapshot.error
    edges = [FlowchartEdge(source=strawberry.ID(e.source), target=strawberry.ID(e.target)) for e in graph.edges]
    return Flowchart(
        state=snapshot.state,
        error=LoadError(type=error.type, message=error.message, traceback=error.traceback) if error else None,
        pipelines=[RegisteredPipeline(id=strawberry.ID(p.id), name=p.name) for p in snapshot.pipelines],
        selected_pipeline=None if selected is None else strawberry.ID(selected),
        nodes=[FlowchartNode.of(node) for node in graph.nodes],
        edges=edges,
    )
