"""`kedro viz runs reproduce`."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("run_id", metavar="ID")
@click.option(
    "--to",
    "target",
    required=True,
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder to write to: a new or an empty one.",
)
@click.option("--no-data", is_flag=True, help="Copy no data that the run read.")
@click.option(
    "--recorded-data",
    is_flag=True,
    help="Copy also files below `data` that only the record names, and not this project's catalog.",
)
@click.option("-y", "--yes", is_flag=True, help="Copy data without asking.")
def reproduce(run_id: str, target: Path, no_data: bool, recorded_data: bool, yes: bool) -> None:
    """Write a run as a project that runs it again: source files, configuration, data, packages, and the command.

    ID is a run's id, the beginning of one that no other run's id has, or `latest`. Only files that this project's
    catalog names as data are copied. They are listed before, and nothing is written unless you agree.
    """
    from kedro_viz.cli.runs.reproducing import reproduce_run

    reproduce_run(run_id, target, with_data=not no_data, recorded_data=recorded_data, ask=not yes)
