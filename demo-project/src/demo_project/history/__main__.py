"""The command `python -m demo_project.history`."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timezone
from pathlib import Path

import click
from kedro.framework.startup import bootstrap_project

PROJECT_PATH = Path(__file__).resolve().parents[3]


@click.command()
@click.option("--runs", default=40, show_default=True, type=click.IntRange(min=1), help="How many runs to make.")
@click.option("--seed", default=7, show_default=True, help="Of the random search, the times and the commits.")
@click.option("--force", is_flag=True, help="Make the history anew, after taking away what was made before.")
@click.option(
    "--project",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=PROJECT_PATH,
    help="The project's folder, if not the one that this command lies in.",
)
def main(runs: int, seed: int, force: bool, project: Path) -> None:
    """Make a history of runs: real runs over different parameters, dated over the last three months."""
    bootstrap_project(project.resolve())
    # Only now: what this imports reads the project's settings.
    from demo_project.history.making import History

    history = History(project.resolve())
    if force and history.remove():
        click.echo("Took away the runs that were made before.")
    if history.is_there():
        click.echo("The history is there already (--force makes it anew).")
        return
    manifest = history.begin(runs, seed, datetime.now(timezone.utc))
    click.echo(f"Making a history of {runs} runs" + (", from where it stopped:" if manifest.made else ":"))
    began = time.monotonic()
    for line in history.make(manifest):
        click.echo(line)
        sys.stdout.flush()
    click.echo(f"Done in {time.monotonic() - began:.0f} s. See the runs with: kedro viz")


if __name__ == "__main__":
    main()
