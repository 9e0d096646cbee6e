"""Values as the store keeps them, which may come from a colleague's, on their way into a cell."""

from __future__ import annotations

import json

from kedro_viz.export.table import CellValue

# Deeper than any person nests; each format is written by going into a value, as deep as Python can at most.
_MAX_DEPTH = 100


def parameter_value(text: str) -> CellValue:
    """A parameter, or tracked JSON, from its JSON text; the text itself where it is none, or nested too deep."""
    try:
        value: CellValue = json.loads(text)
    except (ValueError, RecursionError):
        return text
    return text if _is_deep(value) else value


def _is_deep(value: CellValue) -> bool:
    level = [value]
    for _ in range(_MAX_DEPTH):
        nested = [each.values() if isinstance(each, dict) else each for each in level if isinstance(each, (dict, list))]
        if not nested:
            return False
        level = [inner for values in nested for inner in values]
    return True
