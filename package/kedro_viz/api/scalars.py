"""GraphQL scalars of our own. Each carries JSON as it is, so that long columns cost nothing to resolve."""

from __future__ import annotations

from typing import NewType

import strawberry
from strawberry.types.scalar import ScalarDefinition

from kedro_viz.tracking.whole_number import FIRST_SHARED

Number = NewType("Number", object)
NumberColumn = NewType("NumberColumn", object)
JSONText = NewType("JSONText", str)
JSONTextColumn = NewType("JSONTextColumn", object)


def _as_is(value: object) -> object:
    return value


def _number(value: object) -> object:
    # Readers of JSON that have floats only, such as browsers, would change it.
    return str(value) if type(value) is int and abs(value) > FIRST_SHARED else value


def _numbers(values: object) -> object:
    if not isinstance(values, list) or not any(type(value) is int for value in values):
        return values
    return list(map(_number, values))


SCALARS: dict[object, ScalarDefinition] = {
    Number: strawberry.scalar(
        name="Number",
        description='A JSON number; "NaN", "Infinity" or "-Infinity" where JSON has no number for the value; and the '
        "digits, as a text, of a whole number beyond 2**53, which many readers of JSON would change.",
        serialize=_number,
        parse_value=_as_is,
    ),
    NumberColumn: strawberry.scalar(
        name="NumberColumn",
        description="A JSON array of `Number` or null.",
        serialize=_numbers,
        parse_value=_as_is,
    ),
    JSONText: strawberry.scalar(
        name="JSONText",
        description="JSON as a text, in which whole numbers have all their digits, and NaN, Infinity and -Infinity are "
        "written so.",
        serialize=_as_is,
        parse_value=_as_is,
    ),
    JSONTextColumn: strawberry.scalar(
        name="JSONTextColumn",
        description="A JSON array of `JSONText` or null.",
        serialize=_as_is,
        parse_value=_as_is,
    ),
}
