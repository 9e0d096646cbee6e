"""Keeps events as files where the store cannot take them, and takes them in later.

Beside the store lies a folder `session_store.db.spool` with a file of JSON lines for each run and process. Where even
that cannot be written, the folder is under the user's cache.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import re
import time
from collections.abc import Iterator
from pathlib import Path

from kedro_viz.store.errors import StoreError
from kedro_viz.store.writer import SQLiteWriter
from kedro_viz.tracking.events import Event, from_json, to_json

logger = logging.getLogger(__name__)

_SUFFIX = ".jsonl"
_TAKING = ".taking"
# Taking in a file lasts moments. A claim that is older was left by a process that died.
_CLAIM_SECONDS = 120.0


def spool_folders(location: Path) -> tuple[Path, Path]:
    """Where a store's events are kept: beside it, or under the user's cache where that cannot be written."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    digest = hashlib.sha256(str(location.absolute()).encode()).hexdigest()[:16]
    return location.with_name(f"{location.name}.spool"), cache / "kedro-viz" / "spool" / digest


def spool(location: Path, event: Event) -> Path | None:
    """Append an event to its run's file.

    Returns:
        The folder that holds it; None if no folder could be written.
    """
    name = re.sub(r"[^A-Za-z0-9_.\-]", "_", event.run_id)[:150]
    for folder in spool_folders(location):
        try:
            _append(folder, f"{name}.{os.getpid()}{_SUFFIX}", to_json(event) + "\n")
            return folder
        except OSError as error:
            logger.debug("Cannot spool to %s: %s", folder, error)
    return None


def _append(folder: Path, name: str, line: str) -> None:
    path = folder / name
    written = False
    while not written:
        # Whoever took in the last file has removed the folder with it.
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write(line)
            file.flush()
            # Another process may have taken the file in between its opening and now, without this line. An event that
            # is taken in twice does no harm.
            with contextlib.suppress(FileNotFoundError):
                written = os.path.samestat(os.fstat(file.fileno()), path.stat())


def take_in(location: Path, writer: SQLiteWriter) -> int:
    """Write all spooled events to the store and remove their files.

    Several processes may do this at once: each file is taken by one of them.

    Returns:
        How many files were taken in.

    Raises:
        StoreError: If the store cannot take them now; they stay spooled.
    """
    taken = 0
    for folder in spool_folders(location):
        for claimed in _claim(folder):
            try:
                writer.apply(_read(claimed))
            except StoreError:
                with contextlib.suppress(OSError):
                    claimed.replace(claimed.with_name(f"{claimed.stem}.{os.getpid()}{_SUFFIX}"))
                raise
            claimed.unlink(missing_ok=True)
            taken += 1
        with contextlib.suppress(OSError):
            folder.rmdir()
    return taken


def _claim(folder: Path) -> Iterator[Path]:
    try:
        files = sorted(path for path in folder.iterdir() if path.suffix in (_SUFFIX, _TAKING))
    except OSError:
        return
    for path in files:
        try:
            if path.suffix == _TAKING and time.time() - path.stat().st_mtime < _CLAIM_SECONDS:
                continue
            claimed = path.with_suffix(_TAKING)
            path.replace(claimed)
            os.utime(claimed)
        except OSError:
            # Another process was faster.
            continue
        yield claimed


def _read(path: Path) -> list[Event]:
    events: list[Event] = []
    for line in path.read_text(encoding="utf-8", errors="replace").split("\n"):
        if not line:
            continue
        try:
            events.append(from_json(line))
        except ValueError as error:
            # A process killed while it wrote leaves half a line, the last one.
            logger.warning("Skipped a line of the spooled record %s: %s", path, error)
    return events
