"""The Python environment that a run ran in."""

from __future__ import annotations

import json
import os
import platform
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from kedro_viz.tracking.secrets.redaction import redact_text

# What installers leave beside a package: `kedro_viz-13.0.0.dist-info`, `PyYAML-6.0-py3.11.egg-info`.
_LEFT_BY_INSTALLERS = re.compile(r"(?P<name>.+?)-(?P<version>\d[^-]*)(?:-py[\d.]+)?\.(?:dist|egg)-info")
_USER_IN_ADDRESS = re.compile(r"(?<=://)[^/@]*@")


@dataclass(frozen=True)
class Package:
    """An installed distribution. `source`: where it came from if not from an index: a git address, or a folder."""

    name: str
    version: str
    source: str | None = None


@dataclass(frozen=True)
class Environment:
    """What a run ran in.

    Attributes:
        python: Python's version, such as `3.12.4`.
        implementation: Such as `CPython`.
        platform: The operating system, its release and the machine's architecture, in one line.
        packages: All installed distributions, by name.
    """

    python: str
    implementation: str
    platform: str
    packages: Sequence[Package]

    def to_json(self) -> str:
        """As JSON: the same environment always gives the same text, so that many runs share it."""
        packages = sorted(self.packages, key=lambda package: package.name.lower())
        return json.dumps({**asdict(self), "packages": [asdict(package) for package in packages]}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> Environment:
        """Read an environment back.

        Raises:
            ValueError: If it is none.
        """
        # Any: a shared store may hold anything; the types are checked here.
        data: Any = json.loads(text)
        try:
            packages = [Package(**package) for package in data["packages"]]
            environment = cls(data["python"], data["implementation"], data["platform"], packages)
        except (TypeError, KeyError) as error:
            raise ValueError(f"Not an environment: {error}") from error
        texts = [environment.python, environment.implementation, environment.platform]
        texts += [text for package in packages for text in (package.name, package.version, package.source or "")]
        if not all(isinstance(text, str) for text in texts):
            raise ValueError("Not an environment: a value is of another type.")
        return environment


def current_environment() -> Environment:
    """The environment of this process.

    Read from the names of what installers leave in the folders of `sys.path`: walking through it by
    `importlib.metadata` reads hundreds of files.
    """
    packages: dict[str, Package] = {}
    for folder in sys.path:
        for package in _installed_in(folder or "."):
            # Of two versions the first on the path is the one that is imported.
            packages.setdefault(package.name, package)
    system = platform.uname()
    return Environment(
        python=platform.python_version(),
        implementation=platform.python_implementation(),
        platform=f"{system.system} {system.release} {system.machine}".strip(),
        packages=list(packages.values()),
    )


def _installed_in(folder: str) -> Iterator[Package]:
    try:
        names = os.listdir(folder)  # noqa: PTH208 - hundreds of paths would be made for nothing
    except OSError:
        # Not there, or an archive.
        return
    for name in names:
        if found := _LEFT_BY_INSTALLERS.fullmatch(name):
            # As indexes compare names: https://packaging.python.org/specifications/name-normalization
            distribution = re.sub(r"[-_.]+", "-", found["name"]).lower()
            yield Package(distribution, found["version"], _source(Path(folder, name)))


def _source(left: Path) -> str | None:
    """Where a distribution came from, if not from an index: https://packaging.python.org/specifications/direct-url."""
    try:
        told = json.loads((left / "direct_url.json").read_text(encoding="utf-8"))
        address = _USER_IN_ADDRESS.sub("", str(told["url"]))
        if "dir_info" in told:
            return "editable install" if told["dir_info"].get("editable") else "local folder"
        if address.startswith("file:"):
            return "local file"
        if "vcs_info" in told:
            address = f"{told['vcs_info']['vcs']}+{address}@{told['vcs_info']['commit_id']}"
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        # Most have none.
        return None
    return redact_text(address)
