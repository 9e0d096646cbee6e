"""Writes YAML that Kedro's config loader reads as what it was."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

# What no reader of YAML takes for anything but this text. OmegaConf takes more for numbers than YAML does.
_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null|none)\Z)[a-z_][a-z0-9_./-]*", re.IGNORECASE)

_UNSEEN = re.compile(r"[^\n -~]")


class _Dumper(yaml.SafeDumper):
    """Quotes every text that might be read as something else."""


def _represented(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, None if _PLAIN.fullmatch(text) else '"')


_Dumper.add_representer(str, _represented)


# Any: configuration is whatever the user's YAML holds.
def yaml_text(value: Mapping[str, Any]) -> str:
    """Write JSON-like data."""
    text: str = yaml.dump(dict(value), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=1_000)
    # The dumper leaves some characters as they are that cannot be seen or turn the reading direction. All that is not
    # plain is in double quotes, where an escape means the same.
    return _UNSEEN.sub(lambda found: _escape(found[0]), text)


def _escape(character: str) -> str:
    return character if character.isprintable() else f"\\U{ord(character):08X}"
