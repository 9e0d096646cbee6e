"""Finds, reads and removes the versioned files of a project's datasets, on local disk or through fsspec."""

from __future__ import annotations

import hashlib
import logging
import os
import re
import shutil
import threading
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, TypeAlias

from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.events import MAX_FILES, TrackedFile
from kedro_viz.tracking.run_setting import RecordedRun

logger = logging.getLogger(__name__)

_CHUNK_BYTES = 256 * 1024


class FileNotAvailableError(Exception):
    """A dataset's version is not there, or is not to be read. The message says which."""


@dataclass(frozen=True)
class VersionFile:
    """A file of a dataset's version.

    Attributes:
        entry: The dataset.
        path: Its path inside the dataset's file system.
        name: Its name inside the version.
        size: In bytes.
        etag: A text that changes when the file does.
    """

    entry: CatalogEntry
    path: str
    name: str
    size: int
    etag: str


@dataclass
class RemovedVersions:
    """What `VersionedFiles.remove_versions` did.

    Attributes:
        count: How many versions of datasets were removed.
        bytes: How large their files were.
        kept: The runs of which some version could not be removed.
        problems: Why, in sentences for users.
    """

    count: int = 0
    bytes: int = 0
    kept: set[str] = field(default_factory=set)
    problems: list[str] = field(default_factory=list)


# What the store's records say of runs, by their ids.
Recorded: TypeAlias = Callable[[Sequence[str]], Mapping[str, RecordedRun]]


