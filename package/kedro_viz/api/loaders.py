"""Data loaders: what many runs of one answer need is asked for once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import anyio.to_thread
from strawberry.dataloader import DataLoader

from kedro_viz.store.repository import Document, RunRepository, StoredArtifact
from kedro_viz.tracking.metric import JsonNumber, Metric
from kedro_viz.tracking.node_run import NodeRun
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure

T = TypeVar("T")
D = TypeVar("D")

# Wide tables are asked for in one go; this only bounds what one request can ask.
MAX_METRICS = 2_500


class RunLoaders:
    """The loaders of one request.

    Args:
        repository: Answers them.
    """

    def __init__(self, repository: RunRepository) -> None:
        self._repository = repository
        self.metrics: DataLoader[str, list[Metric]] = _by_run(repository.metrics, list)
        self.parameters: DataLoader[str, list[Parameter]] = _by_run(repository.parameters, list)
        self.documents: DataLoader[str, list[Document]] = _by_run(repository.documents, list)
        self.artifacts: DataLoader[str, list[StoredArtifact]] = _by_run(repository.artifacts, list)
        self.node_runs: DataLoader[str, list[NodeRun]] = _by_run(repository.node_runs, list)
        self.failures: DataLoader[str, tuple[RunFailure, str | None] | None] = _by_run(
            lambda run_ids: dict(repository.failures(run_ids)), _nothing
        )
        self._metric_values: dict[tuple[str, ...], DataLoader[str, list[JsonNumber | None]]] = {}

    def metric_values(self, metrics: Sequence[str]) -> DataLoader[str, list[JsonNumber | None]]:
        """The loader of these metrics' values, in this order: all runs of a list ask for the same ones."""
        key = tuple(metrics)
        if key not in self._metric_values:
            self._metric_values[key] = _by_run(lambda run_ids: self._repository.metric_values(run_ids, key), list)
        return self._metric_values[key]


def _nothing() -> None:
    return None


def _by_run(load: Callable[[Sequence[str]], dict[str, D]], default: Callable[[], T]) -> DataLoader[str, D | T]:
    async def load_all(run_ids: list[str]) -> list[D | T]:
        found = await anyio.to_thread.run_sync(load, run_ids)
        return [found[run_id] if run_id in found else default() for run_id in run_ids]

    return DataLoader(load_fn=load_all)
