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
    try:
        folder = _git_folder(project_path)
        head = (folder / "HEAD").read_text(encoding="utf-8").strip() if folder else ""
    except (OSError, UnicodeDecodeError):
        return None
    prefix = "ref: refs/heads/"
    return head.removeprefix(prefix) if head.startswith(prefix) else None


def current_commit(project_path: Path) -> str | None:
    """The full hash of the commit that is checked out at or above a folder; None if git's files do not tell."""
    try:
        folder = _git_folder(project_path)
        return _commit_of(folder) if folder else None
    except (OSError, UnicodeDecodeError):
        return None


def _git_folder(project_path: Path) -> Path | None:
    for folder in (project_path, *project_path.parents):
        marker = folder / ".git"
        # In a worktree or a submodule `.git` is a file that says where the real folder is.
        if marker.is_file():
            pointer = marker.read_text(encoding="utf-8").strip().removeprefix("gitdir:").strip()
            return (marker.parent / pointer).resolve()
        if marker.exists():
            return marker
    return None


def _commit_of(git_folder: Path) -> str | None:
    head = (git_folder / "HEAD").read_text(encoding="utf-8").strip()
    if not head.startswith("ref: "):
        return head or None
    reference = head.removeprefix("ref: ")
    # A worktree keeps its HEAD to itself and shares its branches with the main repository.
    shared = git_folder / "commondir"
    root = (git_folder / shared.read_text(encoding="utf-8").strip()).resolve() if shared.exists() else git_folder
    loose = root / reference
    if loose.exists():
        return loose.read_text(encoding="utf-8").strip()
    packed = root / "packed-refs"
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.exists() else []
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {reference}")), None)
