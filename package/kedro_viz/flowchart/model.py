"""The flowchart of a project's pipelines, as plain data that travels as JSON."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from enum import Enum
from types import MappingProxyType
from typing import Any, TypeAlias, Union

from kedro_viz.tracking.dataset_types import TrackingGroup

# `Union`, because before Python 3.14 `|` does not take names that are not defined yet.
JsonValue: TypeAlias = Union[str, int, float, bool, list["JsonValue"], dict[str, "JsonValue"], None]  # noqa: UP007

DEFAULT_PIPELINE = "__default__"


class NodeKind(str, Enum):
    """What a node of the flowchart stands for."""

    TASK = "task"
    DATA = "data"
    PARAMETERS = "parameters"


@dataclass(frozen=True)
class RegisteredPipeline:
    """A pipeline that the project registers: its name in Kedro (`id`) and its name for people."""

    id: str
    name: str


@dataclass(frozen=True)
class FlowchartNode:
    """One node of a flowchart.

    Attributes:
        id: The same for the same node in every pipeline and at every start.
        name: Its name for people, without namespace.
        full_name: Its name in Kedro.
        kind: What it stands for.
        namespace: Its namespace, from outer to inner, joined by dots; None outside of any.
        tags: Its tags, sorted; a dataset has those of the tasks that it belongs to.
        dataset_type: DATA: its short type name; None if that is not known.
        filepath: DATA: its path, relative to the project where it is inside; None for data without a file.
        group: DATA: how it is tracked; None if it is not.
        problem: DATA: why its catalog entry cannot be used; None if it can.
        source_path: TASK: its source file, relative to the project; None for code from elsewhere.
        code: TASK: its function's source text, where Python can tell.
        parameters: PARAMETERS: the value. TASK: the parameters that it takes, by name.
    """

    id: str
    name: str
    full_name: str
    kind: NodeKind
    namespace: str | None = None
    tags: tuple[str, ...] = ()
    dataset_type: str | None = None
    filepath: str | None = None
    group: TrackingGroup | None = None
    problem: str | None = None
    source_path: str | None = None
    code: str | None = None
    parameters: JsonValue = None


@dataclass(frozen=True)
class FlowchartEdge:
    """What flows from the node of id `source` to the node of id `target`."""

    source: str
    target: str


@dataclass(frozen=True)
class FlowchartGraph:
    """One pipeline's nodes, in an order in which they can run, and its edges."""

    nodes: tuple[FlowchartNode, ...] = ()
    edges: tuple[FlowchartEdge, ...] = ()


@dataclass(frozen=True)
class LoadError:
    """Why pipelines could not be loaded: the exception's type, its message, and where it came from."""

    type: str
    message: str
    traceback: str = ""


@dataclass(frozen=True)
class Flowcharts:
    """The flowcharts of all registered pipelines, in the project's order; `graphs` by the pipeline's id."""

    pipelines: tuple[RegisteredPipeline, ...] = ()
    graphs: Mapping[str, FlowchartGraph] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def default_pipeline(self) -> str | None:
        """The id of the pipeline to show first: the project's default, else its first; None without any."""
        ids = [pipeline.id for pipeline in self.pipelines]
        return DEFAULT_PIPELINE if DEFAULT_PIPELINE in ids else next(iter(ids), None)


def node_id(kind: NodeKind, full_name: str) -> str:
    """The id of the node of that kind and name, the same at every start."""
    return hashlib.sha256(f"{kind.value}:{full_name}".encode()).hexdigest()[:16]


def flowcharts_to_json(flowcharts: Flowcharts) -> dict[str, JsonValue]:
    """Write flowcharts as JSON data; a node that several pipelines share is written once."""
    numbers: dict[str, int] = {}
    nodes: list[JsonValue] = []
    pipelines: list[JsonValue] = []
    for pipeline in flowcharts.pipelines:
        graph = flowcharts.graphs[pipeline.id]
        members: list[JsonValue] = []
        for node in graph.nodes:
            # Nodes hold parameters, so they cannot be hashed; their text tells whether they are the same.
            key = repr(node)
            if key not in numbers:
                numbers[key] = len(nodes)
                nodes.append(_node_to_json(node))
            members.append(numbers[key])
        edges: list[JsonValue] = [[edge.source, edge.target] for edge in graph.edges]
        pipelines.append({"id": pipeline.id, "name": pipeline.name, "nodes": members, "edges": edges})
    return {"nodes": nodes, "pipelines": pipelines}


# Any: JSON that another process wrote.
def flowcharts_from_json(data: Any) -> Flowcharts:
    """Read what `flowcharts_to_json` wrote.

    Raises:
        ValueError: If it is something else.
    """
    try:
        nodes = [_node_from_json(node) for node in data["nodes"]]
        graphs = {
            str(pipeline["id"]): FlowchartGraph(
                nodes=tuple(nodes[number] for number in pipeline["nodes"]),
                edges=tuple(FlowchartEdge(str(source), str(target)) for source, target in pipeline["edges"]),
            )
            for pipeline in data["pipelines"]
        }
        pipelines = tuple(RegisteredPipeline(str(p["id"]), str(p["name"])) for p in data["pipelines"])
    except (KeyError, TypeError, IndexError, AttributeError) as error:
        raise ValueError(f"not a flowchart: {error!r}") from error
    return Flowcharts(pipelines=pipelines, graphs=MappingProxyType(graphs))


def _node_to_json(node: FlowchartNode) -> dict[str, JsonValue]:
    written = asdict(node)
    written["kind"] = node.kind.value
    written["group"] = node.group.value if node.group else None
    written["tags"] = list(node.tags)
    return written


# Any: JSON that another process wrote.
def _node_from_json(data: Any) -> FlowchartNode:
    def text(key: str) -> str | None:
        return None if data[key] is None else str(data[key])

    return FlowchartNode(
        id=str(data["id"]),
        name=str(data["name"]),
        full_name=str(data["full_name"]),
        kind=NodeKind(data["kind"]),
        namespace=text("namespace"),
        tags=tuple(str(tag) for tag in data["tags"]),
        dataset_type=text("dataset_type"),
        filepath=text("filepath"),
        group=TrackingGroup(data["group"]) if data["group"] else None,
        problem=text("problem"),
        source_path=text("source_path"),
        code=text("code"),
        parameters=data["parameters"],
    )
