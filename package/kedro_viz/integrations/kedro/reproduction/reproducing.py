"""Writes a recorded run as a project of its own: source files, configuration, data, packages and the command."""

from __future__ import annotations

import contextlib
import json
import posixpath
import re
import shutil
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path, PurePosixPath
from typing import TypeAlias

from kedro import __version__ as kedro_version

from kedro_viz.integrations.kedro.project.reproduction_mark import MARK, is_marked, mark_text
from kedro_viz.integrations.kedro.reproduction.configuration_files import (
    ConfigurationFiles,
    configuration_files,
)
from kedro_viz.integrations.kedro.reproduction.configuration_layout import ConfigurationLayout
from kedro_viz.integrations.kedro.reproduction.copy_rules import CopyRules
from kedro_viz.integrations.kedro.reproduction.guide import guide_text, script_text
from kedro_viz.integrations.kedro.reproduction.input_data import (
    InputData,
    InputState,
    input_data,
    loaded_versions,
    outputs_outside,
)
from kedro_viz.integrations.kedro.reproduction.new_folder import FolderError, NewFolder, RefusedFileError, new_folder
from kedro_viz.integrations.kedro.reproduction.package_lock import package_lock
from kedro_viz.integrations.kedro.reproduction.path_in_project import path_in_project
from kedro_viz.integrations.kedro.reproduction.reproduction import RecordedRun, Reproduction
from kedro_viz.integrations.kedro.reproduction.run_command import (
    ARGUMENTS_FILE,
    arguments_text,
    run_command,
)
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.source.source_snapshot import SourceFile

# A snapshot holds some thousand files and some megabytes. What claims more is not one that we took.
_MAX_FILES = 20_000
_MAX_BYTES = 200_000_000

# Where the configuration goes if the run read one from outside of its project.
_OTHER_CONFIGURATION = "conf_of_run"

# Of a run from an installed package the snapshot has its code as if it were a project's.
_PACKAGED_SETTINGS = re.compile(r"src/((?:[A-Za-z_]\w*/)*[A-Za-z_]\w*)/settings\.py", re.ASCII)

_CONFIGURATION_SUFFIXES = (".yml", ".yaml", ".json", ".toml")


# Kedro's own folders for what runs write: a log file's must be there before it is opened.
_OUTPUT_FOLDERS = ("data", "logs")

# Gets the inputs that are to be copied, and answers whether they may be.
Approval: TypeAlias = Callable[[Sequence[InputData]], bool]


class ReproductionError(Exception):
    """The run cannot be reproduced there. The message says why, and what can be done."""


def reproduce(
    recorded: RecordedRun, rules: CopyRules, package: str, target: Path, approve: Approval | None
) -> Reproduction:
    """Write a run as a project of its own.

    Args:
        recorded: The run.
        rules: The project as it is now, and which of its data is copied where it is still what the run had.
        package: The project's Python package.
        target: The folder to write to: a new or an empty one.
        approve: Asked before anything is written, if there is data to copy. None copies none.

    Raises:
        ReproductionError: If it cannot be done, or is not approved. Then nothing is left in the folder.
    """
    try:
        with new_folder(target) as folder:
            return _reproduced(recorded, rules, package, folder, approve)
    except FolderError as error:
        raise ReproductionError(str(error)) from error
    except RecursionError as error:
        raise ReproductionError("The run's configuration is nested too deep to be written.") from error


