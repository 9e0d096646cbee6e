"""Prints a run's record."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

import click
from rich.console import Console

from kedro_viz.cli.runs.project_store import project_store
from kedro_viz.cli.runs.record_json import record_json
from kedro_viz.cli.runs.record_text import record_text
from kedro_viz.cli.runs.run_record import RunRecord, read_record
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.printable import printable

# So many points of each series are in the JSON; the text only tells the last.
_JSON_POINTS = 1_000
_TEXT_POINTS = 4

# Nothing is cut or broken into lines where no person looks.
_UNBOUNDED_COLUMNS = 100_000


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
        record = read_record(RunRepository(store.engine), run_id, _JSON_POINTS if as_json else _TEXT_POINTS)
    if record is None:
        raise click.ClickException(f"The run '{printable(run_id)}' has been deleted just now.")
    with _opened(output) as stream:
        click.echo(record_json(record) if as_json else _laid_out(record, stream), file=stream)


def _laid_out(record: RunRecord, stream: TextIO) -> str:
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    columns = console.width if console.is_terminal else None
    if columns is None:
        console.width = _UNBOUNDED_COLUMNS
    with console.capture() as printed:
        console.print(record_text(record, columns, console.encoding))
    # Rich fills lines up to the width.
    return "\n".join(line.rstrip() for line in printed.get().rstrip().split("\n"))


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    if output is None:
        # A terminal may not have all characters of a title.
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        yield sys.stdout
        return
    try:
        with output.open("w", encoding="utf-8", errors="replace") as stream:
            yield stream
    except OSError as error:
        raise click.ClickException(f"'{output}' cannot be written ({error.strerror}).") from error
