"""What tracking knows of a project's datasets, without building them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from kedro_viz.tracking.dataset_types import TrackingGroup, tracking_group
from kedro_viz.tracking.run_setting import RunSetting


@dataclass(frozen=True)
class CatalogEntry:
    """One dataset of a project's catalog.

    Attributes:
        name: The dataset's name, patterns resolved.
        type: Its short type name, such as `plotly.json_dataset.JSONDataset`; empty where that is not known.
        filepath: Its path as fsspec takes it: an absolute local path or a URL; None for datasets without a file.
        versioned: Whether each run saves a version of its own.
        credentials: Arguments for the fsspec file system, resolved. Never logged, stored or sent.
        fs_args: Further arguments for the fsspec file system.
        problem: Why its configuration cannot be used, in sentences for users; None if it can.
    """

    name: str
    type: str
    filepath: str | None = None
    versioned: bool = False
    # Any: these go to fsspec as the user wrote them.
    credentials: Mapping[str, Any] = field(default_factory=dict, repr=False)
    fs_args: Mapping[str, Any] = field(default_factory=dict, repr=False)
    problem: str | None = None

    @property
    def group(self) -> TrackingGroup | None:
        """How the dataset is shown among a run's tracked data; None if it is not tracked."""
        return tracking_group(self.type) if self.has_versions else None

    @property
    def has_versions(self) -> bool:
        """Whether each run saves a version of its own in files."""
        return self.filepath is not None and self.versioned


class Catalog:
    """The datasets of a project, by name. May grow while the server runs, as pipelines tell more names."""

    def __init__(self, entries: Iterable[CatalogEntry] = ()) -> None:
        self._entries = {entry.name: entry for entry in entries}
        self._lock = Lock()

    def update(self, entries: Iterable[CatalogEntry]) -> bool:
        """Add or replace entries.

        Returns:
            Whether anything changed.
        """
        with self._lock:
            merged = {**self._entries, **{entry.name: entry for entry in entries}}
            changed = merged != self._entries
            self._entries = merged
            return changed

    def get(self, name: str) -> CatalogEntry | None:
        """The entry of that name, or None."""
        return self._entries.get(name)

    def resolve_entries(self, names: Iterable[str]) -> list[CatalogEntry]:
        """The entries of these names, as far as they are known."""
        return [entry for name in names if (entry := self.get(name)) is not None]

    def resolve_recorded(self, names: Iterable[str]) -> list[CatalogEntry]:
        """The entries of names that records of runs tell, which may come from elsewhere.

        A name may choose among the places that the catalog allows for, and no other.
        """
        return self.resolve_entries(names)

    def of_run(self, setting: RunSetting) -> Catalog | None:  # noqa: ARG002 - for catalogs that can
        """The project's catalog as runs with a setting had it; None where only this one is known."""
        return None

    def tracked(self, group: TrackingGroup | None = None) -> list[CatalogEntry]:
        """The tracked datasets, in the catalog's order; of one group if given."""
        return [entry for entry in self if entry.group is not None and group in (None, entry.group)]

    def versioned(self) -> list[CatalogEntry]:
        """The datasets of which each run saves its own version in files, tracked or not, in the catalog's order."""
        return [entry for entry in self if entry.has_versions]

    def __iter__(self) -> Iterator[CatalogEntry]:
        return iter(list(self._entries.values()))

    def __len__(self) -> int:
        return len(self._entries)
