"""Reads what git is told to ignore, from the `.gitignore` files in and above a folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_MAX_BYTES = 100_000


@dataclass(frozen=True)
class _Rules:
    """The rules of one file, and the folder that they are relative to."""

    folder: str
    spec: GitIgnoreSpec


class GitIgnore:
    """What is ignored in a folder: by its own rules, and by those of the folders above it.

    Args:
        rules: The rules of the folders above, and its own, which come last and count more.
    """

    def __init__(self, rules: tuple[_Rules, ...] = ()) -> None:
        self._rules = rules

    @classmethod
    def above(cls, folder: Path) -> GitIgnore:
        """The rules that a folder is under by being in a repository. Rules that ignore all of it are not for it."""
        root = next((parent for parent in (folder, *folder.parents) if (parent / ".git").exists()), None)
        if root is None:
            return cls()
        found = cls().extended(root / ".git" / "info" / "exclude", root)
        for parent in reversed(folder.parents):
            if parent == root or root in parent.parents:
                found = found.inside(parent)
        return cls() if found.ignores(folder, is_folder=True) else found

    def inside(self, folder: Path) -> GitIgnore:
        """What is ignored in a folder below."""
        return self.extended(folder / ".gitignore", folder)

    def extended(self, file: Path, folder: Path) -> GitIgnore:
        """What is ignored with the rules of a file, too, which are relative to a folder. It need not be there."""
        try:
            with file.open("rb") as opened:
                lines = opened.read(_MAX_BYTES).decode("utf-8", "replace").splitlines()
        except OSError:
            return self
        return GitIgnore((*self._rules, _Rules(folder.as_posix(), _spec(lines))))

    def ignores(self, path: Path, *, is_folder: bool = False) -> bool:
        """Whether a file or folder is ignored."""
        text = path.as_posix() + "/" * is_folder
        for rules in reversed(self._rules):
            ignores = rules.spec.check_file(text[len(rules.folder) :].lstrip("/")).include
            if ignores is not None:
                return ignores
        return False


def _spec(lines: list[str]) -> GitIgnoreSpec:
    # Not imported into runs before it is needed, and then beside them.
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        return GitIgnoreSpec.from_lines([line for line in lines if _is_pattern(line)])


def _is_pattern(line: str) -> bool:
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True
