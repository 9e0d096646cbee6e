"""Ends questions to a session store that take too long."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Iterator

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import OperationalError

from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.tracking.deadline import check_deadline

# A person waits so long for an answer, and does not take the server from others for longer.
TIME_LIMIT = 2.0

# SQLite looks at the clock after so many of its steps, which take some microseconds together.
_STEPS = 1_000


class TooSlowError(FilterError):
    """A question that was given up.

    Args:
        seconds: How long it was let go on.
    """

    def __init__(self, seconds: float) -> None:
        message = (
            f"This took longer than {seconds:g} s and was given up. Narrow it: compare fields, metrics or parameters "
            'instead of searching for words, or add a time such as started > "30 days ago".'
        )
        super().__init__(message, 0, 0)


@contextlib.contextmanager
def limited(engine: Engine, seconds: float = TIME_LIMIT) -> Iterator[Connection]:
    """A connection whose statements together take no longer than some seconds.

    Args:
        engine: The store.
        seconds: So long.

    Raises:
        TooSlowError: If they take longer.
    """
    with engine.connect() as connection, time_limit(connection, seconds):
        yield connection


@contextlib.contextmanager
def time_limit(connection: Connection, seconds: float = TIME_LIMIT) -> Iterator[None]:
    """Let the statements of a connection, while this is open, take no longer than some seconds together.

    Raises:
        TooSlowError: If they take longer.
    """
    end = time.monotonic() + seconds
    driver = connection.connection.driver_connection
    if not isinstance(driver, sqlite3.Connection):
        raise TypeError(f"A session store is SQLite, not {type(driver).__name__}.")
    driver.set_progress_handler(lambda: time.monotonic() > end, _STEPS)
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        if "interrupted" not in str(error):
            raise
        # The answer that this is a part of may have taken too long.
        check_deadline()
        raise TooSlowError(seconds) from error
    finally:
        driver.set_progress_handler(None, 0)
