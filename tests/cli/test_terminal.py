"""What `kedro viz` writes to the terminal cannot steer it."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable

import pytest
from rich.console import Console
from rich.logging import RichHandler

from kedro_viz.cli.main import viz_cli
from kedro_viz.cli.terminal import printable_logs, say

HOSTILE = "\x1b]0;owned\x07\x1b[2Jname\u202egnp.exe\nWARNING all is well"


def plain(stream: io.StringIO) -> logging.Handler:
    return logging.StreamHandler(stream)


def rich(stream: io.StringIO) -> logging.Handler:
    """As Kedro's own logging configuration has it."""
    return RichHandler(console=Console(file=stream, width=300), rich_tracebacks=True)


def raised() -> ValueError:
    """An error with a traceback."""
    try:
        int(HOSTILE)
    except ValueError as error:
        # Python's own message escapes it already.
        error.args = (HOSTILE,)
        return error
    raise AssertionError("That is a number?")


@pytest.mark.parametrize("make_handler", [plain, rich])
def test_what_is_logged_is_printable(make_handler: Callable[[io.StringIO], logging.Handler]) -> None:
    stream = io.StringIO()
    handler = make_handler(stream)
    # As another library's logger, which knows nothing of us.
    logger = logging.getLogger("some.library")
    logger.addHandler(handler)
    try:
        with printable_logs():
            logger.warning("Not found: %s", HOSTILE)
            logger.warning("Not found: %r and %d of them", HOSTILE, 5)
            logger.warning(f"Not found: {HOSTILE}")  # noqa: G004 - as other libraries write it
            logger.error("It failed.", exc_info=raised(), stack_info=True)
    finally:
        logger.removeHandler(handler)
    written = stream.getvalue()
    assert not set(written) & {"\x1b", "\x07", "\u202e"}
    assert "\\x1b]0;owned\\x07\\x1b[2Jname\\u202egnp.exe" in written
    assert "and 5 of them" in written
    assert "ValueError" in written
    assert "Traceback" in written
    assert not any(line.startswith("WARNING all is well") for line in written.splitlines())


def test_what_is_said_is_printable(capsys: pytest.CaptureFixture[str]) -> None:
    say(f"Changed: {HOSTILE}", color="yellow", error=True)
    # Colours are left out where the output is no terminal.
    assert capsys.readouterr().err == (
        "Changed: \\x1b]0;owned\\x07\\x1b[2Jname\\u202egnp.exe\n    WARNING all is well\n"
    )


def test_other_commands_than_ours_log_as_before() -> None:
    before = logging.getLogRecordFactory()
    with printable_logs():
        assert logging.getLogRecordFactory() is not before
    assert logging.getLogRecordFactory() is before


def test_each_command_of_ours_logs_printably(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def serve(_options: object) -> None:
        seen.append(logging.getLogRecordFactory())

    monkeypatch.setattr("kedro_viz.cli.serving.serve", serve)
    viz_cli(["viz", "--no-browser"], standalone_mode=False)
    assert [factory.__name__ for factory in seen] == ["PrintableRecord"]
