"""Gathers what a run runs with, beside the run: source files, git, environment, configuration."""

from __future__ import annotations

import logging
import sys
import time
from collections.abc import Callable, Generator, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kedro.framework import project as kedro_project

from kedro_viz.integrations.kedro.recording.background import Job, background
from kedro_viz.integrations.kedro.recording.run_registry import close_stores

if TYPE_CHECKING:
    from kedro_viz.tracking.recorder import Recorder
    from kedro_viz.tracking.source.source_files import SourceFiles, SourceRoot
    from kedro_viz.tracking.source.source_rules import SourceRules

logger = logging.getLogger(__name__)

# A run that ends sooner than all is gathered waits so long.
FINISH_SECONDS = 2.0

Result = TypeVar("Result")


# Any: run parameters and configuration are what Kedro and users make them.
@dataclass(frozen=True)
class RunSetting:
    """What is known of a run at its beginning.

    Attributes:
        run_id: The run.
        project_path: Its project.
        store: Its session store's file.
        session: The data of its session.
        run_params: What Kedro passes to `before_pipeline_run`; None if it came not so far.
        parameters: The resolved parameters.
        catalog: The configuration of its catalog.
    """

    run_id: str
    project_path: Path
    store: Path
    session: Mapping[str, Any]
    run_params: Mapping[str, Any] | None = None
    parameters: Mapping[str, Any] | None = None
    catalog: Mapping[str, Any] | None = None


@dataclass
class _Gathering:
    """A context that is being gathered."""

    setting: RunSetting
    recorder: Recorder
    job: Job


class RunContexts:
    """The contexts that are being gathered in this process."""

    def __init__(self) -> None:
        self._gatherings: dict[str, _Gathering] = {}

    def gather(self, setting: RunSetting, recorder: Recorder) -> None:
        """Gather the context of a run in the background, and record it."""
        job = background.submit(_gather(setting, recorder))
        self._gatherings[setting.run_id] = _Gathering(setting, recorder, job)

    def finish(self, run_id: str) -> None:
        """Wait a little until the context of a run that has ended is recorded. What takes longer goes on behind it."""
        gathering = self._gatherings.pop(run_id, None)
        if gathering is None:
            return
        until = time.monotonic() + FINISH_SECONDS
        done = background.finish(gathering.job, FINISH_SECONDS)
        if done and gathering.recorder.is_context_in_doubt(run_id):
            # Some of it was left out, because a store had it that is not there any more.
            again = background.submit(_gather(gathering.setting, gathering.recorder))
            done = background.finish(again, max(0.0, until - time.monotonic()))
        if not done:
            logger.debug("The context of run %s is not recorded yet.", run_id)

    def forget(self, run_id: str) -> None:
        """The run is over. What is still being gathered is recorded behind it."""
        self._gatherings.pop(run_id, None)


run_contexts = RunContexts()
"""Those of this process."""


def _gather(setting: RunSetting, recorder: Recorder) -> Iterator[None]:
    # Imported here, beside the run, which does not wait for it.
    from kedro_viz.integrations.kedro.recording.resolved_configuration import resolved_configuration
    from kedro_viz.tracking.source.git import ask_for_head, is_head_elsewhere, remote_address
    from kedro_viz.tracking.source.source_rules import SourceRules
    from kedro_viz.tracking.surroundings.environment import current_environment

    yield
    rules = SourceRules(_configuration_folder(), setting.store)
    # First what may be edited while the run goes on.
    source = yield from _attempted(_source_files(setting, rules))
    diff = yield from _attempted(_changes(setting, rules))
    head = None
    if is_head_elsewhere(setting.project_path):
        head = yield from _attempted(ask_for_head(setting.project_path))
    branch = head.branch if head else None
    remote = yield from _attempted(_at_once(lambda: remote_address(setting.project_path, branch)))
    environment = yield from _attempted(_at_once(current_environment))
    configuration = None
    if setting.run_params is not None:
        run_params, parameters, catalog = setting.run_params, setting.parameters or {}, setting.catalog or {}
        configuration = yield from _attempted(_at_once(lambda: resolved_configuration(run_params, parameters, catalog)))
    yield from recorder.run_context(
        setting.run_id,
        git_head=head,
        git_remote=remote,
        git_diff=diff,
        source=source,
        environment=environment,
        configuration=configuration,
    )
    # The run may have ended before that.
    close_stores()


def _attempted(steps: Generator[None, None, Result]) -> Generator[None, None, Result | None]:
    """What comes of some steps; None if they fail: the rest is recorded all the same."""
    try:
        return (yield from steps)
    except Exception:
        logger.debug("A part of the run's context could not be gathered.", exc_info=True)
        return None


def _at_once(ask: Callable[[], Result]) -> Generator[None, None, Result]:
    result = ask()
    yield
    return result


def _source_files(setting: RunSetting, rules: SourceRules) -> Generator[None, None, SourceFiles]:
    from kedro_viz.tracking.source.source_files import gather_source_files

    return (yield from gather_source_files(_source_roots(setting.project_path), rules))


def _source_roots(project_path: Path) -> list[SourceRoot]:
    """Where the source is: in the project's folder; of a packaged project, where its package is installed."""
    from kedro_viz.tracking.source.source_files import SourceRoot

    name = str(kedro_project.PACKAGE_NAME or "")
    folders = list(getattr(sys.modules.get(name), "__path__", ()))
    package = Path(folders[0]).resolve() if folders else None
    told_as = f"src/{name.replace('.', '/')}"
    roots = []
    if package is not None and not package.is_relative_to(project_path.resolve()):
        roots.append(SourceRoot(package, prefix=f"{told_as}/"))
    configuration = _configuration_folder()
    if (project_path / "pyproject.toml").is_file():
        passes_over = told_as if roots else ""
        roots.append(SourceRoot(project_path, first=("src", configuration), passes_over=passes_over))
    else:
        # A packaged project runs anywhere: what else lies there is none of ours.
        roots.append(SourceRoot(project_path / configuration, prefix=f"{configuration}/"))
    return roots


def _configuration_folder() -> str:
    """The project's folder of configuration, relative to it."""
    folder = Path(str(kedro_project.settings.CONF_SOURCE))
    return "conf" if folder.is_absolute() or ".." in folder.parts else folder.as_posix()


def _changes(setting: RunSetting, rules: SourceRules) -> Generator[None, None, str | None]:
    """The uncommitted changes, without secrets; None if there are none."""
    from kedro_viz.tracking.secrets.source_redaction import redact_diff
    from kedro_viz.tracking.source.git import current_commit, is_head_elsewhere, uncommitted_changes
    from kedro_viz.tracking.source.source_rules import DATA_FOLDERS

    git = setting.session.get("git")
    is_clean = isinstance(git, Mapping) and git.get("dirty") is False
    if is_clean or (current_commit(setting.project_path) is None and not is_head_elsewhere(setting.project_path)):
        return None
    changes = yield from uncommitted_changes(setting.project_path, DATA_FOLDERS)
    if changes is None:
        return None
    redacted = []
    for part in redact_diff(changes, rules.is_only_named):
        redacted.append(part)
        yield
    return "".join(redacted)
