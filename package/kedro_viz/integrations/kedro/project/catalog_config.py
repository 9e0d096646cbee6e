"""Reads what a catalog's configuration tells of its datasets, without building them or importing their classes."""

from __future__ import annotations

import contextlib
import copy
import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, Protocol, TypeAlias

from kedro.io import CatalogConfigResolver

from kedro_viz.integrations.kedro.project.configuration_entries import UnresolvedEntry
from kedro_viz.integrations.kedro.project.recorded_paths import is_dataset_name, stays_below
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.dataset_types import is_always_versioned, short_type_name
from kedro_viz.tracking.project import Problem
from kedro_viz.tracking.run_setting import RunSetting
from kedro_viz.tracking.secrets.redaction import redact_text

# Any: a catalog's configuration is whatever the user's YAML holds.
Config: TypeAlias = dict[str, Any]

logger = logging.getLogger(__name__)

# The keys that Kedro takes for paths, to be read relative to the project.
_PATH_KEYS = frozenset({"filename", "filepath", "path"})
# What Kedro makes of a dataset that the catalog does not name.
_MEMORY = "kedro.io.MemoryDataset"
_MEMORY_NAME = "MemoryDataset"
_RUNTIME_PATTERN = {"{default}": {"type": _MEMORY}}
_LED_AWAY = (
    "What the run's record says of names and parameters would decide of more than a folder's name in its path. Such a "
    "path is only read where this machine's user has recorded the run."
)
# These go to `open` when a dataset is read or written, not to its file system.
_OPEN_ARGUMENTS = frozenset({"open_args_load", "open_args_save"})
_URL = re.compile(r"^[A-Za-z][A-Za-z0-9+.\-]+:")


def _is_news(record: logging.LogRecord) -> bool:
    # Kedro warns at each dataset that a catch-all pattern makes. Looking at a catalog makes none.
    return not str(record.msg).startswith("Config from the dataset pattern")


logging.getLogger(CatalogConfigResolver.__module__).addFilter(_is_news)


def is_parameter(name: str) -> bool:
    """Whether Kedro takes a dataset of this name for parameters."""
    return name == "parameters" or name.startswith("params:")


