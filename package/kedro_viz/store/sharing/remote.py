"""Shares a session store by a folder that fsspec reaches: each user uploads one file, and fetches the others'."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import platform
import re
import secrets
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kedro_viz.store.errors import StoreCorruptError, StoreError, StoreRefusedError
from kedro_viz.store.sharing.shared_file import NotAFileError, SharedFileError, copy_shared_file
from kedro_viz.store.sqlite.merging.merge import Merged, merge_store
from kedro_viz.store.sqlite.merging.read_deadline import Deadline
from kedro_viz.store.sqlite.snapshot import write_snapshot
from kedro_viz.store.sqlite.sqlite_file import identity_of
from kedro_viz.tracking.printable import shortened
from kedro_viz.tracking.secrets.redaction import redact_text
from kedro_viz.tracking.surroundings.author import user_name

logger = logging.getLogger("kedro_viz.tracking")

USERNAME_VARIABLE = "KEDRO_SQLITE_STORE_USERNAME"

# A finished run does not wait longer than this for its upload. What is not there then goes with the next one.
UPLOAD_SECONDS = 20.0

# And no longer than this for a first answer: who is away from the network would wait after each run.
ANSWER_SECONDS = 5.0

# To take in what another machine uploaded under the same name must leave time for the upload itself.
_TAKE_IN_SECONDS = 10.0

# All stores of a folder together may take so long. Those that are left wait for the next time.
FETCH_ALL_SECONDS = 900.0

# A team has one store for each of its people. More are not looked at: each costs a question to the file system.
_MAX_STORES = 1_000

_MAX_NAME_CHARACTERS = 100
_MAX_REASON_CHARACTERS = 500


class RemoteError(Exception):
    """The remote folder cannot be used now. The message names it and the remedy."""


class Contact:
    """How far an upload has come: whether the folder has been asked for something, and has answered."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.answered = threading.Event()


@dataclass
class Fetched:
    """What came from a shared folder.

    Attributes:
        new_runs: How many runs are new here.
        problems: What was passed over and why, in a sentence for each file. Printable, whatever its name is.
    """

    new_runs: int = 0
    problems: list[str] = field(default_factory=list)


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
            is_there = files.exists(own) or (self._is_local(files) and os.path.lexists(own))
            contact.answered.set()
            if is_there:
                self._take_own(files, own)
            with tempfile.TemporaryDirectory() as temporary:
                copy = Path(temporary) / "store.db"
                write_snapshot(self._location, copy)
                # A reader must not find half a file: object stores write whole ones, other file systems are asked to.
                if self._is_local(files):
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

    def fetch(self, is_stopped: Callable[[], bool] = lambda: False) -> Fetched:
        """Take in every store in the folder that has changed since the last time, each by itself.

        Whatever is wrong with one keeps no other away.

        Args:
            is_stopped: Asked now and then whether to give up.

        Raises:
            RemoteError: If the folder cannot be reached or read.
        """
        deadline = Deadline(FETCH_ALL_SECONDS, is_stopped)
        with self._explained():
            files, folder = self._connect(Contact())
            paths = self._stores(files, folder)
            known = self._known()
            fetched = Fetched()
            for number, path in enumerate(paths[:_MAX_STORES]):
                if is_stopped():
                    break
                if deadline.has_passed():
                    fetched.problems.append(f"{len(paths) - number} stores were not read: there was no time left.")
                    break
                try:
                    merged = self._take_changed(files, path, known, deadline)
                except Exception as error:  # noqa: BLE001 - a file system may raise anything of a file that is none
                    if not is_stopped():
                        fetched.problems.append(_passed_over(path, error))
                else:
                    fetched.new_runs += merged.new_runs
                    fetched.problems += _left_out(path, merged)
            if len(paths) > _MAX_STORES:
                fetched.problems.append(f"There are {len(paths):,} stores; the first {_MAX_STORES:,} were read.")
            self._write_known(known)
        for problem in fetched.problems:
            logger.warning("In the shared folder: %s", problem)
        return fetched

    # Any in this class: fsspec is not typed.
    def _stores(self, files: Any, folder: str) -> list[str]:
        try:
            # Only the names: what is wrong with one file must not keep the others from being listed.
            names = files.ls(folder, detail=False)
        except FileNotFoundError:
            # Nobody has shared anything yet.
            return []
        return sorted(str(name) for name in names if str(name).endswith(".db"))

    def _is_local(self, files: Any) -> bool:
        return "file" in _protocols(files)

    def _connect(self, contact: Contact) -> tuple[Any, str]:
        import fsspec

        # Its library alone may take longer to import than the folder to answer.
        fsspec.get_filesystem_class(fsspec.utils.get_protocol(self._url))
        contact.asked.set()
        files, folder = fsspec.core.url_to_fs(self._url, **_options(self._url))
        return files, str(folder).rstrip("/")

    def _take_changed(self, files: Any, path: str, known: dict[str, str], deadline: Deadline) -> Merged:
        """Take in a store, unless it is `known`, and note that it is known then."""
        files.invalidate_cache(path)
        info = _info(files, path)
        mark = _mark(info)
        if known.get(path) == mark:
            return Merged(0, {})
        with tempfile.TemporaryDirectory(prefix="kedro-viz-") as temporary:
            copy = Path(temporary) / "fetched.db"
            copy_shared_file(files, info, copy, deadline)
            merged = merge_store(self._location, copy, Path(_shown(path)), deadline)
        known[path] = mark
        return merged

    def _take_own(self, files: Any, own: str) -> None:
        """Take in what is there under one's own name: another machine of the same user may have put it there, or
        anybody else."""
        known = self._known()
        try:
            self._take_changed(files, own, known, Deadline(_TAKE_IN_SECONDS))
        except (StoreCorruptError, StoreRefusedError, NotAFileError) as error:
            # It is no store that anybody could take in. It makes way, but nobody can say that it is worth nothing.
            aside = f"{own}.refused-{secrets.token_hex(4)}"
            files.mv(own, aside)
            logger.warning("In the shared folder: %s It is kept as '%s'.", _passed_over(own, error), _shown(aside))
        except SharedFileError as error:
            # It may be the only copy of what it holds.
            raise RemoteError(f"{_passed_over(own, error)} It is not overwritten: move it away.") from error
        else:
            self._write_known(known)

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
        partial = self._state_path.with_name(f"{self._state_path.name}.{secrets.token_hex(4)}")
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
        except RemoteError:
            raise
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


