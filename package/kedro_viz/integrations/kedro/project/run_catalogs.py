"""The project's catalog as runs had it that were started in another environment or with other runtime parameters."""

from __future__ import annotations

import re
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from pathlib import Path, PurePosixPath, PureWindowsPath
from typing import Any, TypeAlias

from kedro.config import AbstractConfigLoader

from kedro_viz.integrations.kedro.project.catalog_config import CatalogConfig, ConfiguredCatalog
from kedro_viz.integrations.kedro.project.configuration_entries import configuration_files
from kedro_viz.integrations.kedro.project.recorded_paths import plain_parameters, replaced_parameters
from kedro_viz.tracking.run_setting import RunSetting

# Reads the catalog's configuration, by a loader of an environment; None if it cannot be read.
ReadCatalog: TypeAlias = Callable[[AbstractConfigLoader], CatalogConfig | None]
# Any: runtime parameters are whatever the user types.
MakeLoader: TypeAlias = Callable[[str | None, dict[str, Any]], AbstractConfigLoader | None]

# A sweep may start thousands of runs, each with parameters of its own. A catalog takes some hundred kilobytes.
_MOST_REMEMBERED = 200

# OmegaConf's resolvers are the process's: making a loader replaces those that another one is reading by.
RESOLVERS = threading.RLock()

_RUNTIME_PARAMETER = re.compile(r"\$\{runtime_params:\s*(?P<name>[\w.-]*)")


class RunCatalogs:
    """The catalogs of runs by what they were started with. Safe to use from several threads.

    Args:
        make_loader: Makes the project's config loader for an environment and runtime parameters.
        read: Reads the catalog by such a loader.
    """

    def __init__(self, make_loader: MakeLoader, read: ReadCatalog) -> None:
        self._make_loader = make_loader
        self._read = read
        self._names: dict[str | None, frozenset[str] | None] = {}
        self._catalogs: OrderedDict[RunSetting, ConfiguredCatalog | None] = OrderedDict()

    def forget(self) -> None:
        """The configuration has changed."""
        with RESOLVERS:
            self._names.clear()
            self._catalogs.clear()

    def of(self, setting: RunSetting) -> ConfiguredCatalog | None:
        """The catalog of runs with a setting; None if the project has no such environment, or it cannot be read."""
        if setting.env is not None and not is_inside_configuration(setting.env):
            return None
        with RESOLVERS:
            try:
                reduced = self._reduced(setting)
                if reduced not in self._catalogs:
                    self._catalogs[reduced] = self._catalog(reduced)
            except Exception:  # noqa: BLE001 - a record's environment may be one whose configuration is broken
                return None
            self._catalogs.move_to_end(reduced)
            while len(self._catalogs) > _MOST_REMEMBERED:
                self._catalogs.popitem(last=False)
            return self._catalogs.get(reduced)

    def _reduced(self, setting: RunSetting) -> RunSetting:
        """A setting without the parameters that the catalog does not ask for, and without those that are not plain."""
        if setting.env not in self._names:
            self._names[setting.env] = self._parameter_names(setting.env)
        return RunSetting.of(setting.env, plain_parameters(setting.params, self._names[setting.env]))

    def _parameter_names(self, env: str | None) -> frozenset[str] | None:
        """The runtime parameters that a catalog's files ask for; None where that cannot be known."""
        loader = self._make_loader(env, {})
        if loader is None:
            return frozenset()
        files = [
            file for key in ("catalog", "credentials") for each in configuration_files(loader, key) for file in each
        ]
        names = {
            found["name"].partition(".")[0]
            for file in files
            for found in _RUNTIME_PARAMETER.finditer(file.read_text(encoding="utf-8", errors="replace"))
        }
        return None if not files or "" in names else frozenset(names)

    def _catalog(self, setting: RunSetting) -> ConfiguredCatalog | None:
        params = setting.params
        config = self._config(setting.env, params)
        if config is None or not params:
            return None if config is None else ConfiguredCatalog(config)
        # With other values, all that follows from them differs.
        reference = self._config(setting.env, replaced_parameters(params, f"kv{secrets.token_hex(8)}"))
        return None if reference is None else ConfiguredCatalog(config, reference=reference)

    def _config(self, env: str | None, params: dict[str, Any]) -> CatalogConfig | None:
        loader = self._make_loader(env, params)
        return None if loader is None else self._read(loader)


def is_inside_configuration(env: str) -> bool:
    """Whether an environment's name is that of a folder inside of the configuration. Kedro would take any other too."""
    paths = (PurePosixPath(env), PureWindowsPath(env))
    return bool(env) and not any(path.anchor or any(part.startswith(".") for part in path.parts) for path in paths)


def has_environment(configuration: Path, env: str | None) -> bool:
    """Whether a configuration folder has an environment, which no link leads out of it."""
    if env is None:
        return True
    folder = configuration / env
    return folder.is_dir() and folder.resolve().is_relative_to(configuration.resolve())
