"""Which files of the project may be copied into a reproduction. The record that asks for them may come from anyone."""

from __future__ import annotations

import os
import re
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kedro_viz.integrations.kedro.project.project import conf_source, read_catalog_config
from kedro_viz.integrations.kedro.reproduction.new_folder import RefusedFileError
from kedro_viz.integrations.kedro.reproduction.path_in_project import path_in_project
from kedro_viz.tracking.source.source_rules import SourceRules

# Kedro's folder for data. What a record alone names is only ever copied from there, and only if the user says so.
DATA_FOLDER = "data"
# Kedro's default, which may be there beside the folder that the settings name.
_CONFIGURATION = "conf"
_ENVIRONMENT = re.compile(r"[A-Za-z0-9_][\w.-]*", re.ASCII)

# A folder with more is not gone through.
_MAX_FILES = 100_000

NOT_IN_CATALOG = "the project's catalog does not name it"


@dataclass(frozen=True)
class FileToCopy:
    """A file of the project: its path relative to it, and its size in bytes."""

    path: str
    size: int


@dataclass(frozen=True)
class FilesToCopy:
    """What of a dataset's file or folder is copied, and what is not: the reason by path."""

    files: tuple[FileToCopy, ...]
    left_out: dict[str, str]

    @property
    def size(self) -> int:
        """In bytes."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class CopyRules:
    """The rules of one project. What the user's own catalog names is data; all else only seems to be.

    Attributes:
        project: The project's root.
        catalog: The paths of its datasets, relative to it. A dataset may be a folder.
        configuration: Its folders of configuration, relative to it.
        store: The session store's file.
        recorded_data: Whether the user also wants files below `data` that only the record names.
    """

    project: Path
    catalog: frozenset[str] = frozenset()
    configuration: frozenset[str] = frozenset({_CONFIGURATION})
    store: Path | None = None
    recorded_data: bool = False

    def refusal(self, path: str) -> str | None:
        """Why nothing at a path may be copied; None if it may. Nothing is looked at.

        Args:
            path: Relative to the project, with forward slashes, without `..`.
        """
        if (reason := self._secrecy(path)) is not None:
            return reason
        if self.recorded_data and path.startswith(f"{DATA_FOLDER}/"):
            return None
        return None if any(_is_in(path, each) for each in self.catalog) else NOT_IN_CATALOG

    def files(self, path: str) -> FilesToCopy:
        """The plain files at a path. Links are not followed, whether they are files or folders on the way.

        Args:
            path: As for `refusal`, which must have had nothing against it.

        Raises:
            RefusedFileError: If there is something else than files and folders. The message says what.
            FileNotFoundError: If there is nothing.
        """
        place = self.project
        for part in path.split("/"):
            # On some disks a folder opens by several names: only its own one tells what it is.
            if part not in _names(place):
                if os.path.lexists(place / part):
                    raise RefusedFileError("it has another name on the disk")
                raise FileNotFoundError(path)
            place /= part
            if _is_link(place):
                raise RefusedFileError(f"'{place.relative_to(self.project).as_posix()}' is a link")
        found: list[FileToCopy] = []
        left_out: dict[str, str] = {}
        for inner, status in _below(place, path):
            if len(found) + len(left_out) >= _MAX_FILES:
                raise RefusedFileError(f"it has more than {_MAX_FILES:,} files")
            if isinstance(status, str):
                left_out[inner] = status
            elif (reason := self._secrecy(inner)) is not None:
                left_out[inner] = reason
            else:
                found.append(FileToCopy(inner, status))
        if path in left_out:
            raise RefusedFileError(left_out[path])
        return FilesToCopy(tuple(sorted(found, key=lambda file: file.path)), left_out)

    def _secrecy(self, path: str) -> str | None:
        rules = SourceRules(_CONFIGURATION, self.store)
        if any(part.startswith(".") for part in path.split("/")):
            return "it is hidden"
        if any(_is_in(path.casefold(), each.casefold()) for each in self.configuration):
            return "it is configuration, which may hold credentials"
        if rules.may_hold_secrets(path):
            return "files of that name hold secrets"
        # Also a folder that holds the store, or the trash and the spool beside it.
        if any(rules.is_of_store(each) for each in (self.project / path, *(self.project / path).parents)):
            return "it belongs to the session store"
        return None


def copy_rules(
    project: Path, store: Path, env: str | None, datasets: Iterable[str], *, recorded_data: bool
) -> CopyRules:
    """The rules of a project, by its catalog as it is now. The project must have been bootstrapped.

    Args:
        project: Its root.
        store: Its session store's file.
        env: The environment that the run had, whose catalog counts too if the project has one of that name.
        datasets: Names that the catalog may have a pattern for.
        recorded_data: See `CopyRules`.
    """
    source, names = conf_source(project), list(datasets)
    envs: list[str | None] = [None]
    if env and _ENVIRONMENT.fullmatch(env) and (source / env).is_dir():
        envs.append(env)
    paths: set[str] = set()
    for each in envs:
        config, _ = read_catalog_config(project, each, None)
        paths |= config.paths(names) if config else set()
    configuration = {_CONFIGURATION, path_in_project(str(source), str(project)) or _CONFIGURATION}
    inside = (path_in_project(path, str(project)) for path in paths)
    return CopyRules(
        project, frozenset(path for path in inside if path), frozenset(configuration), store, recorded_data
    )


def _is_in(path: str, folder: str) -> bool:
    return path == folder or path.startswith(f"{folder}/")


def _names(folder: Path) -> frozenset[str]:
    try:
        return frozenset(entry.name for entry in folder.iterdir())
    except NotADirectoryError:
        return frozenset()
    except OSError as error:
        raise RefusedFileError(f"it cannot be read ({error.strerror})") from error


def _is_link(path: Path) -> bool:
    # A junction is how Windows links folders. Older Pythons cannot tell one, but nor does their `rmtree`.
    if sys.version_info >= (3, 12) and path.is_junction():
        return True
    return path.is_symlink()


def _below(place: Path, path: str) -> Iterator[tuple[str, int | str]]:
    """All that is at a path: its path, with the size of a plain file and the reason against anything else."""
    waiting = [(place, path)]
    while waiting:
        each, name = waiting.pop()
        try:
            mode = each.lstat()
            if stat.S_ISREG(mode.st_mode):
                yield name, mode.st_size
            elif stat.S_ISDIR(mode.st_mode) and not _is_link(each):
                waiting += [(inner, f"{name}/{inner.name}") for inner in each.iterdir()]
            else:
                yield name, "it is a link" if _is_link(each) else "it is no plain file"
        except OSError as error:
            yield name, f"it cannot be read ({error.strerror})"
