"""Runs as Parquet, by pyarrow, which must be installed for it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from kedro_viz.export.table import CellValue, ExportedTable
from kedro_viz.tracking.run_columns import ColumnKind, ColumnSource, RunColumn

if TYPE_CHECKING:
    import pyarrow as pa


class ParquetError(ImportError):
    """pyarrow is not there. The message tells how to install it."""

    def __init__(self) -> None:
        super().__init__("Parquet files are written by pyarrow, which is not installed: pip install pyarrow")


def check_parquet() -> None:
    """Make sure that `parquet_parts` will work.

    Raises:
        ParquetError: If pyarrow is not installed.
    """
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise ParquetError from error


def parquet_parts(table: ExportedTable) -> Iterator[bytes]:
    """Write a table as Parquet: times are timestamps in UTC, tags lists of texts, metrics and durations doubles.

    A parameter's values need not be of one kind: they are doubles, booleans or texts if all of them are, else texts in
    which each value stands as JSON. Which of these holds is known only when all values are.

    Args:
        table: The runs.

    Returns:
        The file, part by part.

    Raises:
        ParquetError: If pyarrow is not installed.
    """
    check_parquet()
    import pyarrow as pa
    import pyarrow.parquet as pq

    # A file's schema comes before its rows. Values are kept as they were read: far smaller than what they become.
    rows = [row for batch in table.batches for row in batch]
    values = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    arrays = []
    for column, cells in zip(table.columns, values, strict=True):
        kind, told = _kind(column, cells)
        arrays.append(pa.array([None if cell is None else told(cell) for cell in cells], type=kind))
    written = pa.table(dict(zip(table.names, arrays, strict=True)))
    sink = io.BytesIO()
    pq.write_table(written, sink, compression="zstd")
    yield sink.getvalue()


# Any: pyarrow's own values.
def _kind(column: RunColumn, cells: tuple[CellValue, ...]) -> tuple[pa.DataType, Callable[[CellValue], Any]]:
    """What a column is in the file, and how a value becomes that."""
    import pyarrow as pa

    kind = column.kind
    if kind is ColumnKind.TIME:
        return pa.timestamp("ms", tz="UTC"), _same
    if kind is ColumnKind.TAGS:
        return pa.list_(pa.string()), lambda cell: [_text(each) for each in cell] if isinstance(cell, list) else []
    if kind is ColumnKind.NUMBER:
        return pa.float64(), _same
    if kind is ColumnKind.BOOLEAN:
        return pa.bool_(), _same
    if column.source is not ColumnSource.PARAMETER:
        return pa.string(), _text
    present = [cell for cell in cells if cell is not None]
    if present and all(isinstance(cell, bool) for cell in present):
        return pa.bool_(), _same
    if present and all(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in present):
        if all(isinstance(cell, int) and abs(cell) < 2**63 for cell in present):
            return pa.int64(), _same
        return pa.float64(), _number
    if all(isinstance(cell, str) for cell in present):
        return pa.string(), _text
    return pa.string(), json.dumps


def _same(cell: CellValue) -> CellValue:
    return cell


def _text(cell: CellValue) -> str:
    # JSON can name characters that UTF-8 cannot hold.
    return str(cell).encode("utf-8", "replace").decode()


def _number(cell: CellValue) -> float:
    try:
        return float(cell) if isinstance(cell, (int, float)) else float("nan")
    except OverflowError:
        return float("inf") if isinstance(cell, int) and cell > 0 else float("-inf")
