"""`kedro viz runs list`."""

from __future__ import annotations

from pathlib import Path

import click

from kedro_viz.cli.runs.options import Choice, choosing, written_as


@click.command(name="list", context_settings={"help_option_names": ["-h", "--help"]})
@choosing(limit=50)
@written_as(["table", "json", "csv"], "A table for people; JSON or CSV for programs.", default="table")
def list_command(choice: Choice, form: str, output: Path | None) -> None:
    """List runs, newest first."""
    from kedro_viz.cli.runs.listing import list_runs

    list_runs(choice, form, output)
