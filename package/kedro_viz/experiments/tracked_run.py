"""One recorded run, with what it measured and what it saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from kedro.framework.session import KedroSession
from kedro.io import AbstractDataset

from kedro_viz.experiments.errors import ExperimentsError
from kedro_viz.experiments.opening import opened
from kedro_viz.export.parameter_value import parameter_value
from kedro_viz.integrations.kedro.project.catalog_config import ConfiguredCatalog
from kedro_viz.integrations.kedro.project.recorded_paths import plain_parameters
from kedro_viz.integrations.kedro.project.run_catalogs import is_inside_configuration
from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.events import FOLDER_MARK
from kedro_viz.tracking.metric import python_number
from kedro_viz.tracking.run import Run
from kedro_viz.tracking.run_setting import RecordedRun, RunSetting
from kedro_viz.tracking.series.series import MAX_POINTS

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class TrackedRun:
    """A recorded run.

    Attributes:
        id: Its id, which is the version of all that it saved.
        title: What people call it.
        status: `running`, `succeeded`, `failed`, `cancelled` or `lost`.
        started: When it began, in UTC.
        ended: When it ended, in UTC; None if it goes on.
        author: Who ran it.
        pipeline: What it ran.
        env: Kedro's configuration environment that it ran in; None for the project's default.
        git_sha: The commit that was checked out.
        git_branch: The branch that was checked out.
        tags: What people tagged it with.
        notes: What people wrote of it.
        metrics: Its metrics by `<dataset>.<key>`. Where several metrics of the project share that name, by a longer one
            for each: `["<dataset>"]["<key>"]`. A whole number beyond 2**53 is an `int`, any other a `float`.
        params: Its parameters by their flat names.
        json: Its tracked JSON by dataset.
        datasets: The versions of datasets that `load` can load, by the dataset's name.
        project: The project's folder.
        recorded: What the record says of where the run's files are.
    """

    id: str
    title: str
    status: str
    started: datetime | None
    ended: datetime | None
    author: str | None
    pipeline: str | None
    env: str | None
    git_sha: str | None
    git_branch: str | None
    tags: list[str]
    notes: str
    metrics: Mapping[str, float]
    # Any: JSON of whatever kind the run left.
    params: Mapping[str, Any]
    json: Mapping[str, Any]
    datasets: Mapping[str, str]
    project: Path = field(repr=False)
    recorded: RecordedRun = field(repr=False)

    # Any: whatever the dataset holds.
    def load(self, dataset: str, env: str | None = None) -> Any:
        """Load a dataset in the version that this run saved, or else loaded, through the project's catalog.

        Args:
            dataset: The dataset's name in the catalog. It must be versioned.
            env: The configuration environment; None for the one that the run ran in.

        Returns:
            What the dataset holds: a model, a DataFrame, a figure.

        Raises:
            ExperimentsError: If the run left no version of the dataset, the catalog does not version it any more, or
                the run names an environment that is none of the project's.
            DatasetError: If Kedro cannot load it; its file may have been deleted.
        """
        version = self.datasets.get(dataset)
        if version is None:
            known = f"It has {', '.join(sorted(self.datasets))}." if self.datasets else "It has none."
            raise ExperimentsError(f"The run {self.id} has no version of a dataset '{dataset}'. {known}")
        env = env or self.env
        if env is not None and not is_inside_configuration(env):
            raise ExperimentsError(
                f"The run {self.id} names an environment outside of the project's configuration: {env!r}. Name one by "
                "`env`."
            )
        setting = self.recorded.setting or RunSetting()
        with opened(self.project, env) as found:
            app_catalog = found.project.catalog
            catalog = app_catalog.of_run(replace(setting, env=env)) or app_catalog
            entry = next(iter(catalog.resolve_recorded([dataset])), None)
            store = found.project.store_location
        if version == self.id and store is not None and not _is_there(entry, version):
            own = self.recorded.own_filepath(dataset, store)
            if own is not None and (entry is None or own != entry.filepath):
                return self._load_from(own, dataset, version, catalog, entry)
        if entry is not None and entry.problem is not None:
            raise ExperimentsError(f"The catalog entry of '{dataset}' cannot be used. {entry.problem}")
        if entry is None or not entry.has_versions:
            what = "is not in the catalog any more" if entry is None else "is not versioned in the catalog any more"
            raise ExperimentsError(f"The dataset '{dataset}' {what}: the version {version} cannot be loaded.")
        if isinstance(catalog, ConfiguredCatalog) and not catalog.has_fixed_configuration(dataset):
            raise ExperimentsError(
                f"The runtime parameters that the run {self.id} has recorded decide of more of '{dataset}' than where "
                "it is kept, such as its type. It is not loaded by what a record says."
            )
        params = plain_parameters(setting.params)
        session = KedroSession.create(self.project, save_on_close=False, env=env, runtime_params=params or None)
        return session.load_context().catalog.load(dataset, version=version)

    def _load_from(
        self, filepath: str, dataset: str, version: str, catalog: Catalog, entry: CatalogEntry | None
    ) -> Any:
        """Load a version from where this user's own run recorded it, by what the catalog says of the dataset else."""
        config = catalog.config_of(dataset) if isinstance(catalog, ConfiguredCatalog) else None
        if config is None or "filepath" not in config:
            reason = entry.problem if entry is not None and entry.problem else "The catalog does not say how any more."
            raise ExperimentsError(f"The dataset '{dataset}' cannot be loaded from '{filepath}'. {reason}")
        config = {**config, "filepath": filepath, "versioned": True}
        return AbstractDataset.from_config(dataset, config, load_version=version).load()

    def series(self, name: str) -> list[tuple[float, float]]:
        """What the run logged with `log_metric` under a name: all points, as (step, value), by step.

        Raises:
            ExperimentsError: If it logged nothing under that name.
        """
        with opened(self.project) as found:
            for each in found.repository.series.read([self.id], [name], MAX_POINTS):
                return list(zip(each.points.steps, each.points.values, strict=True))
            names = sorted({known for _, known, _ in found.repository.series.summaries([self.id], None)})
        known = f"It logged {', '.join(names)}." if names else "It logged none."
        raise ExperimentsError(f"The run {self.id} logged no series '{name}'. {known}")


