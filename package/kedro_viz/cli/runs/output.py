"""Where a command writes: a terminal, a pipe or a file."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

import click
from rich.console import Console, RenderableType

from kedro_viz.tracking.printable import printable_lines

# Nothing is cut or broken into lines where no person looks.
_UNBOUNDED_COLUMNS = 100_000


@contextlib.contextmanager
def text_output(path: Path | None) -> Iterator[TextIO]:
    """Open a file for text, or standard output if there is no path.

    Raises:
        click.ClickException: If the file cannot be written.
    """
    if path is None:
        # A terminal may not have all characters of a title.
        if isinstance(sys.stdout, io.TextIOWrapper):
            sys.stdout.reconfigure(errors="replace")
        yield sys.stdout
        return
    try:
        with path.open("w", encoding="utf-8", errors="replace") as stream:
            yield stream
    except OSError as error:
        raise click.ClickException(f"'{path}' cannot be written ({error.strerror}).") from error


@contextlib.contextmanager
def binary_output(path: Path | None) -> Iterator[BinaryIO]:
    """Open a file for bytes, or standard output if there is no path. What is there already is replaced at the end.

    Raises:
        click.ClickException: If the file cannot be written.
    """
    if path is None:
        yield sys.stdout.buffer
        return
    part = path.with_name(f"{path.name}.part")
    try:
        with part.open("wb") as stream:
            yield stream
        part.replace(path)
    except OSError as error:
        raise click.ClickException(f"'{path}' cannot be written ({error.strerror}).") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


@contextlib.contextmanager
def table_output(path: Path | None) -> Iterator[Callable[[bytes], object]]:
    """Open a file for the parts of a table, in UTF-8, or standard output if there is no path.

    A terminal is shown their lines as far as these are printable: what a name or a note holds must not steer it.

    Returns:
        Writes a part.

    Raises:
        click.ClickException: If the file cannot be written.
    """
    if path is None and sys.stdout.isatty():
        with text_output(None) as text:
            yield lambda part: text.write(_shown(part))
            text.flush()
        return
    with binary_output(path) as stream:
        yield stream.write
        stream.flush()


def _shown(part: bytes) -> str:
    return "\n".join(printable_lines(part.decode("utf-8-sig")))


def laid_out(stream: TextIO, render: Callable[[int | None, str], RenderableType]) -> str:
    """Lay something out for where it is written to.

    Args:
        stream: Where that is.
        render: Makes it, for so many columns (None if no line is to be broken) and an encoding.
    """
    console = Console(file=stream, markup=False, highlight=False, emoji=False)
    columns = console.width if console.is_terminal else None
    if columns is None:
        console.width = _UNBOUNDED_COLUMNS
    with console.capture() as printed:
        console.print(render(columns, console.encoding))
    # Rich fills lines up to the width.
    return "\n".join(line.rstrip() for line in printed.get().rstrip().split("\n"))
