"""Reads tables of runs for export: any columns of any number of runs, batch by batch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kedro_viz.analysis.run_columns import RUN_FIELDS, ColumnSource, RunColumn
from kedro_viz.export.parameter_value import parameter_value
from kedro_viz.export.table import CellValue, ExportedTable, Row
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import NEWEST_FIRST, RunOrder
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.metric import JsonNumber
from kedro_viz.tracking.run import Run, RunStatus

# As many runs, and cells of them, are held in memory at once.
_BATCH = 500
_BATCH_CELLS = 500_000


@dataclass(frozen=True)
class RunChoice:
    """Which runs a table has, and in which order.

    Attributes:
        chosen: The runs that match.
        orders: What they are sorted by.
        limit: At most so many of them; all if None.
        run_ids: These runs instead, in this order.
    """

    chosen: RunFilter = field(default_factory=RunFilter)
    orders: Sequence[RunOrder] = NEWEST_FIRST
    limit: int | None = None
    run_ids: Sequence[str] | None = None


class RunTables:
    """Tables of the runs of a store.

    Args:
        repository: The store.
    """

    def __init__(self, repository: RunRepository) -> None:
        self._repository = repository

    def all_columns(self) -> list[RunColumn]:
        """Every column that any run has a value in: the fields of runs, metrics by dataset, parameters by name."""
        fields = [RunColumn(ColumnSource.RUN, name) for name in RUN_FIELDS]
        metrics = [RunColumn(ColumnSource.METRIC, name.id) for name in self._repository.metrics.names()]
        parameters = [RunColumn(ColumnSource.PARAMETER, name) for name in self._repository.records.parameter_names()]
        return [*fields, *metrics, *parameters]

    def count(self, choice: RunChoice) -> int:
        """How many runs a table will have, as far as none is deleted meanwhile."""
        return len(self._ids(choice))

    def read(self, columns: Sequence[RunColumn], choice: RunChoice) -> ExportedTable:
        """A table of runs.

        Which runs it has is settled now; their cells are read as the table is.

        Args:
            columns: What to tell of each run.
            choice: Which runs. Ids that no run has are left out.

        Raises:
            FilterError: If the search cannot be understood.
            AmbiguousMetricError: If several metrics share the short id of a column.
            TooManyOrdersError: If there are too many columns to sort by.
        """
        wanted = set(_names(columns, ColumnSource.PARAMETER))
        known = self._repository.summaries.parameters() if wanted else []
        return ExportedTable(
            columns,
            self._batches(columns, self._ids(choice)),
            {each.name: each for each in known if each.name in wanted},
            self._repository.metrics.long_ids(_names(columns, ColumnSource.METRIC)),
        )

    def _ids(self, choice: RunChoice) -> Sequence[str]:
        if choice.run_ids is not None:
            return choice.run_ids[: choice.limit]
        return self._repository.runs.ordered_ids(choice.chosen, choice.orders, choice.limit)

    def _batches(self, columns: Sequence[RunColumn], run_ids: Sequence[str]) -> Iterator[list[Row]]:
        batch = max(1, min(_BATCH, _BATCH_CELLS // max(1, len(columns))))
        for start in range(0, len(run_ids), batch):
            yield self._rows(columns, run_ids[start : start + batch])

    def _rows(self, columns: Sequence[RunColumn], run_ids: Sequence[str]) -> list[Row]:
        found = self._repository.runs.get(run_ids)
        names = _names(columns, ColumnSource.METRIC)
        values = self._repository.metrics.values(run_ids, names) if names else {}
        wanted = set(_names(columns, ColumnSource.PARAMETER))
        parameters = {
            run_id: {each.name: each.value for each in those if each.name in wanted}
            for run_id, those in (self._repository.records.parameters(run_ids) if wanted else {}).items()
        }
        has_tags = RunColumn(ColumnSource.RUN, "tags") in columns
        tags = self._repository.tags.of_runs(run_ids) if has_tags else {}

        def row(run: Run) -> Row:
            metrics = iter(values.get(run.id, ()))
            cells: list[CellValue] = []
            for column in columns:
                if column.source is ColumnSource.METRIC:
                    cells.append(_number(next(metrics)))
                elif column.source is ColumnSource.PARAMETER:
                    text = parameters.get(run.id, {}).get(column.name)
                    cells.append(None if text is None else parameter_value(text))
                elif column.name == "tags":
                    cells.append(list(tags.get(run.id, ())))
                else:
                    cells.append(_of_run(run, column.name))
            return cells

        return list(map(row, found))


def _of_run(run: Run, name: str) -> CellValue:
    value: CellValue = getattr(run, RUN_FIELDS[name].attribute)
    return value.value if isinstance(value, RunStatus) else value


def _names(columns: Sequence[RunColumn], source: ColumnSource) -> list[str]:
    return [column.name for column in columns if column.source is source]


def _number(value: JsonNumber | None) -> float | int | None:
    return float(value) if isinstance(value, str) else value