def load_run(run_id: str = "latest", project: Path | str | None = None) -> TrackedRun:
    """Load a recorded run of a project.

    Args:
        run_id: Its id, the beginning of one that no other run's id has, or `latest`.
        project: A folder of the Kedro project; None for the one of the current folder.

    Raises:
        ExperimentsError: If there is no such run, project or store.
    """
    with opened(project) as found:
        wanted = found.repository.find_run(run_id)
        runs = found.repository.runs.get([wanted.run_id]) if wanted.run_id else []
        if not runs:
            near = f" The nearest are {', '.join(wanted.candidates)}." if wanted.candidates else ""
            several = f"{wanted.matching:,} runs have an id that begins with" if wanted.matching else "There is no run"
            raise ExperimentsError(f"{several} '{run_id}'.{near}")
        return _tracked(runs[0], found.repository, found.project.path)


def _tracked(run: Run, repository: RunRepository, project: Path) -> TrackedRun:
    ids = [run.id]
    records = repository.records
    # What the run saved counts more than what it read.
    versions = {
        use.dataset: use.version
        for use in records.data_uses(ids).get(run.id, [])
        if use.version and _is_name(use.version) and _is_name(use.dataset)
    }
    if _is_name(run.id):
        versions |= {
            each.dataset: run.id
            for each in records.artifacts(ids).get(run.id, [])
            # A folder of partitions is of no version.
            if _is_name(each.dataset) and not each.name.endswith(FOLDER_MARK)
        }
    return TrackedRun(
        id=run.id,
        title=run.title,
        status=run.status.value,
        started=_moment(run.started_at),
        ended=_moment(run.ended_at),
        author=run.author,
        pipeline=run.pipeline,
        env=run.env,
        git_sha=run.git_sha,
        git_branch=run.git_branch,
        tags=repository.tags.of_runs(ids).get(run.id, []),
        notes=run.notes,
        metrics={each.id: python_number(each.value) for each in repository.metrics.of_runs(ids).get(run.id, [])},
        params={each.name: parameter_value(each.value) for each in records.parameters(ids).get(run.id, [])},
        json={each.dataset: parameter_value(each.data) for each in records.documents(ids).get(run.id, [])},
        datasets=versions,
        project=project,
        recorded=records.recorded_runs(ids).get(run.id) or RecordedRun(run.id),
    )


def _is_name(text: str) -> bool:
    """Whether a text may be part of a path: a shared store may hold anything."""
    return text not in ("", ".") and ".." not in text and not any(character in text for character in "/\\\0")


def _is_there(entry: CatalogEntry | None, version: str) -> bool:
    """Whether a version is where the catalog says that the dataset is."""
    if entry is None or not entry.has_versions:
        return False
    try:
        return version in VersionedFiles(Catalog()).versions(entry)
    except FileNotAvailableError:
        return False


def _moment(milliseconds: int | None) -> datetime | None:
    return None if milliseconds is None else _EPOCH + timedelta(milliseconds=milliseconds)
