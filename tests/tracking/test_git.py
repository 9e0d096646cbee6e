"""Branch and commit are read from git's own files, as git writes them."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kedro_viz.tracking.git import current_branch, current_commit


def git(folder: Path, *arguments: str) -> str:
    """Call git as a person without any configuration would."""
    done = subprocess.run(
        ["git", "-c", "user.name=Me", "-c", "user.email=me@example.org", "-c", "init.defaultBranch=main", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip()


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository with two commits, on the branch `feature/new-model`."""
    folder = tmp_path / "repository"
    folder.mkdir()
    git(folder, "init", "--quiet")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "one")
    git(folder, "checkout", "--quiet", "-b", "feature/new-model")
    git(folder, "commit", "--quiet", "--allow-empty", "--message", "two")
    return folder


def test_branch_and_commit_are_found_from_a_folder_inside(repository: Path) -> None:
    inside = repository / "projects" / "spaceflights"
    inside.mkdir(parents=True)
    assert current_branch(inside) == "feature/new-model"
    assert current_commit(inside) == git(repository, "rev-parse", "HEAD")


def test_packed_references_are_read(repository: Path) -> None:
    git(repository, "branch", "new-model")  # its name ends like the other's
    git(repository, "pack-refs", "--all")
    git(repository, "checkout", "--quiet", "main")
    assert not (repository / ".git" / "refs" / "heads" / "main").exists()
    assert current_branch(repository) == "main"
    assert current_commit(repository) == git(repository, "rev-parse", "HEAD")


def test_detached_head_has_a_commit_and_no_branch(repository: Path) -> None:
    git(repository, "checkout", "--quiet", "--detach", "HEAD~1")
    assert current_branch(repository) is None
    assert current_commit(repository) == git(repository, "rev-parse", "HEAD")


def test_worktree_has_a_branch_of_its_own(repository: Path, tmp_path: Path) -> None:
    worktree = tmp_path / "worktree"
    git(repository, "worktree", "add", "--quiet", "-b", "other", str(worktree), "main")
    assert (worktree / ".git").is_file()
    assert current_branch(worktree) == "other"
    assert current_commit(worktree) == git(worktree, "rev-parse", "HEAD") != git(repository, "rev-parse", "HEAD")


def test_repository_without_commits_has_a_branch_only(tmp_path: Path) -> None:
    git(tmp_path, "init", "--quiet")
    assert current_branch(tmp_path) == "main"
    assert current_commit(tmp_path) is None


@pytest.mark.parametrize(
    "head", [b"", b"\xff\xfe", b"ref: refs/heads/../../../../etc/passwd\n"], ids=["empty", "no text", "leads elsewhere"]
)
def test_damaged_repository_tells_nothing_that_is_no_commit(tmp_path: Path, head: bytes) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").write_bytes(head)
    assert current_commit(tmp_path) is None


def test_git_file_that_is_no_text_tells_nothing(tmp_path: Path) -> None:
    (tmp_path / ".git").write_bytes(b"\xff\xfe\x00")
    assert current_branch(tmp_path) is None
    assert current_commit(tmp_path) is None


def test_folder_outside_any_repository_has_neither(tmp_path: Path) -> None:
    if any((folder / ".git").exists() for folder in tmp_path.parents):
        pytest.fail(f"the temporary folder {tmp_path} lies in a git repository")
    assert current_branch(tmp_path) is None
    assert current_commit(tmp_path) is None
