"""Lists runs."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

import click

from kedro_viz.analysis.run_columns import ColumnSource, RunColumn
from kedro_viz.cli.runs.cells import Cells
from kedro_viz.cli.runs.chosen_table import columns_of, run_choice, told_to_user
from kedro_viz.cli.runs.formatting import count_text
from kedro_viz.cli.runs.options import Choice
from kedro_viz.cli.runs.output import laid_out, table_output, text_output
from kedro_viz.cli.runs.project_store import project_store
from kedro_viz.cli.runs.runs_text import list_text
from kedro_viz.export.formats import FORMATS
from kedro_viz.export.run_tables import RunTables
from kedro_viz.export.table import Row

# What most want to see of each run, before its metrics.
_FIELDS = ("id", "title", "status", "started", "duration", "pipeline", "tags")

# A terminal has room for so many metrics beside these, one for each so many columns beyond the first hundred.
_LEAST_METRICS = 3
_COLUMNS_OF_METRIC = 16


def list_runs(choice: Choice, form: str, output: Path | None) -> None:
    """Print the runs that a user chose.

    Args:
        choice: Which runs, and what of each.
        form: `table`, `json` or `csv`.
        output: A file to write to; standard output if None.

    Raises:
        click.ClickException: If the choice cannot be understood, or the store or the file cannot be used.
    """
    with project_store("kedro viz runs", with_metrics=True) as store, told_to_user(choice):
        tables = RunTables(store.repository)
        chosen = run_choice(choice)
        columns = columns_of(choice) or _first_columns(tables.all_columns())
        table = tables.read(columns, chosen)
        if form != "table":
            with table_output(output) as write:
                for part in FORMATS[form].write(table):
                    write(part)
            return
        rows = [row for batch in table.batches for row in batch]
        total = tables.count(run_choice(_without_limit(choice)))
    if not choice.columns:
        columns, rows = _without_empty(columns, rows)
    with text_output(output) as text:
        if rows:
            click.echo(laid_out(text, lambda width, _: list_text(Cells(columns, rows), width)), file=text)
    click.echo(_said_of(len(rows), total, choice), err=True)


def _first_columns(columns: Sequence[RunColumn]) -> list[RunColumn]:
    room = shutil.get_terminal_size((100, 24)).columns - 100
    metrics = [column for column in columns if column.source is ColumnSource.METRIC]
    fields = [RunColumn.parse(name) for name in _FIELDS]
    return [*fields, *metrics[: _LEAST_METRICS + max(0, room // _COLUMNS_OF_METRIC)]]


def _without_empty(columns: Sequence[RunColumn], rows: Sequence[Row]) -> tuple[list[RunColumn], list[Row]]:
    """The table without columns that tell nothing: no value at all, or titles that are the runs' ids."""
    ids = columns.index(RunColumn.parse("id"))
    kept = [
        place
        for place in range(len(columns))
        if any(row[place] not in (None, "", []) and (place == ids or row[place] != row[ids]) for row in rows)
    ]
    return [columns[place] for place in kept], [[row[place] for place in kept] for row in rows]


def _without_limit(choice: Choice) -> Choice:
    return Choice(choice.filter, choice.columns, choice.sort, None, choice.archived)


def _said_of(shown: int, total: int, choice: Choice) -> str:
    if not total:
        return "No run matches." if choice.filter else "There are no runs."
    if shown < total:
        return f"{shown:,} of {count_text(total, 'run')}; --limit 0 shows all."
    return count_text(total, "run")
