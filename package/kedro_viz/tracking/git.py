"""What git knows of a project, read from its files: no process is started, nothing is imported."""

from __future__ import annotations

from pathlib import Path


def current_branch(project_path: Path) -> str | None:
    """The branch that is checked out at or above a folder.

    Args:
        project_path: A folder inside a repository, perhaps.

    Returns:
        The branch's name; None outside a repository, with a detached head, or if git's files cannot be read.
    """
    for folder in (project_path, *project_path.parents):
        marker = folder / ".git"
        if marker.exists():
            return _branch_of(marker)
    return None


def _branch_of(marker: Path) -> str | None:
    try:
        # In a worktree or a submodule `.git` is a file that says where the real folder is.
        if marker.is_file():
            pointer = marker.read_text(encoding="utf-8").strip().removeprefix("gitdir:").strip()
            marker = (marker.parent / pointer).resolve()
        head = (marker / "HEAD").read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    prefix = "ref: refs/heads/"
    return head.removeprefix(prefix) if head.startswith(prefix) else None
