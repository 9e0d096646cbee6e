"""Packages of a run as pip takes them, and never as options of pip."""

from __future__ import annotations

import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

from kedro_viz.integrations.kedro.reproduction.package_lock import package_lock
from kedro_viz.tracking.surroundings.environment import Environment, Package


def lock_of(*packages: Package) -> tuple[list[str], list[str]]:
    lock = package_lock("run", Environment("3.12.4", "CPython", "Linux", packages))
    assert lock.text.startswith("# The packages of run run: CPython 3.12.4 on Linux.\n")
    return lock.text.splitlines()[1:], lock.local


def test_packages_are_named_as_they_were() -> None:
    lines, local = lock_of(
        Package("pip", "24.0"),
        Package("zlib_ng", "0.5.1"),
        Package("Kedro", "1.2.0"),
        Package("fork", "1.0", "git+https://example.org/team/fork.git@0123abc"),
        Package("wheel-of-mine", "2.0+cu121", "editable install"),
        Package("other", "1!2.0rc1", "local folder"),
    )

    assert lines == [
        "fork @ git+https://example.org/team/fork.git@0123abc",
        "Kedro==1.2.0",
        "# other==1!2.0rc1 came from elsewhere: local folder",
        "# wheel-of-mine==2.0+cu121 came from elsewhere: editable install",
        "zlib_ng==0.5.1",
    ]
    assert local == ["other 1!2.0rc1", "wheel-of-mine 2.0+cu121"]


@pytest.mark.parametrize(
    "package",
    [
        Package("x\n--index-url http://evil", "1"),
        Package("--index-url", "http://evil"),
        Package("x", "1\n-r /etc/passwd"),
        Package("x", "1 ; import os"),
        Package("x", "1", "git+https://evil/x\n--pre"),
        Package("x", "1", "-e ."),
        Package("x", "1", "file:///etc"),
        Package("", ""),
    ],
)
def test_a_hostile_name_is_only_a_comment(package: Package) -> None:
    lines, _ = lock_of(package)

    assert len(lines) == 1
    assert lines[0].startswith("# ")


def test_pip_takes_what_is_installed_here(tmp_path: Path) -> None:
    packages = [Package(each.name, each.version) for each in distributions()]
    lock = package_lock("run", Environment("3", "CPython", "x", packages))
    (tmp_path / "lock.txt").write_text(lock.text)

    # All of it is there already, so nothing is asked of an index.
    done = subprocess.run(
        [sys.executable, "-m", "pip", "install", "--no-index", "--no-deps", "--dry-run", "-r", tmp_path / "lock.txt"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
