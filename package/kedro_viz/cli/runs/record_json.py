"""A run's record as JSON: complete, and with the same names in every version to come."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta, timezone
from typing import Any

from kedro_viz.cli.runs.run_record import RunRecord
from kedro_viz.store.reading.series import Series
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.node_run import NodeRun

# What is nested deeper is given as the text that it was stored as.
_MAX_DEPTH = 100

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


def record_json(record: RunRecord) -> str:
    """Write a run's record. Numbers that JSON does not know are the texts `NaN`, `Infinity` and `-Infinity`."""
    # Written once with the names that Python has for these numbers, to be read as texts.
    plain = json.loads(json.dumps(_told(record)), parse_constant=str)
    # In ASCII: no character of a run's may do anything to a terminal.
    return json.dumps(plain, indent=2)


# Any: JSON of every kind.
def _told(record: RunRecord) -> dict[str, Any]:
    run, failure, source = record.run, record.failure, record.source
    environment, configuration = record.environment, record.configuration
    return {
        "id": run.id,
        "title": run.title,
        "notes": run.notes,
        "bookmark": run.bookmark,
        "status": run.status.value,
        "started_at": iso_time(run.started_at),
        "ended_at": iso_time(run.ended_at),
        "duration": run.duration,
        "author": run.author,
        "command": run.command,
        "project": run.project,
        "pipeline": run.pipeline,
        "env": run.env,
        "runner": run.runner,
        "kedro_version": run.kedro_version,
        "peak_memory": record.peak_memory,
        "error": {**asdict(failure), "node": record.failed_node} if failure else None,
        "git": {
            "sha": run.git_sha,
            "branch": run.git_branch,
            "remote": run.git_remote,
            "dirty": run.git_dirty,
            "diff": record.git_diff,
        },
        "nodes": list(map(_node, record.nodes)),
        "metrics": [asdict(metric) for metric in record.metrics],
        "series": list(map(_series, record.series)),
        "parameters": {parameter.name: _parsed(parameter.value) for parameter in record.parameters},
        "json": {document.dataset: _parsed(document.data) for document in record.documents},
        "data": {
            "loaded": [_data(use) for use in record.data_uses if not use.saved],
            "saved": [_data(use) for use in record.data_uses if use.saved],
        },
        "files": [
            {key: value for key, value in asdict(artifact).items() if key != "run_id"} for artifact in record.artifacts
        ],
        "environment": asdict(environment) if environment else None,
        "configuration": _shallow(asdict(configuration)) if configuration else None,
        "source": {"id": record.source_id, **asdict(source)} if source else None,
    }


def iso_time(milliseconds: int | None) -> str | None:
    """A time of the record as ISO 8601 in UTC; None if there is none, or none that a calendar has."""
    if milliseconds is None:
        return None
    try:
        moment = _EPOCH + timedelta(milliseconds=milliseconds)
    except OverflowError:
        return None
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _node(node: NodeRun) -> dict[str, Any]:
    return {
        "name": node.node,
        "status": node.status.value,
        "started_at": iso_time(node.started_at),
        "ended_at": iso_time(node.ended_at),
        "duration": node.duration,
        "peak_memory": node.peak_memory,
    }


def _series(series: Series) -> dict[str, Any]:
    return {
        "name": series.name,
        "count": series.summary.count,
        "min": series.summary.minimum,
        "max": series.summary.maximum,
        "steps": list(series.points.steps),
        "values": list(series.points.values),
        "times": [iso_time(time) for time in series.points.times],
    }


def _data(use: DataUse) -> dict[str, Any]:
    return {key: value for key, value in asdict(use).items() if key != "saved"}


def _parsed(text: str) -> Any:
    """A stored JSON text as what it holds; as text where it is none."""
    try:
        return _shallow(json.loads(text))
    except (ValueError, RecursionError):
        return text


def _shallow(value: Any) -> Any:
    """A value that is not nested deeper than the writer of JSON goes; else its text."""
    left = [(value, 0)]
    while left:
        each, depth = left.pop()
        if depth > _MAX_DEPTH:
            return str(type(value).__name__) + " that is nested too deep"
        if isinstance(each, Mapping):
            left += [(inner, depth + 1) for inner in each.values()]
        elif isinstance(each, list):
            left += [(inner, depth + 1) for inner in each]
    return value
