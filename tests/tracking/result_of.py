"""Takes work that is done in steps to its end."""

from __future__ import annotations

from collections.abc import Callable, Generator
from typing import TypeVar

Result = TypeVar("Result")


def result_of(steps: Generator[None, None, Result], each: Callable[[], object] = lambda: None) -> Result:
    """What some steps come to.

    Args:
        steps: The steps.
        each: Called after each of them.
    """
    while True:
        try:
            next(steps)
        except StopIteration as end:
            result: Result = end.value
            return result
        each()
