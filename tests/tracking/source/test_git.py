"""Branch, commit and remote are read from git's own files, as git writes them; what is not committed, from git."""

from __future__ import annotations

import os
import select
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kedro_viz.tracking.source import git as reading
from kedro_viz.tracking.source.git import (
    Head,
    ask_for_head,
    current_branch,
    current_commit,
    is_head_elsewhere,
    remote_address,
    uncommitted_changes,
)
from tests.reftable import keep_in_reftables
from tests.tracking.result_of import result_of


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


@pytest.mark.parametrize("in_worktree", [False, True], ids=["repository", "worktree"])
def test_git_is_asked_what_is_checked_out_where_its_files_do_not_tell(
    repository: Path, tmp_path: Path, in_worktree: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = repository
    if in_worktree:
        folder = tmp_path / "worktree"
        git(repository, "worktree", "add", "--quiet", "-b", "feature/other", str(folder), "main")
    commit = git(folder, "rev-parse", "HEAD")
    assert not is_head_elsewhere(folder)
    keep_in_reftables(folder, tmp_path / "bin", monkeypatch)
    assert is_head_elsewhere(folder)
    assert (current_branch(folder), current_commit(folder)) == (None, None)
    branch = "feature/other" if in_worktree else "feature/new-model"
    assert result_of(ask_for_head(folder)) == Head(branch, commit)
    git(folder, "checkout", "--quiet", "--detach", "HEAD")
    assert result_of(ask_for_head(folder)) == Head(None, commit)


@pytest.mark.parametrize(
    "script", [None, "exit 128", "echo warning: not what was asked for", "exec sleep 1000"],
    ids=["not installed", "refuses", "answers something else", "hangs"],
)  # fmt: skip
def test_nothing_is_known_where_git_does_not_answer(
    repository: Path, tmp_path: Path, script: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bin").mkdir()
    if script is not None:
        (tmp_path / "bin" / "git").write_text(f"#!/bin/sh\n{script}\n")
        (tmp_path / "bin" / "git").chmod(0o755)
        (tmp_path / "bin" / "sleep").symlink_to(str(shutil.which("sleep")))
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setattr(reading, "_HEAD_SECONDS", 0.1)
    assert result_of(ask_for_head(repository)) == Head(None, None)
    assert current_branch(repository) == "feature/new-model", "the files tell it"


def test_reference_to_a_reference_is_followed(repository: Path) -> None:
    git(repository, "symbolic-ref", "refs/heads/alias", "refs/heads/main")
    git(repository, "symbolic-ref", "HEAD", "refs/heads/alias")
    assert current_commit(repository) == git(repository, "rev-parse", "main")
    git(repository, "symbolic-ref", "refs/heads/main", "refs/heads/alias")
    assert current_commit(repository) is None, "they go in circles"


def test_submodule_has_a_branch_of_its_own(repository: Path, tmp_path: Path) -> None:
    outer = tmp_path / "outer"
    outer.mkdir()
    git(outer, "init", "--quiet")
    git(outer, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(repository), "inner")
    assert (outer / "inner" / ".git").is_file()
    assert current_branch(outer / "inner") == "feature/new-model"
    assert current_commit(outer / "inner") == git(repository, "rev-parse", "HEAD")


def test_folder_outside_any_repository_has_neither(tmp_path: Path) -> None:
    if any((folder / ".git").exists() for folder in tmp_path.parents):
        pytest.fail(f"the temporary folder {tmp_path} lies in a git repository")
    assert current_branch(tmp_path) is None
    assert current_commit(tmp_path) is None


def add_remote(repository: Path, name: str, address: str) -> None:
    """Tell git of a remote."""
    git(repository, "remote", "add", name, address)


def test_the_remote_of_the_branch_counts_then_origin_then_the_only_one(repository: Path) -> None:
    assert remote_address(repository) is None
    add_remote(repository, "mine", "https://example.org/me/shuttles.git")
    assert remote_address(repository) == "https://example.org/me/shuttles.git"
    add_remote(repository, "team", "https://example.org/team/shuttles.git")
    assert remote_address(repository) is None
    add_remote(repository, "origin", "https://example.org/origin.git")
    assert remote_address(repository) == "https://example.org/origin.git"
    git(repository, "config", "branch.feature/new-model.remote", "team")
    assert remote_address(repository) == "https://example.org/team/shuttles.git"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("https://me:hunter22@example.org/a.git", "https://example.org/a.git"),
        ("https://ghp_abcdefghijklmnopqrstuvwxyz@example.org/a.git", "https://example.org/a.git"),
        ("https://me:a@b@example.org/a.git", "https://example.org/a.git"),
        ("ssh://git:hunter22@example.org:22/a.git", "ssh://git@example.org:22/a.git"),
        ("https://me:p/hunter22@example.org/a.git", "https://example.org/a.git"),
        ("https://example.org:8080/team/a@b.git", "https://example.org:8080/team/a@b.git"),
        ("me:hunter22@example.org:team/a.git", "example.org:team/a.git"),
        ("me:hunter22@example.org/team/a.git", "example.org/team/a.git"),
        ("example.org:team/a@b.git", "example.org:team/a@b.git"),
        ("git@example.org:team/a.git", "git@example.org:team/a.git"),
        ("/srv/git/a.git", "/srv/git/a.git"),
    ],
)
def test_a_remote_is_told_without_passwords_and_tokens(repository: Path, address: str, told: str) -> None:
    add_remote(repository, "origin", address)
    found = remote_address(repository)
    assert found is not None
    assert found == told