def _reproduced(
    recorded: RecordedRun, rules: CopyRules, package: str, folder: NewFolder, approve: Approval | None
) -> Reproduction:
    run, configuration, project = recorded.run, recorded.configuration, rules.project
    run_project = str(recorded.session.get("project_path") or project)
    told = configuration.run if configuration else {}
    made = Reproduction(
        recorded,
        folder.root,
        run_command(told, recorded.session, run.runner, loaded_versions(recorded.data_uses, run.id)),
        ConfigurationFiles(),
        has_configuration=configuration is not None,
    )
    made.inputs = input_data(recorded.data_uses, run_project, rules)
    if approve is not None:
        _ask(approve, made.inputs, folder)
    files = _write_source(made, folder)
    layout = ConfigurationLayout.of_files(files)
    if not layout.is_project:
        layout = _as_project(made, files, package, folder)
    layout = _place_configuration(made, layout, files, run_project)
    if configuration is not None:
        made.configuration = configuration_files(run.id, configuration, layout, made.command.env, files, run_project)
    _write_configuration(made, layout, folder)
    _make_output_folders(recorded.data_uses, run_project, project, folder)
    made.writes_outside = outputs_outside(recorded.data_uses, run_project)
    if approve is not None:
        _copy_data(made, folder)
    if recorded.environment is not None:
        made.packages = package_lock(run.id, recorded.environment)
        made.requirements = folder.free_name("requirements-of-run", ".txt")
        folder.write(made.requirements, made.packages.text.encode("utf-8", "replace"))
    if made.command.arguments:
        name = folder.free_name(ARGUMENTS_FILE, ".yml")
        folder.write(name, arguments_text(made.command.arguments).encode("utf-8", "replace"))
        made.command.add("--config", name)
    _mark(made, folder)
    # Last: a folder without them is not whole.
    made.script, made.guide = folder.free_name("run", ".sh"), folder.free_name("REPRODUCE", ".md")
    folder.write(made.guide, guide_text(made, with_data=approve is not None).encode("utf-8", "replace"))
    folder.write(made.script, script_text(made).encode("utf-8", "replace"), executable=True)
    return made


def _write_source(made: Reproduction, folder: NewFolder) -> dict[str, bytes]:
    """Write the files of the snapshot.

    Returns:
        What those hold that tell how the project is configured, by path.
    """
    source = made.recorded.source
    if len(source.files) > _MAX_FILES:
        raise ReproductionError(
            f"The source snapshot names {len(source.files):,} files, which no snapshot of ours does."
        )
    wanted: dict[str, list[SourceFile]] = {}
    for file in source.files:
        if file.hash is None:
            made.missing[file.path] = file.problem or "its content was not kept"
        else:
            wanted.setdefault(file.hash, []).append(file)
    telling: dict[str, bytes] = {}
    total = 0
    for name, data in made.recorded.contents(list(wanted)):
        for file in wanted.pop(name, ()):
            total += len(data)
            if total > _MAX_BYTES:
                raise ReproductionError(f"The source snapshot holds more than {_MAX_BYTES:,} bytes.")
            try:
                folder.write(file.path, data)
            except RefusedFileError as error:
                made.missing[file.path] = str(error)
                continue
            made.written += 1
            if file.redacted:
                made.redacted.append(file.path)
            if file.path.endswith(_CONFIGURATION_SUFFIXES) or PurePosixPath(file.path).name == "settings.py":
                telling[file.path] = data
    for files in wanted.values():
        made.missing.update({file.path: "its content is missing in the store, or damaged" for file in files})
    return telling


def _as_project(made: Reproduction, files: dict[str, bytes], package: str, folder: NewFolder) -> ConfigurationLayout:
    """Make a project of the files of a run that was started from an installed package.

    Args:
        made: What is being made.
        files: The files that tell how a project is configured; the new one is added.
        package: The package to start instead if its code is not among them.
        folder: Where they are.
    """
    found = [match[1] for path in files if (match := _PACKAGED_SETTINGS.fullmatch(path))]
    if not found:
        made.package = package
        made.command.program = ["python", "-m", package]
        return ConfigurationLayout(is_project=False)
    name = min(found, key=len).replace("/", ".")
    version = made.recorded.run.kedro_version or kedro_version
    lines = ["[tool.kedro]"]
    told = {"package_name": name, "project_name": name, "kedro_init_version": version, "source_dir": "src"}
    # A text of JSON is one of TOML.
    lines += [f"{key} = {json.dumps(value)}" for key, value in told.items()]
    files["pyproject.toml"] = "\n".join([*lines, ""]).encode()
    folder.write("pyproject.toml", files["pyproject.toml"])
    made.made_a_project = True
    return ConfigurationLayout.of_files(files)


