"""Shares a session store by a folder that fsspec reaches: each user uploads one file, and fetches the others'."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import platform
import re
import secrets
import sqlite3
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from kedro_viz.store import contents
from kedro_viz.store.errors import StoreCorruptError, StoreError
from kedro_viz.store.merge import merge_store
from kedro_viz.store.run_rows import delete_unused_metric_names
from kedro_viz.store.sqlite_file import identity_of
from kedro_viz.tracking.author import user_name
from kedro_viz.tracking.secrets.redaction import redact_text

logger = logging.getLogger("kedro_viz.tracking")

USERNAME_VARIABLE = "KEDRO_SQLITE_STORE_USERNAME"

# A finished run does not wait longer than this for its upload. What is not there then goes with the next one.
UPLOAD_SECONDS = 20.0

# And no longer than this for a first answer: who is away from the network would wait after each run.
ANSWER_SECONDS = 5.0


class RemoteError(Exception):
    """The remote folder cannot be used now. The message names it and the remedy."""


class Contact:
    """How far an upload has come: whether the folder has been asked for something, and has answered."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.answered = threading.Event()


class RemoteFolder:
    """The folder that a team shares its stores by.

    Args:
        location: One's own store.
        remote_path: An fsspec URL. Credentials come from the environment, as fsspec's file systems read them.
    """

    def __init__(self, location: Path, remote_path: str) -> None:
        self._location = location
        self._url = remote_path.rstrip("/")
        self._state_path = location.with_name(f"{location.name}.remote.json")

    def upload(self, contact: Contact | None = None) -> None:
        """Upload one's own store, after taking in what another machine uploaded under the same name.

        Args:
            contact: Is told how far it has come.

        Raises:
            RemoteError: If it cannot be reached or written.
        """
        with self._explained():
            contact = contact or Contact()
            files, folder = self._connect(contact)
            own = f"{folder}/{_own_name()}"
            is_there = files.exists(own)
            contact.answered.set()
            # What cannot be taken in must not be overwritten, unless it is no store at all.
            self._take_changed(files, [own] if is_there else [], passed_over=StoreCorruptError)
            with tempfile.TemporaryDirectory() as temporary:
                copy = Path(temporary) / "store.db"
                _snapshot(self._location, copy)
                # A reader must not find half a file: object stores write whole ones, other file systems are asked to.
                if "file" in _protocols(files):
                    files.makedirs(folder, exist_ok=True)
                    # Several runs of one user may end, and upload, at once.
                    partial = f"{own}.{secrets.token_hex(8)}.partial"
                    try:
                        files.put_file(str(copy), partial)
                        files.mv(partial, own)
                    except BaseException:
                        with contextlib.suppress(Exception):
                            files.rm_file(partial)
                        raise
                else:
                    files.put_file(str(copy), own)
            self._remember(files, [own])

    def fetch(self) -> int:
        """Take in every store in the folder that has changed since the last time.

        Returns:
            How many runs are new here.

        Raises:
            RemoteError: If the folder cannot be reached or read. A single file that is no store is passed over.
        """
        with self._explained():
            files, folder = self._connect(Contact())
            return self._take_changed(files, list(files.glob(f"{folder}/*.db")), passed_over=StoreError)

    # Any: fsspec is not typed.
    def _connect(self, contact: Contact) -> tuple[Any, str]:
        import fsspec

        # Its library alone may take longer to import than the folder to answer.
        fsspec.get_filesystem_class(fsspec.utils.get_protocol(self._url))
        contact.asked.set()
        files, folder = fsspec.core.url_to_fs(self._url, **_options(self._url))
        return files, str(folder).rstrip("/")

    def _take_changed(self, files: Any, paths: list[str], passed_over: type[StoreError]) -> int:
        known = self._known()
        added = 0
        with tempfile.TemporaryDirectory() as temporary:
            for number, path in enumerate(paths):
                files.invalidate_cache(path)
                mark = _mark(files.info(path))
                if known.get(path) == mark:
                    continue
                copy = Path(temporary) / f"{number}.db"
                files.get_file(path, str(copy))
                try:
                    added += merge_store(self._location, copy)
                except passed_over as error:
                    logger.warning("Passed over '%s': %s", path, error)
                    continue
                known[path] = mark
        self._write_known(known)
        return added

    def _remember(self, files: Any, paths: list[str]) -> None:
        known = self._known()
        for path in paths:
            files.invalidate_cache(path)
            known[path] = _mark(files.info(path))
        self._write_known(known)

    def _known(self) -> dict[str, str]:
        """What was fetched or uploaded last, by path: a file that has not changed is not fetched again."""
        try:
            state = json.loads(self._state_path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        # A new store in the place of one that was deleted has taken in nothing yet.
        if not isinstance(state, dict) or state.get("store") != identity_of(self._location):
            return {}
        known = state.get("files")
        return dict(known) if isinstance(known, dict) else {}

    def _write_known(self, known: dict[str, str]) -> None:
        state = {"store": identity_of(self._location), "files": known}
        partial = self._state_path.with_name(f"{self._state_path.name}.{os.getpid()}")
        partial.write_text(json.dumps(state, indent=1), encoding="utf-8")
        partial.replace(self._state_path)

    @contextlib.contextmanager
    def _explained(self) -> Any:
        try:
            yield
        except ImportError as error:
            url = redact_text(self._url)
            extra = {"s3": "aws", "gs": "gcp", "gcs": "gcp", "abfs": "azure", "az": "azure"}
            name = extra.get(self._url.split(":", 1)[0])
            remedy = f"Install it with `pip install kedro-viz[{name}]`." if name else "Install its fsspec file system."
            raise RemoteError(f"'{url}' cannot be used: {error}. {remedy}") from error
        except Exception as error:
            # An address may hold a password.
            raise RemoteError(
                f"The shared folder '{redact_text(self._url)}' cannot be used now: {redact_text(str(error))}. "
                "Check `remote_path` in "
                "SESSION_STORE_ARGS, the credentials in the environment and the network."
            ) from error


def upload_after_run(location: Path, remote_path: str) -> None:
    """Upload the store when a run has ended. Whatever goes wrong is one warning: the next upload brings all runs."""
    contact = Contact()
    problem: list[str] = []

    def upload() -> None:
        try:
            RemoteFolder(location, remote_path).upload(contact)
        except RemoteError as error:
            problem.append(str(error))
        finally:
            contact.asked.set()
            contact.answered.set()

    # A daemon thread does not keep Python alive when a network hangs.
    thread = threading.Thread(target=upload, daemon=True, name="kedro-viz-upload")
    thread.start()
    begin = time.monotonic()
    contact.asked.wait(UPLOAD_SECONDS)
    if not contact.answered.wait(ANSWER_SECONDS):
        problem.append(f"'{redact_text(remote_path)}' did not answer within {ANSWER_SECONDS:g} s.")
    else:
        thread.join(max(0.0, UPLOAD_SECONDS - (time.monotonic() - begin)))
        if thread.is_alive():
            problem.append(f"'{redact_text(remote_path)}' did not take the upload within {UPLOAD_SECONDS:g} s.")
    if problem:
        logger.warning("The run is recorded, but not shared: %s It is uploaded after the next run.", problem[0])


def _own_name() -> str:
    name = os.environ.get(USERNAME_VARIABLE) or user_name() or platform.node() or "unknown"
    # The name becomes a file's: a path in it must not lead elsewhere.
    return re.sub(r"[/\\\x00-\x1f]", "_", name) + ".db"


def _options(url: str) -> dict[str, Any]:
    """Arguments for the file system: no stale listings, and a clear answer within seconds."""
    options: dict[str, Any] = {"use_listings_cache": False, "skip_instance_cache": True}
    if url.startswith(("s3://", "s3a://")):
        options["config_kwargs"] = {"connect_timeout": 5, "read_timeout": 15, "retries": {"max_attempts": 2}}
        # AWS's own tools read AWS_REGION, botocore does not.
        if region := os.environ.get("AWS_REGION"):
            options["client_kwargs"] = {"region_name": region}
    return options


def _protocols(files: Any) -> tuple[str, ...]:
    protocol = files.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _mark(info: dict[str, Any]) -> str:
    """What tells one state of a remote file from another."""
    for name in ("ETag", "etag", "md5Hash", "content_settings"):
        if info.get(name):
            return str(info[name])
    return f"{info.get('size')} {info.get('mtime') or info.get('LastModified') or info.get('created')}"


def _snapshot(location: Path, copy: Path) -> None:
    """A whole, consistent copy of a store in one file, though runs may be writing to it; without what was deleted."""
    with (
        contextlib.closing(sqlite3.connect(location, timeout=10)) as source,
        contextlib.closing(sqlite3.connect(copy, isolation_level=None)) as target,
    ):
        source.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        deleted = target.execute("SELECT 1 FROM deleted_runs LIMIT 1").fetchone() is not None
        if deleted:
            # What only deleted runs need waits for their purge. Nobody else has to know of them.
            contents.remove(target, [name for name, _ in contents.unused(target)])
            delete_unused_metric_names(target)
            target.execute("DELETE FROM deleted_runs")
        if deleted or target.execute("PRAGMA freelist_count").fetchone() != (0,):
            # The gaps of the file still hold what was in them.
            target.execute("VACUUM")
