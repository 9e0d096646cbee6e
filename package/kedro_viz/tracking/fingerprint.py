"""Tells the same data from different data without reading much of it."""

from __future__ import annotations

import hashlib
import os
import stat
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

# A file of this size is read whole in a millisecond. Of a larger one, blocks from its beginning to its end are.
MAX_WHOLE_BYTES = 1_048_576
_SAMPLE_BYTES = MAX_WHOLE_BYTES // 4
_BLOCKS = 16

# Of a folder all names and sizes count, and what is in so many of its files.
MAX_FILES_READ = 200
# A folder with more entries is not looked through: that would hold the run up.
MAX_ENTRIES = 2_000

_DIGEST_BYTES = 16

# On some mounts, such as of a bucket, each read takes as long as a fingerprint elsewhere. So many seconds may go on one
# dataset after the other; what is not used up is there for later, up to the second number: where other threads are
# busy, each read waits for them.
_SECONDS_EACH = 0.02
_SECONDS_AT_ONCE = 0.25


@dataclass(frozen=True)
class Fingerprint:
    """What tells some data from other data.

    Attributes:
        size: In bytes; of all files of a folder together.
        text: `full:…` of a file that was read whole, `sampled:…` of one that was read in part, `folder:…` of a folder.
            What is the same has the same text.
    """

    size: int
    text: str


class QuickFingerprints:
    """Fingerprints that hold nobody up: none is told of what is on a mount that has turned out to be slow.

    Args:
        clock: Seconds from any moment on.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # By the number of the mount's device. One that has none left stays so.
        self._seconds_left: dict[int, float] = {}

    def of(self, path: Path) -> Fingerprint | None:
        """As `fingerprint`; also None for what would take long."""
        began = self._clock()
        devices = set[int]()

        def check_time(device: int) -> None:
            devices.add(device)
            if self._clock() - began >= self._seconds_left.get(device, _SECONDS_AT_ONCE):
                raise TimeoutError

        found = fingerprint(path, check_time)
        spent = self._clock() - began
        for device in devices:
            left = self._seconds_left.get(device, _SECONDS_AT_ONCE) - spent
            self._seconds_left[device] = min(left + _SECONDS_EACH, _SECONDS_AT_ONCE) if left > 0 else 0
        return found


def _unbounded(_device: int) -> None:
    """What is asked before each read: whether there is time."""


def fingerprint(path: Path, check_time: Callable[[int], None] = _unbounded) -> Fingerprint | None:
    """The fingerprint of a local file or folder: on a disk a file's in a millisecond at most, a folder's in a few.

    Args:
        path: Where it is. A link is followed.
        check_time: Called before each read with the number of the device it is on. Raises TimeoutError to give up.

    Returns:
        None for what is not there, cannot be read, is no regular file, is a folder of very many files, or was given up.
    """
    try:
        status = path.stat()
        device = status.st_dev
        check_time(device)
        if stat.S_ISDIR(status.st_mode):
            return _of_folder(path, lambda: check_time(device))
        # A pipe or a device would be waited for.
        is_file = stat.S_ISREG(status.st_mode)
        return _of_file(path, status.st_size, lambda: check_time(device)) if is_file else None
    except (OSError, ValueError):
        # ValueError: a path with a null character in it.
        return None


def _of_file(path: Path, size: int, check_time: Callable[[], None]) -> Fingerprint:
    digest = hashlib.blake2b(str(size).encode(), digest_size=_DIGEST_BYTES)
    _read_into(digest, path, size, 1, check_time)
    return Fingerprint(size, f"{'full' if size <= MAX_WHOLE_BYTES else 'sampled'}:{digest.hexdigest()}")


def _of_folder(folder: Path, check_time: Callable[[], None]) -> Fingerprint | None:
    files = _files(folder, check_time)
    if files is None:
        return None
    digest = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for name, size in files:
        digest.update(b"%b\0%d\0" % (os.fsencode(name), size))
    count = min(len(files), MAX_FILES_READ)
    for number in range(count):
        name, size = files[number * len(files) // count]
        _read_into(digest, folder / name, size, count, check_time)
    return Fingerprint(sum(size for _, size in files), f"folder:{digest.hexdigest()}")


def _read_into(digest: hashlib.blake2b, path: Path, size: int, files: int, check_time: Callable[[], None]) -> None:
    """Read a file whole, or blocks spread evenly over it. All `files` together are read no more than one would be."""
    check_time()
    with path.open("rb", buffering=0) as file:
        if size <= MAX_WHOLE_BYTES // files:
            digest.update(file.read(size))
            return
        blocks = max(2, _BLOCKS // files)
        length = _SAMPLE_BYTES // files // blocks
        for number in range(blocks):
            check_time()
            file.seek(number * (size - length) // (blocks - 1))
            digest.update(file.read(length))


def _files(folder: Path, check_time: Callable[[], None]) -> list[tuple[str, int]] | None:
    """The regular files in a folder and in the folders below: names relative to it, in order, and sizes.

    Returns:
        None if there are too many entries.
    """
    files: list[tuple[str, int]] = []
    folders = [""]
    entries = 0
    while folders:
        parent = folders.pop()
        with os.scandir(folder / parent) as found:
            for entry in found:
                entries += 1
                if entries > MAX_ENTRIES:
                    return None
                check_time()
                name = f"{parent}{entry.name}"
                # A link to a folder may lead back to where it is.
                if entry.is_dir(follow_symlinks=False):
                    folders.append(f"{name}/")
                elif entry.is_file():
                    files.append((name, entry.stat().st_size))
    return sorted(files)
