"""Parameters as flat, typed, searchable names."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from kedro_viz.tracking.redaction import redact_mapping

# A parameters file may hold a whole table; beyond these sizes a run's record would be larger than its results.
MAX_PARAMETERS = 5_000
MAX_VALUE_CHARACTERS = 10_000


@dataclass(frozen=True)
class Parameter:
    """One leaf of a run's parameters.

    Attributes:
        name: Its path, joined by dots: `model_options.test_size`.
        value: Its value as JSON text.
    """

    name: str
    value: str


# Any: parameters are whatever the user's YAML holds.
def flatten_parameters(parameters: Mapping[str, Any]) -> list[Parameter]:
    """Flatten a run's parameters, without secrets.

    Args:
        parameters: The parameters as Kedro resolved them (the dataset `parameters`).

    Returns:
        One entry a leaf. Lists and empty mappings are leaves. At most `MAX_PARAMETERS`, each value cut to
        `MAX_VALUE_CHARACTERS`.
    """
    flat: list[Parameter] = []
    for name, value in _leaves(redact_mapping(parameters), ""):
        if len(flat) == MAX_PARAMETERS:
            break
        flat.append(Parameter(name, _to_json(value)))
    return flat


def _leaves(value: Any, path: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, Mapping) and (value or not path):
        for key, inner in value.items():
            yield from _leaves(inner, f"{path}.{key}" if path else str(key))
    else:
        yield path, value


def _to_json(value: Any) -> str:
    text = json.dumps(value, default=str, ensure_ascii=False)
    if len(text) > MAX_VALUE_CHARACTERS:
        text = json.dumps(text[:MAX_VALUE_CHARACTERS] + "…", ensure_ascii=False)
    return text
