"""Turns Kedro's pipelines into flowcharts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

from kedro.pipeline import Pipeline
from kedro.pipeline.node import Node

from kedro_viz.flowchart.model import (
    DEFAULT_PIPELINE,
    FlowchartEdge,
    FlowchartGraph,
    FlowchartNode,
    Flowcharts,
    JsonValue,
    NodeKind,
    RegisteredPipeline,
    node_id,
)
from kedro_viz.integrations.kedro.pipelines.parameter_values import shown_value
from kedro_viz.integrations.kedro.pipelines.source_code import SourceCode, function_name, source_of
from kedro_viz.integrations.kedro.project.catalog_config import is_parameter
from kedro_viz.tracking.catalog import CatalogEntry
from kedro_viz.tracking.secrets.redaction import redact_text

# Any: the value of a parameter of that name in Kedro, whatever it is; None where there is none.
ParameterLookup: TypeAlias = Callable[[str], Any]


def convert_pipelines(
    pipelines: Mapping[str, Pipeline],
    entries: Iterable[CatalogEntry],
    parameter: ParameterLookup,
    project_path: Path,
) -> Flowcharts:
    """Convert a project's registered pipelines.

    Args:
        pipelines: The pipelines by name.
        entries: The catalog's entries of their datasets, as far as they are known.
        parameter: Tells the value of a parameter by its name in Kedro, such as `params:model.rate`.
        project_path: The project's root, which paths are told from.
    """
    conversion = _Conversion(pipelines.values(), entries, parameter, project_path)
    return Flowcharts(
        pipelines=tuple(RegisteredPipeline(name, _pipeline_title(name)) for name in pipelines),
        graphs={name: conversion.graph(pipeline) for name, pipeline in pipelines.items()},
    )


def datasets_of(pipelines: Iterable[Pipeline]) -> list[str]:
    """The names of all datasets that pipelines use, as written there, each once, without parameters."""
    names = (name for pipeline in pipelines for task in pipeline.nodes for name in [*task.inputs, *task.outputs])
    return [name for name in dict.fromkeys(names) if not is_parameter(name)]


class _Conversion:
    def __init__(
        self,
        pipelines: Iterable[Pipeline],
        entries: Iterable[CatalogEntry],
        parameter: ParameterLookup,
        project_path: Path,
    ) -> None:
        self._entries = {entry.name: entry for entry in entries}
        self._parameter = parameter
        self._project_path = project_path
        self._namespaces = {
            prefix for pipeline in pipelines for task in pipeline.nodes for prefix in _prefixes(task.namespace)
        }
        # Pipelines are mostly made of each other's tasks: each function's source is looked up once.
        self._sources: dict[int, SourceCode] = {}

    def graph(self, pipeline: Pipeline) -> FlowchartGraph:
        tasks = pipeline.nodes
        tags: dict[str, set[str]] = {}
        # A transcoded dataset (`table@pandas`, `table@spark`) is one node. What is written tells its type and file.
        written = {_one_name(name): name for task in tasks for name in task.outputs}
        for task in tasks:
            for name in [*task.inputs, *task.outputs]:
                tags.setdefault(_one_name(name), set()).update(task.tags)

        nodes: dict[str, FlowchartNode] = {}
        edges: dict[FlowchartEdge, None] = {}

        def node_of(name: str) -> FlowchartNode:
            full_name = _one_name(name)
            kind = NodeKind.PARAMETERS if is_parameter(name) else NodeKind.DATA
            found = nodes.get(node_id(kind, full_name))
            if found is None:
                make = self._parameters if kind is NodeKind.PARAMETERS else self._data
                found = make(full_name, written.get(full_name, name), tuple(sorted(tags[full_name])))
                nodes[found.id] = found
            return found

        for task in tasks:
            sources = [node_of(name) for name in task.inputs]
            shown = self._task(task)
            nodes[shown.id] = shown
            targets = [node_of(name) for name in task.outputs]
            edges.update({FlowchartEdge(source.id, shown.id): None for source in sources})
            edges.update({FlowchartEdge(shown.id, target.id): None for target in targets})
        return FlowchartGraph(nodes=tuple(nodes.values()), edges=tuple(edges))

    def _task(self, task: Node) -> FlowchartNode:
        source = self._sources.get(id(task.func))
        if source is None:
            source = self._sources[id(task.func)] = source_of(task.func, self._project_path)
        return FlowchartNode(
            id=node_id(NodeKind.TASK, task.name),
            name=_task_title(task),
            full_name=task.name,
            kind=NodeKind.TASK,
            namespace=task.namespace or None,
            tags=tuple(sorted(task.tags)),
            source_path=source.path,
            code=source.text,
            parameters=self._taken_parameters(task),
        )

    def _taken_parameters(self, task: Node) -> JsonValue:
        taken: dict[str, JsonValue] = {}
        for name in task.inputs:
            if name == "parameters":
                everything = shown_value(self._parameter(name))
                taken.update(everything if isinstance(everything, dict) else {name: everything})
            elif is_parameter(name):
                path = name.removeprefix("params:")
                taken[path] = shown_value(self._parameter(name), path)
        return taken or None

    def _parameters(self, full_name: str, _: str, tags: tuple[str, ...]) -> FlowchartNode:
        path = full_name.removeprefix("params:")
        namespace = self._namespace_of(path)
        return FlowchartNode(
            id=node_id(NodeKind.PARAMETERS, full_name),
            name=_title(path.removeprefix(f"{namespace}.")),
            full_name=full_name,
            kind=NodeKind.PARAMETERS,
            namespace=namespace,
            tags=tags,
            parameters=shown_value(self._parameter(full_name), path),
        )

    def _data(self, full_name: str, entry_name: str, tags: tuple[str, ...]) -> FlowchartNode:
        namespace = self._namespace_of(full_name)
        entry = self._entries.get(entry_name)
        return FlowchartNode(
            id=node_id(NodeKind.DATA, full_name),
            name=_title(full_name.removeprefix(f"{namespace}.")),
            full_name=full_name,
            kind=NodeKind.DATA,
            namespace=namespace,
            tags=tags,
            dataset_type=(entry.type or None) if entry else None,
            filepath=self._shown_path(entry.filepath) if entry else None,
            group=entry.group if entry else None,
            problem=entry.problem if entry else None,
        )

    def _namespace_of(self, name: str) -> str | None:
        # A dot may also be part of a name or of a parameter's path: a namespace is one only if a task is in it.
        *outer, _ = _prefixes(name)
        return next((prefix for prefix in reversed(outer) if prefix in self._namespaces), None)

    def _shown_path(self, filepath: str | None) -> str | None:
        if filepath is None:
            return None
        path = Path(filepath)
        return (
            path.relative_to(self._project_path).as_posix()
            if path.is_relative_to(self._project_path)
            else redact_text(filepath)
        )


def _one_name(name: str) -> str:
    return name.partition("@")[0]


def _prefixes(dotted: str | None) -> list[str]:
    parts = dotted.split(".") if dotted else []
    return [".".join(parts[: length + 1]) for length in range(len(parts))]


def _pipeline_title(name: str) -> str:
    return "Default" if name == DEFAULT_PIPELINE else _title(name)


def _task_title(task: Node) -> str:
    name = str(task.short_name)
    # Kedro has no better name for these than what Python says of them.
    unnamed = name.lower() in {"<partial>", "<lambda>"} or not re.search(r"\w", name)
    return _title(function_name(task.func)) if unnamed else _title(name)


def _title(name: str) -> str:
    """A name for people: `x_train` becomes `X Train`, and what is written in capitals stays so."""
    words = re.split(r"[_\-\s]+", name)
    title = " ".join(word[0].upper() + word[1:] for word in words if word)
    return title or name