class VersionedFiles:
    """The files that runs have left, by dataset and run.

    Only versions are touched of which one of these is known, because a record alone may come from anybody:

    - the project's own catalog names the dataset: as the app reads it, or for the environment and the runtime
      parameters of the run;
    - this user's own run has recorded the path in this store: see `path_signature`.

    Args:
        catalog: The project's datasets.
        recorded: What the store's records say of runs.
        store: Where the store is; None to do without what the user's own runs recorded.
    """

    def __init__(self, catalog: Catalog, recorded: Recorded = lambda _: {}, store: Path | None = None) -> None:
        self._catalog = catalog
        self._recorded = recorded
        self._store = store
        # Any: fsspec is not typed.
        self._systems: dict[str, Any] = {}
        self._lock = threading.Lock()

    def places(
        self, runs: Collection[RecordedRun], names: Iterable[str] = ()
    ) -> list[tuple[CatalogEntry, frozenset[str]]]:
        """Where runs may have saved versions: each dataset at each place, with the runs that may have.

        Args:
            runs: The runs.
            names: Datasets that other runs have saved something of, and that a pattern of the catalog may describe.
        """
        names = set(names).union(*({*run.datasets, *run.saved_names} for run in runs))
        of_runs: dict[int, tuple[Catalog, list[RecordedRun]]] = {id(self._catalog): (self._catalog, list(runs))}
        for run in runs:
            catalog = self._catalog.of_run(run.setting) if run.setting is not None else None
            if catalog is not None:
                of_runs.setdefault(id(catalog), (catalog, []))[1].append(run)
        found: dict[tuple[str, str | None], tuple[CatalogEntry, set[str]]] = {}
        for catalog, these in of_runs.values():
            catalog.resolve_recorded(sorted(names))
            for entry in catalog.versioned():
                known = found.setdefault((entry.name, entry.filepath), (entry, set()))
                known[1].update(run.run_id for run in these)
        for run in runs:
            for dataset in run.datasets:
                own = self._own_entry(dataset, run)
                if own is not None:
                    found.setdefault((dataset, own.filepath), (own, set()))[1].add(run.run_id)
        return [(entry, frozenset(run_ids)) for entry, run_ids in found.values()]

    def unlocated(self, runs: Iterable[RecordedRun]) -> list[tuple[str, str, str]]:
        """What runs saved and nobody can find: run, dataset and the reason, as a sentence."""
        unlocated = []
        for run in runs:
            for dataset in run.datasets:
                entries = self._entries(dataset, run)
                if not any(entry.has_versions for entry in entries):
                    unlocated.append((run.run_id, dataset, _why_unlocated(dataset, entries)))
        return unlocated

    def _entries(self, dataset: str, run: RecordedRun) -> list[CatalogEntry]:
        """A dataset by all that is known of where a run saved it: what the catalog says first."""
        entries = []
        of_run = self._catalog.of_run(run.setting) if run.setting is not None else None
        for catalog in (of_run, self._catalog):
            if catalog is not None:
                # Only what is recorded: an address may name anything.
                if dataset in run.datasets:
                    catalog.resolve_recorded([dataset])
                entries.append(catalog.get(dataset))
        return [entry for entry in (*entries, self._own_entry(dataset, run)) if entry is not None]

    def _own_entry(self, dataset: str, run: RecordedRun) -> CatalogEntry | None:
        """A dataset where this user's own run recorded it; None if no such run did."""
        filepath = run.own_filepath(dataset, self._store) if self._store is not None else None
        if filepath is None or not (filepath.startswith("/") or "://" in filepath or re.match("[A-Za-z]:/", filepath)):
            return None
        of_run = self._catalog.of_run(run.setting) if run.setting is not None else None
        for entry in (catalog.get(dataset) for catalog in (of_run, self._catalog) if catalog is not None):
            # The same storage has the same credentials.
            if entry is not None and entry.filepath is not None and _protocol(entry.filepath) == _protocol(filepath):
                return replace(entry, filepath=filepath, versioned=True)
        return CatalogEntry(dataset, run.datasets.get(dataset, ""), filepath, versioned=True)

    def is_local(self, entry: CatalogEntry) -> bool:
        """Whether a dataset's files are on a file system of this machine.

        Raises:
            FileNotAvailableError: If its file system cannot be used.
        """
        return _is_local(self._root(entry)[0])

    def versions(self, entry: CatalogEntry) -> list[str]:
        """The versions of a dataset that are there: one listing of one folder.

        Raises:
            FileNotAvailableError: If the folder cannot be listed.
        """
        files, root = self._root(entry)
        try:
            files.invalidate_cache(root)
            if not files.exists(root):
                return []
            return [PurePosixPath(path.rstrip("/")).name for path in files.ls(root, detail=False)]
        except Exception as error:
            raise FileNotAvailableError(f"The versions of '{entry.name}' cannot be listed: {error}") from error

    def list_files(self, entry: CatalogEntry, run_id: str) -> list[TrackedFile]:
        """The files of one version, with their sizes; empty if the run has none.

        Raises:
            FileNotAvailableError: If they cannot be listed.
        """
        files, root = self._root(entry)
        version = self._version_path(root, run_id)
        try:
            info = files.info(version)
            if info["type"] == "file":
                return [TrackedFile(PurePosixPath(version).name, info.get("size"))]
            found = self._find(files, version)
        except FileNotFoundError:
            return []
        except Exception as error:
            raise FileNotAvailableError(f"The files of '{entry.name}' cannot be listed: {error}") from error
        prefix = version.rstrip("/") + "/"
        return [
            TrackedFile(path.removeprefix(prefix), size) for path, size in sorted(found) if path.startswith(prefix)
        ][:MAX_FILES]

    # Any: fsspec is not typed.
    @staticmethod
    def _find(files: Any, folder: str) -> list[tuple[str, int | None]]:
        """The files below a folder with their sizes: all, or at least as many as are shown."""
        found: list[tuple[str, int | None]] = []
        for _, _, listed in files.walk(folder, detail=True):
            found += [(each["name"], each.get("size")) for each in listed.values() if each["type"] == "file"]
            if len(found) >= MAX_FILES:
                break
        return found

    def locate(self, dataset: str, run_id: str, name: str) -> VersionFile:
        """Find one file of a run.

        Args:
            dataset: A dataset.
            run_id: The run, which is also the version.
            name: The file's name inside the version.

        Raises:
            FileNotAvailableError: If there is no such dataset, version or file, or the path leads elsewhere.
        """
        entries = self._entries(dataset, self._recorded([run_id]).get(run_id) or RecordedRun(run_id))
        error: FileNotAvailableError | None = None
        for entry in entries:
            if entry.has_versions:
                try:
                    return self.locate_in(entry, run_id, name)
                except FileNotAvailableError as failure:
                    error = error or failure
        raise error or FileNotAvailableError(_why_unlocated(dataset, entries))

    def locate_in(self, entry: CatalogEntry, run_id: str, name: str) -> VersionFile:
        """Find one file of a run's version of a dataset.

        Raises:
            FileNotAvailableError: If there is no such version or file, or the path leads elsewhere.
        """
        dataset = entry.name
        files, root = self._root(entry)
        version = self._version_path(root, run_id)
        path = version if name == PurePosixPath(version).name else f"{version}/{_relative(name)}"
        if _is_local(files):
            _check_inside(path, root)
        try:
            info = files.info(path)
        except FileNotFoundError:
            raise FileNotAvailableError(f"Run '{run_id}' has no file '{name}' of '{dataset}'.") from None
        except Exception as error:
            raise FileNotAvailableError(f"The file '{name}' of '{dataset}' cannot be read: {error}") from error
        if info["type"] != "file":
            raise FileNotAvailableError(f"'{name}' of '{dataset}' is a folder.")
        size = int(info.get("size") or 0)
        mark = f"{path} {size} {info.get('mtime')} {info.get('ETag')} {info.get('LastModified')}"
        return VersionFile(entry, path, name, size, hashlib.sha256(mark.encode()).hexdigest()[:32])

    def read(self, file: VersionFile, limit: int | None = None) -> bytes:
        """A file's first bytes, or all of it.

        Raises:
            FileNotAvailableError: If it cannot be read.
        """
        try:
            with self._open(file) as opened:
                return opened.read(limit if limit is not None else -1)
        except Exception as error:
            raise FileNotAvailableError(f"The file '{file.name}' cannot be read: {error}") from error

    def stream(self, file: VersionFile, start: int, end: int) -> Iterator[bytes]:
        """The bytes from `start` up to and without `end`, in chunks."""
        with self._open(file) as opened:
            opened.seek(start)
            left = end - start
            while left > 0 and (chunk := opened.read(min(_CHUNK_BYTES, left))):
                left -= len(chunk)
                yield chunk

    def remove_versions(self, runs: Collection[RecordedRun]) -> RemovedVersions:
        """Remove all that runs have saved as versions of their own: the folders `<filepath>/<run_id>` and nothing else.

        Args:
            runs: The runs.

        Returns:
            What was removed, and what could not be.
        """
        removed = RemovedVersions()
        for run_id, dataset, reason in self.unlocated(runs):
            removed.problems.append(f"The files of '{dataset}' of run '{run_id}' stay where they are. {reason}")
        for entry, run_ids in self.places(runs):
            try:
                found = sorted(run_ids.intersection(self.versions(entry)))
            except FileNotAvailableError as error:
                removed.kept.update(run_ids)
                removed.problems.append(str(error))
                continue
            for run_id in found:
                try:
                    size = self._remove_version(entry, run_id)
                except FileNotAvailableError as error:
                    removed.kept.add(run_id)
                    removed.problems.append(str(error))
                else:
                    removed.count += size is not None
                    removed.bytes += size or 0
        return removed

    def _remove_version(self, entry: CatalogEntry, run_id: str) -> int | None:
        """Remove a version's folder.

        Returns:
            How many bytes its files had; None if what is there is no version.

        Raises:
            FileNotAvailableError: If it cannot be removed.
        """
        files, root = self._root(entry)
        folder = f"{root}/{_segment(run_id)}"
        try:
            if not self._is_version(files, root, run_id):
                logger.warning("'%s' is no version that Kedro saved. It stays as it is.", folder)
                return None
            size = sum(int(each.get("size") or 0) for each in files.find(folder, detail=True).values())
            if _is_local(files):
                shutil.rmtree(folder)
            else:
                files.rm(folder, recursive=True)
        except Exception as error:
            raise FileNotAvailableError(f"The files of '{entry.name}' of run '{run_id}' stay: {error}") from error
        return size

    def _is_version(self, files: Any, root: str, run_id: str) -> bool:
        """Whether a run's folder, and nothing else, is what would be removed."""
        # Kedro saves a version as `<filepath>/<version>/<name of filepath>`.
        if not files.exists(self._version_path(root, run_id)):
            return False
        if _is_local(files):
            # A link may lead anywhere.
            return os.path.realpath(f"{root}/{run_id}") == str(Path(os.path.realpath(root)) / run_id)
        # fsspec takes a path with these for a pattern of paths.
        return not any(character in root for character in "*?[")

    def _open(self, file: VersionFile) -> BinaryIO:
        files, _ = self._root(file.entry)
        opened: BinaryIO = files.open(file.path, "rb")
        return opened

    def _root(self, entry: CatalogEntry) -> tuple[Any, str]:
        """The file system of a dataset, and the folder that holds its versions."""
        import fsspec

        if entry.filepath is None:
            raise FileNotAvailableError(f"'{entry.name}' is not kept in files.")
        protocol, _ = fsspec.core.split_protocol(entry.filepath)
        options = {key: value for key, value in entry.fs_args.items() if not key.startswith("open_args")}
        options.update(entry.credentials)
        key = f"{protocol} {sorted(options.items(), key=lambda item: item[0])!r}"
        try:
            with self._lock:
                if key not in self._systems:
                    self._systems[key] = fsspec.filesystem(protocol or "file", **options)
                files = self._systems[key]
            # Any fsspec class can strip the protocol from a URL of its own.
            return files, str(files._strip_protocol(entry.filepath))  # noqa: SLF001
        except Exception as error:
            raise FileNotAvailableError(f"The file system of '{entry.name}' cannot be used: {error}") from error

    def _version_path(self, root: str, run_id: str) -> str:
        return f"{root}/{_segment(run_id)}/{PurePosixPath(root).name}"


