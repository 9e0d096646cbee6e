"""Opens a Kedro project for the app: its settings and its catalog's configuration, without importing its pipelines."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from kedro import __version__ as kedro_version
from kedro.config import AbstractConfigLoader
from kedro.framework.project import settings, validate_settings
from kedro.framework.startup import bootstrap_project

from kedro_viz.integrations.kedro.project.catalog_config import CatalogConfig, ConfiguredCatalog
from kedro_viz.integrations.kedro.project.configuration_entries import ConfigurationEntries, read_entries
from kedro_viz.integrations.kedro.project.run_catalogs import RESOLVERS, RunCatalogs, has_environment
from kedro_viz.integrations.kedro.project.store_location import remote_path, store_location
from kedro_viz.tracking.project import Problem, ProblemCode, Project
from kedro_viz.tracking.secrets.redaction import redact_text

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# Any: parameters are whatever the user types.
RuntimeParams: TypeAlias = Mapping[str, Any]


class ProjectError(Exception):
    """The folder is no Kedro project that this Kedro can open. The message tells why."""


def open_project(path: Path, env: str | None = None, runtime_params: RuntimeParams | None = None) -> Project:
    """Open a Kedro project.

    What cannot be read (settings, catalog, credentials, parameters) is told in the project's problems: the app starts
    all the same, and shows what there is.

    Args:
        path: The project's root folder.
        env: The configuration environment; None for the project's default.
        runtime_params: Parameters that the user gave on the command line.

    Raises:
        ProjectError: If its `pyproject.toml` cannot be used.
    """
    path = path.expanduser().resolve()
    described = _Description.read(path)
    problem = _configure(path, described)
    # Without settings there is no telling where the configuration is, nor which class reads it.
    config, problems = (None, [problem]) if problem else read_catalog_config(path, env, runtime_params)
    return Project(
        name=described.project_name,
        package_name=described.package_name,
        path=path,
        settings_path=described.settings_path.relative_to(path).as_posix(),
        kedro_version=kedro_version,
        store_location=None if problem else store_location(path),
        remote_path=None if problem else remote_path(path),
        catalog=_catalog(path, config),
        problems=problems,
    )


def reread_catalog(project: Project, env: str | None, runtime_params: RuntimeParams | None) -> None:
    """Bring an open project's catalog and problems up to date with its configuration.

    Settings are not read again, because Python imports a module only once.

    Args:
        project: What `open_project` gave.
        env: As given to `open_project`.
        runtime_params: As given to `open_project`.
    """
    config, problems = read_catalog_config(project.path, env, runtime_params)
    if isinstance(project.catalog, ConfiguredCatalog):
        project.catalog.forget_runs()
    # A file saved half-way must not empty the catalog: what was known stays until the new text can be read.
    if config is not None and isinstance(project.catalog, ConfiguredCatalog):
        project.catalog.configure(config)
    others = [problem for problem in project.problems if not isinstance(problem, ConfigProblem)]
    project.problems[:] = [*others, *problems]


def _catalog(path: Path, config: CatalogConfig | None) -> ConfiguredCatalog:
    def loader_of(env: str | None, params: RuntimeParams) -> AbstractConfigLoader | None:
        loader = config_loader(path, env, params)
        # Of a folder that is not there, Kedro would read the base environment alone.
        configuration = Path(loader.conf_source)
        return loader if configuration.is_dir() and has_environment(configuration, env) else None

    def read(loader: AbstractConfigLoader) -> CatalogConfig | None:
        return _read_catalog(loader, path, [])

    catalogs = RunCatalogs(loader_of, read)
    return ConfiguredCatalog(config or CatalogConfig({}, {}, path), runs=catalogs)


def read_catalog_config(
    path: Path, env: str | None, runtime_params: RuntimeParams | None
) -> tuple[CatalogConfig | None, list[Problem]]:
    """Read the configuration of a project's catalog. The project must have been bootstrapped.

    Returns:
        The configuration, None if it cannot be read; and what is wrong with it or with what belongs to it.
    """
    with RESOLVERS:
        try:
            loader = config_loader(path, env, runtime_params)
        except Exception as error:  # noqa: BLE001 - told to the user: the loader may be the project's own class
            unread = "The configuration could not be read"
            return None, [ConfigProblem(unread, _describe(error), ProblemCode.CATALOG_UNKNOWN)]
        if missing := _missing_folder(loader, env):
            detail = f"Kedro reads the configuration of the environment `{missing.name}` from there."
            return None, [ConfigProblem(f"There is no folder {missing}", detail, ProblemCode.CATALOG_UNKNOWN)]
        problems: list[Problem] = []
        config = _read_catalog(loader, path, problems)
        # The flowchart's process reads parameters for itself; here only to report what is wrong with them.
        parameters = _read(loader, "parameters", problems) or ConfigurationEntries()
        problems += _entry_problems("parameter", parameters)
        return config, problems


def _read_catalog(loader: AbstractConfigLoader, path: Path, problems: list[Problem]) -> CatalogConfig | None:
    catalog = _read(loader, "catalog", problems)
    credentials = _read(loader, "credentials", problems) or ConfigurationEntries()
    problems += _entry_problems("credentials", credentials)
    if catalog is None:
        return None
    config = CatalogConfig(
        catalog.resolved,
        credentials.resolved,
        path,
        catalog.unresolved,
        credentials.unresolved,
        configuration=Path(loader.conf_source),
    )
    problems += (EntryProblem(each.title, each.detail) for each in config.problems)
    return config


def _entry_problems(kind: str, entries: ConfigurationEntries) -> list[Problem]:
    return [
        EntryProblem(f"The {kind} `{name}` cannot be used", unresolved.reason)
        for name, unresolved in entries.unresolved.items()
    ]


class ConfigProblem(Problem):
    """A problem with the configuration, which reading it again may mend."""


class EntryProblem(ConfigProblem):
    """A problem with one entry of the configuration. The others are there."""


def conf_source(path: Path) -> Path:
    """The project's configuration folder. The project must have been bootstrapped."""
    return path / str(settings.CONF_SOURCE)


