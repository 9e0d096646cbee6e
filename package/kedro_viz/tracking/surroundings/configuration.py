"""The configuration of a run, as Kedro resolved it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

LEFT_OUT = "[left out]"
"""The only key of a part that was too large to be kept. Its value says so."""

_PARTS = ("run", "parameters", "catalog")


# Any: configuration is whatever the user's YAML holds.
@dataclass(frozen=True)
class Configuration:
    """What a run was told to do, without secrets.

    Attributes:
        run: How it was started, as Kedro tells `before_pipeline_run`: pipelines, tags, nodes, runner, `--params`.
        parameters: The resolved parameters, nested.
        catalog: The catalog's configuration, patterns included, interpolations resolved.
    """

    run: Mapping[str, Any]
    parameters: Mapping[str, Any]
    catalog: Mapping[str, Any]

    def to_json(self) -> str:
        """As JSON: the same configuration always gives the same text, so that many runs share it."""
        return json.dumps(asdict(self), sort_keys=True, default=str)

    @classmethod
    def from_json(cls, text: str | bytes) -> Configuration:
        """Read a configuration back.

        Raises:
            ValueError: If it is none.
        """
        data: Any = json.loads(text)
        parts: list[Any] = [data.get(name) for name in _PARTS] if isinstance(data, Mapping) else []
        if not parts or not all(isinstance(part, Mapping) for part in parts):
            raise ValueError("Not a configuration.")
        return cls(*parts)
