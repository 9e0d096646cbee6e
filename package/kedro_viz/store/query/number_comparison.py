"""Compares stored numbers with numbers of any size, in SQL.

A number is stored as a float, and a whole number beyond 2**53 also as its digits. As long as a query's number is
smaller, floats decide alone, and an index of them can be followed. Otherwise floats only say what is near, and digits
decide.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, String, and_, case, cast, false, func, literal, not_, or_, true

from kedro_viz.store.query.language.tree import Operator
from kedro_viz.tracking.whole_number import FIRST_SHARED, nearest_float

# Any: SQLAlchemy tells integers from floats, which compare with each other here.
View = ColumnElement[Any]

SQL_OPERATORS: dict[Operator, Callable[[View, View], ColumnElement[bool]]] = {
    Operator.EQUAL: operator.eq,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}

_PYTHON_OPERATORS: dict[Operator, Callable[[float, float], bool]] = {
    Operator.EQUAL: operator.eq,
    Operator.LESS: operator.lt,
    Operator.AT_MOST: operator.le,
    Operator.MORE: operator.gt,
    Operator.AT_LEAST: operator.ge,
}

_LESS = (Operator.LESS, Operator.AT_MOST)
_STRICT = {Operator.AT_MOST: Operator.LESS, Operator.AT_LEAST: Operator.MORE}
# SQLite's integers end here.
_LARGEST_INTEGER = 2.0**63


def needs_digits(value: float) -> bool:
    """Whether floats alone cannot say how stored numbers compare with a number."""
    return abs(value) >= FIRST_SHARED


def compared_number(number: View, digits: View | None, sign: Operator, value: float) -> ColumnElement[bool]:
    """A stored number compared with a given one; NULL where there is none.

    Args:
        number: The stored number as a float.
        digits: Its digits, where it is a long whole number; NULL for any other. None if there are none of any.
        sign: How they are compared; not whether they differ.
        value: A number of any size.
    """
    if not needs_digits(value):
        return SQL_OPERATORS[sign](number, literal(value))
    nearest = nearest_float(value)
    same = _PYTHON_OPERATORS[sign](nearest if math.isinf(nearest) else int(nearest), value)
    strict = _STRICT.get(sign, sign)
    as_floats = false() if sign is Operator.EQUAL else SQL_OPERATORS[strict](number, literal(nearest))
    as_floats = or_(as_floats, number == literal(nearest)) if same else as_floats
    if digits is None:
        return as_floats
    whole = _compared_digits(digits, sign, value)
    decided = or_(and_(digits.is_(None), as_floats), and_(digits.is_not(None), whole))
    return and_(_is_near(number, sign, nearest), decided)


def _is_near(number: View, sign: Operator, nearest: float) -> ColumnElement[bool]:
    """What must be true of the float alone, so that an index leads to the numbers that digits then decide about.

    The next floats are included: engines may round long texts of digits in another way.
    """
    below, above = math.nextafter(nearest, -math.inf), math.nextafter(nearest, math.inf)
    if sign is Operator.EQUAL:
        return number.between(below, above)
    return number <= literal(above) if sign in _LESS else number >= literal(below)


def _compared_digits(digits: View, sign: Operator, value: float) -> ColumnElement[bool]:
    """The digits of a whole number compared with a number of at least 2**53."""
    if isinstance(value, float) and math.isinf(value):
        return true() if _PYTHON_OPERATORS[sign](0, value) else false()
    given = str(int(value))
    if sign is Operator.EQUAL:
        return digits == given
    is_negative, size = digits.startswith("-"), func.length(digits)
    below = _STRICT.get(sign, sign) is Operator.LESS
    as_long = and_(size == len(given), SQL_OPERATORS[sign if value > 0 else sign.mirrored](digits, literal(given)))
    if value > 0:
        beyond = size < len(given) if below else size > len(given)
        return or_(is_negative, beyond, as_long) if below else and_(not_(is_negative), or_(beyond, as_long))
    beyond = size > len(given) if below else size < len(given)
    return and_(is_negative, or_(beyond, as_long)) if below else or_(not_(is_negative), beyond, as_long)


def compared_numbers(
    left: View, left_digits: View | None, sign: Operator, right: View, right_digits: View | None
) -> ColumnElement[bool]:
    """Two stored numbers compared; NULL where one of them is missing. For the arguments see `compared_number`.

    Whole numbers of one float are equal if their digits are, and ordered as far as 64 bits go.
    """
    if left_digits is None or right_digits is None:
        return SQL_OPERATORS[sign](left, right)
    # Each view is a query of its own: the fewer of them stand here, the better.
    if sign is Operator.EQUAL:
        return and_(left == right, func.coalesce(left_digits == right_digits, True))
    ordered = SQL_OPERATORS[sign](cast(left_digits, BigInteger), cast(right_digits, BigInteger))
    if sign in _STRICT:
        ordered = func.coalesce(ordered, True)
    return or_(SQL_OPERATORS[_STRICT.get(sign, sign)](left, right), and_(left == right, ordered))


def _digits_of(number: View, digits: View | None) -> View:
    """The digits of a number that is as large as to be whole; NULL where only a float is known that has too many."""
    held = case((func.abs(number) < _LARGEST_INTEGER, cast(cast(number, BigInteger), String)))
    return held if digits is None else func.coalesce(digits, held)


def sortable_digits(number: View, digits: View) -> View:
    """A text that orders numbers of one float by their digits; empty for numbers that a float tells apart."""
    whole = case((func.abs(number) >= FIRST_SHARED, _digits_of(number, digits)))
    mirrored: View = whole
    for digit in range(10):
        mirrored = func.replace(mirrored, str(digit), "jihgfedcba"[digit])
    length = func.length(whole)
    upwards = cast(10_000 + length, String).concat(whole)
    downwards = cast(10_000 - length, String).concat(mirrored)
    return func.coalesce(case((number < 0, downwards), else_=upwards), "")
