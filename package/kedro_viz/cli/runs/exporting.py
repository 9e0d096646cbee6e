"""Exports runs into a file."""

from __future__ import annotations

import dataclasses
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kedro_viz.cli.runs.chosen_table import columns_of, run_choice, told_to_user
from kedro_viz.cli.runs.formatting import count_text
from kedro_viz.cli.runs.options import Choice
from kedro_viz.cli.runs.output import table_output
from kedro_viz.cli.runs.project_store import project_store
from kedro_viz.export.formats import FORMATS
from kedro_viz.export.run_tables import RunTables
from kedro_viz.export.table import ExportedTable, Row


def export_runs(choice: Choice, form: str | None, output: Path | None) -> None:
    """Export the runs that a user chose, with all columns that any run has unless the user named some.

    Args:
        choice: Which runs, and what of each.
        form: The format; None for what the name of the output tells, or CSV.
        output: A file; None for standard output.

    Raises:
        click.ClickException: If the choice cannot be understood, or the store, the format or the file cannot be used.
    """
    ending = output.suffix.removeprefix(".").lower() if output else ""
    chosen = FORMATS[form or (ending if ending in FORMATS else "csv")]
    if chosen.name == "parquet" and output is None and sys.stdout.isatty():
        raise click.ClickException("Parquet is no text: name a file with --output, or pipe it into a program.")
    try:
        chosen.check()
    except ImportError as error:
        raise click.ClickException(str(error)) from error
    with project_store("kedro viz runs", with_metrics=True) as store, told_to_user(choice):
        tables = RunTables(store.repository)
        table = tables.read(columns_of(choice) or tables.all_columns(), run_choice(choice))
        with table_output(output) as write:
            written = _Counted(table)
            for part in chosen.write(written.table):
                write(part)
    if output is not None:
        click.echo(f"{count_text(written.rows, 'run')} written to {output}.", err=True)


class _Counted:
    """Counts the rows of a table as they are read."""

    def __init__(self, table: ExportedTable) -> None:
        self.rows = 0
        self.table = dataclasses.replace(table, batches=self._count(table.batches))

    def _count(self, batches: Iterator[list[Row]]) -> Iterator[list[Row]]:
        for batch in batches:
            self.rows += len(batch)
            yield batch
