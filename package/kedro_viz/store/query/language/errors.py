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


class UnknownNameError(FilterError):
    """A name that means nothing in a query.

    Args:
        name: The name.
        near: Names that are written nearly so, as a query writes them.
        start: See `FilterError`.
        end: See `FilterError`.
    """

    def __init__(self, name: str, near: list[str], start: int, end: int) -> None:
        hint = f"Did you mean {' or '.join(near)}?" if near else f'A text stands in quotes: "{name[:100]}".'
        super().__init__(f"There is no field '{name[:100]}'. {hint}", start, end)
        self.name = name
