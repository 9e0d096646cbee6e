"""Compares runs."""

from __future__ import annotations

import csv
import dataclasses
import io
import json
from collections.abc import Sequence
from pathlib import Path

import click

from kedro_viz.analysis.run_columns import ColumnKind, ColumnSource, RunColumn
from kedro_viz.cli.runs.chosen_table import columns_of, run_choice, told_to_user
from kedro_viz.cli.runs.comparison import Comparison, compare_rows
from kedro_viz.cli.runs.comparison_text import comparison_text
from kedro_viz.cli.runs.options import Choice
from kedro_viz.cli.runs.output import laid_out, table_output, text_output
from kedro_viz.cli.runs.project_store import ProjectStore, project_store
from kedro_viz.export.csv_file import csv_cell
from kedro_viz.export.json_file import json_value
from kedro_viz.export.run_tables import RunTables
from kedro_viz.export.table import CellValue, iso_time
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.metric_direction import MetricDirection
from kedro_viz.tracking.metric_id import long_id

# How runs were run; what else is known of a run would tell little beside another.
_FIELDS = (
    *("title", "status", "started", "duration", "author", "git.branch", "git.sha", "git.dirty", "project", "pipeline"),
    *("env", "runner", "kedro_version", "tags"),
)


def compare_runs(
    named: Sequence[str], choice: Choice, *, baseline: str | None, changes: bool, form: str, output: Path | None
) -> None:
    """Print runs side by side.

    Args:
        named: What the user calls the runs; none for those of the choice.
        choice: Which runs, and what of each.
        baseline: What the user calls the run to compare with; the first by default.
        changes: Only what is not the same in all runs.
        form: `table`, `json` or `csv`.
        output: A file to write to; standard output if None.

    Raises:
        click.ClickException: If there are no such runs, or the store or the file cannot be used.
    """
    if not named and choice.filter is None:
        raise click.UsageError("Name runs by their ids, or choose them with --filter.")
    with project_store("kedro viz runs", with_metrics=True) as store, told_to_user(choice):
        found = _comparison(store, named, choice, baseline)
    if changes:
        found = found.differences()
    if form == "csv":
        with table_output(output) as write:
            write(_as_csv(found).encode("utf-8", "replace"))
        return
    with text_output(output) as stream:
        if form == "json":
            click.echo(_as_json(found), file=stream)
        else:
            click.echo(laid_out(stream, lambda width, _: comparison_text(found, width)), file=stream)


def _comparison(store: ProjectStore, named: Sequence[str], choice: Choice, baseline: str | None) -> Comparison:
    repository = store.repository
    tables = RunTables(repository)
    first = None if baseline is None else store.run_id(baseline)
    ids = list(dict.fromkeys(map(store.run_id, named)))
    run_id = RunColumn.parse("id")
    columns = [run_id, *(each for each in columns_of(choice) or _comparable(tables) if each != run_id)]
    if ids:
        # The limit is for runs that a query finds.
        choice = dataclasses.replace(choice, limit=None)
    rows = [row for batch in tables.read(columns, run_choice(choice, ids or None)).batches for row in batch]
    if first is not None and all(row[0] != first for row in rows):
        added = tables.read(columns, run_choice(choice, [first]))
        rows = [*(row for batch in added.batches for row in batch), *rows]
    if not rows:
        raise click.ClickException("No run matches.")
    return compare_rows(columns, rows, first or str(rows[0][0]), _directions(repository))


def _comparable(tables: RunTables) -> list[RunColumn]:
    fields = [RunColumn.parse(name) for name in _FIELDS]
    return [*fields, *(column for column in tables.all_columns() if column.source is not ColumnSource.RUN)]


def _directions(repository: RunRepository) -> dict[str, MetricDirection]:
    """Which way of each metric is better, as far as that is said or its name tells."""
    known = repository.directions.effective()
    return {
        str(RunColumn(ColumnSource.METRIC, name)): known[metric.dataset, metric.key]
        for metric in repository.metrics.names()
        if (metric.dataset, metric.key) in known
        # A user may name a column either way.
        for name in (metric.id, long_id(metric.dataset, metric.key))
    }


def _as_json(comparison: Comparison) -> str:
    rows = [
        {
            "name": str(each.column),
            "values": [_plain(each.column, value) for value in each.values],
            "deltas": [None if delta is None else delta.absolute for delta in each.deltas],
        }
        for each in comparison.columns
    ]
    told = {"baseline": comparison.baseline, "runs": list(comparison.run_ids), "rows": rows}
    # In ASCII: no character of a run's may do anything to a terminal.
    return json.dumps(told, indent=2)


def _as_csv(comparison: Comparison) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["name", *(csv_cell(run_id, is_time=False) for run_id in comparison.run_ids)])
    for each in comparison.columns:
        is_time = each.column.kind is ColumnKind.TIME
        name = csv_cell(str(each.column), is_time=False)
        writer.writerow([name, *(csv_cell(value, is_time=is_time) for value in each.values)])
    return text.getvalue()


def _plain(column: RunColumn, value: CellValue) -> CellValue:
    return iso_time(value) if column.kind is ColumnKind.TIME else json_value(value)
