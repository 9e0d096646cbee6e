"""Runs whose values are easily taken for each other: metrics of one short name, and whole numbers of one float."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kedro_viz.tracking.content import content_of
from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.events import DatasetSaved, Event, RunEnded, RunStarted, TrackedFile
from kedro_viz.tracking.parameters import flatten_parameters
from kedro_viz.tracking.run import RunStatus

METRICS_TYPE = "tracking.metrics_dataset.MetricsDataset"
JSON_TYPE = "tracking.json_dataset.JSONDataset"

LAST = 2**53
"""The last whole number that a float tells from its neighbours: the next one is taken for it."""
LONG = 10**30

FIRST = "2024-01-01T00.00.00.000Z"
SECOND = "2024-01-02T00.00.00.000Z"
THIRD = "2024-01-03T00.00.00.000Z"

METRICS: dict[str, dict[str, dict[str, float]]] = {
    FIRST: {
        "q": {"x.y": 1.5, "seed": LAST + 1, "long": LONG + 1, "minus": -LAST - 1, "nan": float("nan")},
        "q.x": {"y": 2.5},
    },
    SECOND: {
        "q": {"x.y": 0.5, "seed": LAST, "long": LONG, "minus": -LAST, "nan": 1.0},
        "q.x": {"y": 3.5},
    },
    THIRD: {"q": {"seed": LAST - 1, "long": LONG - 1, "minus": -LAST + 1}},
}
# Any: what users write into their parameters.
PARAMETERS: dict[str, dict[str, Any]] = {
    FIRST: {"seed": LAST + 1, "deep": {"hash": 2**63 + 1}, "list": [LAST + 1, LONG], "minus": -LONG - 1},
    SECOND: {"seed": LAST, "deep": {"hash": 2**63}, "list": [LAST], "minus": -LONG},
    THIRD: {"seed": LAST - 1, "deep": {"hash": 2**63 - 1}, "list": [], "minus": -LONG + 1},
}
# Any: what users track.
DOCUMENTS: dict[str, dict[str, Any]] = {
    FIRST: {"id": LAST + 1, "deep": {"long": LONG + 1}, "list": [LAST + 1, LONG], "bad": float("nan")},
    SECOND: {"id": LAST, "deep": {"long": LONG}, "list": [LAST], "bad": float("inf")},
    THIRD: {"id": LAST - 1, "deep": {"long": LONG - 1}, "list": [], "bad": float("-inf")},
}


def confusable_runs() -> list[Event]:
    """All that happened in the three runs."""
    events: list[Event] = []
    for number, run_id in enumerate((FIRST, SECOND, THIRD), start=1):
        parameters = flatten_parameters(PARAMETERS[run_id])
        events.append(RunStarted(run_id, number * 86_400_000, "{}", parameters=parameters))
        events += [metrics_saved(run_id, dataset, values) for dataset, values in METRICS[run_id].items()]
        document = content_of(DOCUMENTS[run_id], TrackingGroup.JSON).document
        file = [TrackedFile("notes.json", 10)]
        events.append(DatasetSaved(run_id, "notes", JSON_TYPE, "notes", file, document=document))
        events.append(RunEnded(run_id, number * 86_400_000 + 1_000, RunStatus.SUCCEEDED))
    return events


def metrics_saved(run_id: str, dataset: str, values: Mapping[str, float]) -> DatasetSaved:
    """A metrics dataset that a run saved, as the recorder reports it."""
    metrics = content_of(values, TrackingGroup.METRIC).metrics
    return DatasetSaved(run_id, dataset, METRICS_TYPE, dataset, [TrackedFile(f"{dataset}.json", 10)], metrics)
