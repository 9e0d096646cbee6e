"""What all edits of people have in common: how they are refused, and how the later of two is told."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator

from sqlalchemy import ColumnElement, and_, case
from sqlalchemy.exc import OperationalError

from kedro_viz.tracking.run import LAST_TIME, MAX_CLOCK_AHEAD


class EditError(ValueError):
    """What cannot be kept. The message says why."""


def refuse_if(read_only: bool) -> None:
    """Refuse an edit of a store that cannot keep it.

    Raises:
        EditError: If the store is read-only.
    """
    if read_only:
        raise EditError("The session store is read-only: the change was not saved.")


@contextlib.contextmanager
def kept() -> Iterator[None]:
    """Tell what keeps an edit from being written.

    Raises:
        EditError: If the store cannot be written now.
    """
    try:
        yield
    except OperationalError as error:
        raise EditError(f"The change was not saved ({error.orig}). Try again.") from error


def now() -> int:
    """The time of an edit, in milliseconds since 1970."""
    return round(time.time() * 1000)


def later_than(before: ColumnElement[int], at: int) -> ColumnElement[int]:
    """The time of an edit that follows another: later than that, even if it came from a machine whose clock is ahead.

    An edit from further ahead than clocks are wrong loses by its date alone: see `merge_said.py`.

    Args:
        before: The column that holds the time of the edit before.
        at: The time by one's own clock.
    """
    return case((and_(before >= at, before <= min(at + MAX_CLOCK_AHEAD, LAST_TIME - 1)), before + 1), else_=at)


def check_text(beginning: str, text: str, limit: int) -> None:
    """Refuse a text that the store cannot hold.

    Args:
        beginning: What the sentence of refusal begins with, such as "The title has".
        text: The text.
        limit: So many characters can be kept.

    Raises:
        EditError: If it cannot be kept.
    """
    if not is_unicode(text):
        place = next(place for place, character in enumerate(text, 1) if not is_unicode(character))
        raise EditError(f"{beginning} a broken character at position {place}.")
    if len(text) > limit:
        raise EditError(f"{beginning} {len(text):,} characters; up to {limit:,} can be kept.")


def clean_name(beginning: str, text: str, limit: int) -> str:
    """A name as it is kept: without blanks around it.

    Args:
        beginning: What the sentence of refusal begins with, such as "The tag has".
        text: What a user wrote.
        limit: So many characters can be kept.

    Raises:
        EditError: If it is none.
    """
    name = text.strip()
    if not name:
        raise EditError(f"{beginning} no characters; it needs one at least.")
    check_text(beginning, name, limit)
    if any(character < " " or "\x7f" <= character <= "\x9f" for character in name):
        raise EditError(f"{beginning} a control character, such as a line break or a tab.")
    return name


def is_unicode(text: str) -> bool:
    """Whether a text can be written as UTF-8: JSON can name halves of characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
