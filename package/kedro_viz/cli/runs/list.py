"""`kedro viz runs list`."""

from __future__ import annotations

from pathlib import Path

import click

from kedro_viz.cli.runs.choosing import choice_of, choosing


@click.command(name="list", context_settings={"help_option_names": ["-h", "--help"]})
@choosing(limit=50)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="A table for people; JSON or CSV for programs.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, where Kedro's own messages are not in between.",
)
def list_command(
    filter_: str | None,
    columns: str | None,
    sort: str,
    limit: int,
    archived: str,
    form: str,
    output: Path | None,
) -> None:
    """List runs, newest first."""
    from kedro_viz.cli.runs.listing import list_runs

    list_runs(choice_of(filter_, columns, sort, limit, archived), form, output)
