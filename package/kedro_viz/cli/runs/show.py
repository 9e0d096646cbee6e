"""`kedro viz runs show`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("run_id", metavar="ID")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="Text for people, or JSON with all that is recorded.",
)
@click.option(
    "--output",
    "-o",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write to this file, where Kedro's own messages are not in between.",
)
def show(run_id: str, form: str, output: Path | None) -> None:
    """Show all that is recorded of a run.

    ID is a run's id, the beginning of one that no other run's id has, or `latest`.
    """
    from kedro_viz.cli.runs.showing import show_run

    show_run(run_id, as_json=form == "json", output=output)
