"""Where Kedro has just saved a version of a dataset."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kedro_viz.integrations.kedro.recording.built_datasets import built_dataset, place, type_name, written_version
from kedro_viz.tracking.content import TrackedContent, content_of, read_content, size_problem
from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.events import MAX_FILES, TrackedFile

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol

# So many entries of a folder are looked at, at most, to name the first ones.
_MAX_ENTRIES = 5_000


@dataclass(frozen=True)
class SavedVersion:
    """One version of a dataset: its short type name, its path, the files in it, and why these are not all."""

    type: str
    path: str
    files: list[TrackedFile]
    is_local: bool = False
    problem: str | None = None


# Any: catalogs and data of every kind.
def saved_version(catalog: CatalogProtocol[Any, Any], dataset_name: str, data: Any) -> SavedVersion | None:
    """Describe the version that a dataset has just saved.

    Args:
        catalog: The run's catalog.
        dataset_name: The dataset.
        data: What was saved: for plots, a mapping or a list makes a folder of files.

    Returns:
        None for a dataset that is not versioned.
    """
    dataset = built_dataset(catalog, dataset_name)
    version = written_version(dataset) if dataset is not None else None
    where = place(dataset, version) if dataset is not None and version is not None else None
    if dataset is None or where is None:
        return None
    kind = type_name(dataset)
    if where.is_local:
        files = _local_files(Path(where.path))
    else:
        # Remote files are not looked at: that would hold the run up.
        files = _expected_files(PurePosixPath(where.path), data, tracking_group(kind))
    return SavedVersion(kind, where.path, files[:MAX_FILES], where.is_local, _too_many(len(files)))


def content_saved(version: SavedVersion, data: Any) -> TrackedContent:
    """What a version of a metrics or JSON dataset holds, without holding the run up.

    Args:
        version: Where it was saved.
        data: What was saved. Only looked at where the file is not on this machine: the file says what readers will
            find, and its size tells at once whether it is too large to be shown.
    """
    group = tracking_group(version.type)
    if group is None or group is TrackingGroup.PLOT:
        return TrackedContent()
    if not version.is_local:
        return content_of(as_saved(data) if group is TrackingGroup.METRIC else data, group)
    path = Path(version.path)
    problem = size_problem(path.stat().st_size)
    return TrackedContent(problem=problem) if problem else read_content(path.read_bytes(), group)


def as_saved(data: Any) -> Any:
    """Metrics as our dataset writes them, so that the index says what the file says."""
    from kedro_viz.integrations.kedro.datasets.tracking.plain_json import plain_json

    try:
        return plain_json(data)
    except Exception:  # noqa: BLE001 - a dataset with an encoder of its own may have written what we cannot
        return data


def _local_files(path: Path) -> list[TrackedFile]:
    if not path.is_dir():
        return [TrackedFile(path.name, path.stat().st_size if path.exists() else None)]
    return [TrackedFile(name, size) for name, size in sorted(_found_in(path))]


def _too_many(files: int) -> str | None:
    if files <= MAX_FILES:
        return None
    count = f"{files:,}{' or more' if files >= _MAX_ENTRIES else ''}"
    return f"The version has {count} files. The first {MAX_FILES:,} are named."


def _found_in(folder: Path) -> list[tuple[str, int]]:
    """Files in a folder and those below, by names relative to it, with their sizes."""
    files: list[tuple[str, int]] = []
    for parent, _, names in os.walk(folder):
        for name in names[: _MAX_ENTRIES - len(files)]:
            file = Path(parent, name)
            if file.is_file():
                files.append((file.relative_to(folder).as_posix(), file.stat().st_size))
        if len(files) >= _MAX_ENTRIES:
            break
    return files


def _expected_files(path: PurePosixPath, data: Any, group: TrackingGroup | None) -> list[TrackedFile]:
    # As MatplotlibDataset names them: see its `save`.
    is_folder = group is TrackingGroup.PLOT and path.suffix == ""
    if is_folder and isinstance(data, Mapping):
        return [TrackedFile(str(name)) for name in data]
    if is_folder and isinstance(data, list):
        return [TrackedFile(f"{index}.png") for index in range(len(data))]
    return [TrackedFile(path.name)]
