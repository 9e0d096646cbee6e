"""Takes the events of runs: into the store, or into the spool when the store cannot take them."""

from __future__ import annotations

import dataclasses
import logging
import os
import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from kedro_viz.store.errors import StoreCorruptError, StoreError, StoreLockedError
from kedro_viz.store.recording.event_writer import EventWriter, Generation
from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.store.recording.lost_runs import mark_lost_runs
from kedro_viz.store.recording.run_identity import RunIdTakenError, distinct_id
from kedro_viz.store.recording.spool import is_spooled_elsewhere, spool, spool_folders, take_in
from kedro_viz.tracking.events import DatasetSaved, Event, NodeStarted, RunContext, RunEnded, RunStarted, SeriesLogged
from kedro_viz.tracking.run_id import MAX_RUN_ID_BYTES, RUN_ID_RULE, is_run_id

logger = logging.getLogger("kedro_viz.tracking")

# A run that begins does not wait longer for earlier ones to be seen to.
_TIDY_SECONDS = 0.2

# A lock that lasts a moment only is not worth a warning: when a run has ended, this is how long it waits once more.
_CATCH_UP_SECONDS = 0.5

# The log stays longer only where others write meanwhile, or read for long: they, or the next to come, see to it.
_FLUSH_SECONDS = 0.3

# So much of a run is written again if its store is deleted meanwhile, counted as `_weight` does.
_MOST_REMEMBERED = 200_000


class _WrittenEvents:
    """What this process wrote of a run that goes on, as far as it can be remembered.

    Attributes:
        events: The events.
        generation: The store that the last of them was written to; None before the first.
    """

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.generation: Generation | None = None
        self._weight = 0

    def add(self, events: Sequence[Event]) -> None:
        weight = sum(_weight(event) for event in events)
        if self._weight + weight <= _MOST_REMEMBERED:
            self._weight += weight
            self.events += events


def _weight(event: Event) -> int:
    """How much memory an event takes, roughly, in units of a point of a series."""
    match event:
        case SeriesLogged():
            return 1 + len(event.times)
        case RunContext():
            return 10 + sum(map(len, event.contents.values())) // 100
        case DatasetSaved():
            return 10 + len(event.metrics) + len(event.document or "") // 100
    return 10


