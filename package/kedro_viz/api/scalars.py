"""GraphQL scalars of our own. Each carries JSON as it is, so that long columns cost nothing to resolve."""

from __future__ import annotations

from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

Number = NewType("Number", object)
NumberColumn = NewType("NumberColumn", object)


def _as_is(value: object) -> object:
    return value


SCALARS: dict[object, ScalarDefinition] = {
    Number: strawberry.scalar(
        name="Number",
        description='A JSON number, or "NaN", "Infinity" or "-Infinity" where JSON has no number for the value.',
        serialize=_as_is,
        parse_value=_as_is,
    ),
    NumberColumn: strawberry.scalar(
        name="NumberColumn",
        description="A JSON array of `Number` or null.",
        serialize=_as_is,
        parse_value=_as_is,
    ),
}
