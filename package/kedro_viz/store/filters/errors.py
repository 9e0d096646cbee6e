"""What is wrong with a query of the user's."""

from __future__ import annotations


class FilterError(ValueError):
    """A query that cannot be answered. Its message says why, and where it can, what to write instead.

    Args:
        message: For the user.
        start: The first character of the part that is wrong, in the user's text.
        end: The character after it.
    """

    def __init__(self, message: str, start: int, end: int) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = end
