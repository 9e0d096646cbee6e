"""What goes wrong while a store is read."""

from __future__ import annotations

from sqlalchemy.exc import DatabaseError

# What reading may raise besides `StoreError`: the file turns out to be damaged or locked, or the question was ended.
ReadError = DatabaseError


def was_interrupted(error: BaseException | None) -> bool:
    """Whether a question was ended by a deadline."""
    return isinstance(error, ReadError) and "interrupted" in str(error.orig)