def _place_configuration(
    made: Reproduction, layout: ConfigurationLayout, files: Mapping[str, bytes], run_project: str
) -> ConfigurationLayout:
    """Where the configuration is in the folder, and the option that says so where it is not where Kedro looks."""
    source = made.command.conf_source
    if source is None:
        return layout
    inside = source.removeprefix(f"{run_project}/")
    if inside != source and any(path.startswith(f"{inside}/") for path in files):
        place = inside
    else:
        place, made.other_configuration = _OTHER_CONFIGURATION, source
    made.command.add("--conf-source", place)
    return ConfigurationLayout(place, layout.base, layout.default, layout.is_project)


def _write_configuration(made: Reproduction, layout: ConfigurationLayout, folder: NewFolder) -> None:
    for path, text in made.configuration.texts.items():
        try:
            folder.write(path, text.encode("utf-8", "replace"))
        except RefusedFileError as error:
            made.missing[path] = str(error)
    # Kedro insists on both folders, and git keeps no empty ones.
    for env in {layout.base, layout.default, made.command.env or layout.default}:
        try:
            folder.make_folder(f"{layout.source}/{env}")
        except RefusedFileError as error:
            made.missing[f"{layout.source}/{env}"] = str(error)


def _make_output_folders(uses: Sequence[DataUse], run_project: str, project: Path, folder: NewFolder) -> None:
    """Make the folders that a run writes to: snapshots leave them out, and not all that writes there makes them."""
    paths = (path_in_project(use.path, run_project) for use in uses if use.saved and use.path)
    folders = {posixpath.dirname(path) for path in paths if path} - {""}
    folders |= {name for name in _OUTPUT_FOLDERS if (project / name).is_dir()}
    for each in sorted(folders):
        # Where there cannot be one, the run says so itself.
        with contextlib.suppress(RefusedFileError):
            folder.make_folder(each)


def _ask(approve: Approval, inputs: Sequence[InputData], folder: NewFolder) -> None:
    wanted = [each for each in inputs if each.may_be_copied]
    size, free = sum(each.files.size for each in wanted if each.files), shutil.disk_usage(folder.root).free
    if size > free:
        raise ReproductionError(
            f"The run's data has {size:,} bytes, and only {free:,} are free there. Leave it out with --no-data."
        )
    if wanted and not approve(wanted):
        raise ReproductionError("Nothing was written. --no-data leaves out the data.")


def _copy_data(made: Reproduction, folder: NewFolder) -> None:
    for each in made.inputs:
        if not each.may_be_copied or each.files is None or each.path is None or each.source is None:
            continue
        refused = dict(each.files.left_out)
        for file in each.files.files:
            source = each.source / file.path.removeprefix(each.path).lstrip("/")
            try:
                # The snapshot may have it too, but where it replaced secrets it is not what the run read.
                folder.copy(source, file.path, replace=each.state is InputState.SAME)
            except RefusedFileError as error:
                refused[file.path] = str(error)
        if each.path not in refused:
            made.copied.append(each)
            _forget_below(made, each.path)
        made.missing.update(refused)


def _forget_below(made: Reproduction, path: str) -> None:
    """Data that was copied is there, and as it was, whatever the snapshot has of it."""

    def is_below(other: str) -> bool:
        return other == path or other.startswith(f"{path}/")

    made.redacted = [other for other in made.redacted if not is_below(other)]
    made.missing = {other: reason for other, reason in made.missing.items() if not is_below(other)}


def _mark(made: Reproduction, folder: NewFolder) -> None:
    try:
        folder.write(MARK, mark_text(printable(made.recorded.run.id)).encode("utf-8", "replace"))
    except RefusedFileError as error:
        # It reproduced another run itself, and has the mark. A folder of that name would not be one.
        if not is_marked(folder.root):
            raise ReproductionError(f"The snapshot has a folder '{MARK}', where a file has to be.") from error
