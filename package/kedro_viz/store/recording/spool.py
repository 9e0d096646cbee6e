"""Keeps events as files where the store cannot take them, and takes them in later.

Beside the store lies a folder `session_store.db.spool` with a file of JSON lines for each run and process. Where even
that cannot be written, the folder is under the user's cache.
"""

from __future__ import annotations

import contextlib
import dataclasses
import hashlib
import logging
import math
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from io import FileIO
from pathlib import Path
from typing import Any, cast, get_args, get_origin, get_type_hints

from kedro_viz.store.errors import StoreError, StoreLockedError
from kedro_viz.store.recording.event_writer import EventWriter
from kedro_viz.store.recording.lock_wait import LockWait
from kedro_viz.store.recording.run_identity import RunIdTakenError, distinct_id
from kedro_viz.store.text_limits import most_characters
from kedro_viz.tracking.events import DatasetSaved, Event, RunEnded, RunStarted, SessionSaved, from_json, to_json
from kedro_viz.tracking.run import RunFailure

logger = logging.getLogger(__name__)

_SUFFIX = ".jsonl"
_TAKING = ".taking"
_UNREADABLE = ".unreadable"
# Taking in a file lasts moments. A claim that is older was left by a process that died.
_CLAIM_SECONDS = 120.0

# What a long run has spooled has some megabytes; its longest lines hold a portion of source files, or points of series.
# Larger files and lines come from nowhere near a run, and would take as much memory.
_MAX_FILE_BYTES = 1_000_000_000
_MAX_LINE_CHARACTERS = 100_000_000


def spool_folders(location: Path) -> tuple[Path, ...]:
    """Where a store's events are kept: beside it, or under the user's cache where that cannot be written.

    A user without a home, as in some containers, has no cache.
    """
    beside = location.with_name(f"{location.name}.spool")
    home = os.path.expanduser("~")  # noqa: PTH111 - `Path.home` raises an exception where there is none
    cache = os.environ.get("XDG_CACHE_HOME") or (f"{home}/.cache" if home != "~" else None)
    if not cache:
        return (beside,)
    digest = hashlib.sha256(str(location.absolute()).encode()).hexdigest()[:16]
    return beside, Path(cache) / "kedro-viz" / "spool" / digest


def has_spooled(location: Path) -> bool:
    """Whether events wait for being taken into a store."""
    return any(
        path.suffix in (_SUFFIX, _TAKING)
        for folder in spool_folders(location)
        if folder.is_dir()
        for path in folder.iterdir()
    )


def spool_name(run_id: str, process: int) -> str:
    """The name, without its ending, of the files of a run's process, whatever the run is called."""
    return f"{_name_of_run(run_id)}.{process}"


def _name_of_run(run_id: str) -> str:
    return re.sub(r"[^A-Za-z0-9_.-]", "_", run_id)[:150]


def is_spooled_elsewhere(location: Path, run_id: str) -> bool:
    """Whether another process of a run keeps what the store could not take from it."""
    name, own = _name_of_run(run_id), f"{spool_name(run_id, os.getpid())}{_SUFFIX}"
    return any(
        path.suffix == _SUFFIX and path.name.startswith(f"{name}.") and path.name != own
        for folder in spool_folders(location)
        if folder.is_dir()
        for path in folder.iterdir()
    )


def spool(location: Path, *events: Event) -> Path | None:
    """Append events of one run to its file.

    Returns:
        The folder that holds it; None if no folder could be written.
    """
    name = f"{spool_name(events[0].run_id, os.getpid())}{_SUFFIX}"
    lines = "".join(f"{to_json(event)}\n" for event in events)
    for folder in spool_folders(location):
        try:
            _append(folder, name, lines)
            return folder
        except OSError as error:
            logger.debug("Cannot spool to %s: %s", folder, error)
    return None


