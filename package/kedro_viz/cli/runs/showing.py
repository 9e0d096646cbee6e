"""Prints a run's record."""

from __future__ import annotations

from pathlib import Path

import click

from kedro_viz.cli.runs.output import laid_out, text_output
from kedro_viz.cli.runs.project_store import project_store
from kedro_viz.cli.runs.record_json import record_json
from kedro_viz.cli.runs.record_text import record_text
from kedro_viz.cli.runs.run_record import read_record
from kedro_viz.tracking.printable import printable

# So many points of each series are in the JSON; the text only tells the last.
_JSON_POINTS = 1_000
_TEXT_POINTS = 4


def show_run(text: str, *, as_json: bool, output: Path | None) -> None:
    """Print a run's record.

    Args:
        text: What the user calls the run.
        as_json: Whether to print JSON.
        output: A file to write to; standard output if None.

    Raises:
        click.ClickException: If there is no such run, or the store or the file cannot be used.
    """
    with project_store("kedro viz runs") as store:
        run_id = store.run_id(text)
        record = read_record(store.repository, run_id, _JSON_POINTS if as_json else _TEXT_POINTS)
    if record is None:
        raise click.ClickException(f"The run '{printable(run_id)}' has been deleted just now.")
    with text_output(output) as stream:
        text = (
            record_json(record)
            if as_json
            else laid_out(stream, lambda columns, encoding: record_text(record, columns, encoding))
        )
        click.echo(text, file=stream)
