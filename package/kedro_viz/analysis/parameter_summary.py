"""A parameter over all runs: what its values are."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class ParameterKind(str, Enum):
    """What the values of a parameter are, where they are not null. TEXT and the rest: all of them are."""

    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    OTHER = "other"
    """Lists, or values of several kinds, or nothing but null."""


@dataclass(frozen=True)
class ParameterSummary:
    """A parameter over all runs: how many have it, of what kind it is, and the range of its numbers.

    Attributes:
        distinct: How many different values there are, null aside.
    """

    name: str
    runs: int
    kind: ParameterKind
    minimum: float | None
    maximum: float | None
    distinct: int