class RecordSink:
    """Never raises and never holds a run up for long: whatever is wrong becomes one warning that says what to do.

    Args:
        writer: Writes to the session store.
    """

    def __init__(self, writer: EventWriter) -> None:
        self._location = writer.location
        self._writer = writer
        self._spooling: set[str] = set()
        # Runs spooled because the store was locked; retried when they end.
        self._locked: dict[str, StoreError] = {}
        self._going_on: dict[str, _WrittenEvents] = {}
        # Runs whose events were written again: the store that had them first may be gone.
        self._written_again: set[str] = set()
        # The ids of runs whose session's id is taken, by that.
        self._record_ids: dict[str, str] = {}
        self._warned = False
        self._warned_of_loss = False
        self._lock = threading.Lock()
        self._process = os.getpid()

    def write(self, *events: Event) -> None:
        """Store events of one run, all or none of them; or spool them."""
        if not events:
            return
        run_id = events[0].run_id
        if not is_run_id(run_id):
            self._warn(
                f"The run is not recorded: {run_id[:MAX_RUN_ID_BYTES]!a} cannot be the id of a run. "
                f"{RUN_ID_RULE} Give the session another id."
            )
            return
        problem: StoreError | None = None
        folder: Path | None = None
        self._after_fork()
        events = self._own(events)
        run_id = events[0].run_id
        try:
            # After a failure the rest of the run is spooled too: each further try might wait for the lock again, and
            # the run's events stay in one place and order.
            if run_id not in self._spooling:
                # A worker process need not find out what another process of the run has found out.
                is_known = self._is_joined_by(events) and is_spooled_elsewhere(self._location, run_id)
                try:
                    problem = None if is_known else self._store(events)
                except RunIdTakenError:
                    events = self._apart(events)
                    run_id = events[0].run_id
                    problem = self._store(events)
                if problem is not None and self._is_begun_elsewhere(events):
                    events = self._apart(events)
                    run_id = events[0].run_id
                if problem is not None or is_known:
                    self._spooling.add(run_id)
                    if (written := self._going_on.pop(run_id, None)) is not None:
                        # The store may be damaged or gone, with what was written of the run before.
                        events = (*written.events, *events)
            if run_id in self._spooling and (folder := spool(self._location, *events)) is None:
                self._warn_of_loss(problem)
                return
            is_end = any(isinstance(event, RunEnded) for event in events)
            if is_end:
                # Who has just waited in vain does not wait again.
                problem = self._catch_up(run_id, 0 if problem is not None else _CATCH_UP_SECONDS) or problem
            elif isinstance(problem, StoreLockedError):
                self._locked[run_id], problem = problem, None
        except Exception as error:  # noqa: BLE001 - nothing in tracking may fail a user's run
            self._warn(f"The run could not be recorded: {error}")
            return
        # Who sees a run's end speaks for all its processes.
        if problem is not None and (is_end or not is_spooled_elsewhere(self._location, run_id)):
            place = folder or spool_folders(self._location)[0]
            self._warn(
                f"{problem} The run is not affected: its record is kept in '{place}', and is taken in by the next run "
                "or by `kedro viz`."
            )

    def try_write(self, event: Event) -> None:
        """Store the event if that can be done now; else forget it."""
        try:
            self._writer.apply(self._own([event]))
        except Exception as error:  # noqa: BLE001 - nothing in tracking may fail a user's run
            logger.debug("Not recorded: %s", error)

    def missing_contents(self, hashes: Collection[str]) -> set[str]:
        """Those of the hashes whose contents are not in the store; all of them if it cannot be read."""
        try:
            return self._writer.missing_contents(hashes)
        except Exception as error:  # noqa: BLE001 - nothing in tracking may fail a user's run
            logger.debug("Not known which contents are stored: %s", error)
            return set(hashes)

    def may_have_lost_contents(self, run_id: str) -> bool:
        """Whether contents that were not missing when a run asked for them may be missing now: with the store."""
        return self.record_id(run_id) in self._written_again

    def is_spooled(self, run_id: str) -> bool:
        """Whether the store could not take all of a run."""
        return self.record_id(run_id) in self._spooling

    def record_id(self, run_id: str) -> str:
        """The id under which a run is recorded: its session's, unless another process's run has that one."""
        return self._record_ids.get(run_id, run_id)

    def record_as(self, run_id: str, record_id: str) -> None:
        """Record a run under the id that the process which began it has found."""
        if run_id != record_id:
            self._record_ids[run_id] = record_id

    def _own(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Events of a run under its own id."""
        if not self._record_ids:
            return tuple(events)
        return tuple(dataclasses.replace(event, run_id=self.record_id(event.run_id)) for event in events)

    def _is_begun_elsewhere(self, events: Sequence[Event]) -> bool:
        """Whether a run that begins has the id of one that another process has had to spool."""
        is_start = any(isinstance(event, RunStarted) for event in events)
        return is_start and is_spooled_elsewhere(self._location, events[0].run_id)

    def _apart(self, events: Sequence[Event]) -> tuple[Event, ...]:
        """Events of a run that begins, under an id that no other run has."""
        start = next(event for event in events if isinstance(event, RunStarted))
        self._going_on.pop(start.run_id, None)
        own = distinct_id(start.run_id, start.host or "", start.process or 0)
        self._record_ids[start.run_id] = own
        logger.warning(
            "Another process has begun a run with the session id '%s': this one is recorded as '%s'. "
            "Datasets that Kedro saves in versions have the same version in both runs.",
            start.run_id,
            own,
        )
        return self._own(events)

    def close(self) -> None:
        """Let go of the store's file, which is complete then by itself, without its write-ahead log."""
        try:
            if self._writer.is_open:
                self._writer.flush(_FLUSH_SECONDS)
            self._writer.close()
        except Exception as error:  # noqa: BLE001 - nothing in tracking may fail a user's run
            logger.debug("The store's file is not complete without its log: %s", error)

    def _after_fork(self) -> None:
        if self._process != os.getpid():
            self._process = os.getpid()
            # What the parent wrote, it would write again itself.
            self._going_on = {}
            # Another thread of the parent may have held the lock at the moment of the fork.
            self._lock = threading.Lock()

    def _catch_up(self, run_id: str, seconds: float) -> StoreError | None:
        """Take in what a run that has ended had to spool because of a lock. What keeps it from that is returned."""
        locked = self._locked.pop(run_id, None)
        if locked is None and not is_spooled_elsewhere(self._location, run_id):
            return None
        try:
            take_in(self._location, self._writer, LockWait(seconds), run_id=run_id)
        except StoreError as error:
            return locked or error
        self._spooling.discard(run_id)
        return None

    def _is_joined_by(self, events: Sequence[Event]) -> bool:
        """Whether these are the first events here of a run that has begun in another process."""
        return events[0].run_id not in self._going_on and not any(isinstance(event, RunStarted) for event in events)

    def _store(self, events: Sequence[Event]) -> StoreError | None:
        """Write events to the store. What keeps them from being written is returned."""
        if any(isinstance(event, (RunStarted, NodeStarted)) for event in events):
            self._going_on.setdefault(events[0].run_id, _WrittenEvents())
        try:
            self._apply(events)
            self._write_again(events)
        except StoreError as error:
            return error
        if any(isinstance(event, RunStarted) for event in events):
            self._tidy()
        return None

    def _write_again(self, events: Sequence[Event]) -> None:
        """Remember what was written of a run, and write it again if the store was deleted or replaced meanwhile."""
        run_id = events[0].run_id
        written = self._going_on.get(run_id)
        if written is None:
            return
        generation = self._writer.generation
        if written.generation is not None and written.generation.openings != generation.openings:
            if written.generation.replacements != generation.replacements:
                self._warn(
                    f"The session store '{self._location}' was deleted or replaced during the run. The run is recorded "
                    "in the file that is there now. If you miss earlier runs, look for the file that was there before."
                )
            self._apply([*written.events, *events])
            self._written_again.add(run_id)
        written.generation = self._writer.generation
        written.add(events)
        if any(isinstance(event, RunEnded) for event in events):
            self._going_on.pop(run_id, None)

    def _apply(self, events: Sequence[Event]) -> None:
        try:
            self._writer.apply(events)
        except StoreCorruptError as error:
            aside = self._writer.replace_damaged()
            if aside is not None:
                self._warn(f"{error} It is kept as '{aside}', and a new store is begun.")
            self._writer.apply(events)

    def _tidy(self) -> None:
        """See to earlier runs, if it does not take long: those that vanished, and those that could not be stored."""
        wait = LockWait(_TIDY_SECONDS)
        try:
            count = take_in(self._location, self._writer, wait, _TIDY_SECONDS)
            # Only then: the end of a run may have been among these.
            mark_lost_runs(self._writer, wait)
        except StoreError as error:
            logger.debug("Earlier runs stay as they are: %s", error)
        else:
            if count:
                logger.info("Took %d spooled records into the session store.", count)

    def _warn_of_loss(self, problem: StoreError | None) -> None:
        """Nowhere can anything be written: this is said though the run's record was said to be kept."""
        with self._lock:
            if self._warned_of_loss:
                return
            self._warned = self._warned_of_loss = True
        folders = "' and '".join(map(str, spool_folders(self._location)))
        logger.warning(
            "%s The run goes on, but its record is lost: '%s' cannot be written either.",
            problem or "The rest of the run's record could not be kept.",
            folders,
        )

    def _warn(self, message: str) -> None:
        with self._lock:
            if self._warned:
                logger.debug(message)
                return
            self._warned = True
        logger.warning(message)
