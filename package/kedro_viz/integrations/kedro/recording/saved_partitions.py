"""What a node saves of a tracked dataset in partitions: a `PartitionedDataset` of `tracking.MetricsDataset`, say."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kedro_viz.integrations.kedro.recording.built_datasets import built_dataset, place
from kedro_viz.integrations.kedro.recording.saved_version import as_saved
from kedro_viz.tracking.content import MAX_FILE_BYTES, content_of, read_content
from kedro_viz.tracking.dataset_types import TrackingGroup, short_type_name, tracking_group
from kedro_viz.tracking.events import FOLDER_MARK, DatasetSaved, TrackedFile
from kedro_viz.tracking.partitioned_content import PartitionedContent

if TYPE_CHECKING:
    from kedro.io import AbstractDataset, CatalogProtocol

# So many files are read, and so many bytes of them: a node may save thousands of partitions.
_MAX_READ = 500

# A generator may save a partition at a time. What has come together is written when there is twice as much, or so long
# after the last time: else each partition would write all before it again.
_WRITE_AGAIN_MS = 10_000

_NOT_READ = "they were made while they were saved, and their files are too many, too large or not on this machine"
_UNREADABLE = "their files cannot be read"


# Any in this module: catalogs and data of every kind.
class SavedPartitions:
    """The partitions that one node saves of one dataset.

    Args:
        dataset: A `PartitionedDataset`.
        kind: The short type name of the dataset that each partition is.
        group: How that is shown: METRIC or JSON.
    """

    def __init__(self, dataset: AbstractDataset[Any, Any], kind: str, group: TrackingGroup) -> None:
        self._dataset: Any = dataset
        self._kind = kind
        self._group = group
        self._content = PartitionedContent()
        self._files_read = 0
        self._bytes_read = 0
        self._changed = False
        self._written_count = 0
        self._written_at = 0

    @classmethod
    def of(cls, catalog: CatalogProtocol[Any, Any], dataset_name: str) -> SavedPartitions | None:
        """The partitions of a dataset; None for one without, or whose partitions are not metrics or JSON."""
        dataset = built_dataset(catalog, dataset_name)
        # kedro-datasets is not imported: that a project uses it is no matter of course.
        if dataset is None or all(base.__name__ != "PartitionedDataset" for base in type(dataset).__mro__):
            return None
        kind = getattr(dataset, "_dataset_type", None)
        for base in kind.__mro__ if isinstance(kind, type) else ():
            name = short_type_name(f"{base.__module__}.{base.__qualname__}")
            group = tracking_group(name)
            if group in (TrackingGroup.METRIC, TrackingGroup.JSON):
                return cls(dataset, name, group)
        return None

    def add(self, data: Any) -> None:
        """Take in what was saved: data by partition. A function in place of data is not called."""
        if not isinstance(data, Mapping):
            return
        if getattr(self._dataset, "_overwrite", False):
            # What was saved before is gone.
            self._content = PartitionedContent()
            self._written_count = 0
        for partition in sorted(data):
            self._add(str(partition), data[partition])
        self._changed = True

    def _add(self, partition: str, data: Any) -> None:
        # The file says what readers will find.
        text = self._text(partition)
        if text is not None:
            self._content.put(partition, read_content(text, self._group))
        elif callable(data):
            self._content.leave_out(partition, _NOT_READ if self._is_beyond(partition) else _UNREADABLE)
        else:
            data = as_saved(data) if self._group is TrackingGroup.METRIC else data
            self._content.put(partition, content_of(data, self._group))

    def _is_beyond(self, partition: str) -> bool:
        """Whether a partition's file is not to be read."""
        path = self._path(partition)
        if path is None or self._files_read >= _MAX_READ:
            return True
        try:
            return self._bytes_read + path.stat().st_size > MAX_FILE_BYTES
        except OSError:
            return False

    def _text(self, partition: str) -> bytes | None:
        path = self._path(partition)
        if path is None or self._is_beyond(partition):
            return None
        try:
            text = path.read_bytes()
        except OSError:
            return None
        self._files_read += 1
        self._bytes_read += len(text)
        return text

    def _path(self, partition: str) -> Path | None:
        """The file that a partition has just been saved in; None for one that is not on this machine."""
        where = place(self._dataset)
        if where is None or not where.is_local:
            return None
        path = Path(self._dataset._partition_to_path(partition))  # noqa: SLF001 - Kedro has no public way
        if "version" not in self._dataset._dataset_config:  # noqa: SLF001
            return path
        save = self._dataset._dataset_config["version"].save  # noqa: SLF001
        return path / save / path.name if save else None

    def is_due(self, now: int) -> bool:
        """Whether what has come together is to be written at this time, in milliseconds."""
        enough = len(self._content) >= 2 * self._written_count
        return self._changed and (enough or now - self._written_at >= _WRITE_AGAIN_MS)

    @property
    def is_changed(self) -> bool:
        """Whether something is not written yet."""
        return self._changed

    def taken(self, run_id: str, dataset_name: str, now: int) -> DatasetSaved | None:
        """What is to be written now: all that was saved so far. None where the place is not known."""
        self._changed = False
        self._written_count = len(self._content)
        self._written_at = now
        where = place(self._dataset)
        if where is None:
            return None
        content = self._content.together()
        # One entry stands for all files: these are of no version, and may be many thousands.
        name = f"{where.path.rstrip('/').rpartition('/')[2]}{FOLDER_MARK}"
        return DatasetSaved(
            run_id=run_id,
            dataset=dataset_name,
            type=self._kind,
            path=where.path,
            files=[TrackedFile(name)],
            metrics=content.metrics,
            document=content.document,
            problem=content.problem,
        )