class CatalogConfig:
    """A catalog's configuration, from which the entry of any dataset's name follows.

    An entry that Kedro could not use (no mapping, an interpolation that cannot be resolved, unknown credentials, a
    pattern whose keys do not fit) is reported in `problems`, and so is its reason wherever the dataset is shown. The
    others are there all the same.
    """

    def __init__(
        self,
        catalog: Mapping[str, Any],
        credentials: Mapping[str, Any],
        project_path: Path,
        unresolved: Mapping[str, UnresolvedEntry] | None = None,
        unresolved_credentials: Mapping[str, UnresolvedEntry] | None = None,
        configuration: Path | None = None,
    ) -> None:
        """Take over a configuration.

        Args:
            catalog: The catalog as the config loader reads it, patterns included.
            credentials: The credentials that it names.
            project_path: The project's root, which relative paths start from.
            unresolved: The catalog's entries that cannot be resolved, by name.
            unresolved_credentials: The credentials that cannot be resolved, by name.
            configuration: The configuration folder; None for `conf`.
        """
        self.problems: list[Problem] = []
        self._project_path = project_path
        self._configuration = configuration or project_path / "conf"
        self._unusable: dict[str, UnresolvedEntry] = {}
        self._credential_problems = unresolved_credentials or {}
        usable: Config = {}
        for name, config in catalog.items():
            if self._is_usable(name, config, dict(credentials)):
                usable[name] = _absolute_paths(config, project_path)
        for name, entry in (unresolved or {}).items():
            self._leave_out(name, entry.reason, entry.type)
        superfluous = self._leave_out_all_but_one_catch_all([*catalog, *(unresolved or {})])
        # What cannot be used stands here all the same: a name that it matches is no other pattern's.
        placeholders = {name: {"type": _MEMORY} for name in self._unusable}
        config = {name: each for name, each in (usable | placeholders).items() if name not in superfluous}
        self._written = config
        self._credentials = dict(credentials)
        self._resolver = CatalogConfigResolver(config, self._credentials, _RUNTIME_PATTERN)

    def _is_usable(self, name: str, config: Any, credentials: Config) -> bool:
        try:
            CatalogConfigResolver({name: config}, credentials, _RUNTIME_PATTERN)
        except Exception as error:  # noqa: BLE001 - one entry's fault must not hide the others
            detail = error.args[0] if isinstance(error, KeyError) and error.args else error
            self._leave_out(name, self._credential_problem(config) or redact_text(str(detail)), _type_of(config))
            return False
        if not isinstance(config, dict) or not isinstance(config.get("type"), (str, type)):
            self._leave_out(name, "It has no `type`.")
            return False
        return True

    def _credential_problem(self, config: Any, key: str = "") -> str | None:
        """Why the credentials that an entry names cannot be resolved; None if it is not for them."""
        if isinstance(config, Mapping):
            problems = (self._credential_problem(value, str(name)) for name, value in config.items())
            return next((problem for problem in problems if problem), None)
        if key == "credentials" and isinstance(config, str) and config in self._credential_problems:
            return f"Its credentials `{config}` cannot be used. {self._credential_problems[config].reason}"
        return None

    def _leave_out_all_but_one_catch_all(self, names: Iterable[str]) -> list[str]:
        """Keep the first pattern that matches everything, as one that cannot be used; the others are returned."""
        catch_all = [name for name in names if "{" in name and not re.sub(r"\{.*?\}", "", name)]
        for name in catch_all if len(catch_all) > 1 else ():
            others = " and ".join(f"`{other}`" for other in catch_all if other != name)
            self._leave_out(name, f"It matches every dataset, as {others} does. Only one such pattern is allowed.")
        return catch_all[1:]

    def _leave_out(self, name: str, reason: str, kind: str | None = None) -> None:
        if name not in self._unusable:
            self.problems.append(Problem(f"The catalog entry `{name}` cannot be used", reason))
            self._unusable[name] = UnresolvedEntry(reason, kind)

    def entries(self) -> list[CatalogEntry]:
        """The entries of all datasets that the catalog names, in its order; then those that cannot be used."""
        return self.resolve_entries(self._resolver.config)

    def resolve_entries(self, names: Iterable[str]) -> list[CatalogEntry]:
        """The entries of datasets, as Kedro would make them: named in the catalog, by a pattern, or in memory.

        Args:
            names: The datasets' names. Parameters are passed over.
        """
        return [self._entry_of(name) for name in names if not is_parameter(name)]

    def keeps_in_place(self, entry: CatalogEntry, reference: CatalogConfig | None = None) -> bool:
        """Whether a dataset's file stays where the catalog puts it, if its name comes from a run's record.

        Args:
            entry: Its entry by this configuration.
            reference: The same configuration with other runtime parameters, if those come from a record too.
        """
        if entry.filepath is None:
            return True
        fixed = [config.fixed_part(entry) for config in (self, *([reference] if reference else []))]
        known = [each for each in fixed if each is not None]
        if len(known) < len(fixed):
            return False
        start = os.path.commonprefix(known)  # noqa: RUF071 - `stays_below` goes back to the last slash
        return entry.filepath == start or stays_below(entry.filepath, start, self._project_path, self._configuration)

    def fixed_part(self, entry: CatalogEntry) -> str | None:
        """The beginning of a dataset's path that does not follow from its name; all of it for one that is named.

        Args:
            entry: The dataset. Of another configuration, it may have another path.

        Returns:
            None if more than the path follows from the name, or more than that differs.
        """
        source = self._source_of(entry.name)
        if source is None or source in self._unusable:
            return None
        is_named = source in self._resolver.config
        written = _entry(entry.name, dict(self._resolver.config[source] if is_named else self._raw(source)))
        if (written.fs_args, written.credentials) != (entry.fs_args, entry.credentials) or written.filepath is None:
            return None
        return written.filepath if is_named else written.filepath.partition("{")[0]

    def _raw(self, pattern: str) -> Config:
        """A pattern's configuration with its credentials, before a name is filled in."""
        # Under a name without braces, Kedro takes it as it is.
        alone = CatalogConfigResolver({"pattern": self._written[pattern]}, self._credentials, _RUNTIME_PATTERN)
        return dict(alone.config["pattern"])

    def _source_of(self, name: str) -> str | None:
        """The catalog's entry, named or a pattern, that a dataset is made by; None for one in memory."""
        if name in self._resolver.config:
            return name
        return self._resolver.match_dataset_pattern(name) or self._resolver.match_user_catch_all_pattern(name)

    def config_of(self, name: str) -> Config | None:
        """What Kedro would make a dataset of; None for one without an entry that can be used."""
        source = self._source_of(name)
        if source is None or source in self._unusable:
            return None
        return dict(self._resolver.config[name] if source == name else self._resolver.resolve_pattern(name))

    def paths(self, recorded_names: Iterable[str]) -> set[str]:
        """All paths that the configuration of datasets names, absolute or as URLs: of files, of folders, of parts.

        Args:
            recorded_names: Names from a run's record that a pattern may describe. One with a slash is left out: it
                could lead the pattern's path elsewhere. What the catalog itself names is there anyway.
        """
        described = {name for name in recorded_names if is_dataset_name(name) and "/" not in name}
        configs: list[Config | None] = []
        for name in {*self._resolver.config, *described}:
            # A pattern that cannot be filled in, such as `{name[0]}`, raises whatever formatting does.
            with contextlib.suppress(Exception):
                configs.append(None if is_parameter(name) else self.config_of(name))
        return {path for config in configs for path in _paths(config)}

    def _entry_of(self, name: str) -> CatalogEntry:
        source = self._source_of(name)
        if source is None:
            return CatalogEntry(name, _MEMORY_NAME)
        if unusable := self._unusable.get(source):
            return CatalogEntry(name, _type_name(unusable.type or ""), problem=unusable.reason)
        try:
            return _entry(name, self.config_of(name) or {})
        except Exception as error:  # noqa: BLE001 - a pattern that cannot be filled in, such as `{name[0]}`
            reason = f"The catalog pattern `{source}` cannot be used for it: {redact_text(str(error))}"
            logger.warning("'%s' is in no catalog. %s", name, reason)
            return CatalogEntry(name, "", problem=reason)


