"""What a reproduction is made from, and what it holds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kedro_viz.integrations.kedro.reproduction.configuration_files import ConfigurationFiles
from kedro_viz.integrations.kedro.reproduction.input_data import InputData
from kedro_viz.integrations.kedro.reproduction.package_lock import PackageLock
from kedro_viz.integrations.kedro.reproduction.run_command import RunCommand
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.metric import Metric
from kedro_viz.tracking.run import Run
from kedro_viz.tracking.source.source_snapshot import SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment


@dataclass(frozen=True)
class RecordedRun:
    """What is recorded of a run.

    Attributes:
        run: The run.
        session: What the session store kept of it.
        source: Its source snapshot.
        contents: Reads contents of the store by their hashes; leaves out what is missing or broken.
        environment: Its packages and Python, if they are known.
        configuration: Its configuration, if it is known.
        data_uses: What it loaded and saved.
        metrics: Its metrics, to compare with.
    """

    run: Run
    # Any: a session's data is whatever Kedro and its plugins put there.
    session: Mapping[str, Any]
    source: SourceSnapshot
    contents: Callable[[Sequence[str]], Iterable[tuple[str, bytes]]]
    environment: Environment | None
    configuration: Configuration | None
    data_uses: Sequence[DataUse]
    metrics: Sequence[Metric]


@dataclass
class Reproduction:
    """What was written, and what was not.

    Attributes:
        recorded: The run.
        root: The folder.
        command: The command that runs it again.
        configuration: What was added to the configuration.
        has_configuration: Whether the run's configuration is known.
        script: The name of the script with the command.
        guide: The name of the file that tells all this.
        requirements: The name of the file of packages; None if they are not known.
        packages: What it holds.
        written: How many files of the snapshot were written.
        missing: Files of the snapshot that were not, each with the reason.
        redacted: Files in which secrets were replaced.
        copied: Inputs that were copied.
        inputs: All inputs.
        writes_outside: What running it again saves outside of the folder.
        made_a_project: Whether the run was started from an installed package, whose code is a project's now.
        package: The package to start, where its code is not there.
        other_configuration: Where the run read its configuration if not in its project.
    """

    recorded: RecordedRun
    root: Path
    command: RunCommand
    configuration: ConfigurationFiles
    has_configuration: bool
    script: str = ""
    guide: str = ""
    requirements: str | None = None
    packages: PackageLock | None = None
    written: int = 0
    missing: dict[str, str] = field(default_factory=dict)
    redacted: list[str] = field(default_factory=list)
    copied: list[InputData] = field(default_factory=list)
    inputs: list[InputData] = field(default_factory=list)
    writes_outside: list[DataUse] = field(default_factory=list)
    made_a_project: bool = False
    package: str | None = None
    other_configuration: str | None = None

    @property
    def is_from_python(self) -> bool:
        """Whether the run was started by Python code, such as a notebook's, and not by a command."""
        return not isinstance(self.recorded.session.get("cli"), Mapping)
