"""`kedro viz runs export`."""

from __future__ import annotations

from pathlib import Path

import click

from kedro_viz.cli.runs.options import Choice, choosing, written_as


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@choosing(limit=None)
@written_as(
    ["csv", "json", "parquet"],
    "By default what the name of the output ends in, or csv.",
    default=None,
    output="Write to this file; else to standard output.",
)
def export(choice: Choice, form: str | None, output: Path | None) -> None:
    """Export runs with all their metrics and parameters as CSV, JSON or Parquet."""
    from kedro_viz.cli.runs.exporting import export_runs

    export_runs(choice, form, output)
