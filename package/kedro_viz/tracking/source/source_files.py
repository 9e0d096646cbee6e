"""Gathers the source files of a project as they are now."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from kedro_viz.tracking.packed_content import content_hash
from kedro_viz.tracking.secrets.source_redaction import redacted_source
from kedro_viz.tracking.source.git_ignore import GitIgnore
from kedro_viz.tracking.source.source_rules import SourceRules
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot

MAX_FILE_BYTES = 1_000_000
MAX_BYTES = 20_000_000
MAX_FILES = 5_000
MAX_SECONDS = 5.0
# Of one folder. A folder with more is no folder of source files.
MAX_ENTRIES = 20_000

# A file with a zero byte near its beginning is no text. Git tells it so, too.
_LOOKED_AT_BYTES = 8_000
_UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True)
class SourceRoot:
    """A folder with source files.

    Attributes:
        folder: Where it is.
        prefix: What stands before the paths of its files; empty for the project's own folder.
        first: The folders in it that count most, where not all can be kept.
        passes_over: A folder in it that is told by another root; empty if there is none.
    """

    folder: Path
    prefix: str = ""
    first: Sequence[str] = ()
    passes_over: str = ""


@dataclass(frozen=True)
class SourceFiles:
    """A snapshot, and the contents that it names, by their hashes."""

    snapshot: SourceSnapshot
    contents: dict[str, bytes]


def gather_source_files(
    roots: Sequence[SourceRoot], rules: SourceRules, clock: Callable[[], float] = time.monotonic
) -> Generator[None, None, SourceFiles]:
    """Gather source files, without secrets, in steps of some milliseconds.

    Nothing is raised for files that cannot be read, are gone meanwhile, or are no source: the snapshot says so.

    Args:
        roots: The folders to look into.
        rules: What is left out, beside what git is told to ignore.
        clock: Seconds.

    Returns:
        What the files are, and what is in them.
    """
    gathered = _Gathered(rules)
    ends_at = clock() + MAX_SECONDS
    for root in roots:
        for found in _found(root, rules):
            if clock() > ends_at:
                gathered.problem = f"There are more files than could be read within {MAX_SECONDS:g} s."
                return gathered.all()
            if found is not None and len(gathered.files) == MAX_FILES:
                gathered.problem = f"There are more than {MAX_FILES:,} files: the others are not told."
                return gathered.all()
            if found is not None:
                yield from gathered.add(found)
            yield
    return gathered.all()


@dataclass(frozen=True)
class _Found:
    """A file. `problem`: why it cannot be read."""

    path: str
    file: Path
    problem: str | None = None


def _found(root: SourceRoot, rules: SourceRules) -> Iterator[_Found | None]:
    """The files below a folder, those that count most first; None after each folder, so that none takes too long."""
    real = os.path.realpath(root.folder)
    folders = [("", GitIgnore.above(root.folder))]
    while folders:
        path, ignore = folders.pop()
        entries = _entries(root.folder / path)
        if isinstance(entries, str):
            yield _Found(f"{root.prefix}{path}", root.folder / path, entries)
            continue
        yield None
        names = {entry.name for entry in entries}
        if path and ("pyvenv.cfg" in names or "conda-meta" in names):
            continue
        ignore = ignore.inside(root.folder / path)
        below: list[str] = []
        for entry in entries:
            inner = f"{path}/{entry.name}" if path else entry.name
            is_folder = entry.is_dir(follow_symlinks=False)
            if _is_passed_over(inner, is_folder, root, rules, ignore):
                continue
            if is_folder:
                below.append(inner)
            elif (found := _file(entry, inner, root, real, rules)) is not None:
                yield found
        # The last one is looked into first.
        folders += [(inner, ignore) for inner in sorted(below, key=partial(_rank, root.first), reverse=True)]


def _rank(first: Sequence[str], path: str) -> tuple[int, str]:
    return first.index(path) if path in first else len(first), path


def _entries(folder: Path) -> list[os.DirEntry[str]] | str:
    """What is in a folder, by name; or why that is not known."""
    try:
        with os.scandir(folder) as entries:
            some = list(islice(entries, MAX_ENTRIES + 1))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        return f"This folder could not be read: {error.strerror}."
    if len(some) > MAX_ENTRIES:
        return f"This folder holds more than {MAX_ENTRIES:,} files."
    return sorted(some, key=lambda entry: entry.name)


def _is_passed_over(path: str, is_folder: bool, root: SourceRoot, rules: SourceRules, ignore: GitIgnore) -> bool:
    where = root.folder / path
    leaves_out = rules.leaves_out_folder if is_folder else rules.leaves_out
    return (
        path == root.passes_over
        or leaves_out(f"{root.prefix}{path}")
        or rules.is_of_store(where)
        or ignore.ignores(where, is_folder=is_folder)
    )


def _file(entry: os.DirEntry[str], path: str, root: SourceRoot, real: str, rules: SourceRules) -> _Found | None:
    """What is to be told of something that is no folder; None for nothing."""
    file = root.folder / path
    if not entry.is_symlink():
        return _Found(f"{root.prefix}{path}", file) if entry.is_file() else None
    target = os.path.realpath(file)
    if not Path(target).is_relative_to(real):
        return _Found(f"{root.prefix}{path}", file, "A link that leads out of the project.")
    if not Path(target).is_file():
        return _Found(f"{root.prefix}{path}", file, "A link to something that is no file.")
    inner = Path(target).relative_to(real).as_posix()
    told_elsewhere = f"{root.prefix}{inner}"
    if rules.leaves_out(told_elsewhere) or rules.may_hold_secrets(told_elsewhere) or rules.is_of_store(Path(target)):
        return None
    return _Found(f"{root.prefix}{path}", Path(target))


@dataclass
class _Gathered:
    rules: SourceRules
    files: list[SourceFile] = field(default_factory=list)
    contents: dict[str, bytes] = field(default_factory=dict)
    size: int = 0
    problem: str | None = None

    def all(self) -> SourceFiles:
        return SourceFiles(SourceSnapshot(self.files, self.problem), self.contents)

    def add(self, found: _Found) -> Iterator[None]:
        """Take a file, or say why not: in steps of some milliseconds."""
        # The name may hold bytes that are no text.
        path = found.path.encode("utf-8", "backslashreplace").decode("utf-8")
        if found.problem is not None:
            self.files.append(SourceFile(path, 0, problem=found.problem))
            return
        try:
            size = found.file.stat().st_size
            problem = self._problem(path, size)
            with found.file.open("rb") as file:
                data = file.read(MAX_FILE_BYTES) if problem is None else b""
        except FileNotFoundError:
            return
        except OSError as error:
            self.files.append(SourceFile(path, 0, problem=f"It could not be read: {error.strerror}."))
            return
        text, encoding = _text(data)
        if problem is None and text is None:
            problem = "It is no text."
        if problem is not None or text is None:
            self.files.append(SourceFile(path, size, problem=problem))
            return
        parts = []
        for part in redacted_source(text, path):
            parts.append(part)
            yield
        redacted = "".join(parts)
        kept = data if redacted == text else redacted.encode(encoding, "replace")
        name = content_hash(kept)
        self.contents[name] = kept
        self.size += len(kept)
        self.files.append(SourceFile(path, len(data), name, redacted=redacted != text))

    def _problem(self, path: str, size: int) -> str | None:
        if self.rules.may_hold_secrets(path):
            return "It may hold secrets."
        if self.rules.is_data(path):
            return "It is data, not source."
        if size > MAX_FILE_BYTES:
            return f"It is larger than {MAX_FILE_BYTES // 1_000_000} MB."
        if self.size + size > MAX_BYTES:
            self.problem = f"The files are larger than {MAX_BYTES // 1_000_000} MB in all: not all of them are kept."
            return f"The files before it have {MAX_BYTES // 1_000_000} MB already."
        return None


def _text(data: bytes) -> tuple[str | None, str]:
    """What bytes say, and by which encoding; None if they are no text."""
    if data.startswith(_UTF_16_MARKS):
        try:
            return data.decode("utf-16"), "utf-16"
        except UnicodeDecodeError:
            return None, ""
    if b"\0" in data[:_LOOKED_AT_BYTES]:
        return None, ""
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        # Each byte is a character of its own in this one.
        return data.decode("latin-1"), "latin-1"
