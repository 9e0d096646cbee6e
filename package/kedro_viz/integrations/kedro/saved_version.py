"""Where Kedro has just saved a tracked dataset."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from kedro.io import AbstractVersionedDataset, CachedDataset

from kedro_viz.tracking.content import TrackedContent, content_of, read_content, size_problem
from kedro_viz.tracking.dataset_types import TrackingGroup, short_type_name, tracking_group
from kedro_viz.tracking.events import TrackedFile

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol

# A dataset that saves a folder of plots may hold thousands; the record names this many.
MAX_FILES = 500


@dataclass(frozen=True)
class SavedVersion:
    """One version of a tracked dataset: its short type name, its path, and the files in it."""

    type: str
    path: str
    files: list[TrackedFile]
    is_local: bool = False


# Any: catalogs and data of every kind.
def saved_version(catalog: CatalogProtocol[Any, Any], dataset_name: str, data: Any) -> SavedVersion | None:
    """Describe the version that a dataset has just saved.

    Args:
        catalog: The run's catalog.
        dataset_name: The dataset.
        data: What was saved: for plots, a mapping or a list makes a folder of files.

    Returns:
        None for a dataset that is not tracked or not versioned.
    """
    dataset = catalog.get(dataset_name)
    if isinstance(dataset, CachedDataset):
        dataset = dataset._dataset  # noqa: SLF001 - Kedro has no public way to the dataset that is cached
    if not isinstance(dataset, AbstractVersionedDataset):
        return None
    type_name = _tracked_type(type(dataset))
    save_version = dataset.resolve_save_version()
    if type_name is None or save_version is None:
        return None
    path = dataset._get_versioned_path(save_version)  # noqa: SLF001 - `_get_save_path` refuses paths that exist
    protocol = getattr(dataset, "_protocol", "file")
    if protocol in ("file", "local", ""):
        return SavedVersion(type_name, str(path), _local_files(Path(path)), is_local=True)
    # Remote files are not looked at: that would hold the run up.
    return SavedVersion(type_name, f"{protocol}://{path}", _expected_files(path, data))


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
        return content_of(_as_saved(data) if group is TrackingGroup.METRIC else data, group)
    path = Path(version.path)
    problem = size_problem(path.stat().st_size)
    return TrackedContent(problem=problem) if problem else read_content(path.read_bytes(), group)


def _as_saved(data: Any) -> Any:
    """Metrics as our dataset writes them, so that the index says what the file says."""
    from kedro_viz.integrations.kedro.datasets.tracking.plain_json import plain_json

    try:
        return plain_json(data)
    except Exception:  # noqa: BLE001 - a dataset with an encoder of its own may have written what we cannot
        return data


def _tracked_type(dataset_class: type) -> str | None:
    """The short type name of a tracked class, or of the one that a user's class is derived from."""
    for base in dataset_class.__mro__:
        name = f"{base.__module__}.{base.__qualname__}"
        if tracking_group(name) is not None:
            return short_type_name(name)
    return None


def _local_files(path: Path) -> list[TrackedFile]:
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if file.is_file())[:MAX_FILES]
        return [TrackedFile(file.relative_to(path).as_posix(), file.stat().st_size) for file in files]
    return [TrackedFile(path.name, path.stat().st_size if path.exists() else None)]


def _expected_files(path: PurePosixPath, data: Any) -> list[TrackedFile]:
    # As MatplotlibDataset names them: see its `save`.
    if isinstance(data, Mapping) and path.suffix == "":
        return [TrackedFile(str(name)) for name in list(data)[:MAX_FILES]]
    if isinstance(data, list) and path.suffix == "":
        return [TrackedFile(f"{index}.png") for index in range(min(len(data), MAX_FILES))]
    return [TrackedFile(path.name)]
