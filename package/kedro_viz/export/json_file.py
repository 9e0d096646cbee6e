"""Runs as JSON."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator

from kedro_viz.export.table import CellValue, ExportedTable, iso_time


def json_lines(table: ExportedTable) -> Iterator[bytes]:
    """Write a table as a JSON array with an object a run, in ASCII, an object a line.

    What a run has nothing of is null. Numbers that JSON does not know are the texts `NaN`, `Infinity` and `-Infinity`.

    Args:
        table: The runs.

    Returns:
        The file, part by part.
    """
    names, times = table.names, table.times
    separator = "[\n"
    for batch in table.batches:
        lines = []
        for row in batch:
            cells = {
                name: iso_time(value) if time else json_value(value)
                for name, value, time in zip(names, row, times, strict=True)
            }
            # In ASCII: no character of a run's may do anything to a terminal.
            lines.append(json.dumps(cells, allow_nan=False))
        if lines:
            yield (separator + ",\n".join(lines)).encode()
            separator = ",\n"
    yield b"[]\n" if separator == "[\n" else b"\n]\n"


def json_value(value: CellValue) -> CellValue:
    """A value with texts for the numbers that JSON does not know."""
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, list):
        return [json_value(each) for each in value]
    if isinstance(value, dict):
        return {key: json_value(each) for key, each in value.items()}
    return value
