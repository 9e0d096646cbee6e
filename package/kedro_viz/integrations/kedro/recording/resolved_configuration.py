"""Tells the configuration of a run, as Kedro has resolved it, without secrets and with bounded size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from kedro_viz.tracking.parameters import as_mappings
from kedro_viz.tracking.runner_name import runner_class
from kedro_viz.tracking.secrets.redaction import redact_mapping, redact_text
from kedro_viz.tracking.secrets.secret_names import is_secret_key
from kedro_viz.tracking.surroundings.configuration import LEFT_OUT, Configuration

# Parameters may hold a whole table. Roughly in characters.
MAX_SIZE = 1_000_000

# Each run has others of these, or they stand in columns of their own.
_TOLD_ELSEWHERE = frozenset({"run_id", "session_id", "project_path", "kedro_version"})


# Any in this module: run parameters and configuration are what Kedro and users make them.
def resolved_configuration(
    run_params: Mapping[str, Any], parameters: Mapping[str, Any], catalog: Mapping[str, Any]
) -> Configuration:
    """The configuration of a run.

    Args:
        run_params: What Kedro passes to `before_pipeline_run`.
        parameters: The resolved parameters.
        catalog: The catalog's configuration. Credentials are only named in it, never resolved.
    """
    project_path = str(run_params.get("project_path") or "")
    return Configuration(
        run=_bounded(run_params) or redact_mapping(_told(run_params)),
        parameters=_bounded(parameters) or redact_mapping(as_mappings(parameters)),
        catalog=_bounded(catalog)
        or {str(name): _without_secrets(_relative(entry, project_path)) for name, entry in catalog.items()},
    )


def _told(run_params: Mapping[str, Any]) -> dict[str, Any]:
    """What says something of this run. The same for all runs that were started alike."""
    told = {name: value for name, value in run_params.items() if value and name not in _TOLD_ELSEWHERE}
    if "runner" in told:
        told["runner"] = runner_class(told["runner"])
    # `kedro run --pipelines` hands them on in no order.
    unordered = {name: sorted(map(str, value)) for name, value in told.items() if isinstance(value, (set, frozenset))}
    if isinstance(told.get("pipeline_names"), (list, tuple)):
        unordered["pipeline_names"] = sorted(map(str, told["pipeline_names"]))
    return told | unordered


def _without_secrets(entry: Any, key: str = "") -> Any:
    """A catalog's entry without secrets. The name of credentials is none."""
    if isinstance(entry, Mapping) and not (key and is_secret_key(key)):
        return {
            str(name): redact_text(value)
            if name == "credentials" and isinstance(value, str)
            else _without_secrets(value, str(name))
            for name, value in entry.items()
        }
    return redact_mapping(entry, key)


def _relative(value: Any, project_path: str) -> Any:
    """A catalog's entry with paths as users write them: the same wherever the project lies."""
    if isinstance(value, Mapping):
        return {name: _relative(inner, project_path) for name, inner in value.items()}
    if isinstance(value, list):
        return [_relative(inner, project_path) for inner in value]
    if project_path and isinstance(value, str) and value.startswith(f"{project_path}/"):
        return value.removeprefix(f"{project_path}/")
    return value


def _bounded(value: Mapping[str, Any]) -> dict[str, Any]:
    """What stands for a mapping that is too large; empty for all others."""
    size = 0
    left: list[Any] = [value]
    while left:
        each = left.pop()
        size += len(each) if isinstance(each, str) else 8
        if size > MAX_SIZE:
            return {LEFT_OUT: f"It is larger than {MAX_SIZE // 1_000_000} MB."}
        if isinstance(each, Mapping):
            left += [*each.keys(), *each.values()]
        elif isinstance(each, (list, tuple, set, frozenset)):
            left += each
    return {}
