"""Imports a project's pipelines and turns them into flowcharts. Runs users' code: only in a process of its own."""

from __future__ import annotations

import difflib
import logging
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from kedro.config import AbstractConfigLoader
from kedro.framework.project import pipelines as registry
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project
from kedro.io import CatalogConfigResolver, CatalogProtocol
from kedro.pipeline import Pipeline

from kedro_viz.flowchart.model import LoadError
from kedro_viz.integrations.kedro.pipelines.flowchart_conversion import ParameterLookup, convert_pipelines, datasets_of
from kedro_viz.integrations.kedro.pipelines.loaded_pipelines import LoadedPipelines
from kedro_viz.integrations.kedro.pipelines.parameter_values import parameters_by_name
from kedro_viz.integrations.kedro.project.catalog_config import CatalogConfig
from kedro_viz.integrations.kedro.project.configuration_entries import read_entries
from kedro_viz.integrations.kedro.project.load_error import describe_failure, import_error
from kedro_viz.integrations.kedro.project.project import RuntimeParams, config_loader, read_catalog_config

# Any: datasets of whatever type.
Catalog: TypeAlias = CatalogProtocol[Any, Any]

logger = logging.getLogger(__name__)


class PipelineNotFoundError(Exception):
    """No pipeline of the name that was asked for is registered. The message names those that are."""


@dataclass(frozen=True)
class _Configuration:
    """The catalog, what tells a parameter's value by its name, and why hooks could not have their say in these."""

    catalog: CatalogConfig
    parameter: ParameterLookup
    error: LoadError | None = None


def load_pipelines(
    path: Path,
    env: str | None = None,
    runtime_params: RuntimeParams | None = None,
    pipeline: str | None = None,
    include_hooks: bool = False,
) -> LoadedPipelines:
    """Import a project's pipelines and convert them. Whatever users' code raises is told in the answer.

    Args:
        path: The project's root folder.
        env: The configuration environment; None for the project's default.
        runtime_params: Parameters that the user gave on the command line.
        pipeline: The only pipeline to convert; None for all.
        include_hooks: Whether the project's and plugins' hooks may change configuration and catalog first.
    """
    path = path.resolve()
    try:
        bootstrap_project(path)
        with warnings.catch_warnings(record=True) as caught:
            warnings.simplefilter("always")
            pipelines = _registered_pipelines(pipeline)
        plain = _plain_configuration(path, env, runtime_params)
        configuration = _hooked_configuration(path, env, runtime_params, plain) if include_hooks else plain
        datasets = datasets_of(pipelines.values())
        entries = configuration.catalog.resolve_entries(datasets)
        expected = plain.catalog.resolve_entries(datasets)
        return LoadedPipelines(
            flowcharts=convert_pipelines(pipelines, entries, configuration.parameter, path),
            datasets=tuple(datasets),
            entries=tuple(entry for entry in entries if entry not in expected),
            error=import_error(str(warning.message) for warning in caught) or configuration.error,
        )
    except PipelineNotFoundError as failure:
        return LoadedPipelines(error=LoadError(type(failure).__name__, str(failure)))
    except BaseException as failure:  # noqa: BLE001 - users' code may raise anything, also KeyboardInterrupt
        return LoadedPipelines(error=describe_failure(failure, machinery=[__file__]))


def _registered_pipelines(only: str | None) -> dict[str, Pipeline]:
    # A registry may hold a 0: it is what `sum` makes of no pipelines at all.
    pipelines = {str(name): each for name, each in dict(registry).items() if isinstance(each, Pipeline)}
    if only is None:
        return pipelines
    if only not in pipelines:
        close = difflib.get_close_matches(only, pipelines, cutoff=0.5)
        hint = f" Did you mean {' or '.join(f'`{name}`' for name in close)}?" if close else ""
        names = ", ".join(f"`{name}`" for name in pipelines) or "none"
        raise PipelineNotFoundError(f"There is no pipeline `{only}`.{hint} The project registers: {names}.")
    return {only: pipelines[only]}


def _plain_configuration(path: Path, env: str | None, runtime_params: RuntimeParams | None) -> _Configuration:
    # What is wrong with the configuration is told where the project is opened. A flowchart can do without it.
    catalog, _ = read_catalog_config(path, env, runtime_params)
    try:
        parameters = read_entries(config_loader(path, env, runtime_params), "parameters").resolved
    except Exception:  # noqa: BLE001 - as above
        parameters = {}
    return _Configuration(catalog or CatalogConfig({}, {}, path), parameters_by_name(parameters).get)


def _hooked_configuration(
    path: Path, env: str | None, runtime_params: RuntimeParams | None, plain: _Configuration
) -> _Configuration:
    try:
        session = KedroSession.create(
            project_path=path, save_on_close=False, env=env, runtime_params=dict(runtime_params or {})
        )
        # Each of these two lets hooks change what it made: `after_context_created`, `after_catalog_created`.
        context = session.load_context()
        catalog = context.catalog
        config = _hooked_catalog(catalog, context.config_loader, path)
        return _Configuration(config, _hooked_parameters(catalog, context.config_loader))
    except (Exception, SystemExit) as failure:  # noqa: BLE001 - hooks are users' code and may raise anything
        return _Configuration(plain.catalog, plain.parameter, describe_failure(failure, machinery=[__file__]))


def _hooked_catalog(catalog: Catalog, loader: AbstractConfigLoader, path: Path) -> CatalogConfig:
    written = read_entries(loader, "catalog").resolved
    credentials = read_entries(loader, "credentials").resolved
    try:
        # What hooks put into the catalog only itself can tell, by a method that its protocol does not ask for.
        made, made_credentials, *_ = getattr(catalog, "to_config")()  # noqa: B009
    except Exception:
        logger.debug("The catalog cannot tell its configuration.", exc_info=True)
        return CatalogConfig(written, credentials, path)
    patterns = {name: config for name, config in written.items() if CatalogConfigResolver.is_pattern(name)}
    return CatalogConfig({**patterns, **made}, {**credentials, **made_credentials}, path)


def _hooked_parameters(catalog: Catalog, loader: AbstractConfigLoader) -> ParameterLookup:
    written = parameters_by_name(read_entries(loader, "parameters").resolved)

    # Any: see `ParameterLookup`.
    def lookup(name: str) -> Any:
        value = catalog.load(name) if name in catalog else written.get(name)
        # A task may ask for a model of pydantic: what was written is more telling than the object made of it.
        plain = value is None or isinstance(value, (str, bool, int, float, list, Mapping))
        return value if plain or name not in written else written[name]

    return lookup
