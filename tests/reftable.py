"""Repositories that keep their branches in reftables, for a git that cannot make them yet."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

# The files that git leaves in such a repository for programs that only know the older format.
HEAD = "ref: refs/heads/.invalid\n"


def keep_in_reftables(folder: Path, programs: Path, environment: pytest.MonkeyPatch) -> None:
    """Make a working tree look like one of such a repository, in which git finds its way, and nobody else does.

    Args:
        folder: The working tree.
        programs: A folder to be made, for a `git` that comes first on the `PATH`.
        environment: Is set up for it.
    """
    real = _git_folder(folder)
    kept = real.with_name(f"{real.name}.kept")
    real.rename(kept)
    real.mkdir()
    (real / "HEAD").write_text(HEAD)
    (real / "refs").mkdir()
    (real / "refs" / "heads").write_text("this repository uses the reftable format\n")
    (real / "reftable").mkdir()
    for name in ("config", "commondir", "gitdir"):
        if (kept / name).exists():
            shutil.copy(kept / name, real / name)
    programs.mkdir()
    program = programs / "git"
    program.write_text(f'#!/bin/sh\nexec "{shutil.which("git")}" --git-dir="{kept}" --work-tree="{folder}" "$@"\n')
    program.chmod(0o755)
    environment.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")


def _git_folder(folder: Path) -> Path:
    marker = folder / ".git"
    return Path(marker.read_text().removeprefix("gitdir:").strip()) if marker.is_file() else marker
