"""What git knows of a project.

It is read from git's files, without starting a process. Only git itself knows the uncommitted changes, and what is
checked out in a repository that keeps its branches in reftables. It is asked for these beside the run.
"""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kedro_viz.tracking.secrets.redaction import redact_text

# Changes of this size are no longer read by anyone.
MAX_DIFF_BYTES = 1_000_000
_DIFF_SECONDS = 10.0

# What is checked out is known to git at once, but the disk may be slow, or the program a wrapper that asks a network.
_HEAD_SECONDS = 5.0

_BRANCHES = "refs/heads/"

# `HEAD` names this branch, which cannot exist, where references are not kept in files: the format is set for good.
# https://git-scm.com/docs/reftable
_BRANCH_ELSEWHERE = ".invalid"

# A symbolic reference may lead to another one. Git gives up after so many.
_MAX_REFERENCES = 5

# So many digits of a commit's hash are recorded, as Kedro does.
SHORT_COMMIT = 7

_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")

_SECTION = re.compile(r"\[\s*(?P<kind>[\w.-]+)(?:\s+\"(?P<name>(?:[^\"\\]|\\.)*)\")?\s*\]")
_SETTING = re.compile(r"\s*(?P<key>[A-Za-z][\w-]*)\s*=\s*(?P<value>.*?)\s*$")
_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][\w+.-]*)://(?:(?P<user>[^/@:]*)(?::[^/]*|:(?!\d{1,5}/)[^?]*)?@)?(?P<rest>.*)", re.DOTALL
)
# `name:password@host:path`; git has no use for it, but takes it.
_NAME_AND_PASSWORD = re.compile(r"[^/@:]*:[^/]*@")


@dataclass(frozen=True)
class Head:
    """What is checked out: a branch, unless the head is detached, and a commit's full hash, unless there is none."""

    branch: str | None
    commit: str | None


def current_branch(project_path: Path) -> str | None:
    """The branch that is checked out at or above a folder.

    Args:
        project_path: A folder inside a repository, perhaps.

    Returns:
        The branch's name; None outside a repository, with a detached head, or if git's files do not tell.
    """
    branch = _branch_in_files(project_path)
    return branch if branch != _BRANCH_ELSEWHERE else None


def is_head_elsewhere(project_path: Path) -> bool:
    """Whether git has to be asked what is checked out at or above a folder, because its files do not tell."""
    return _branch_in_files(project_path) == _BRANCH_ELSEWHERE


def ask_for_head(project_path: Path) -> Generator[None, None, Head]:
    """Ask git what is checked out at or above a folder.

    Yields:
        Every few milliseconds, while git works.

    Returns:
        What git answers; nothing is known where it is not installed, refuses, or takes longer than some seconds.
    """
    branch = yield from _answer_of_git(project_path, "symbolic-ref", "--quiet", "HEAD")
    commit = yield from _answer_of_git(project_path, "rev-parse", "--quiet", "--verify", "HEAD")
    return Head(
        branch=branch.removeprefix(_BRANCHES) if branch.startswith(_BRANCHES) else None,
        commit=commit if _COMMIT.fullmatch(commit) else None,
    )


def _branch_in_files(project_path: Path) -> str | None:
    try:
        folder = _git_folder(project_path)
        head = (folder / "HEAD").read_text(encoding="utf-8").strip() if folder else ""
    except (OSError, UnicodeDecodeError):
        return None
    prefix = f"ref: {_BRANCHES}"
    return head.removeprefix(prefix) if head.startswith(prefix) else None


def current_commit(project_path: Path) -> str | None:
    """The full hash of the commit that is checked out at or above a folder; None if git's files do not tell."""
    try:
        folder = _git_folder(project_path)
        return _commit_of(folder) if folder else None
    except (OSError, UnicodeDecodeError):
        return None


def remote_address(project_path: Path, branch: str | None = None) -> str | None:
    """Where a folder's repository is shared: the remote of its branch, else `origin`, else the only one there is.

    Args:
        project_path: A folder inside a repository, perhaps.
        branch: The branch that is checked out; the one that git's files name if None.

    Returns:
        The address as git's configuration has it, without passwords and tokens; None if there is none.
    """
    try:
        folder = _git_folder(project_path)
        text = (_shared_folder(folder) / "config").read_text(encoding="utf-8") if folder else ""
    except (OSError, UnicodeDecodeError):
        return None
    remotes: dict[str, str] = {}
    remote_of_branch: dict[str, str] = {}
    for kind, name, key, value in _settings(text):
        if (kind, key) == ("remote", "url"):
            remotes.setdefault(name, value)
        elif (kind, key) == ("branch", "remote"):
            remote_of_branch[name] = value
    branch = branch or current_branch(project_path) or ""
    for candidate in (remote_of_branch.get(branch, ""), "origin"):
        if candidate in remotes:
            return _without_credentials(remotes[candidate])
    return _without_credentials(next(iter(remotes.values()))) if len(remotes) == 1 else None


def _settings(text: str) -> Iterator[tuple[str, str, str, str]]:
    """The settings of a git configuration: the kind and name of the section, the key and the value."""
    kind = name = ""
    for line in text.splitlines():
        if section := _SECTION.match(line.strip()):
            kind, name = section["kind"].lower(), re.sub(r"\\(.)", r"\1", section["name"] or "")
        elif setting := _SETTING.match(line):
            yield kind, name, setting["key"].lower(), setting["value"].strip('"')


