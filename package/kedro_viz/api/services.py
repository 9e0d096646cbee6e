"""All that the app serves from: the store, the files, the flowcharts, and what goes on in the background."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import math
import threading
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from kedro_viz.api.answer_threads import AnswerThreads
from kedro_viz.api.changes import ChangeFeed, ChangeTopic
from kedro_viz.api.run_deletion import RunDeletion
from kedro_viz.flowchart.source import FlowchartSource
from kedro_viz.store.errors import StoreError
from kedro_viz.store.files.file_index import FileIndex
from kedro_viz.store.files.versioned_files import VersionedFiles
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.recording.spool import take_in
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sharing.remote import Fetched, RemoteError, RemoteFolder
from kedro_viz.store.sqlite.engine import OpenedStore, gone, open_for_reading, scratch_folder
from kedro_viz.store.sqlite.file_identity import FileIdentity
from kedro_viz.store.sqlite.sqlite_file import has_log
from kedro_viz.store.sqlite.store_watcher import StoreWatcher
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.project import Problem, Project
from kedro_viz.tracking.run_setting import RecordedRun
from kedro_viz.tracking.secrets.redaction import redact_text

logger = logging.getLogger(__name__)

# The index is filled by a process that has time: it waits for runs that are being recorded.
_INDEX_LOCK_SECONDS = 30.0

# A run that has vanished is told as lost within a minute.
_LOST_RUNS_SECONDS = 10.0
_FLUSH_SECONDS = 0.3

# Files that could not be read are tried again after so long, then after longer and longer: their storage may be away.
_RETRY_SECONDS = 30.0
_LONGEST_RETRY_SECONDS = 600.0

# So many files of the shared folder are named in the app.
_MAX_REMOTE_PROBLEMS = 5


class Services:
    """What the API answers from. Made by `open`; `run` keeps it up to date while the server runs.

    Attributes:
        project: The project that is served.
        repository: Its runs. Empty if it has no store.
        files: The versioned files of its tracked datasets.
        flowcharts: Its pipelines.
        deletion: Deletes its runs.
        changes: Tells browsers what changed.
        threads: Make its answers.
    """

    def __init__(
        self, project: Project, flowcharts: FlowchartSource, location: Path, scratch: TemporaryDirectory[str]
    ) -> None:
        self.project = project
        self.flowcharts = flowcharts
        self.files = VersionedFiles(project.catalog, self._recorded_runs, location)
        self.changes = ChangeFeed()
        self.threads = AnswerThreads()
        self._location = location
        self._scratch = scratch
        self._remote_problems: list[Problem] = []
        # Why spooled records could not be taken in the last time, to say it once.
        self._spool_problem = ""
        # How many runs and datasets the index has considered, and when it tries again what it could not read.
        self._considered: tuple[int, int] | None = None
        self._next_try = math.inf
        self._try_delay = 0.0
        self._watcher: StoreWatcher | None = None
        self._use(open_for_reading(location, Path(scratch.name)))
        self.deletion = RunDeletion(lambda: self._store, self.files, self._runs_deleted)
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._end_of_flowchart_news = flowcharts.on_change(self._flowchart_changed)

    @classmethod
    def open(cls, project: Project, flowcharts: FlowchartSource) -> Services:
        """Open a project's store. Fast, and never fails: what is wrong is told in `problems`.

        Args:
            project: The project.
            flowcharts: Where its flowcharts come from.
        """
        scratch = scratch_folder()
        location = project.store_location or Path(scratch.name) / "no_session_store"
        return cls(project, flowcharts, location, scratch)

    def _use(self, store: OpenedStore) -> None:
        self._store = store
        self._identity = FileIdentity(store.file)
        self.repository = RunRepository(store.engine, store.read_only)
        self._writer = SQLiteWriter(store.file, _INDEX_LOCK_SECONDS)
        self.index = FileIndex(
            self.repository,
            self._writer,
            self.files,
            lambda: self.changes.publish(ChangeTopic.INDEXING),
        )

    def _recorded_runs(self, run_ids: Sequence[str]) -> Mapping[str, RecordedRun]:
        # By the repository of today: the store may have been opened again since.
        return self.repository.records.recorded_runs(run_ids)

    @property
    def problems(self) -> list[Problem]:
        """What the user should know and can mend."""
        return [*self.project.problems, *self._store.problems, *self._remote_problems]

    @contextlib.asynccontextmanager
    async def run(self) -> AsyncIterator[None]:
        """While the server runs: watch the store, take in spooled and shared runs, fill the index."""
        self.changes.attach(asyncio.get_running_loop())
        self._watcher = StoreWatcher(self._store.file, self._store_changed, self._store_replaced)
        watching = asyncio.create_task(self._watcher.watch())
        # A daemon thread: a file system that hangs must not keep Ctrl-C waiting.
        threading.Thread(target=self._work, daemon=True, name="kedro-viz-background").start()
        try:
            yield
        finally:
            watching.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await watching
            self.close()

    def close(self) -> None:
        """Let go of everything. May be called twice."""
        if self._closing.is_set():
            return
        self._closing.set()
        self._wake.set()
        self.index.stop()
        self.threads.close()
        self._end_of_flowchart_news()
        self.deletion.purge_own()
        self._store.engine.dispose()
        with contextlib.suppress(OSError):
            self._scratch.cleanup()

    def _flowchart_changed(self) -> None:
        # Pipelines name datasets that only a pattern of the catalog describes: there may be files of them.
        self._wake.set()
        self.changes.publish(ChangeTopic.FLOWCHART)

    def _store_changed(self) -> None:
        # The second tells what is wrong with the store, which may have changed, too.
        self.changes.publish(ChangeTopic.RUNS)
        self.changes.publish(ChangeTopic.INDEXING)
        self._wake.set()

    def _runs_deleted(self) -> None:
        # The number of runs no longer tells whether there are others.
        self._considered = None
        self._store_changed()

    def _store_replaced(self) -> None:
        """Go on with the file that is there now, or with a new one if someone has deleted it."""
        if self._closing.is_set() or (not self._store.is_awaited and self._is_same()):
            return
        self.index.stop()
        self._store.engine.dispose()
        self._writer.close()
        # Someone may have removed the whole project, which must not come back as an empty store. And a folder that is
        # being brought back may not have its file yet.
        is_back = self._store.is_awaited and self._location.exists()
        if is_back or (not self._store.is_awaited and self._location.parent.is_dir()):
            self._swap(open_for_reading(self._location, Path(self._scratch.name)))
        elif not self._store.is_awaited:
            self._swap(gone(self._location, Path(self._scratch.name)))
        for problem in self._store.problems:
            logger.warning("%s: %s", problem.title, problem.detail)

    def _is_same(self) -> bool:
        try:
            self._identity.check()
        except StoreError:
            return False
        return True

    def _swap(self, opened: OpenedStore) -> None:
        """Answer from another store from now on. What has begun ends with the one before, or with an error."""
        before, writer = self._store, self._writer
        self._considered = None
        self._use(opened)
        writer.close()
        before.engine.dispose()

    def _work(self) -> None:
        try:
            self._work_until_closed()
        finally:
            self._writer.close()

    def _work_until_closed(self) -> None:
        begun = False
        while not self._closing.is_set():
            if self._store.is_awaited:
                self._open_again()
            if not self._store.is_awaited:
                # At each turn: a run that has to spool its record while we hold the lock appears by itself too.
                self._take_in_from_elsewhere(self._take_in_spooled)
                if not begun:
                    begun = True
                    # Beside the rest, which does not wait for a folder that does not answer.
                    fetching = threading.Thread(
                        target=self._take_in_from_elsewhere, args=(self._fetch_shared,), daemon=True
                    )
                    fetching.name = "kedro-viz-shared"
                    fetching.start()
                    self.deletion.purge_old()
                self._fill_index()
                self._mark_lost_runs()
                self._complete_file()
            self._wake.wait(_LOST_RUNS_SECONDS)
            self._wake.clear()

    def _open_again(self) -> None:
        """Try again to open a store that another process held."""
        # One that is gone is opened when the watcher sees it again: it is not made anew.
        if not self._location.exists():
            return
        opened = open_for_reading(self._location, Path(self._scratch.name))
        if opened.is_awaited or self._closing.is_set():
            opened.engine.dispose()
            return
        self._swap(opened)
        if self._watcher is not None:
            self._watcher.follow(opened.file)
        self.changes.publish(ChangeTopic.INDEXING)

    def _take_in_from_elsewhere(self, step: Callable[[], None]) -> None:
        try:
            step()
        except Exception:
            # What is in a spooled or shared record must not keep this one's runs from being indexed.
            if not self._closing.is_set():
                logger.warning("Records from elsewhere could not be taken in.", exc_info=True)

    def _fill_index(self) -> None:
        """Index what is new: only new runs or newly known datasets can have files that are not in the index."""
        try:
            now = self.repository.runs.count(), len(self.project.catalog)
            if now == self._considered and time.monotonic() < self._next_try:
                return
            self._considered = now[0], len(self.project.catalog)
            if self.index.fill():
                self.changes.publish(ChangeTopic.RUNS)
            complete = self.index.is_complete
        except Exception:
            if self._closing.is_set():
                return
            logger.warning("The index of versioned files could not be filled.", exc_info=True)
            complete = False
        self._try_delay = 0.0 if complete else min(_LONGEST_RETRY_SECONDS, 2 * self._try_delay or _RETRY_SECONDS)
        self._next_try = math.inf if complete else time.monotonic() + self._try_delay

    def _mark_lost_runs(self) -> None:
        if self.repository.read_only:
            return
        try:
            # Looking costs nothing; the store is only locked when a run may have vanished.
            if self.repository.runs.has_running():
                mark_lost_runs(self._writer)
        except Exception as error:  # noqa: BLE001 - the next look comes in seconds
            if not self._closing.is_set():
                logger.debug("Lost runs could not be looked for: %s", error)

    def _complete_file(self) -> None:
        """Leave the store complete in its file while no run goes on: a run may have been killed, or somebody edits."""
        if self.repository.read_only or not has_log(self._store.file):
            return
        try:
            if not self.repository.runs.has_running():
                self._writer.flush(_FLUSH_SECONDS)
        except Exception as error:  # noqa: BLE001 - the next try comes in seconds
            if not self._closing.is_set():
                logger.debug("The store's file is not complete without its log: %s", error)

    def _take_in_spooled(self) -> None:
        if self.project.store_location is None or self.repository.read_only:
            return
        try:
            count = take_in(self._store.file, self._writer)
        except StoreError as error:
            # It is tried every few seconds; once is enough to know.
            if str(error) != self._spool_problem:
                self._spool_problem = str(error)
                logger.warning("Spooled records stay where they are: %s", error)
        else:
            self._spool_problem = ""
            if count:
                logger.info("Took %d spooled records into the session store.", count)

    def _fetch_shared(self) -> None:
        if self.project.remote_path is None or self.project.store_location is None or self.repository.read_only:
            return
        try:
            fetched = RemoteFolder(self._store.file, self.project.remote_path).fetch(self._closing.is_set)
        except RemoteError as error:
            logger.warning("%s", error)
            self._remote_problems = [Problem("The shared folder cannot be reached", str(error))]
            self.changes.publish(ChangeTopic.INDEXING)
        else:
            logger.info("Took %d runs from '%s'.", fetched.new_runs, redact_text(self.project.remote_path))
            self._remote_problems = _problems_of(fetched)
            if fetched.problems:
                self.changes.publish(ChangeTopic.INDEXING)
            if fetched.new_runs:
                self.changes.publish(ChangeTopic.RUNS)
                # Their versioned files are not in the index yet.
                self._wake.set()


def _problems_of(fetched: Fetched) -> list[Problem]:
    if not fetched.problems:
        return []
    more = len(fetched.problems) - _MAX_REMOTE_PROBLEMS
    others = [f"There are {more:,} more: the log of `kedro viz` has them all."] if more > 0 else []
    detail = " ".join([*fetched.problems[:_MAX_REMOTE_PROBLEMS], *others])
    return [Problem("Some of the shared folder was not taken in", detail)]
