"""Where a project keeps its configuration, and what it says: read from its files, of which none is executed."""

from __future__ import annotations

import ast
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

import yaml

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_SUFFIXES = (".yml", ".yaml", ".json")


@dataclass(frozen=True)
class ConfigurationLayout:
    """Where a project keeps its configuration, as its own files say; Kedro's defaults where they do not.

    Attributes:
        source: The folder of the configuration, relative to the project.
        base: The environment that is read first.
        default: The environment that a run takes unless told otherwise.
        is_project: Whether the files are a Kedro project at all: packaged projects run elsewhere.
    """

    source: str = "conf"
    base: str = "base"
    default: str = "local"
    is_project: bool = True

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> ConfigurationLayout:
        """Read a project's `pyproject.toml` and `settings.py`. Nothing is executed.

        Args:
            files: What the files hold, by path in the project.
        """
        try:
            section = tomllib.loads(files["pyproject.toml"].decode())["tool"]["kedro"]
            package = str(section["package_name"]).replace(".", "/")
        except (KeyError, TypeError, ValueError):
            return cls(is_project=False)
        settings = PurePosixPath(str(section.get("source_dir", "src")), package, "settings.py").as_posix()
        told = _assigned(files.get(settings, b""))
        arguments = told.get("CONFIG_LOADER_ARGS")
        arguments = arguments if isinstance(arguments, dict) else {}

        def text(value: object, default: str) -> str:
            return value.strip("/") if isinstance(value, str) and value else default

        return cls(
            source=text(told.get("CONF_SOURCE"), cls.source),
            base=text(arguments.get("base_env"), cls.base),
            default=text(arguments.get("default_run_env"), cls.default),
        )

    def folder(self, env: str | None) -> str:
        """The folder of an environment; None for the default one."""
        return f"{self.source}/{env or self.default}"


def read_configuration(files: Mapping[str, bytes], folder: str, subject: str) -> dict[str, Any]:
    """The configuration that the files of an environment give, by Kedro's own patterns, interpolations unresolved.

    Args:
        files: What files hold, by path in the project.
        folder: The environment's folder.
        subject: Such as `parameters` or `catalog`.
    """
    found: dict[str, Any] = {}
    for path, data in files.items():
        if not path.startswith(f"{folder}/") or not path.endswith(_SUFFIXES):
            continue
        first, *_, last = path.removeprefix(f"{folder}/").split("/") * 2
        if not (first.startswith(subject) or last.startswith(subject)):
            continue
        try:
            read = yaml.safe_load(data)
        except (yaml.YAMLError, ValueError, RecursionError):
            continue
        if isinstance(read, dict):
            found.update({str(key): value for key, value in read.items()})
    return found


def _assigned(source: bytes) -> dict[str, object]:
    """The plain values that a module assigns to names, without running it."""
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return {}
    found: dict[str, object] = {}
    for statement in body:
        if isinstance(statement, ast.Assign) and len(statement.targets) == 1:
            target = statement.targets[0]
            if isinstance(target, ast.Name):
                found[target.id] = _plain(statement.value)
    return found


def _plain(node: ast.expr) -> object:
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        return {key.value: _plain(value) for key, value in pairs if isinstance(key, ast.Constant)}
    return None