# Any: fsspec is not typed.
def _info(files: Any, path: str) -> dict[str, Any]:
    """What a file system says about a file."""
    if "file" in _protocols(files) and Path(path).is_symlink():
        # A link that leads nowhere is one, too.
        return {"name": path, "type": "other", "islink": True}
    info: dict[str, Any] = files.info(path)
    return info


def _shown(path: str) -> str:
    """A file's name, as it can be printed: others have chosen it."""
    return shortened(path.rsplit("/", 1)[-1], _MAX_NAME_CHARACTERS)


def _passed_over(path: str, error: Exception) -> str:
    if isinstance(error, SharedFileError):
        return f"'{_shown(path)}' was passed over: {error}."
    if isinstance(error, StoreError):
        return f"'{_shown(path)}' was passed over. {shortened(str(error), _MAX_REASON_CHARACTERS)}"
    reason = redact_text(str(error) or type(error).__name__)
    return f"'{_shown(path)}' was passed over: it cannot be read ({shortened(reason, _MAX_REASON_CHARACTERS)})."


def _left_out(path: str, merged: Merged) -> list[str]:
    counts = [f"{count:,} of '{table}'" for table, count in merged.left_out.items() if count]
    if not counts:
        return []
    reasons = (
        f"Rows of '{_shown(path)}' were left out, because a text in them is too long or because a run has an id that "
        f"could do harm: {', '.join(counts)}."
    )
    return [reasons]


def _protocols(files: Any) -> tuple[str, ...]:
    protocol = files.protocol
    return (protocol,) if isinstance(protocol, str) else tuple(protocol)


def _mark(info: dict[str, Any]) -> str:
    """What tells one state of a remote file from another."""
    for name in ("ETag", "etag", "md5Hash", "content_settings"):
        if info.get(name):
            return str(info[name])
    return f"{info.get('size')} {info.get('mtime') or info.get('LastModified') or info.get('created')}"
