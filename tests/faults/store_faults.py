"""What can befall a session store: brought about for real, before a run or in the middle of it."""

from __future__ import annotations

import dataclasses
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext
from pathlib import Path

from tests.store.stores import query

# Holds the store until its standard input is closed, which is at the latest when the process that started it ends.
HOLD = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()
"""


@dataclasses.dataclass(frozen=True)
class Fault:
    """Something that befalls a store.

    Attributes:
        name: Names the test.
        words: What the one warning says, among other things.
        lasting: Brings it about for the time of a context, before a run begins. Given the store's file.
        meanwhile: Code that brings it about in the middle of a run. It has the store as `store`, and as `recorded` the
            file that the run is recorded in.
        leaves_store: Whether the runs of before are still in the store afterwards. Then two runs can meet the fault,
            one after the other.
    """

    name: str
    words: tuple[str, ...]
    lasting: Callable[[Path], AbstractContextManager[object]] = nullcontext
    meanwhile: str = ""
    leaves_store: bool = True


@contextmanager
def held(store: Path) -> Iterator[None]:
    """Another process holds the store's lock."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(store)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    yield
    holder.communicate()


HELD_MEANWHILE = f"""
import subprocess, sys
sys.holder = subprocess.Popen(
    [sys.executable, "-c", {HOLD!r}, store], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
)
assert sys.holder.stdout.readline() == "held\\n"
"""


@contextmanager
def held_when_new(store: Path) -> Iterator[None]:
    """Another process holds the lock of a file that is no store yet."""
    store.unlink()
    with held(store):
        yield


@contextmanager
def permissions(path: Path, mode: int) -> Iterator[None]:
    """A file or folder has other permissions."""
    before = path.stat().st_mode
    path.chmod(mode)
    yield
    path.chmod(before)


@contextmanager
def written_by_newer_version(store: Path) -> Iterator[None]:
    """The store has a schema that is not known yet."""
    [(version,)] = query(store, "SELECT version FROM schema_version")
    with closing(sqlite3.connect(store)) as connection:
        connection.execute("UPDATE schema_version SET version = 99")
        connection.commit()
        yield
        connection.execute("UPDATE schema_version SET version = ?", (version,))
        connection.commit()


@contextmanager
def damaged(store: Path) -> Iterator[None]:
    """There is something else in the store's place."""
    store.write_bytes(b"this is no database, but something that somebody may need")
    yield


# Until then the store is looked at for what it has already, and need not be told.
_WHEN_CONTEXT_IS_RECORDED = """
import sqlite3, time
running = sqlite3.connect(recorded)
while not running.execute("SELECT 1 FROM runs WHERE status = 'running' AND configuration IS NOT NULL").fetchone():
    time.sleep(0.01)
running.close()
"""

# `r+` so that the file stays the same one, which the run holds open.
DAMAGED_MEANWHILE = f"""
{_WHEN_CONTEXT_IS_RECORDED}
with open(store, "r+b") as file:
    size = os.path.getsize(store)
    file.write(b"\\xab" * size)
with open(store + "-wal", "r+b") as file:
    file.truncate()
"""


DELETED_MEANWHILE = f"""
{_WHEN_CONTEXT_IS_RECORDED}
import glob, shutil
for path in glob.glob(store + "*"):
    shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)
"""

DELETED_WITH_ITS_FOLDER_MEANWHILE = f"""
{_WHEN_CONTEXT_IS_RECORDED}
import shutil
shutil.rmtree(os.path.dirname(store))
"""


@contextmanager
def small_disk(folder: Path) -> Iterator[None]:
    """Mount a disk of a few hundred kilobytes in the place of a folder, with what is in it."""
    kept = folder.with_name("kept")
    shutil.copytree(folder, kept)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], check=True)
    try:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)


def can_mount() -> bool:
    """Whether `small_disk` works here."""
    return sys.platform == "linux" and os.geteuid() == 0 and shutil.which("mount") is not None


# Takes all of the disk but some pages, of which each file needs at least one.
FILL = """
with open(os.path.join(os.path.dirname(store), "filler"), "wb", buffering=0) as filler:
    try:
        while filler.write(b"x" * 4096):
            pass
    except OSError:
        pass
    filler.truncate(os.path.getsize(filler.name) - {pages} * 4096)
"""


FAULTS = [
    Fault("locked", ("locked by another process", "taken in"), held),
    Fault("locked meanwhile", ("locked by another process", "taken in"), meanwhile=HELD_MEANWHILE),
    Fault("locked when new", ("locked by another process", "taken in"), held_when_new, leaves_store=False),
    Fault("read-only file", ("cannot be written", "taken in"), lambda store: permissions(store, 0o444)),
    Fault("read-only folder", ("cannot be written", "taken in"), lambda store: permissions(store.parent, 0o555)),
    Fault("newer", ("newer Kedro-Viz", "taken in"), written_by_newer_version),
    Fault("damaged", ("damaged", "is kept as"), damaged, leaves_store=False),
    Fault("damaged meanwhile", ("damaged", "is kept as"), meanwhile=DAMAGED_MEANWHILE, leaves_store=False),
    Fault("deleted meanwhile", ("deleted or replaced",), meanwhile=DELETED_MEANWHILE, leaves_store=False),
    Fault(
        "deleted with its folder meanwhile",
        ("deleted or replaced",),
        meanwhile=DELETED_WITH_ITS_FOLDER_MEANWHILE,
        leaves_store=False,
    ),
]