def _append(folder: Path, name: str, lines: str) -> None:
    path = folder / name
    written = False
    while not written:
        # Whoever took in the last file has removed the folder with it.
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("ab", buffering=0) as file:
            size = file.seek(0, os.SEEK_END)
            try:
                _write(file, lines.encode())
            except OSError:
                # A disk that is full takes a part: what follows when it is not must not continue that line.
                with contextlib.suppress(OSError):
                    file.truncate(size)
                raise
            # Another process may have taken the file in between its opening and now, without these. An event that
            # is taken in twice does no harm.
            with contextlib.suppress(FileNotFoundError):
                written = os.path.samestat(os.fstat(file.fileno()), path.stat())


def _write(file: FileIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


def take_in(
    location: Path,
    writer: EventWriter,
    wait: LockWait | None = None,
    seconds: float = math.inf,
    run_id: str | None = None,
) -> int:
    """Write all spooled events to the store and remove their files.

    Several processes may do this at once: each file is taken by one of them. A file with lines that are no events is
    kept under another ending, for a person to look at, and is not taken again.

    Args:
        location: The store's file.
        writer: Writes to it.
        wait: How long to wait for others; as long as the writer does by itself if None.
        seconds: Begin no further file after so long: the rest stays for the next time.
        run_id: Take in the events of this run only.

    Returns:
        How many files were taken in.

    Raises:
        StoreError: If the store cannot take some of them now; they stay spooled.
    """
    begin = time.monotonic()
    beginning = f"{_name_of_run(run_id)}." if run_id is not None else ""
    taken = 0
    problem: StoreError | None = None
    for folder in spool_folders(location):
        for claimed in _claim(folder, beginning):
            try:
                events, sound = _read(claimed)
                _take(events, writer, wait)
            except StoreLockedError:
                # The others would wait as long, and in vain.
                _put_back(claimed, _SUFFIX)
                raise
            except StoreError as error:
                problem = problem or error
                _put_back(claimed, _SUFFIX)
                continue
            except OSError as error:
                # A colleague's, say, whom alone it lets read.
                logger.debug("The spooled record %s cannot be read: %s", claimed, error)
                _put_back(claimed, _SUFFIX)
                continue
            except Exception as error:  # noqa: BLE001 - one bad file must not keep the others waiting
                logger.warning("The spooled record %s cannot be taken in (%s).", _put_back(claimed, _UNREADABLE), error)
                continue
            if sound:
                claimed.unlink(missing_ok=True)
            else:
                kept = _put_back(claimed, _UNREADABLE)
                logger.warning("Skipped lines of a spooled record that are no events. They are kept in %s.", kept)
            taken += 1
            if time.monotonic() - begin > seconds:
                return taken
        with contextlib.suppress(OSError):
            folder.rmdir()
    if problem is not None:
        raise problem
    return taken


def _take(events: list[Event], writer: EventWriter, wait: LockWait | None) -> None:
    try:
        writer.apply(events, wait)
    except RunIdTakenError:
        # All are of one run, and of one process of it.
        start = next(event for event in events if isinstance(event, RunStarted))
        own = distinct_id(start.run_id, start.host or "", start.process or 0)
        writer.apply([dataclasses.replace(event, run_id=own) for event in events], wait)


def _claim(folder: Path, beginning: str) -> Iterator[Path]:
    try:
        spooled = [path for path in folder.iterdir() if path.suffix in (_SUFFIX, _TAKING) and _is_opened_at_once(path)]
        files = sorted(path for path in spooled if path.name.startswith(beginning))
    except OSError:
        return
    for path in files:
        try:
            if path.suffix == _TAKING and time.time() - path.stat().st_mtime < _CLAIM_SECONDS:
                continue
            claimed = _renamed(path, _TAKING)
            path.replace(claimed)
            os.utime(claimed)
        except OSError:
            # Another process was faster.
            continue
        yield claimed


def _is_opened_at_once(path: Path) -> bool:
    """Whether to open it takes no time, or fails at once: to open a pipe waits for a writer, and a link may be one."""
    try:
        found = path.lstat()
    except OSError:
        # Another process was faster.
        return False
    return stat.S_ISDIR(found.st_mode) or (stat.S_ISREG(found.st_mode) and found.st_size <= _MAX_FILE_BYTES)


def _renamed(path: Path, suffix: str) -> Path:
    """A name that no other process gives: meanwhile the run may write, and others claim, a file of the old name."""
    base = re.sub(r"~[0-9a-f]{8}$", "", path.stem)
    return path.with_name(f"{base}~{secrets.token_hex(4)}{suffix}")


def _put_back(claimed: Path, suffix: str) -> Path:
    path = _renamed(claimed, suffix)
    with contextlib.suppress(OSError):
        claimed.replace(path)
    return path


def _read(path: Path) -> tuple[list[Event], bool]:
    """The events in a file, and whether all its lines are some.

    A process killed while it wrote leaves half a line, the last one, which says nothing.
    """
    events: list[Event] = []
    sound = True
    # Lines of ours end in `\n` alone, whatever else is in them.
    with path.open(encoding="utf-8", errors="replace", newline="\n") as file:
        while line := file.readline(_MAX_LINE_CHARACTERS):
            is_whole = line.endswith("\n")
            if line == "\n":
                continue
            event = _event(line)
            if event is not None:
                events.append(event)
            elif is_whole or len(line) == _MAX_LINE_CHARACTERS:
                sound = False
    return events, sound


def _event(line: str) -> Event | None:
    try:
        event = from_json(line)
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        logger.debug("Not an event: %s", error)
        return None
    if not _is_well_formed(event):
        return None
    event = _with_short_command(event)
    return None if _has_long_text(event) else event


def _with_short_command(event: Event) -> Event:
    """The event with the beginning of its command, if that is long: as it would come from a shared store."""
    most = most_characters("runs", "command")
    if isinstance(event, RunStarted) and event.command is not None and len(event.command) > most:
        return dataclasses.replace(event, command=f"{event.command[: most - 1]}…")
    return event


def _has_long_text(event: Event) -> bool:
    """Whether a text is longer than we record: it would be sent to the browser with each page that shows it."""
    match event:
        case RunStarted():
            return _is_long(event.blob, "blob") or any(
                _is_long(text, column)
                for column in (
                    "author",
                    "command",
                    "pipeline",
                    "env",
                    "runner",
                    "kedro_version",
                    "git_sha",
                    "git_branch",
                )
                if (text := getattr(event, column)) is not None
            )
        case SessionSaved():
            return _is_long(event.blob, "blob")
        case RunEnded(failure=RunFailure() as failure):
            return _is_long(failure.message, "error_message") or _is_long(failure.traceback, "error_traceback")
        case DatasetSaved(document=str() as document):
            return len(document) > most_characters("tracked_json", "data")
    return False


def _is_long(text: str, column: str) -> bool:
    return len(text) > most_characters("runs", column)


# Any: what a file holds, which this is to find out.
def _is_well_formed(value: Any) -> bool:
    """Whether each field of an event, and of what is in it, is of its declared type."""
    hints = get_type_hints(type(value))
    return all(_fits(getattr(value, field.name), hints[field.name]) for field in dataclasses.fields(value))


def _fits(value: Any, hint: Any) -> bool:
    if dataclasses.is_dataclass(hint):
        return isinstance(value, cast("type", hint)) and _is_well_formed(value)
    parts = get_args(hint)
    if get_origin(hint) is list:
        return isinstance(value, list) and all(_fits(each, parts[0]) for each in value)
    if get_origin(hint) is dict:
        return isinstance(value, dict) and all(_fits(k, parts[0]) and _fits(v, parts[1]) for k, v in value.items())
    if parts:
        return any(_fits(value, part) for part in parts)
    if isinstance(value, int):
        # SQLite's integers have 64 bits.
        return hint in (int, float, bool) and abs(value) < 2**63
    return isinstance(value, hint)
