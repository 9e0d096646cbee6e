"""What git knows of a project. All but the uncommitted changes is read from its files, without starting a process."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import tempfile
import time
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import IO

from kedro_viz.tracking.secrets.redaction import redact_text

# Changes of this size are no longer read by anyone.
MAX_DIFF_BYTES = 1_000_000
_DIFF_SECONDS = 10.0

_SECTION = re.compile(r"\[\s*(?P<kind>[\w.-]+)(?:\s+\"(?P<name>(?:[^\"\\]|\\.)*)\")?\s*\]")
_SETTING = re.compile(r"\s*(?P<key>[A-Za-z][\w-]*)\s*=\s*(?P<value>.*?)\s*$")
_ADDRESS = re.compile(
    r"(?P<scheme>[A-Za-z][\w+.-]*)://(?:(?P<user>[^/@:]*)(?::[^/]*|:(?!\d{1,5}/)[^?]*)?@)?(?P<rest>.*)", re.DOTALL
)
# `name:password@host:path`; git has no use for it, but takes it.
_NAME_AND_PASSWORD = re.compile(r"[^/@:]*:[^/]*@")


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


def remote_address(project_path: Path) -> str | None:
    """Where a folder's repository is shared: the remote of its branch, else `origin`, else the only one there is.

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
    for candidate in (remote_of_branch.get(current_branch(project_path) or "", ""), "origin"):
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
    with tempfile.TemporaryFile() as output:
        try:
            process = _begin_diff(project_path, leaves_out, output)
        except OSError:
            return None
        try:
            began = time.monotonic()
            while process.poll() is None:
                too_long = time.monotonic() - began > _DIFF_SECONDS
                if too_long or os.fstat(output.fileno()).st_size > MAX_DIFF_BYTES:
                    break
                with contextlib.suppress(subprocess.TimeoutExpired):
                    process.wait(0.01)
                yield
            return _diff_text(output, process.poll())
        finally:
            _end(process)


def _begin_diff(project_path: Path, leaves_out: Sequence[str], output: IO[bytes]) -> subprocess.Popen[bytes]:
    # Programs that the user's git configuration names for showing differences are not run. The clean filters of changed
    # files are (git-lfs, nbstripout): without them, files would differ that do not.
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotePath=false", "diff", "HEAD"]
    command += ["--no-ext-diff", "--no-textconv", "--no-color", "--relative", "--src-prefix=a/", "--dst-prefix=b/"]
    return subprocess.Popen(  # noqa: S603 - our own words
        [*command, "--", ".", *(f":(exclude){folder}" for folder in leaves_out)],
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
    head = (git_folder / "HEAD").read_text(encoding="utf-8").strip()
    if not head.startswith("ref: "):
        return head or None
    reference = head.removeprefix("ref: ")
    root = _shared_folder(git_folder)
    loose = root / reference
    if loose.exists():
        return loose.read_text(encoding="utf-8").strip()
    packed = root / "packed-refs"
    lines = packed.read_text(encoding="utf-8").splitlines() if packed.exists() else []
    return next((line.split(" ")[0] for line in lines if line.endswith(f" {reference}")), None)
