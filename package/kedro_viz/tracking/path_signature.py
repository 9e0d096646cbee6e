"""Signs the paths that a user's own runs record, so that no record from elsewhere passes for one of them.

A session store may come from a colleague, from a shared folder or with a cloned repository: what it says of paths is no
reason to read a file. A run that records where it saved a version of a dataset signs that with a key that never leaves
the user's home folder. Standard library only: this runs inside users' `kedro run`.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import secrets
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path

logger = logging.getLogger(__name__)

_KEY_BYTES = 32
# 128 bits: nobody guesses that, and a store has one for each file of each run.
_SIGNATURE_CHARACTERS = 32


def sign_path(store: Path, run_id: str, dataset: str, path: str) -> str | None:
    """Sign that this user's own run, recorded in a store, saved a version of a dataset at a path.

    The store's place is part of it: of a project that was copied, the copy's records prove nothing about the original.

    Returns:
        None where the user has no key and none can be made, as with a home folder that cannot be written.
    """
    key = _key(make=True)
    return None if key is None else _signature(key, store, run_id, dataset, path)


def is_signed(store: Path, run_id: str, dataset: str, path: str, signature: str | None) -> bool:
    """Whether a record's signature is that of this user, for a run of this store."""
    key = _key(make=False)
    if key is None or not signature:
        return False
    expected = _signature(key, store, run_id, dataset, path)
    return hmac.compare_digest(expected.encode(), signature.encode("utf-8", "replace"))


def _signature(key: bytes, store: Path, run_id: str, dataset: str, path: str) -> str:
    text = json.dumps([os.path.realpath(store), run_id, dataset, path])
    return hmac.new(key, text.encode(), hashlib.sha256).hexdigest()[:_SIGNATURE_CHARACTERS]


def key_file() -> Path:
    """Where the user's key is kept."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        folder = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return folder / "kedro-viz" / "path_signature.key"


def _key(*, make: bool) -> bytes | None:
    try:
        file = key_file()
        return _key_in(file) or (_make_key(file) if make else None)
    except (OSError, RuntimeError) as error:
        # A run goes on without, and its files are found by the catalog alone.
        logger.debug("There is no key to sign paths with: %s", error)
        return None


@cache
def _remembered(file: Path, _modified: int) -> bytes | None:
    key = file.read_bytes()
    return key if len(key) == _KEY_BYTES else None


def _key_in(file: Path) -> bytes | None:
    try:
        state = file.stat()
    except FileNotFoundError:
        return None
    # A key that others can replace proves nothing.
    if hasattr(os, "getuid") and (state.st_uid != os.getuid() or state.st_mode & 0o022):
        logger.debug("The key '%s' can be written by others.", file)
        return None
    return _remembered(file, state.st_mtime_ns)


def _make_key(file: Path) -> bytes | None:
    if file.exists():
        # Made by another run the moment before, or not to be trusted.
        return _key_in(file)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(secrets.token_bytes(_KEY_BYTES))
        # Of two runs that begin at once, the first one's key stays.
        with suppress(FileExistsError):
            os.link(unfinished, file)
    finally:
        unfinished.unlink(missing_ok=True)
    return _key_in(file)
