"""What `kedro viz` writes to the terminal: text only, whatever names and messages hold.

Dataset names, file names, addresses and error messages come from runs, from colleagues' stores and from whoever reaches
the port. An escape sequence among them could move the cursor, change the window's title or hide lines.
"""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Iterator
from types import TracebackType
from typing import TypeAlias

import click

from kedro_viz.tracking.printable import printable_lines

_ExceptionInfo: TypeAlias = "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"

# Further lines of a message are indented, so that a line break in a name cannot fake a record of its own.
_NEXT_LINE = "\n    "


def printed(text: str) -> str:
    """A text as the terminal may show it: its control characters are written as escapes such as `\\x1b`."""
    return _NEXT_LINE.join(printable_lines(text.rstrip("\n")))


def say(message: str, *, color: str | None = None, error: bool = False) -> None:
    """Write a message to the terminal.

    Args:
        message: May hold anything; it is made printable here.
        color: Its colour.
        error: Whether it goes to the standard error stream.
    """
    click.secho(printed(message), fg=color, err=error)


class PrintableRecord(logging.LogRecord):
    """A log record whose message, traceback and stack are printable, whichever handler writes them."""

    def __init__(
        self,
        name: str,
        level: int,
        pathname: str,
        lineno: int,
        msg: object,
        # As `logging` itself has it: whatever a message is formatted with.
        args: tuple[object, ...],
        exc_info: _ExceptionInfo | None,
        func: str | None = None,
        sinfo: str | None = None,
        **more: object,
    ) -> None:
        super().__init__(name, level, pathname, lineno, msg, args, exc_info, func, sinfo, **more)
        if exc_info and exc_info[1] is not None:
            # As text from now on: a handler that formats the exception itself would print its message as it is.
            self.exc_text = printed("".join(traceback.format_exception(exc_info[1])))
            self.exc_info = None
        if self.stack_info is not None:
            self.stack_info = printed(self.stack_info)

    def getMessage(self) -> str:  # noqa: N802 - the name that `logging` calls
        """The message, with its arguments."""
        return printed(super().getMessage())


@contextlib.contextmanager
def printable_logs() -> Iterator[None]:
    """Make everything printable that is logged while this is open, by whatever library."""
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(PrintableRecord)
    try:
        yield
    finally:
        logging.setLogRecordFactory(before)