def test_the_remote_is_found_from_a_worktree(repository: Path, tmp_path: Path) -> None:
    add_remote(repository, "origin", "https://example.org/a.git")
    git(repository, "worktree", "add", "--quiet", str(tmp_path / "other"), "main")
    assert remote_address(tmp_path / "other") == "https://example.org/a.git"


def test_changes_since_the_last_commit_are_told_staged_or_not(repository: Path) -> None:
    inside = repository / "project"
    inside.mkdir()
    for name in ("staged.py", "changed.py", "gone.py"):
        (inside / name).write_text("before\n")
    (repository / "outside.py").write_text("before\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "three")
    assert result_of(uncommitted_changes(inside)) is None

    (inside / "staged.py").write_text("staged\n")
    git(repository, "add", ".")
    (inside / "changed.py").write_text("changed\n")
    (inside / "gone.py").unlink()
    (repository / "outside.py").write_text("not this project's\n")
    changes = result_of(uncommitted_changes(inside))
    assert changes is not None
    assert "--- a/changed.py\n+++ b/changed.py\n@@ -1 +1 @@\n-before\n+changed\n" in changes
    assert "+staged" in changes
    assert "deleted file" in changes
    assert "outside" not in changes


def test_changes_in_folders_that_are_left_out_are_not_told(repository: Path) -> None:
    names = [Path("project") / folder / "a.txt" for folder in ("data", "src", "src/data")]
    for text in ("before\n", "after\n"):
        for name in names:
            (repository / name).parent.mkdir(parents=True, exist_ok=True)
            (repository / name).write_text(text)
        if text == "before\n":
            git(repository, "add", ".")
            git(repository, "commit", "--quiet", "--message", "three")
    changes = result_of(uncommitted_changes(repository / "project", ["data", "logs"]))
    assert changes is not None
    told = [line for line in changes.splitlines() if line.startswith("+++")]
    assert told == ["+++ b/src/a.txt", "+++ b/src/data/a.txt"]


def test_large_changes_are_cut_off_at_a_line_and_say_so(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / "table.csv").write_text("")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "three")
    (repository / "table.csv").write_text("".join(f"row {number}\n" for number in range(2_000)))
    monkeypatch.setattr(reading, "MAX_DIFF_BYTES", 1_000)
    changes = result_of(uncommitted_changes(repository))
    assert changes is not None
    *lines, last = changes.splitlines()
    assert len(changes) < 1_200
    assert last.startswith("\\ Cut off here")
    assert all(line.startswith("+row ") for line in lines[-5:])


def test_programs_that_git_is_configured_with_are_not_run(repository: Path, tmp_path: Path) -> None:
    (repository / ".gitattributes").write_text("*.txt diff=shown\n")
    (repository / "a.txt").write_text("before\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "three")
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {tmp_path}/was-run\ncat $1\n")
    program.chmod(0o755)
    for setting in ("diff.external", "diff.shown.textconv", "diff.shown.command", "core.fsmonitor"):
        git(repository, "config", setting, str(program))
    (repository / "a.txt").write_text("after\n")
    (tmp_path / "was-run").unlink(missing_ok=True)
    changes = result_of(uncommitted_changes(repository))
    assert changes is not None
    assert "+after" in changes
    assert not (tmp_path / "was-run").exists()


@pytest.fixture
def filtered(repository: Path) -> Path:
    """A repository with a changed file that git reads through a filter which the test defines."""
    (repository / ".gitattributes").write_text("*.txt filter=tested\n")
    (repository / "a.txt").write_text("before\n")
    git(repository, "add", ".")
    git(repository, "commit", "--quiet", "--message", "three")
    (repository / "a.txt").write_text("after\n")
    return repository


@pytest.mark.skipif(os.name != "posix", reason="a terminal and sessions are of POSIX")
def test_git_and_what_it_runs_fetch_nothing_and_ask_nobody(filtered: Path, tmp_path: Path) -> None:
    told = tmp_path / "told"
    git(
        filtered,
        *("config", "filter.tested.clean"),
        f'{sys.executable} -c "import os; print(os.getsid(0), dict(os.environ))" > {told}; cat',
    )
    changes = result_of(uncommitted_changes(filtered))
    assert changes is not None
    assert "+after" in changes
    session, environment = told.read_text().split(" ", 1)
    assert int(session) != os.getsid(0)
    for setting in ("'GIT_NO_LAZY_FETCH': '1'", "'GIT_TERMINAL_PROMPT': '0'", "'GIT_OPTIONAL_LOCKS': '0'"):
        assert setting in environment


@pytest.mark.skipif(os.name != "posix", reason="process groups are of POSIX")
def test_what_git_has_started_is_ended_with_it(filtered: Path, tmp_path: Path) -> None:
    alive = tmp_path / "alive"
    os.mkfifo(alive)
    reading = os.open(alive, os.O_RDONLY | os.O_NONBLOCK)
    os.set_blocking(reading, True)
    git(filtered, "config", "filter.tested.clean", f"exec 5> {alive}; echo here >&5; exec tail -f /dev/null")
    changes = uncommitted_changes(filtered)
    next(changes)
    assert select.select([reading], [], [], 30)[0]
    assert os.read(reading, 10) == b"here\n"
    changes.close()
    # The other end is closed as the filter ends.
    assert select.select([reading], [], [], 30)[0], "the filter goes on"
    assert os.read(reading, 10) == b""
    os.close(reading)


def test_without_git_or_a_repository_there_are_no_changes(
    repository: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert result_of(uncommitted_changes(tmp_path)) is None
    monkeypatch.setenv("PATH", str(tmp_path))
    assert result_of(uncommitted_changes(repository)) is None
