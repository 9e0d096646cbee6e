"""Runs in the API: as Kedro-Viz 10 told them, and all that we know beyond that."""

from __future__ import annotations

import math
from collections.abc import Awaitable
from datetime import datetime

import strawberry
from graphql import GraphQLError

from kedro_viz.api.context import ApiInfo
from kedro_viz.api.field_costs import cost
from kedro_viz.api.loaders import MAX_METRICS, SeriesAsked
from kedro_viz.api.scalars import NumberColumn
from kedro_viz.api.types.data_use import DataUse
from kedro_viz.api.types.outcome import NodeRun, RunError, RunProgress, moment
from kedro_viz.api.types.provenance import Configuration, Environment, SourceSnapshot
from kedro_viz.api.types.series import MAX_POINTS, MAX_SERIES, MIN_POINTS, Series
from kedro_viz.api.types.tracked import Artifact, Metric, Parameter, TrackedJson
from kedro_viz.tracking import run as tracking_run
from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.node_run import NodeStatus
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.series.series_points import StepRange

strawberry.enum(RunStatus, description="Where a run is in its life. LOST: its process has vanished.")


@strawberry.type(description="A pipeline run.")
class Run:
    """See `kedro_viz.tracking.run.Run`. The first eight fields are Kedro-Viz 10's."""

    id: strawberry.ID
    title: str
    author: str | None
    git_branch: str | None
    git_sha: str | None
    run_command: str | None
    notes: str | None
    bookmark: bool | None
    archived: bool = strawberry.field(description="Whether lists leave it out unless they are asked for it.")
    status: RunStatus
    started_at: datetime | None
    ended_at: datetime | None
    duration: float | None = strawberry.field(description="In seconds.")
    git_dirty: bool | None
    git_remote: str | None
    pipeline: str | None
    env: str | None
    runner: str | None
    kedro_version: str | None
    project: str | None = strawberry.field(description="The name of the project that it belongs to.")
    known_tags: strawberry.Private[list[str] | None] = None

    @classmethod
    def of(cls, run: tracking_run.Run, tags: list[str] | None = None) -> Run:
        """The run as the API tells it.

        Args:
            run: The run.
            tags: Its tags, where many runs' are at hand already.
        """
        return cls(
            id=strawberry.ID(run.id),
            title=run.title,
            author=run.author,
            git_branch=run.git_branch,
            git_sha=run.git_sha,
            run_command=run.command,
            notes=run.notes,
            bookmark=run.bookmark,
            archived=run.archived,
            status=run.status,
            started_at=moment(run.started_at),
            ended_at=moment(run.ended_at),
            duration=run.duration,
            git_dirty=run.git_dirty,
            git_remote=run.git_remote,
            pipeline=run.pipeline,
            env=run.env,
            runner=run.runner,
            kedro_version=run.kedro_version,
            project=run.project,
            known_tags=tags,
        )

    # What lists ask of each run is not awaited where there is nothing to wait for: a task a run and field takes longer
    # than all else in the answer.
    @strawberry.field(graphql_type=list[str], description="Its tags, in the order of the alphabet.", metadata=cost())
    def tags(self, info: ApiInfo) -> list[str] | Awaitable[list[str]]:
        """What people have sorted the run under."""
        return info.context.loaders.tags.load(self.id) if self.known_tags is None else self.known_tags

    @strawberry.field(description="What ended the run before its time.", metadata=cost())
    async def error(self, info: ApiInfo) -> RunError | None:
        """The failure of a run that failed or was cancelled."""
        found = await info.context.loaders.failures.load(self.id)
        if found is None:
            return None
        failure, node = found
        return RunError(type=failure.type, message=failure.message, traceback=failure.traceback, node=node)

    @strawberry.field(description="The most memory, in bytes, that one of its processes held.", metadata=cost())
    async def peak_memory(self, info: ApiInfo) -> float | None:
        """The memory of the run's largest process."""
        return await info.context.loaders.peak_memory.load(self.id)

    @strawberry.field(
        description="Its nodes, in the order in which they were to run. None are known of older runs.", metadata=cost()
    )
    async def nodes(self, info: ApiInfo) -> list[NodeRun]:
        """The nodes of the run."""
        return [NodeRun.of(node) for node in await info.context.loaders.node_runs.load(self.id)]

    @strawberry.field(
        graphql_type=RunProgress | None, description="How far it has come, while it runs.", metadata=cost()
    )
    def progress(self, info: ApiInfo) -> Awaitable[RunProgress] | None:
        """The nodes done of a run that goes on; None for any other."""
        return _progress(info, self.id) if self.status is RunStatus.RUNNING else None

    @strawberry.field(description="All its metrics.", metadata=cost())
    async def metrics(self, info: ApiInfo) -> list[Metric]:
        """All metrics of the run."""
        return [Metric.of(metric) for metric in await info.context.loaders.metrics.load(self.id)]

    @strawberry.field(description="Some metrics in the order asked; null where the run has none.", metadata=cost())
    async def metric_values(self, info: ApiInfo, metrics: list[strawberry.ID]) -> NumberColumn:
        """The values of a list's metric columns."""
        if len(metrics) > MAX_METRICS:
            raise GraphQLError(f"At most {MAX_METRICS:,} metrics can be asked for at once, not {len(metrics):,}.")
        return NumberColumn(await info.context.loaders.metric_values(metrics).load(self.id))

    @strawberry.field(description="Its parameters, flattened, by name. Secrets are not kept.", metadata=cost())
    async def parameters(self, info: ApiInfo) -> list[Parameter]:
        """The parameters of the run."""
        found = await info.context.loaders.parameters.load(self.id)
        return [Parameter.of(each) for each in found]

    @strawberry.field(description="Its tracked JSON datasets, by name.", metadata=cost(2))
    async def tracked_json(self, info: ApiInfo) -> list[TrackedJson]:
        """The JSON that the run tracked, and what could not be read of its tracked files."""
        loaders = info.context.loaders
        documents = {each.dataset: each.data for each in await loaders.documents.load(self.id)}
        return [
            TrackedJson.of(artifact, documents.get(artifact.dataset))
            for artifact in await loaders.artifacts.load(self.id)
            if artifact.dataset in documents
            or (artifact.problem and tracking_group(artifact.type) in (TrackingGroup.METRIC, TrackingGroup.JSON))
        ]

    @strawberry.field(description="Its plots, by dataset.", metadata=cost())
    async def plots(self, info: ApiInfo) -> list[Artifact]:
        """The plots that the run left."""
        found = await info.context.loaders.artifacts.load(self.id)
        return [Artifact.of(each) for each in found if tracking_group(each.type) is TrackingGroup.PLOT]

    @strawberry.field(description="Every file of every versioned dataset that it saved, by dataset.", metadata=cost())
    async def artifacts(self, info: ApiInfo) -> list[Artifact]:
        """All files that the run left, plots and tracked ones included."""
        return [Artifact.of(each) for each in await info.context.loaders.artifacts.load(self.id)]

    @strawberry.field(
        description="The data that it loaded, then the data that it saved, each by name.", metadata=cost()
    )
    async def data_uses(self, info: ApiInfo) -> list[DataUse]:
        """Which versions of which data the run worked with."""
        return [DataUse.of(use) for use in await info.context.loaders.data_uses.load(self.id)]

    @strawberry.field(
        description="What it logged by step, by name; each thinned out to at most `maxPoints` points, of the steps "
        "from `firstStep` to `lastStep` where these are given.",
        metadata=cost(4),
    )
    async def series(
        self,
        info: ApiInfo,
        names: list[str] | None = None,
        max_points: int = 500,
        first_step: float | None = None,
        last_step: float | None = None,
    ) -> list[Series]:
        """The series of the run, or those of these names."""
        if not MIN_POINTS <= max_points <= MAX_POINTS:
            raise GraphQLError(f"`maxPoints` must be from {MIN_POINTS} to {MAX_POINTS:,}, not {max_points}.")
        if names is not None and len(names) > MAX_SERIES:
            raise GraphQLError(f"At most {MAX_SERIES:,} series can be asked for at once, not {len(names):,}.")
        found = await info.context.loaders.series_summaries(names).load(self.id)
        steps = StepRange(-math.inf if first_step is None else first_step, math.inf if last_step is None else last_step)
        asked = SeriesAsked(None if names is None else tuple(names), max_points, steps)
        return [Series.of(self.id, name, summary, asked) for name, summary in found.items()]

    @strawberry.field(description="The project's source files as it ran; null if none are kept.", metadata=cost(2))
    async def source(self, info: ApiInfo) -> SourceSnapshot | None:
        """The snapshot of the project's code."""
        source = (await info.context.loaders.provenance.load(self.id)).source
        return None if source is None else SourceSnapshot(id=strawberry.ID(source))

    @strawberry.field(
        description="The text of a file of `source`; null if it is not kept, or is no text.", metadata=cost(2)
    )
    async def source_file(self, info: ApiInfo, path: str) -> str | None:
        """One file of the snapshot."""
        source = (await info.context.loaders.provenance.load(self.id)).source
        snapshot = None if source is None else await info.context.loaders.snapshots.load(source)
        file = next((file for file in snapshot.files if file.path == path), None) if snapshot else None
        return await _text(info, file.hash if file else None)

    @strawberry.field(
        description="What was changed but not committed, as `git diff` writes it; null if not kept.", metadata=cost()
    )
    async def git_diff(self, info: ApiInfo) -> str | None:
        """The changes of a dirty working tree."""
        return await _text(info, (await info.context.loaders.provenance.load(self.id)).git_diff)

    @strawberry.field(description="What it ran in; null if that is not kept.", metadata=cost(2))
    async def environment(self, info: ApiInfo) -> Environment | None:
        """Python and its packages."""
        content = (await info.context.loaders.provenance.load(self.id)).environment
        found = None if content is None else await info.context.loaders.environments.load(content)
        return None if content is None or found is None else Environment.of(content, found)

    @strawberry.field(description="What it was told to do; null if that is not kept.", metadata=cost(2))
    async def configuration(self, info: ApiInfo) -> Configuration | None:
        """Parameters, catalog and how the run was started."""
        configuration = (await info.context.loaders.provenance.load(self.id)).configuration
        found = None if configuration is None else await info.context.loaders.configurations.load(configuration)
        if found is None:
            return None
        info.context.size.add_text(found[1])
        return Configuration.of(found[0])


async def _progress(info: ApiInfo, run_id: str) -> RunProgress:
    nodes = await info.context.loaders.node_runs.load(run_id)
    return RunProgress(done=sum(node.status is NodeStatus.SUCCEEDED for node in nodes), total=len(nodes))


async def _text(info: ApiInfo, content: str | None) -> str | None:
    text = None if content is None else await info.context.loaders.texts.load(content)
    info.context.size.add_text(len(text or ""))
    return text
