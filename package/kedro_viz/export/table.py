"""A table of runs on its way into a file."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from typing import TypeAlias

from kedro_viz.analysis.parameter_summary import ParameterSummary
from kedro_viz.analysis.run_columns import ColumnKind, RunColumn

# A text, a number, a truth; tags as a list of texts; a parameter may be any JSON value. None where a run has nothing.
CellValue: TypeAlias = "str | int | float | bool | list[CellValue] | dict[str, CellValue] | None"

Row: TypeAlias = Sequence[CellValue]

_EPOCH = datetime(1970, 1, 1, tzinfo=timezone.utc)


@dataclass(frozen=True)
class ExportedTable:
    """Runs by rows, read bit by bit.

    Attributes:
        columns: What is told of each run.
        batches: Rows, each as long as `columns`. Times are milliseconds since 1970, UTC; NaN and infinities are floats.
        long_metrics: The ids of metrics that have whole numbers beyond 2**53, as it was before the first row.
        parameters: By name: what is known of parameters over all runs of the store, as it was before the first row.
    """

    columns: Sequence[RunColumn]
    batches: Iterator[list[Row]]
    parameters: Mapping[str, ParameterSummary] = field(default_factory=dict)
    long_metrics: Collection[str] = ()

    @property
    def names(self) -> list[str]:
        """The columns' names."""
        return [str(column) for column in self.columns]

    @property
    def times(self) -> list[bool]:
        """For each column whether its values are times."""
        return [column.kind is ColumnKind.TIME for column in self.columns]


def iso_time(milliseconds: CellValue) -> str | None:
    """A time as ISO 8601 writes it, in UTC; None for none, and for one that no calendar has."""
    if not isinstance(milliseconds, int):
        return None
    try:
        return (_EPOCH + timedelta(milliseconds=milliseconds)).isoformat(timespec="milliseconds")
    except OverflowError:
        return None
