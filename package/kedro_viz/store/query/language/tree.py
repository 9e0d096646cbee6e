"""What a query asks: a tree of conditions over fields of runs, each with its place in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.tracking.metric_id import is_long_id


class FieldSource(Enum):
    """Where a field's values come from."""

    RUN = "run"
    METRIC = "metrics"
    PARAMETER = "params"
    JSON = "json"
    SERIES = "series"


@dataclass(frozen=True, kw_only=True)
class Placed:
    """A part of a query.

    Attributes:
        start: Where it begins in the user's text.
        end: The character after it.
    """

    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Field(Placed):
    """Something that runs have.

    Attributes:
        source: Where its values come from.
        name: Its name there: a field's, a metric's id, a parameter's flat name, a path into tracked JSON that begins
            with its dataset, or the name of a series.
        kind: What its values are.
        part: Of a series: `last`, `min` or `max`.
    """

    source: FieldSource
    name: str
    kind: ColumnKind
    part: str = ""

    def __str__(self) -> str:
        if self.source is FieldSource.METRIC and is_long_id(self.name):
            return f"{self.source.value}{self.name}"
        shown = self.name if self.source is FieldSource.RUN else f"{self.source.value}.{self.name}"
        return f"{shown}.{self.part}" if self.part else shown


class Operator(Enum):
    """How two values are compared."""

    EQUAL = "=="
    DIFFERENT = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="

    @property
    def mirrored(self) -> Operator:
        """The operator with its sides changed."""
        return _MIRRORED.get(self, self)


_MIRRORED = {
    Operator.LESS: Operator.MORE,
    Operator.MORE: Operator.LESS,
    Operator.AT_MOST: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.AT_MOST,
}

# What a field can be compared with. Times are milliseconds since 1970.
Value = bool | float | int | str


@dataclass(frozen=True)
class Compare(Placed):
    """A field's value compared with a given one."""

    field: Field
    operator: Operator
    value: Value


@dataclass(frozen=True)
class CompareFields(Placed):
    """Two fields of a run compared with each other."""

    left: Field
    operator: Operator
    right: Field


@dataclass(frozen=True)
class OneOf(Placed):
    """A field's value is one of some."""

    field: Field
    values: tuple[Value, ...]


@dataclass(frozen=True)
class Contains(Placed):
    """A text holds another one, whatever its capitals; or a set or a list has a member."""

    field: Field
    value: Value


class TextEnd(Enum):
    """An end of a text."""

    START = "startswith"
    END = "endswith"


@dataclass(frozen=True)
class BeginsOrEnds(Placed):
    """A text begins or ends with another one, whatever its capitals."""

    field: Field
    side: TextEnd
    text: str


@dataclass(frozen=True)
class IsThere(Placed):
    """A run has the field."""

    field: Field


@dataclass(frozen=True)
class AllOf(Placed):
    """All of some conditions."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class AnyOf(Placed):
    """At least one of some conditions."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Negation(Placed):
    """The opposite of a condition. A condition over what a run lacks is false, and its opposite true."""

    part: Condition


@dataclass(frozen=True)
class Words(Placed):
    """All of some words stand in a run."""

    words: tuple[str, ...]


Test = Compare | CompareFields | OneOf | Contains | BeginsOrEnds | IsThere
Condition = Test | AllOf | AnyOf | Negation
Tree = Condition | Words


def fields_of(tree: Tree) -> Iterator[Field]:
    """The fields that a query names, in order."""
    match tree:
        case Words():
            return
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from fields_of(part)
        case Negation(part):
            yield from fields_of(part)
        case CompareFields(left, _, right):
            yield left
            yield right
        case _:
            yield tree.field
