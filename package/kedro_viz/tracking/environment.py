"""The Python environment that a run ran in."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


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
