"""The packages of a recorded run's environment as pip takes them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.surroundings.environment import Environment, Package

# As PEP 508 and PEP 440 have them: what a shared store holds must not become an option of pip.
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,200}[A-Za-z0-9])?")
_VERSION = re.compile(r"[A-Za-z0-9][A-Za-z0-9.!+_-]{0,200}")
_URL = re.compile(r"(?:https|(?:git|hg|svn|bzr)\+(?:https|ssh))://[A-Za-z0-9._~:/?#@!$&'()*+,;=%\[\]-]{1,1000}")

# pip is there before anything is installed.
_NOT_LOCKED = frozenset({"pip"})


@dataclass(frozen=True)
class PackageLock:
    """A file for `pip install -r`, and the packages that it cannot name: they came from folders."""

    text: str
    local: list[str]


def package_lock(run_id: str, environment: Environment) -> PackageLock:
    """Write an environment as requirements.

    Args:
        run_id: The run whose environment it was.
        environment: Its packages and Python.
    """
    local: list[str] = []
    python = f"{environment.implementation} {environment.python} on {environment.platform}"
    lines = [f"# The packages of run {printable(run_id)}: {printable(python)}."]
    for package in sorted(environment.packages, key=lambda package: package.name.lower()):
        lines += _lines(package, local)
    return PackageLock("\n".join(lines) + "\n", local)


def _lines(package: Package, local: list[str]) -> Iterator[str]:
    if package.name.lower() in _NOT_LOCKED:
        return
    if not _NAME.fullmatch(package.name) or not _VERSION.fullmatch(package.version):
        yield f"# cannot be installed by this name or version: {printable(package.name)} {printable(package.version)}"
    elif package.source is None:
        yield f"{package.name}=={package.version}"
    elif _URL.fullmatch(package.source):
        yield f"{package.name} @ {package.source}"
    else:
        local.append(f"{package.name} {package.version}")
        yield f"# {package.name}=={package.version} came from elsewhere: {printable(package.source)}"
