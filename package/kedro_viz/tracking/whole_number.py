"""Whole numbers that a 64-bit float does not tell apart: seeds, hashes and ids of more than 53 bits.

A metric is stored as a float, which keeps numbers comparable and indexed. Beyond 2**53 neighbouring whole numbers share
one float, so the digits of such a number are stored beside it.
"""

from __future__ import annotations

import math
import re

FIRST_SHARED = 2**53
"""The smallest size at which two whole numbers share one float: this one and the next."""

MAX_DIGITS = 1_000
"""Longer numbers are kept as floats only. No seed, hash or id is nearly as long."""

_DIGITS = re.compile(r"-?[1-9][0-9]{15,}")


def exact_digits(number: float) -> str | None:
    """The digits to store beside the float of a number; None where the float says it all.

    Args:
        number: A recorded number. Only an `int` of at least 2**53 has digits of its own.
    """
    if isinstance(number, int) and abs(number) >= FIRST_SHARED and number.bit_length() <= MAX_DIGITS * 3:
        return str(number)
    return None


def nearest_float(number: float) -> float:
    """The float that is nearest to a number of any size: an infinity beyond the range of floats."""
    try:
        return float(number)
    except OverflowError:
        return math.inf if number > 0 else -math.inf


def whole_number(digits: object, value: float | None) -> int | None:
    """The whole number that stored digits stand for.

    Args:
        digits: What is stored beside the float. A shared store may hold anything.
        value: The float.

    Returns:
        None where there are no digits, or where they are not those of a number that this float stands for.
    """
    if not isinstance(digits, str) or len(digits) > MAX_DIGITS + 1 or not _DIGITS.fullmatch(digits):
        return None
    number = int(digits)
    return number if nearest_float(number) == value else None


def is_exactly_held(number: float) -> bool:
    """Whether a 64-bit float holds a number without loss."""
    return not isinstance(number, int) or nearest_float(number) == number
