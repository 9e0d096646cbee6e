"""What can be wrong with a session store."""

from __future__ import annotations

from pathlib import Path


class StoreError(Exception):
    """The store cannot be used as it is. The message names the file and the remedy."""


class StoreLockedError(StoreError):
    """Another process holds the store for longer than we wait."""

    def __init__(self, location: Path, seconds: float) -> None:
        super().__init__(
            f"The session store '{location}' has been locked by another process for more than {seconds:g} s. "
            "Close the program that holds it open."
        )


class StoreSlowError(StoreLockedError):
    """Other threads of this process write to the store for longer than we wait."""

    def __init__(self, location: Path, seconds: float) -> None:
        StoreError.__init__(
            self,
            f"Writing to the session store '{location}' takes longer than {seconds:g} s, as on a slow network drive. "
            "Set another `path` in SESSION_STORE_ARGS if this happens often.",
        )


class StoreNotWritableError(StoreError):
    """The store's file or folder cannot be written."""

    def __init__(self, location: Path, cause: BaseException) -> None:
        super().__init__(
            f"The session store '{location}' cannot be written ({cause}). Check that the folder exists, that you may "
            "write to it and that the disk is not full, or set another `path` in SESSION_STORE_ARGS."
        )


class StoreCorruptError(StoreError):
    """The file is not a database, or a damaged one."""

    def __init__(self, location: Path, cause: BaseException) -> None:
        super().__init__(f"The session store '{location}' is not a SQLite database or is damaged ({cause}).")


class StoreRefusedError(StoreError):
    """A store from elsewhere has something that no session store has."""

    def __init__(self, location: Path, reason: str) -> None:
        super().__init__(
            f"The session store '{location}' is not read: {reason}. A session store has plain tables and indexes only."
        )


class StoreTooMuchError(StoreError):
    """A store from elsewhere is too large, or takes too long."""

    def __init__(self, location: Path, reason: str) -> None:
        super().__init__(f"The session store '{location}' is not read: {reason}.")


class StoreNewerError(StoreError):
    """A later Kedro-Viz wrote the file."""

    def __init__(self, location: Path, version: int, known: int) -> None:
        super().__init__(
            f"The session store '{location}' was written by a newer Kedro-Viz (its schema is version {version}, this "
            f"one knows up to {known}). Update with `pip install -U kedro-viz`."
        )


class StoreGoneError(StoreError):
    """The file that was open is not there any more."""

    def __init__(self, location: Path) -> None:
        missing = location if location.parent.is_dir() else location.parent
        super().__init__(
            f"The session store '{location}' is not there any more: '{missing}' was moved, deleted or unmounted. Bring "
            "it back, and the runs appear here by themselves; or set another `path` in SESSION_STORE_ARGS."
        )


class StoreReplacedError(StoreError):
    """Another file lies in the place of the one that was open. It is opened within a second."""

    def __init__(self, location: Path) -> None:
        super().__init__(
            f"The session store '{location}' has just been replaced by another file. Its runs appear in a moment."
        )
