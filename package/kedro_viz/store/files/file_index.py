"""Fills the index of runs that came without it: an old store, an older colleague's, a run whose hook was off."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from kedro_viz.store.errors import StoreError
from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.catalog import CatalogEntry
from kedro_viz.tracking.content import MAX_FILE_BYTES, TrackedContent, read_content, size_problem
from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.events import DatasetSaved, TrackedFile
from kedro_viz.tracking.run_setting import RecordedRun

logger = logging.getLogger(__name__)

# One transaction for so many files: quick, and a run that is being recorded never waits long for the lock.
_BATCH = 50


@dataclass(frozen=True)
class IndexProgress:
    """How far the index is: files done, files in all, and whether work goes on."""

    running: bool = False
    done: int = 0
    total: int = 0


class FileIndex:
    """Reads versioned files into the store, each once.

    Args:
        repository: Tells which runs there are, and what of them is known.
        writer: Takes what the files say.
        files: The versioned files.
        on_progress: Called after each step, from the thread that works.
    """

    def __init__(
        self,
        repository: RunRepository,
        writer: SQLiteWriter,
        files: VersionedFiles,
        on_progress: Callable[[], None],
    ) -> None:
        self._repository = repository
        self._writer = writer
        self._files = files
        self._on_progress = on_progress
        self._stopped = threading.Event()
        self._told: set[str] = set()
        # For each dataset elsewhere than on this machine, the runs whose versions were looked for.
        self._looked_for: dict[tuple[str, str | None], AbstractSet[str]] = {}
        # What is recorded of runs whose files may not be: a run that has ended says nothing else later.
        self._recorded: dict[str, RecordedRun] = {}
        self.progress = IndexProgress()
        self.is_complete = True
        """Whether the last filling read all that it was to read. What it passed over may be there the next time."""

    def stop(self) -> None:
        """End after the file that is being read."""
        self._stopped.set()

    def fill(self) -> int:
        """Index every version of a dataset that belongs to a run, when that is over, and is not in the store yet.

        Of all datasets it is written down which files there are; of metrics and JSON datasets also what is in them.

        Returns:
            How many versions were looked at.
        """
        self.is_complete = True
        missing = self._missing()
        if not missing:
            return 0
        self._report(IndexProgress(running=True, total=len(missing)))
        done = 0
        try:
            for batch in _batches(missing):
                if self._stopped.is_set():
                    break
                events = [event for entry, run_id in batch if (event := self._read(entry, run_id)) is not None]
                self._writer.apply(events)
                done += len(batch)
                self._report(IndexProgress(running=True, done=done, total=len(missing)))
        except StoreError as error:
            self._looked_for.clear()
            self._pass_over(f"The index of versioned files could not be filled: {error}")
        finally:
            self._report(IndexProgress(done=done, total=len(missing)))
        return done

    def _missing(self) -> list[tuple[CatalogEntry, str]]:
        unrecorded = self._repository.runs.ids_with_unrecorded_files()
        missing: list[tuple[CatalogEntry, str]] = []
        for entry, run_ids in self._files.places(self._runs(unrecorded), self._repository.records.dataset_names()):
            place = (entry.name, entry.filepath)
            looked_for = self._looked_for.get(place, frozenset())
            wanted = set(run_ids) - looked_for - self._repository.records.indexed_runs(entry.name)
            # A folder on another continent is listed once for all runs that there are, and then for new ones only.
            if not wanted:
                continue
            try:
                wanted.intersection_update(self._files.versions(entry))
            except FileNotAvailableError as error:
                self._pass_over(str(error))
                continue
            if not self._files.is_local(entry):
                self._looked_for[place] = run_ids
            missing += [(entry, run_id) for run_id in sorted(wanted, reverse=True)]
        return missing

    def _runs(self, run_ids: AbstractSet[str]) -> list[RecordedRun]:
        new = sorted(run_ids - self._recorded.keys())
        known = {run_id: run for run_id, run in self._recorded.items() if run_id in run_ids}
        self._recorded = known | self._repository.records.recorded_runs(new)
        return list(self._recorded.values())

    def _read(self, entry: CatalogEntry, run_id: str) -> DatasetSaved | None:
        try:
            files = self._files.list_files(entry, run_id)
            if not files:
                return None
            content = self._content(entry, run_id, files)
        except FileNotAvailableError as error:
            # It may be there the next time: nothing is written down.
            self._looked_for.pop((entry.name, entry.filepath), None)
            self._pass_over(str(error))
            return None
        return DatasetSaved(
            run_id=run_id,
            dataset=entry.name,
            type=entry.type,
            path=f"{entry.filepath}/{run_id}",
            files=files,
            metrics=content.metrics,
            document=content.document,
            problem=content.problem,
        )

    def _content(self, entry: CatalogEntry, run_id: str, files: list[TrackedFile]) -> TrackedContent:
        group = entry.group
        if group is None or group is TrackingGroup.PLOT:
            return TrackedContent()
        file = self._files.locate_in(entry, run_id, files[0].name)
        problem = size_problem(file.size)
        if problem is not None:
            return TrackedContent(problem=problem)
        return read_content(self._files.read(file, MAX_FILE_BYTES), group)

    def _pass_over(self, problem: str) -> None:
        self.is_complete = False
        # It is tried again and again; once is enough to know.
        logger.log(logging.DEBUG if problem in self._told else logging.WARNING, "%s", problem)
        self._told.add(problem)

    def _report(self, progress: IndexProgress) -> None:
        self.progress = progress
        self._on_progress()


def _batches(work: list[tuple[CatalogEntry, str]]) -> Iterable[list[tuple[CatalogEntry, str]]]:
    return (work[start : start + _BATCH] for start in range(0, len(work), _BATCH))
