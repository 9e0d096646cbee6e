"""Copies one file out of a shared folder, which may be anything: a pipe, a device, a link, endless, or not readable."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from typing import Any, BinaryIO, cast

from kedro_viz.store.errors import StoreError
from kedro_viz.store.sqlite.merging.read_deadline import Deadline
from kedro_viz.store.sqlite.merging.staging import MAX_STORE_BYTES
from kedro_viz.tracking.content import describe_size

# A store of the largest size takes so long at 20 MB/s, and a hundred runs a second at 100 kB/s.
FETCH_SECONDS = 120.0

# Asked for at once, where each question has to go to a bucket and back.
_BLOCK_BYTES = 4_000_000


class SharedFileError(StoreError):
    """The file is not copied. The message says why, in half a sentence."""


class NotAFileError(SharedFileError):
    """What has the name is no file of its own."""


# Any: fsspec is not typed.
def copy_shared_file(files: Any, info: Mapping[str, Any], copy: Path, deadline: Deadline) -> None:
    """Copy a file of a shared folder.

    Args:
        files: The file system.
        info: What it says about the file: its `name`, `type` and `size`.
        copy: Where the copy is made.
        deadline: When to give up, if that is sooner than `FETCH_SECONDS`.

    Raises:
        NotAFileError: If it is no file of its own.
        SharedFileError: If it is too large, or takes too long.
        OSError: If it cannot be read. Each file system has further errors of its own.
    """
    if info.get("islink"):
        # It would take in whatever this user may read, and share it with others from then on.
        raise NotAFileError("it is a symbolic link")
    if info.get("type") != "file":
        raise NotAFileError("it is not a regular file")
    # A sparse file of terabytes costs its owner nothing.
    _check_size(info.get("size") or 0)
    deadline = deadline.sooner(FETCH_SECONDS)
    copied = 0
    with _opened(files, str(info["name"])) as source, copy.open("wb") as target:
        while block := source.read(_BLOCK_BYTES):
            # It may grow while it is read, or be larger than its server says.
            copied += len(block)
            _check_size(copied)
            if deadline.has_passed():
                raise SharedFileError(f"it could not be fetched within {deadline.seconds:.3g} s")
            target.write(block)


def _check_size(size: int) -> None:
    if size > MAX_STORE_BYTES:
        raise SharedFileError(f"it has {describe_size(size)}; up to {describe_size(MAX_STORE_BYTES)} is read")


def _opened(files: Any, path: str) -> BinaryIO:
    protocol = files.protocol
    if "file" not in ((protocol,) if isinstance(protocol, str) else protocol):
        return cast("BinaryIO", files.open(path, "rb", block_size=_BLOCK_BYTES))
    # Somebody may put a pipe in its place in the meantime: to open one waits for a writer, unless told not to.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags | getattr(os, "O_CLOEXEC", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotAFileError("it is not a regular file")
    return cast("BinaryIO", os.fdopen(descriptor, "rb"))