class CatalogsOfRuns(Protocol):
    """Gives the project's catalog as runs had it. See `run_catalogs`."""

    def of(self, setting: RunSetting) -> Catalog | None:
        """The catalog of runs with a setting; None if there is none."""

    def forget(self) -> None:
        """The configuration has changed."""


class ConfiguredCatalog(Catalog):
    """A project's catalog, which knows the entry of any name that runs or pipelines tell later.

    Args:
        config: The catalog's configuration.
        reference: The same with other runtime parameters, where those come from a run's record: shows what follows from
            them. An entry that they lead away from its place is left out, with that as its problem.
        runs: Gives the catalogs of runs that were started otherwise than the app.
    """

    def __init__(
        self,
        config: CatalogConfig,
        *,
        reference: CatalogConfig | None = None,
        runs: CatalogsOfRuns | None = None,
    ) -> None:
        self._config = config
        self._reference = reference
        self._runs = runs
        entries = config.entries()
        super().__init__(entries if reference is None else map(self._kept_in_place, entries))

    def resolve_entries(self, names: Iterable[str]) -> list[CatalogEntry]:
        """The entries of datasets, by the catalog's patterns where it does not name them; keeps them.

        Args:
            names: The datasets' names. Parameters are passed over.
        """
        return self._resolve(names, lambda entry: entry)

    def resolve_recorded(self, names: Iterable[str]) -> list[CatalogEntry]:
        """As `resolve_entries`, for names that records of runs tell."""
        return self._resolve(filter(is_dataset_name, names), self._kept_in_place)

    def of_run(self, setting: RunSetting) -> Catalog | None:
        """The project's catalog as runs with a setting had it; None where only this one is known."""
        return None if self._runs is None else self._runs.of(setting)

    def forget_runs(self) -> None:
        """The configuration has changed, and with it the catalogs of runs."""
        if self._runs is not None:
            self._runs.forget()

    def configure(self, config: CatalogConfig) -> None:
        """Take over a configuration that changed. Names known before stay known; their entries follow it."""
        self._config = config
        entries = [*config.entries(), *config.resolve_entries(entry.name for entry in self)]
        with self._lock:
            self._entries = {entry.name: entry for entry in entries}

    def config_of(self, name: str) -> Config | None:
        """What Kedro would make a dataset of; None for one without an entry that can be used."""
        return self._config.config_of(name)

    def has_fixed_configuration(self, name: str) -> bool:
        """Whether nothing but a dataset's path follows from runtime parameters of a run's record."""
        if self._reference is None:
            return True
        return _without_path(self.config_of(name)) == _without_path(self._reference.config_of(name))

    def _resolve(self, names: Iterable[str], checked: Callable[[CatalogEntry], CatalogEntry]) -> list[CatalogEntry]:
        names = list(names)
        found = self._config.resolve_entries(name for name in names if self.get(name) is None)
        self.update(map(checked, found))
        return [entry for name in names if (entry := self.get(name)) is not None]

    def _kept_in_place(self, entry: CatalogEntry) -> CatalogEntry:
        if self._config.keeps_in_place(entry, self._reference):
            return entry
        logger.debug("A record's name or parameters would lead '%s' to '%s'.", entry.name, entry.filepath)
        return CatalogEntry(entry.name, entry.type, problem=_LED_AWAY)


