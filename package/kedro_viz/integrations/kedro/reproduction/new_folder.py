"""A new folder that is filled with files from a record, which may name any path: nothing is written outside of it."""

from __future__ import annotations

import contextlib
import errno
import os
import re
import shutil
import stat
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

# As long as file systems allow, with room for where the folder is.
_MAX_PART_BYTES = 255
_MAX_PATH_CHARACTERS = 1_000

# Git runs programs that the files in there name. By its short name Windows opens the same folder.
_GIT_FOLDERS = (".git", "git~1")

# Names that Windows takes for devices, whatever ending they have.
_WINDOWS_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(?:\..*)?", re.IGNORECASE)
_WINDOWS_FORBIDDEN = frozenset('<>:"|?*')

# As far as the system has them. O_BINARY is Windows's.
_NOT_INHERITED_NOR_FOLLOWED = sum(
    getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_CLOEXEC", "O_BINARY")
)


class FolderError(Exception):
    """The folder cannot be used, or not be written. The message says why."""


class RefusedFileError(Exception):
    """A file that cannot be in the folder: its path leads out of it, say, or is another's. The message says why."""


# What a file system says of a name that it does not know how to write.
_BAD_NAMES = (errno.EINVAL, errno.EILSEQ, errno.ENAMETOOLONG)


class NewFolder:
    """A folder that was empty. Files are only added to it, never replaced unless asked for."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._windows = os.name == "nt"

    def write(self, path: str, data: bytes, *, executable: bool = False) -> None:
        """Add a file.

        Args:
            path: Relative, with forward slashes.
            data: What it holds.
            executable: Whether it is a script to be started.

        Raises:
            RefusedFileError: If there can be no such file, or there is one already, maybe in other letters.
            OSError: If nothing can be written.
        """
        with self._created(path) as stream:
            stream.write(data)
        if executable:
            file = self._place(path)
            file.chmod(file.stat().st_mode | 0o111)

    def copy(self, source: Path, path: str, *, replace: bool) -> None:
        """Add a copy of a plain file. Links are not followed.

        Args:
            source: The file.
            path: Relative, with forward slashes.
            replace: Whether a file that is there gives way to the copy.

        Raises:
            RefusedFileError: See `write`; or if the source cannot be read, or is no plain file.
            OSError: If nothing can be written.
        """
        with _plain_file(source) as stream:
            place = self._place(path)
            if replace and place.is_file():
                place.unlink()
            with self._created(path) as copy:
                shutil.copyfileobj(stream, copy, 1024 * 1024)

    def make_folder(self, path: str) -> None:
        """Add an empty folder. One that is there is left as it is.

        Raises:
            RefusedFileError: If there can be no such folder.
            OSError: If nothing can be written.
        """
        try:
            self._place(path).mkdir(parents=True, exist_ok=True)
        except (FileExistsError, NotADirectoryError) as error:
            raise RefusedFileError("there is a file of that name") from error

    def free_name(self, stem: str, suffix: str) -> str:
        """A file's name that none in the folder has, in small or capital letters: with a number where it is taken."""
        taken = {entry.name.casefold() for entry in self.root.iterdir()}
        names = (f"{stem}{suffix}", *(f"{stem}-{number}{suffix}" for number in range(2, len(taken) + 3)))
        return next(name for name in names if name.casefold() not in taken)

    def _place(self, path: str) -> Path:
        return self.root.joinpath(*safe_parts(path, windows=self._windows))

    def _created(self, path: str) -> BinaryIO:
        place = self._place(path)
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            return place.open("xb")
        except (FileExistsError, NotADirectoryError, IsADirectoryError) as error:
            raise RefusedFileError("there is another file of that name") from error
        except OSError as error:
            if error.errno in _BAD_NAMES:
                raise RefusedFileError("no file can have its name here") from error
            raise


def _plain_file(path: Path) -> BinaryIO:
    try:
        # Without waiting: somebody would have to write into a pipe.
        descriptor = os.open(path, os.O_RDONLY | _NOT_INHERITED_NOR_FOLLOWED)
    except OSError as error:
        reason = "it is a link" if error.errno == errno.ELOOP else f"it cannot be read ({error.strerror})"
        raise RefusedFileError(reason) from error
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise RefusedFileError("it is no plain file")
    return os.fdopen(descriptor, "rb")


@contextlib.contextmanager
def new_folder(root: Path) -> Iterator[NewFolder]:
    """Make a folder, or take an empty one. Where filling it fails, it is as it was before.

    Args:
        root: Its path. Folders above it are made.

    Raises:
        FolderError: If there is something already, or it cannot be made or written.
    """
    root = root.expanduser().absolute()
    made = not root.exists()
    try:
        root.mkdir(parents=True, exist_ok=True)
        if any(root.iterdir()):
            raise FolderError(f"'{root}' is not empty. Name a new folder.")
    except (FileExistsError, NotADirectoryError) as error:
        raise FolderError(f"'{root}' is not a folder. Name a new one.") from error
    except OSError as error:
        raise FolderError(f"The folder '{root}' cannot be used ({error}).") from error
    try:
        # A link to a folder may be turned elsewhere while we write; the folder itself stays.
        yield NewFolder(root.resolve())
    except BaseException as error:
        _empty(root, remove=made)
        if isinstance(error, OSError):
            raise FolderError(f"'{root}' cannot be written ({error}). Nothing is left of it.") from error
        raise


def _empty(root: Path, *, remove: bool) -> None:
    # It was empty, so all that is in it is ours.
    for entry in list(root.iterdir()):
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry, ignore_errors=True)
        else:
            entry.unlink(missing_ok=True)
    if remove:
        with contextlib.suppress(OSError):
            root.rmdir()


def safe_parts(path: str, *, windows: bool) -> tuple[str, ...]:
    """The parts of a path that leads to a file inside of a folder.

    Args:
        path: Relative, with forward slashes.
        windows: Whether it is for Windows, where more names have a meaning.

    Raises:
        RefusedFileError: If it is absolute, leads up, into git's own files or to a device, or is no name at all.
    """
    if len(path) > _MAX_PATH_CHARACTERS:
        raise RefusedFileError("its path is too long")
    parts = tuple(path.split("/"))
    for part in parts:
        # Without a first part the path is absolute.
        if part in ("", ".", ".."):
            raise RefusedFileError("its path leads elsewhere")
        if "\\" in part or not part.isprintable():
            raise RefusedFileError("its path has characters that no file's name should have")
        if len(part.encode("utf-8", "replace")) > _MAX_PART_BYTES:
            raise RefusedFileError("its name is too long")
        if part.casefold().rstrip(". ") in _GIT_FOLDERS:
            raise RefusedFileError("it is one of git's own files")
        if windows and (
            _WINDOWS_DEVICE.fullmatch(part.rstrip(". ")) or part[-1] in ". " or _WINDOWS_FORBIDDEN & {*part}
        ):
            raise RefusedFileError("Windows cannot have a file of its name")
    return parts
