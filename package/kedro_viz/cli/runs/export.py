"""`kedro viz runs export`."""

from __future__ import annotations

from pathlib import Path

import click

from kedro_viz.cli.runs.choosing import choice_of, choosing


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@choosing(limit=None)
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "json", "parquet"]),
    help="By default what the name of the output ends in, or csv.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file; else to standard output.",
)
def export(
    filter_: str | None,
    columns: str | None,
    sort: str,
    limit: int,
    archived: str,
    form: str | None,
    output: Path | None,
) -> None:
    """Export runs with all their metrics and parameters as CSV, JSON or Parquet."""
    from kedro_viz.cli.runs.exporting import export_runs

    export_runs(choice_of(filter_, columns, sort, limit, archived), form, output)
