"""Parameters as flat, typed, searchable names."""

from __future__ import annotations

import dataclasses
import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kedro_viz.tracking.secrets.redaction import REDACTED, redact_mapping, redact_shapes, secret_values_of

# Parameters are settings: what is nested deeper than this is kept as one value.
_MAX_DEPTH = 30

logger = logging.getLogger("kedro_viz.tracking")

# A parameters file may hold a whole table; beyond these sizes a run's record would be larger than its results.
MAX_PARAMETERS = 5_000

# A mapping that contains itself has leaves without end.
_MAX_COUNTED = 100_000

# The name of the entry that stands for all parameters beyond them.
LEFT_OUT = "(not recorded)"
MAX_VALUE_CHARACTERS = 10_000
_MAX_ELEMENTS = 5_000


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
        `MAX_VALUE_CHARACTERS`; one more entry, `LEFT_OUT`, says how many others there are.
    """
    leaves = _leaves(parameters, "", _MAX_DEPTH)
    flat = [
        Parameter(redact_shapes(name), _to_json(redact_mapping(_cut(value), name)))
        for name, value in islice(leaves, MAX_PARAMETERS)
    ]
    left_out = sum(1 for _ in islice(leaves, _MAX_COUNTED))
    if left_out:
        count = f"{left_out:,}{' or more' if left_out == _MAX_COUNTED else ''} parameters"
        logger.warning("%s are not recorded: a run records up to %s.", count, f"{MAX_PARAMETERS:,}")
        flat.append(Parameter(LEFT_OUT, json.dumps(count)))
    return flat


def as_mappings(value: Any) -> Any:
    """A parameter as nested mappings and lists: typed ones, too."""
    return _as_mappings(value, _MAX_DEPTH)


def _as_mappings(value: Any, depth: int) -> Any:
    fields = _fields(value) if depth else None
    if fields is not None:
        return {str(key): _as_mappings(inner, depth - 1) for key, inner in fields.items()}
    if depth and isinstance(value, (list, tuple)):
        return [_as_mappings(inner, depth - 1) for inner in value]
    return value


def _cut(value: Any) -> Any:
    """A leaf without what will not be kept: looking for secrets in megabytes of text would hold the run up."""
    if isinstance(value, str):
        return value if len(value) <= MAX_VALUE_CHARACTERS else value[:MAX_VALUE_CHARACTERS] + "…"
    if isinstance(value, (list, tuple)) and len(value) > _MAX_ELEMENTS:
        return [*map(_cut, value[:_MAX_ELEMENTS]), "…"]
    if isinstance(value, (list, tuple)):
        return [*map(_cut, value)]
    return value


def _leaves(value: Any, path: str, depth: int) -> Iterator[tuple[str, Any]]:
    fields = _fields(value) if depth else None
    if fields is not None and (fields or not path):
        secret = secret_values_of(fields)
        for key, inner in fields.items():
            yield from _leaves(REDACTED if key in secret else inner, f"{path}.{key}" if path else str(key), depth - 1)
    else:
        yield path, value


def _fields(value: Any) -> Mapping[str, Any] | None:
    """The fields of a mapping, or of a validated parameter: Kedro makes dataclasses and pydantic models of them."""
    if isinstance(value, Mapping):
        return value
    try:
        if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
        dump = getattr(type(value), "model_dump", None)
        dumped = dump(value) if callable(dump) else None
    except Exception:  # noqa: BLE001 - a class of the user's own may raise anything
        return None
    return dumped if isinstance(dumped, Mapping) else None


def _plain_number(value: Any) -> object:
    # All other objects are text by now. Numpy's numbers say what they are by `item`.
    plain = value.item() if hasattr(value, "item") else value
    return plain if isinstance(plain, (int, float)) else str(value)


def _to_json(value: Any) -> str:
    text = json.dumps(value, default=_plain_number, ensure_ascii=False)
    if len(text) > MAX_VALUE_CHARACTERS:
        text = json.dumps(text[:MAX_VALUE_CHARACTERS] + "…", ensure_ascii=False)
    return text
