"""Finds parameters that exist only in `conf/local`: they belong to one person's machine, so their values stay there.

A parameter that `conf/local` overrides is recorded, because people try values there. What the base configuration does
not have at all is nobody else's business.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml

from kedro_viz.tracking.parameters import as_mappings
from kedro_viz.tracking.secrets.redaction import REDACTED

logger = logging.getLogger(__name__)

LOCAL = "local"
_PATTERNS = ("parameters*", "parameters*/**", "**/parameters*")
_SUFFIXES = frozenset({".yml", ".yaml", ".json"})
_TOP_LEVEL = re.compile(r"^(?P<quote>['\"]?)(?P<key>[^\s#:'\"\-{][^:\n'\"]*)(?P=quote)[ \t]*:(?=\s|$)", re.MULTILINE)
# Nobody's parameters are larger. What is, is not looked at.
_MAX_BYTES = 5_000_000

ParameterPath = tuple[str, ...]


# Any in this module: parameters are whatever the user's YAML holds.
def parameters_only_in_local(loader: Any, set_by_command: Mapping[str, Any]) -> list[ParameterPath]:
    """The parameters of a run that only `conf/local` has.

    Only the files of `conf/local` are parsed, and of the base configuration those parts that they may override.

    Args:
        loader: Kedro's configuration loader of the run.
        set_by_command: What `--params` sets: such values are on the command line, and no secret of `conf/local`.

    Returns:
        Their paths, each down to what has no counterpart. Empty for a run in another environment, or without local
        parameters.
    """
    folder, base_env = Path(str(getattr(loader, "conf_source", ""))), getattr(loader, "base_env", None)
    env = getattr(loader, "env", None) or getattr(loader, "default_run_env", "")
    # Without a base environment Kedro reads all of the folder, `local` included.
    if base_env is None or base_env == LOCAL or (base_env and env != LOCAL):
        return []
    patterns = getattr(loader, "config_patterns", {}).get("parameters", _PATTERNS)
    base: _Base | None = None
    paths: list[ParameterPath] = []
    for file in _files(folder / LOCAL, patterns):
        local = _parsed(file.read_text(encoding="utf-8"))
        if not isinstance(local, Mapping):
            continue
        base = base or _Base(folder / base_env, patterns, folder / LOCAL)
        for key, value in local.items():
            paths += _without_counterpart((str(key),), value, base.value(str(key)))
    return [path for path in paths if not _is_set(path, set_by_command)]


def without_values_of(parameters: Mapping[str, Any], paths: list[ParameterPath]) -> Mapping[str, Any]:
    """The parameters where the values at these paths are hidden. Their names stay."""
    if not paths:
        return parameters
    hidden: dict[str, Any] = dict(as_mappings(parameters))
    for path in paths:
        parent: Any = hidden
        for key in path[:-1]:
            parent = parent.get(key) if isinstance(parent, dict) else None
        if isinstance(parent, dict) and path[-1] in parent:
            parent[path[-1]] = _hidden(parent[path[-1]])
    return hidden


def _hidden(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _hidden(inner) for key, inner in value.items()}
    return REDACTED if value is not None else None


class _Missing:
    """What stands for a parameter that the base configuration does not have."""


_MISSING = _Missing()


class _Base:
    """The parameters of the base configuration, of which as little is parsed as is needed."""

    def __init__(self, folder: Path, patterns: Any, passes_over: Path) -> None:
        files = [file for file in _files(folder, patterns) if passes_over not in file.parents]
        self._texts = [file.read_text(encoding="utf-8") for file in files]

    def value(self, key: str) -> Any:
        """The value of a top-level key; `_MISSING` if there is none."""
        for text in self._texts:
            if text.lstrip().startswith("{"):
                whole = _parsed(text)
                if isinstance(whole, Mapping) and key in whole:
                    return whole[key]
                continue
            for found in _TOP_LEVEL.finditer(text):
                if found["key"].strip() == key:
                    return self._parsed_part(text, found.start(), key)
        return _MISSING

    @staticmethod
    def _parsed_part(text: str, start: int, key: str) -> Any:
        after = text.find("\n", start) + 1
        following = re.compile(r"^[^\s#\-]", re.MULTILINE).search(text, after) if after else None
        part = _parsed(text[start : following.start() if following else len(text)])
        if not isinstance(part, Mapping):
            # It refers to an anchor that stands elsewhere in the file.
            part = _parsed(text)
        return part.get(key) if isinstance(part, Mapping) else None


def _without_counterpart(path: ParameterPath, local: Any, base: Any) -> Iterator[ParameterPath]:
    if base is _MISSING:
        yield path
    elif isinstance(local, Mapping) and isinstance(base, Mapping):
        for key, value in local.items():
            yield from _without_counterpart((*path, str(key)), value, base.get(key, _MISSING))


def _is_set(path: ParameterPath, values: Mapping[str, Any]) -> bool:
    value: Any = values
    for key in path:
        if not isinstance(value, Mapping) or key not in value:
            return False
        value = value[key]
    return True


def _files(folder: Path, patterns: Any) -> Iterator[Path]:
    """The files of parameters in a folder of configuration, as Kedro finds them."""
    for file in sorted(folder.rglob("*")) if folder.is_dir() else []:
        path = file.relative_to(folder).as_posix()
        is_named_so = file.suffix in _SUFFIXES and any(fnmatchcase(path, str(pattern)) for pattern in patterns)
        if is_named_so and file.is_file() and file.stat().st_size <= _MAX_BYTES:
            yield file


def _parsed(text: str) -> Any:
    """What YAML or JSON says; None for what cannot be read."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        logger.debug("Not known which parameters are only in conf/local: %s", type(error).__name__)
        return None