def _protocol(filepath: str) -> str:
    return filepath.partition("://")[0] if "://" in filepath else ""


def _why_unlocated(dataset: str, entries: Sequence[CatalogEntry]) -> str:
    problem = next((entry.problem for entry in entries if entry.problem is not None), None)
    if problem is not None:
        return f"The catalog entry of '{dataset}' cannot be used. {problem}"
    if any(entry.type.endswith(("PartitionedDataset", "IncrementalDataset")) for entry in entries):
        return f"'{dataset}' is kept in partitions, which several runs share. Open its folder."
    return f"'{dataset}' is not a versioned dataset of this project's catalog."


def _segment(run_id: str) -> str:
    if not run_id or run_id in (".", "..") or any(character in run_id for character in "/\\\0*?["):
        raise FileNotAvailableError(f"'{run_id}' cannot be a version.")
    return run_id


def _relative(name: str) -> str:
    parts = PurePosixPath(name).parts
    if not parts or name.startswith("/") or ".." in parts or any(character in name for character in "\\\0"):
        raise FileNotAvailableError(f"'{name}' is not a name inside a version.")
    return "/".join(parts)


def _is_local(files: Any) -> bool:
    protocol = files.protocol
    return "file" in ((protocol,) if isinstance(protocol, str) else protocol)


def _check_inside(path: str, root: str) -> None:
    # A link inside a version may point anywhere on the disk.
    real_root = os.path.realpath(root)
    if os.path.commonpath([os.path.realpath(path), real_root]) != real_root:
        raise FileNotAvailableError("The file leads outside the dataset's folder.")
