"""Runs as a pandas DataFrame."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kedro_viz.analysis.run_columns import ColumnError, ColumnKind, ColumnSource, RunColumn
from kedro_viz.experiments.errors import ExperimentsError
from kedro_viz.experiments.opening import opened
from kedro_viz.export.run_tables import RunChoice, RunTables
from kedro_viz.export.table import CellValue, ExportedTable
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import RunOrder, TooManyOrdersError
from kedro_viz.tracking.whole_number import FIRST_SHARED

if TYPE_CHECKING:
    import pandas as pd


def load_runs(
    project: Path | str | None = None,
    filter: str | None = None,  # noqa: A002 - what it is called on the command line, too
    *,
    columns: Sequence[str] | None = None,
    sort: str | Sequence[str] = "-started",
    limit: int | None = None,
    archived: bool | None = False,
) -> pd.DataFrame:
    """Load the recorded runs of a project.

    Args:
        project: A folder of the Kedro project; None for the one of the current folder.
        filter: Which runs, in the query language of the app: `metrics["evaluate.r2_score"] > 0.8`, or plain words.
        columns: What to load of each run, by the names that the app uses: `status`, `git.branch`,
            `metrics.evaluate.r2_score`, `params.model_options.test_size`. None for all that any run has.
        sort: What to sort by, the first column first; a minus in front sorts downwards.
        limit: At most so many runs.
        archived: Only archived runs (True), only others (False), or all (None).

    Returns:
        A row a run, with the runs' ids as index and the columns' names as columns. Metrics and `duration` (seconds) are
        floats, NaN where a run has none (a metric with whole numbers beyond 2**53 is of type Int64, or of Python's own
        numbers where they are longer); where several metrics share a name, their columns are called
        `metrics["<dataset>"]["<key>"]`; `started` and `ended` are timestamps in UTC; `tags` are lists of texts;
        parameters are what they were in the run.

    Raises:
        ExperimentsError: If there is no project or store, or the filter or a column's name cannot be understood.
        ImportError: If pandas is not installed.
    """
    try:
        import pandas  # noqa: F401, ICN001 - to see whether it is there
    except ImportError as error:
        raise ImportError("`load_runs` needs pandas: pip install pandas") from error
    try:
        wanted = None if columns is None else [RunColumn.parse(each) for each in columns]
        orders = [_order(each) for each in ([sort] if isinstance(sort, str) else sort)]
        choice = RunChoice(RunFilter(filter, archived=archived), orders, limit)
        with opened(project) as found:
            tables = RunTables(found.repository)
            return _frame(tables.read(_with_id(wanted or tables.all_columns()), choice))
    except (ColumnError, FilterError, TooManyOrdersError) as error:
        raise ExperimentsError(str(error)) from error


def _order(text: str) -> RunOrder:
    return RunOrder(RunColumn.parse(text.removeprefix("-")), text.startswith("-"))


def _with_id(columns: Sequence[RunColumn]) -> list[RunColumn]:
    """The columns after the id, which becomes the index."""
    run_id = RunColumn(ColumnSource.RUN, "id")
    return [run_id, *(column for column in dict.fromkeys(columns) if column != run_id)]


def _frame(table: ExportedTable) -> pd.DataFrame:
    import pandas as pd

    rows = [row for batch in table.batches for row in batch]
    values = list(zip(*rows, strict=True)) if rows else [()] * len(table.columns)
    index = pd.Index(values[0], name="id", dtype="object")
    frame = {
        str(column): _series(column, cells, index) for column, cells in zip(table.columns[1:], values[1:], strict=True)
    }
    return pd.DataFrame(frame, index=index)


def _series(column: RunColumn, cells: Sequence[CellValue], index: pd.Index[str]) -> pd.Series:
    import pandas as pd

    values = list[Any](cells)  # Any: the stubs know no cells of several kinds
    if column.kind is ColumnKind.TIME:
        return pd.to_datetime(pd.Series(values, index=index, dtype="Int64"), unit="ms", utc=True, errors="coerce")
    if any(isinstance(value, int) and abs(value) > FIRST_SHARED for value in values):
        return _long_numbers(values, index)
    if column.kind is ColumnKind.NUMBER:
        return pd.Series(values, index=index, dtype="float64")
    if column.kind is ColumnKind.BOOLEAN:
        return pd.Series(values, index=index, dtype="boolean")
    return pd.Series(values, index=index, dtype="object").infer_objects()


def _long_numbers(values: Sequence[Any], index: pd.Index[str]) -> pd.Series:
    """Numbers of which floats would lose digits: 64-bit integers where all are, else Python's own values."""
    import pandas as pd

    numbers = [value for value in values if value is not None]
    are_whole = all(type(value) is int or (isinstance(value, float) and value.is_integer()) for value in numbers)
    if are_whole and all(-(2**63) <= value < 2**63 for value in numbers):
        return pd.Series([None if value is None else int(value) for value in values], index=index, dtype="Int64")
    return pd.Series(values, index=index, dtype="object")
