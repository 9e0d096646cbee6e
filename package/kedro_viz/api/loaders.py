"""Data loaders: what many runs of one answer need is asked for once."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from graphql import GraphQLError
from strawberry.dataloader import DataLoader

from kedro_viz.analysis.run_columns import AmbiguousMetricError
from kedro_viz.api.answer_size import AnswerSize
from kedro_viz.store.reading.records import Document, Provenance, StoredArtifact
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.metric import JsonNumber, Metric
from kedro_viz.tracking.node_run import NodeRun
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure
from kedro_viz.tracking.series.series_points import ALL_STEPS, SeriesPoints, SeriesSummary, StepRange
from kedro_viz.tracking.source.source_snapshot import SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment

logger = logging.getLogger(__name__)

T = TypeVar("T")
D = TypeVar("D")

# Wide tables are asked for in one go; this only bounds what one request can ask.
MAX_METRICS = 2_500

# No run of ours leaves a content nearly as large, packed inside of a small store as it may be.
_MAX_TEXT_BYTES = 5_000_000
_MAX_JSON_BYTES = 20_000_000


@dataclass(frozen=True)
class SeriesAsked:
    """Which points of series are asked for.

    Attributes:
        names: Of these series; of all if None.
        most: At most so many of each.
        steps: Of these steps.
    """

    names: tuple[str, ...] | None
    most: int
    steps: StepRange = ALL_STEPS


class RunLoaders:
    """The loaders of one request.

    Args:
        repository: Answers them.
        size: Bounds the answer.
    """

    def __init__(self, repository: RunRepository, size: AnswerSize) -> None:
        self._repository = repository
        self._size = size
        records = repository.records
        self.metrics: DataLoader[str, list[Metric]] = _by_run(repository.metrics.of_runs, list)
        self.tags: DataLoader[str, list[str]] = _by_run(repository.tags.of_runs, list)
        self.parameters: DataLoader[str, list[Parameter]] = _by_run(records.parameters, list)
        self.documents: DataLoader[str, list[Document]] = _by_run(records.documents, list)
        self.artifacts: DataLoader[str, list[StoredArtifact]] = _by_run(records.artifacts, list)
        self.node_runs: DataLoader[str, list[NodeRun]] = _by_run(records.node_runs, list)
        self.peak_memory: DataLoader[str, int | None] = _by_run(
            lambda run_ids: dict(records.peak_memory(run_ids)), _nothing
        )
        self.failures: DataLoader[str, tuple[RunFailure, str | None] | None] = _by_run(
            lambda run_ids: dict(records.failures(run_ids)), _nothing
        )
        self.provenance: DataLoader[str, Provenance] = _by_run(records.provenance, Provenance)
        self.data_uses: DataLoader[str, list[DataUse]] = _by_run(records.data_uses, list)
        self.snapshots = self._by_hash(SourceSnapshot.from_json, _MAX_JSON_BYTES)
        self.environments = self._by_hash(Environment.from_json, _MAX_JSON_BYTES)
        self.configurations = self._by_hash(_configuration, _MAX_JSON_BYTES)
        self.texts = self._by_hash(_text, _MAX_TEXT_BYTES)
        self._metric_values: dict[tuple[str, ...], DataLoader[str, list[JsonNumber | None]]] = {}
        self._series: dict[SeriesAsked, DataLoader[str, dict[str, SeriesPoints]]] = {}
        self._series_summaries: dict[tuple[str, ...] | None, DataLoader[str, dict[str, SeriesSummary]]] = {}

    def metric_values(self, metrics: Sequence[str]) -> DataLoader[str, list[JsonNumber | None]]:
        """The loader of these metrics' values, in this order: all runs of a list ask for the same ones."""
        key = tuple(metrics)
        if key not in self._metric_values:
            self._metric_values[key] = _by_run(lambda run_ids: self._values(run_ids, key), list)
        return self._metric_values[key]

    def _values(self, run_ids: Sequence[str], metrics: Sequence[str]) -> dict[str, list[JsonNumber | None]]:
        try:
            return self._repository.metrics.values(run_ids, metrics)
        except AmbiguousMetricError as error:
            raise GraphQLError(str(error)) from error

    def series_summaries(self, names: Sequence[str] | None) -> DataLoader[str, dict[str, SeriesSummary]]:
        """The loader of the summaries of these series, all if None, by name."""
        key = None if names is None else tuple(names)

        def load(run_ids: Sequence[str]) -> dict[str, dict[str, SeriesSummary]]:
            found: dict[str, dict[str, SeriesSummary]] = defaultdict(dict)
            for run_id, name, summary in self._repository.series.summaries(run_ids, key):
                found[run_id][name] = summary
            return found

        if key not in self._series_summaries:
            self._series_summaries[key] = _by_run(load, dict)
        return self._series_summaries[key]

    def series_points(self, asked: SeriesAsked) -> DataLoader[str, dict[str, SeriesPoints]]:
        """The loader of the points of series, by name."""

        def load(run_ids: Sequence[str]) -> dict[str, dict[str, SeriesPoints]]:
            found: dict[str, dict[str, SeriesPoints]] = defaultdict(dict)
            for series in self._repository.series.read(run_ids, asked.names, asked.most, asked.steps):
                self._size.add_points(len(series.points))
                found[series.run_id][series.name] = series.points
            return found

        if asked not in self._series:
            self._series[asked] = _by_run(load, dict)
        return self._series[asked]

    def _by_hash(self, parse: Callable[[bytes], T], limit: int) -> DataLoader[str, T | None]:
        """The loader of contents that many runs may share: each is read once, and None if it cannot be read."""

        def load(hashes: Sequence[str]) -> dict[str, T]:
            # What is read at once stays in memory as long as the answer, whatever of it is sent.
            size = AnswerSize()
            found: dict[str, T] = {}
            for name, data in self._repository.contents.read(hashes, limit):
                size.add_text(len(data))
                try:
                    found[name] = parse(data)
                except (ValueError, RecursionError) as error:
                    logger.warning("The content '%s' cannot be shown: %s", name, error)
            return found

        return _by_run(load, _nothing)


def _configuration(data: bytes) -> tuple[Configuration, int]:
    return Configuration.from_json(data), len(data)


def _text(data: bytes) -> str:
    if b"\0" in data:
        raise ValueError("It is no text.")
    return data.decode()


def _nothing() -> None:
    return None


def _by_run(load: Callable[[Sequence[str]], dict[str, D]], default: Callable[[], T]) -> DataLoader[str, D | T]:
    async def load_all(keys: list[str]) -> list[D | T]:
        # The operation has a thread of its own, in which it may block.
        found = load(keys)
        return [found[key] if key in found else default() for key in keys]

    return DataLoader(load_fn=load_all)