def _entry(name: str, config: Config) -> CatalogEntry:
    config = _unwrapped(config)
    written = config.get("type")
    if isinstance(written, type):
        written = f"{written.__module__}.{written.__qualname__}"
    type_name = _type_name(str(written))
    filepath = config.get("filepath")
    return CatalogEntry(
        name=name,
        type=type_name,
        filepath=str(filepath) if isinstance(filepath, (str, Path)) else None,
        versioned=bool(config.get("versioned")) or is_always_versioned(type_name),
        credentials=_mapping(config.get("credentials")),
        fs_args={key: value for key, value in _mapping(config.get("fs_args")).items() if key not in _OPEN_ARGUMENTS},
    )


def _type_name(written: str) -> str:
    return short_type_name(written).removeprefix("kedro.io.")


def _type_of(config: Any) -> str | None:
    written = config.get("type") if isinstance(config, Mapping) else None
    return written if isinstance(written, str) else None


def _without_path(config: Config | None) -> Config | None:
    return None if config is None else {key: value for key, value in config.items() if key != "filepath"}


def _unwrapped(config: Config) -> Config:
    # A CachedDataset reads and writes another one's file: that one is what there is to see.
    inner = config.get("dataset")
    if str(config.get("type")).rpartition(".")[2] == "CachedDataset" and isinstance(inner, dict):
        return {**inner, "versioned": bool(config.get("versioned") or inner.get("versioned"))}
    return config


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


# Any: see `Config`.
def _absolute_paths(value: Any, project_path: Path, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _absolute_paths(inner, project_path, str(name)) for name, inner in value.items()}
    if key in _PATH_KEYS and isinstance(value, str):
        return _absolute_path(value, project_path)
    return copy.deepcopy(value)


def _paths(value: Any, key: str = "") -> Iterator[str]:
    if isinstance(value, Mapping):
        for name, inner in value.items():
            yield from _paths(inner, str(name))
    elif key in _PATH_KEYS and isinstance(value, str):
        yield value


def _absolute_path(path: str, project_path: Path) -> str:
    if PureWindowsPath(path).drive:
        return PureWindowsPath(path).as_posix()
    if _URL.match(path) or PurePosixPath(path).is_absolute():
        return path
    return (project_path / path).as_posix()
