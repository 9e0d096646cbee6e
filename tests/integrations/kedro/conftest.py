"""What Kedro-Viz says while projects run in this process."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest


class _WarningList(logging.Handler):
    """Keeps the messages of warnings, and of what is worse."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@pytest.fixture
def told() -> Iterator[list[str]]:
    """The warnings of Kedro-Viz. Not by `caplog`: setting up a project has Kedro replace the handlers of all logs."""
    handler = _WarningList()
    ours = logging.getLogger("kedro_viz")
    ours.addHandler(handler)
    yield handler.messages
    ours.removeHandler(handler)
