"""The values of parameters as JSON that is safe and sensible to show."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from kedro_viz.flowchart.model import JsonValue
from kedro_viz.tracking.secrets.redaction import redact_mapping

# What is shown of one parameter's value. Beyond, it is data and no setting.
MAX_VALUE_CHARACTERS = 100_000
MAX_VALUE_DEPTH = 50

# Any: a parameter is whatever the user's YAML holds.
Parameters: TypeAlias = Mapping[str, Any]


def parameters_by_name(parameters: Parameters) -> dict[str, Any]:
    """All names by which a task can ask for parameters: `parameters`, `params:model`, `params:model.rate` ..."""
    return {"parameters": parameters, **{f"params:{path}": value for path, value in _paths(parameters, "")}}


def _paths(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if path:
        yield path, value
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _paths(inner, f"{path}.{key}" if path else str(key))


# Any: see `Parameters`.
def shown_value(value: Any, name: str = "") -> JsonValue:
    """A parameter's value as JSON, without secrets; what JSON cannot hold becomes text.

    Args:
        value: The value.
        name: The parameter's name, which may tell that it is secret.
    """
    plain = _plain(redact_mapping(value, name), MAX_VALUE_DEPTH)
    size = len(json.dumps(plain))
    return plain if size <= MAX_VALUE_CHARACTERS else f"[too large to show: {size:,} characters]"


def _plain(value: Any, depth: int) -> JsonValue:
    if value is None or isinstance(value, (str, bool, int)):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else {"inf": "Infinity", "-inf": "-Infinity"}.get(str(value), "NaN")
    if depth == 0:
        return "[nested too deep to show]"
    if isinstance(value, Mapping):
        return {str(key): _plain(inner, depth - 1) for key, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(inner, depth - 1) for inner in value]
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - an object of the user's own, from a resolver or a hook
        return f"[a {type(value).__name__}]"
