"""The formats of exported runs, by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kedro_viz.export.csv_file import csv_lines
from kedro_viz.export.json_file import json_lines
from kedro_viz.export.parquet_file import check_parquet, parquet_parts
from kedro_viz.export.table import ExportedTable


@dataclass(frozen=True)
class ExportFormat:
    """A format.

    Attributes:
        name: What users call it; also the end of a file's name.
        media_type: What HTTP calls it.
        write: Writes a table, part by part.
        check: Raises an ImportError, whose message tells the remedy, if it cannot be written here.
    """

    name: str
    media_type: str
    write: Callable[[ExportedTable], Iterator[bytes]]
    check: Callable[[], None]


FORMATS = {
    each.name: each
    for each in (
        ExportFormat("csv", "text/csv; charset=utf-8", csv_lines, lambda: None),
        ExportFormat("json", "application/json", json_lines, lambda: None),
        ExportFormat("parquet", "application/vnd.apache.parquet", parquet_parts, check_parquet),
    )
}