def config_loader(path: Path, env: str | None, runtime_params: RuntimeParams | None) -> AbstractConfigLoader:
    """The project's own config loader, as Kedro's session makes it. The project must have been bootstrapped."""
    loader: AbstractConfigLoader = settings.CONFIG_LOADER_CLASS(
        conf_source=str(conf_source(path)),
        env=env,
        runtime_params=dict(runtime_params or {}),
        **settings.CONFIG_LOADER_ARGS,
    )
    return loader


def _read(loader: AbstractConfigLoader, key: str, problems: list[Problem]) -> ConfigurationEntries | None:
    try:
        return read_entries(loader, key)
    except Exception as error:  # noqa: BLE001 - told to the user: any of YAML, OmegaConf and the user's resolvers
        code = ProblemCode.CATALOG_UNKNOWN if key == "catalog" else None
        problems.append(ConfigProblem(f"The {key} configuration could not be read", _describe(error), code))
        return None


def _missing_folder(loader: AbstractConfigLoader, env: str | None) -> Path | None:
    folder = Path(loader.conf_source)
    # A configuration may also be an archive or a URL, which only the loader can look into.
    if not folder.is_dir():
        return None
    names = (getattr(loader, "base_env", None), env or getattr(loader, "default_run_env", None))
    folders = [folder / name for name in names if name]
    return next((folder for folder in folders if not folder.is_dir()), None)


@dataclass(frozen=True)
class _Description:
    """What a project's pyproject.toml tells, which is known also where its settings cannot be imported."""

    project_name: str
    package_name: str
    source_dir: Path

    @property
    def settings_path(self) -> Path:
        return self.source_dir / self.package_name.replace(".", "/") / "settings.py"

    @classmethod
    def read(cls, path: Path) -> _Description:
        try:
            with (path / "pyproject.toml").open("rb") as stream:
                section = tomllib.load(stream)["tool"]["kedro"]
            source_dir = (path / section.get("source_dir", "src")).resolve()
            return cls(section["project_name"], section["package_name"], source_dir)
        except KeyError as error:
            raise ProjectError(f"pyproject.toml has no {error.args[0]!r} for Kedro.") from error
        except (OSError, ValueError) as error:
            raise ProjectError(f"pyproject.toml cannot be read: {error}") from error


def _configure(path: Path, described: _Description) -> Problem | None:
    try:
        bootstrap_project(path)
        validate_settings()
        # Dynaconf imports and checks settings only when one is first asked for.
        settings.SESSION_STORE_CLASS  # noqa: B018
    except (Exception, SystemExit) as error:
        # Kedro reads the settings last, once the project's code is on Python's path.
        if str(described.source_dir) not in sys.path:
            raise ProjectError(f"pyproject.toml: {error}") from error
        title = f"{described.settings_path.relative_to(path).as_posix()} could not be imported"
        return Problem(title, _describe(error), ProblemCode.CATALOG_UNKNOWN)
    return None


def _describe(error: BaseException) -> str:
    return redact_text("".join(traceback.format_exception_only(error)).strip())
