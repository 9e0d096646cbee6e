"""Runs as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import unicodedata
from collections.abc import Iterator

from kedro_viz.export.table import CellValue, ExportedTable, iso_time

# What begins a formula in a spreadsheet; "|" does in some, and a tab or a line break at the front may hide one. Some
# take other characters of the same meaning for these, such as full-width ones: compatibility normalisation makes them
# equal.
_BEGINS_FORMULA = frozenset("=+-@|\N{MINUS SIGN}")
_BREAKS = ("\t", "\r", "\n")
_NUMBER = re.compile(r"[+\-\N{MINUS SIGN}]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?|-Infinity", re.ASCII)


def csv_lines(table: ExportedTable) -> Iterator[bytes]:
    """Write a table as RFC 4180 asks, in UTF-8, with a mark at the front that makes spreadsheets read it so.

    A text that a spreadsheet would take for a formula gets a leading apostrophe. Nothing is an empty cell.

    Args:
        table: The runs.

    Returns:
        The file, part by part.
    """
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    text.write("\ufeff")
    # A column's name is a parameter's, which is whatever its author called it.
    writer.writerow([csv_cell(name, is_time=False) for name in table.names])
    times = table.times
    yield _taken(text)
    for batch in table.batches:
        for row in batch:
            writer.writerow([csv_cell(value, is_time=time) for value, time in zip(row, times, strict=True)])
        yield _taken(text)


def _taken(text: io.StringIO) -> bytes:
    written = text.getvalue()
    text.seek(0)
    text.truncate()
    return written.encode("utf-8", "replace")


def csv_cell(value: CellValue, *, is_time: bool) -> str | int | float:
    """A value as it stands in a cell. A text that a spreadsheet would take for a formula gets a leading apostrophe."""
    if is_time:
        return iso_time(value) or ""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and not math.isfinite(value):
        return "NaN" if math.isnan(value) else ("Infinity" if value > 0 else "-Infinity")
    if isinstance(value, (int, float)):
        return value
    if isinstance(value, list) and all(isinstance(each, str) for each in value):
        return _harmless(", ".join(map(str, value)))
    if isinstance(value, (list, dict)):
        return _harmless(json.dumps(value, ensure_ascii=False))
    return _harmless(value)


def _harmless(text: str) -> str:
    return f"'{text}" if _is_formula(text) and not _NUMBER.fullmatch(text) else text


def _is_formula(text: str) -> bool:
    if text.startswith(_BREAKS):
        return True
    # Spreadsheets skip white space at the front, and some what cannot be seen.
    first = next((character for character in text if unicodedata.category(character)[0] not in "ZC"), "")
    return unicodedata.normalize("NFKC", first)[:1] in _BEGINS_FORMULA
