"""All that the store knows of one run."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from kedro_viz.store.reading.records import Document, Provenance, StoredArtifact
from kedro_viz.store.reading.series import Series
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.metric import Metric
from kedro_viz.tracking.node_run import NodeRun
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import Run, RunFailure
from kedro_viz.tracking.source.source_snapshot import SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment

logger = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True)
class RunRecord:
    """A run with its whole record. What is not recorded is None or empty."""

    run: Run
    # Any: a session's data is what Kedro and its plugins put there.
    session: Mapping[str, Any]
    failure: RunFailure | None
    failed_node: str | None
    peak_memory: int | None
    nodes: list[NodeRun]
    metrics: list[Metric]
    parameters: list[Parameter]
    documents: list[Document]
    artifacts: list[StoredArtifact]
    data_uses: list[DataUse]
    series: list[Series]
    git_diff: str | None
    source_id: str | None
    source: SourceSnapshot | None
    environment: Environment | None
    configuration: Configuration | None


def read_record(repository: RunRepository, run_id: str, most_points: int) -> RunRecord | None:
    """Read a run's record.

    Args:
        repository: The store.
        run_id: The run.
        most_points: Thin each series out to so many points.

    Returns:
        None if there is no such run any more.
    """
    found = repository.runs.get([run_id])
    if not found:
        return None
    records = repository.records
    failure, failed_node = records.failures([run_id]).get(run_id, (None, None))
    provenance = records.provenance([run_id]).get(run_id, Provenance())

    def content(name: str | None, parse: Callable[[bytes], T]) -> T | None:
        for _, data in repository.contents.read([name] if name else []):
            try:
                return parse(data)
            except (ValueError, RecursionError) as error:
                logger.warning("The content '%s' cannot be shown: %s", name, error)
        return None

    return RunRecord(
        run=found[0],
        session=records.sessions([run_id]).get(run_id, {}),
        failure=failure,
        failed_node=failed_node,
        peak_memory=records.peak_memory([run_id]).get(run_id),
        nodes=records.node_runs([run_id]).get(run_id, []),
        metrics=repository.metrics.of_runs([run_id]).get(run_id, []),
        parameters=records.parameters([run_id]).get(run_id, []),
        documents=records.documents([run_id]).get(run_id, []),
        artifacts=records.artifacts([run_id]).get(run_id, []),
        data_uses=records.data_uses([run_id]).get(run_id, []),
        series=list(repository.series.read([run_id], None, most_points)),
        git_diff=content(provenance.git_diff, lambda data: data.decode("utf-8", "replace")),
        source_id=provenance.source,
        source=content(provenance.source, SourceSnapshot.from_json),
        environment=content(provenance.environment, Environment.from_json),
        configuration=content(provenance.configuration, Configuration.from_json),
    )
