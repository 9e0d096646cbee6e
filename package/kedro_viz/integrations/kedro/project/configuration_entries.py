"""Reads a project's configuration entry by entry, so that one entry that cannot be resolved does not hide the others.

Kedro resolves all entries of a configuration at once: a runtime parameter without a default, or an environment
variable that is not set, makes it refuse the whole catalog.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from fsspec.implementations.local import LocalFileSystem
from kedro.config import AbstractConfigLoader, MissingConfigException, OmegaConfigLoader
from omegaconf import OmegaConf
from omegaconf.errors import OmegaConfBaseException
from omegaconf.resolvers import oc

from kedro_viz.tracking.secrets.redaction import redact_text

logger = logging.getLogger(__name__)

# Any: a configuration is whatever the user's YAML holds.
Entries: TypeAlias = dict[str, Any]

_SUFFIXES = frozenset({".yml", ".yaml", ".json"})
# What OmegaConf puts before and after the message of a resolver.
_RAISED_WHILE = re.compile(r"^\w+ raised while resolving interpolation: ")
_NO_RUNTIME_PARAMETER = re.compile(r"^Runtime parameter '(?P<name>.+)' not found")


@dataclass(frozen=True)
class UnresolvedEntry:
    """An entry that cannot be resolved: why, in sentences for users, and its `type` where that is plain text."""

    reason: str
    type: str | None = None


@dataclass(frozen=True)
class ConfigurationEntries:
    """A configuration, as far as it can be resolved.

    Attributes:
        resolved: The entries that Kedro can use, by name, in the order of the files.
        unresolved: Why the others cannot be used, by name.
    """

    resolved: Entries = field(default_factory=dict, repr=False)
    unresolved: Mapping[str, UnresolvedEntry] = field(default_factory=dict)


def read_entries(loader: AbstractConfigLoader, key: str) -> ConfigurationEntries:
    """Read a configuration by its loader; entry by entry if the loader refuses all of it for the sake of some.

    Args:
        loader: The project's config loader.
        key: `catalog`, `credentials` or `parameters`.

    Raises:
        Exception: What the loader raises, if a file cannot be read or the loader is of the project's own kind.
    """
    resolves_environment = OmegaConf.has_resolver("oc.env")
    try:
        return ConfigurationEntries(dict(loader[key]))
    except MissingConfigException:
        return ConfigurationEntries()
    except Exception:
        # Where credentials cannot be resolved, Kedro leaves this behind, and catalogs could name any variable.
        if not resolves_environment:
            OmegaConf.clear_resolver("oc.env")
        one_by_one = _one_by_one(loader, key)
        if one_by_one is None:
            raise
        return one_by_one


def configuration_files(loader: AbstractConfigLoader, key: str) -> list[list[Path]]:
    """The files of a configuration in a folder: those of the base environment, then those of the one that is used.

    Returns:
        Nothing for a configuration in an archive or behind a URL, and for loaders of another kind.
    """
    root = Path(loader.conf_source)
    if not isinstance(loader, OmegaConfigLoader) or not root.is_dir():
        return []
    environments = dict.fromkeys([loader.base_env, loader.env or loader.default_run_env])
    return [_files_below(root / environment, loader, key) for environment in environments]


def _files_below(folder: Path, loader: OmegaConfigLoader, key: str) -> list[Path]:
    patterns = loader.config_patterns.get(key, [])
    # pathlib has other rules for `**`.
    found = {Path(path) for pattern in patterns for path in LocalFileSystem().glob((folder / pattern).as_posix())}
    shows_hidden = not getattr(loader, "ignore_hidden", True)
    return sorted(
        path
        for path in found
        if path.suffix in _SUFFIXES
        and path.is_file()
        and (shows_hidden or not any(part.startswith(".") for part in path.relative_to(folder).parts))
    )


def _one_by_one(loader: AbstractConfigLoader, key: str) -> ConfigurationEntries | None:
    """Resolve each entry alone; None if the files cannot be read so, or if no entry is at fault."""
    resolved: Entries = {}
    unresolved: dict[str, UnresolvedEntry] = {}
    try:
        for files in configuration_files(loader, key):
            configs = [OmegaConf.load(file) for file in files]
            if _has_duplicates(configs, key):
                return None
            merged = OmegaConf.merge(*configs, (loader.runtime_params or {}) if key == "parameters" else {})
            found, failed = _resolve_each(merged, environment_variables=key == "credentials")
            resolved = _merged(resolved, found) if _merges_softly(loader, key) else {**resolved, **found}
            unresolved = {name: why for name, why in unresolved.items() if name not in found} | failed
    except Exception:
        # The loader has said why already.
        logger.debug("The %s configuration cannot be read entry by entry.", key, exc_info=True)
        return None
    if not unresolved:
        return None
    return ConfigurationEntries({name: each for name, each in resolved.items() if name not in unresolved}, unresolved)


# Any: what YAML files hold.
def _has_duplicates(configs: list[Any], key: str) -> bool:
    """Whether two files have the same entry, which Kedro refuses. It compares parameters by their full names."""
    names = [
        name
        for config in configs
        for name in _names(OmegaConf.to_container(config, resolve=False), nested=key == "parameters")
        if not name.startswith("_")
    ]
    return len(names) != len(set(names))


def _names(config: Any, *, nested: bool) -> list[str]:
    names: list[str] = []
    for name, value in config.items() if isinstance(config, dict) else ():
        inner = _names(value, nested=True) if nested else []
        names += [f"{name}.{each}" for each in inner] or [str(name)]
    return names


# Any: OmegaConf's containers.
def _resolve_each(config: Any, *, environment_variables: bool) -> tuple[Entries, dict[str, UnresolvedEntry]]:
    resolved: Entries = {}
    unresolved: dict[str, UnresolvedEntry] = {}
    written: Any = OmegaConf.to_container(config, resolve=False)
    with _environment_resolver() if environment_variables else nullcontext():
        for name in (name for name in written if not str(name).startswith("_")):
            try:
                entry = config[name]
                resolved[str(name)] = (
                    OmegaConf.to_container(entry, resolve=True) if OmegaConf.is_config(entry) else entry
                )
            except Exception as error:  # noqa: BLE001 - resolvers are users' code and may raise anything
                unresolved[str(name)] = UnresolvedEntry(_reason(error), _plain_type(written[name]))
    return resolved, unresolved


@contextmanager
def _environment_resolver() -> Iterator[None]:
    """Let `${oc.env:NAME}` be resolved, as Kedro does for credentials alone."""
    if OmegaConf.has_resolver("oc.env"):
        yield
        return
    # OmegaConf 2.4 renames it.
    register = getattr(OmegaConf, "register_resolver", OmegaConf.register_new_resolver)
    register("oc.env", oc.env)
    try:
        yield
    finally:
        OmegaConf.clear_resolver("oc.env")


def _plain_type(entry: Any) -> str | None:
    written = entry.get("type") if isinstance(entry, dict) else None
    return written if isinstance(written, str) and "${" not in written else None


def _reason(error: Exception) -> str:
    """Why an entry cannot be resolved, with the place in it, and with the remedy where that is known."""
    lines = _RAISED_WHILE.sub("", str(error).strip() or type(error).__name__).splitlines()
    message = lines[0].rstrip(". ").strip('"')
    place = next((line.strip().removeprefix("full_key: ") for line in lines if "full_key: " in line), "")
    if not isinstance(error, OmegaConfBaseException):
        message = f"{type(error).__name__}: {message}"
    reason = f"{message} (`{place}`)." if place else f"{message}."
    missing = _NO_RUNTIME_PARAMETER.match(message)
    if missing:
        reason += f" Pass it with `--params {missing['name']}=VALUE`, or give it a default in the configuration."
    return redact_text(reason)


def _merges_softly(loader: AbstractConfigLoader, key: str) -> bool:
    strategies = getattr(loader, "merge_strategy", None)
    return isinstance(strategies, Mapping) and str(strategies.get(key, "")).lower() == "soft"


def _merged(base: Entries, environment: Entries) -> Entries:
    merged: Any = OmegaConf.to_container(OmegaConf.merge(base, environment))
    return {str(name): entry for name, entry in merged.items()}
