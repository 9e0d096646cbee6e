"""Runs as Parquet, by pyarrow, which must be installed for it."""

from __future__ import annotations

import io
import json
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from kedro_viz.analysis.parameter_summary import ParameterKind, ParameterSummary
from kedro_viz.analysis.run_columns import ColumnKind, ColumnSource, RunColumn
from kedro_viz.export.table import CellValue, ExportedTable, Row

if TYPE_CHECKING:
    import pyarrow as pa

# As many are held in memory at once, and are a group of rows in the file.
_MOST_ROWS = 5_000
_MOST_CELLS = 2_000_000


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
        import pyarrow.parquet  # noqa: F401 - to see whether it is there
    except ImportError as error:
        raise ParquetError from error


def parquet_parts(table: ExportedTable) -> Iterator[bytes]:
    """Write a table as Parquet: times are timestamps in UTC, tags lists of texts, metrics and durations doubles.

    A parameter's values need not be of one kind: they are doubles, booleans or texts if those of all runs of the store
    are, else (and where a double would not hold a whole number) texts in which each value stands as JSON. So is a
    metric with such a whole number. A run that is recorded meanwhile changes no column's kind: of its values, those of
    another kind are none in doubles and booleans, and JSON in texts.

    Args:
        table: The runs.

    Returns:
        The file, part by part: in memory are the rows of one part.

    Raises:
        ParquetError: If pyarrow is not installed.
    """
    check_parquet()
    import pyarrow as pa
    import pyarrow.parquet as pq

    kinds = [_kind(column, table) for column in table.columns]
    schema = pa.schema([(name, kind) for name, (kind, _) in zip(table.names, kinds, strict=True)])
    sink = _Parts()
    with pq.ParquetWriter(pa.PythonFile(sink, mode="w"), schema, compression="zstd") as writer:
        for rows in _row_groups(table.batches, len(table.columns)):
            arrays = [
                pa.array([None if cell is None else told(cell) for cell in cells], type=kind)
                for (kind, told), cells in zip(kinds, zip(*rows, strict=True), strict=True)
            ]
            writer.write_table(pa.table(arrays, schema=schema))
            yield sink.taken()
    yield sink.taken()


def _row_groups(batches: Iterator[list[Row]], columns: int) -> Iterator[list[Row]]:
    """Rows of several batches together: each group of rows tells of each column anew."""
    group: list[Row] = []
    for batch in batches:
        group += batch
        if len(group) >= _MOST_ROWS or len(group) * columns >= _MOST_CELLS:
            yield group
            group = []
    if group:
        yield group


class _Parts(io.RawIOBase):
    """A file that hands out what is written into it, and keeps nothing."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    # Any: whatever has bytes.
    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        return len(self._parts[-1])

    def taken(self) -> bytes:
        """What was written since this was last asked."""
        written = b"".join(self._parts)
        self._parts.clear()
        return written


# Any: pyarrow's own values.
def _kind(column: RunColumn, table: ExportedTable) -> tuple[pa.DataType, Callable[[CellValue], Any]]:
    """What a column is in the file, and how a value becomes that."""
    import pyarrow as pa

    if column.source is ColumnSource.METRIC and column.name in table.long_metrics:
        return pa.string(), json.dumps
    if column.source is ColumnSource.PARAMETER:
        known = table.parameters.get(column.name)
        match known.kind if known else ParameterKind.OTHER:
            case ParameterKind.NUMBER if known and _is_held_by_doubles(known):
                return pa.float64(), _number
            case ParameterKind.BOOLEAN:
                return pa.bool_(), lambda cell: cell if isinstance(cell, bool) else None
            case ParameterKind.TEXT:
                return pa.string(), lambda cell: _text(cell) if isinstance(cell, str) else json.dumps(cell)
        return pa.string(), json.dumps
    match column.kind:
        case ColumnKind.TIME:
            return pa.timestamp("ms", tz="UTC"), _same
        case ColumnKind.TAGS:
            return pa.list_(pa.string()), lambda cell: [_text(each) for each in cell] if isinstance(cell, list) else []
        case ColumnKind.NUMBER:
            return pa.float64(), _number
        case ColumnKind.BOOLEAN:
            return pa.bool_(), _same
    return pa.string(), _text


def _is_held_by_doubles(known: ParameterSummary) -> bool:
    # Beyond, neighbouring whole numbers are one double: a seed of 64 bits would become another.
    # No range is known of numbers beyond all floats.
    ends = known.minimum, known.maximum
    return all(end is not None and abs(end) < 2**53 for end in ends)


def _same(cell: CellValue) -> CellValue:
    return cell


def _text(cell: CellValue) -> str:
    # JSON can name characters that UTF-8 cannot hold.
    return str(cell).encode("utf-8", "replace").decode()


def _number(cell: CellValue) -> float | None:
    if isinstance(cell, bool) or not isinstance(cell, (int, float)):
        return None
    try:
        return float(cell)
    except OverflowError:
        return math.inf if cell > 0 else -math.inf