def _without_credentials(address: str) -> str:
    found = _ADDRESS.fullmatch(address)
    if found is None:
        # A path, or `git@host:path`, which names an account that all share.
        secret = _NAME_AND_PASSWORD.match(address)
        return redact_text(address[secret.end() if secret else 0 :])
    # With HTTPS even the name may be a token.
    account = f"{found['user']}@" if found["user"] and found["scheme"].endswith("ssh") else ""
    return redact_text(f"{found['scheme']}://{account}{found['rest']}")


def uncommitted_changes(project_path: Path, leaves_out: Sequence[str] = ()) -> Generator[None, None, str | None]:
    """What differs from the last commit in a folder, as `git diff` writes it, with paths relative to the folder.

    Files that git does not know are not in it.

    Args:
        project_path: The folder.
        leaves_out: Folders in it that are not looked into.

    Yields:
        Every few milliseconds, while git works.

    Returns:
        The differences, at most `MAX_DIFF_BYTES` of them and then a line that says so; None if there are none, outside
        a repository, or where git is not installed. Secrets are still in it.
    """
    # Programs that the user's git configuration names for showing differences are not run. The clean filters of changed
    # files are (git-lfs, nbstripout): without them, unchanged files would appear modified.
    words = ["-c", "core.quotePath=false", "diff", "HEAD"]
    words += ["--no-ext-diff", "--no-textconv", "--no-color", "--relative", "--src-prefix=a/", "--dst-prefix=b/"]
    words += ["--", ".", *(f":(exclude){folder}" for folder in leaves_out)]
    with tempfile.TemporaryFile() as output:
        try:
            exit_code = yield from _call_git(project_path, words, output, _DIFF_SECONDS)
        except OSError:
            return None
        return _diff_text(output, exit_code)


def _answer_of_git(project_path: Path, *words: str) -> Generator[None, None, str]:
    """A line that git answers; empty where it has none."""
    with tempfile.TemporaryFile() as output:
        try:
            exit_code = yield from _call_git(project_path, words, output, _HEAD_SECONDS)
        except OSError:
            return ""
        output.seek(0)
        return output.read(MAX_DIFF_BYTES).decode("utf-8", "replace").strip() if exit_code == 0 else ""


def _call_git(
    project_path: Path, words: Sequence[str], output: IO[bytes], seconds: float
) -> Generator[None, None, int | None]:
    """Have git work in a folder, for so many seconds and about so many bytes of output as are kept, at most.

    Returns:
        Its exit code; None if it was ended.

    Raises:
        OSError: If it is not installed.
    """
    process = _begin(project_path, words, output)
    try:
        began = time.monotonic()
        while process.poll() is None:
            too_long = time.monotonic() - began > seconds
            if too_long or os.fstat(output.fileno()).st_size > MAX_DIFF_BYTES:
                break
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(0.01)
            yield
        return process.poll()
    finally:
        _end(process)


def _begin(project_path: Path, words: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    # A repository's configuration may name a program that watches its files.
    return subprocess.Popen(  # noqa: S603 - our own words
        ["git", "-c", "core.fsmonitor=false", *words],  # noqa: S607 - the user's own git
        cwd=project_path,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.DEVNULL,
        # Another git that works here at the same time must not find the index locked, nothing is fetched where only a
        # part of the repository is here, and nobody is asked for a password.
        env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"},
        # Away from the user's terminal, and to be ended with all that it has started.
        start_new_session=True,
    )


def _end(process: subprocess.Popen[bytes]) -> None:
    """End git and all that it has started, such as a filter that hangs."""
    if os.name != "posix":
        process.kill()
    elif process.poll() is None:
        # Only as long as it has not ended: its number may be another's then.
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _diff_text(output: IO[bytes], exit_code: int | None) -> str | None:
    output.seek(0)
    data = output.read(MAX_DIFF_BYTES + 1)
    is_whole = exit_code is not None and len(data) <= MAX_DIFF_BYTES
    if exit_code not in (0, None) or (is_whole and not data):
        return None
    if not is_whole:
        data = data[:MAX_DIFF_BYTES]
        data = data[: data.rfind(b"\n") + 1] + b"\\ Cut off here: the changes are larger than is kept.\n"
    return data.decode("utf-8", "replace")


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


def _shared_folder(git_folder: Path) -> Path:
    # A worktree keeps its HEAD to itself and shares its branches and configuration with the main repository.
    shared = git_folder / "commondir"
    return (git_folder / shared.read_text(encoding="utf-8").strip()).resolve() if shared.exists() else git_folder


def _commit_of(git_folder: Path) -> str | None:
    root = _shared_folder(git_folder)
    text = (git_folder / "HEAD").read_text(encoding="utf-8").strip()
    for _ in range(_MAX_REFERENCES):
        if not text.startswith("ref: "):
            break
        text = _reference(root, text.removeprefix("ref: "))
    return text if _COMMIT.fullmatch(text) else None


def _reference(root: Path, name: str) -> str:
    """What a reference leads to: a commit or another reference; empty where git's files do not tell."""
    loose = root / name
    if loose.exists():
        return loose.read_text(encoding="utf-8").strip()
    packed = root / "packed-refs"
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.exists() else []
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {name}")), "")
