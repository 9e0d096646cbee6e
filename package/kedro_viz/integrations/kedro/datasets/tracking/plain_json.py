"""Turns what nodes return into plain JSON values.

Numbers, missing values and arrays of NumPy, pandas and other libraries are told by what they can do, not by
their class: none of those libraries is imported here.
"""

from __future__ import annotations

import json
import reprlib
from collections.abc import Iterable, Mapping, Sequence
from numbers import Complex, Integral, Number, Real
from typing import Protocol, SupportsFloat, SupportsIndex, TypeAlias, TypeGuard, runtime_checkable

PlainJSON: TypeAlias = "bool | int | float | str | list[PlainJSON] | dict[str, PlainJSON] | None"
Path: TypeAlias = "tuple[str | int, ...]"

# Kinds of NumPy data types that count time: they pass for integers, but a bare count means nothing without
# its unit.
_DURATION, _MOMENT = "m", "M"


class NotARealNumberError(TypeError):
    """A value is not one real number. The message says what it is instead, such as `is of type str`."""


class NotPlainJSONError(TypeError):
    """A value has no counterpart in JSON. The message says where it is and what it is."""


@runtime_checkable
class _Item(Protocol):
    """A NumPy scalar, or an array or tensor that can give its only element as a Python object."""

    def item(self) -> object: ...


@runtime_checkable
class _ToList(Protocol):
    """An array, a tensor, or a column of a data frame."""

    def tolist(self) -> object: ...


@runtime_checkable
class _IsoFormat(Protocol):
    """A moment or a duration as pandas has them."""

    def isoformat(self) -> str: ...


def real_number(value: object) -> int | float:
    """The Python number that a metric's value stands for.

    Integers stay integers; booleans count as 0 and 1. Every other real number, of Python (`Decimal` and
    `Fraction` too) or of a numerical library (scalars, and arrays without dimensions), becomes a float. NaN
    and the infinities count as real numbers: a loss that has diverged is a result too.

    Args:
        value: Anything.

    Raises:
        NotARealNumberError: The value is something else, or an integer beyond the range of floats.
    """
    scalar = _without_wrapping(value)
    if not _may_be_a_real_number(scalar):
        raise NotARealNumberError(f"is of type {_type_name(value)}")
    try:
        number = float(scalar)
        # A metric is charted and compared as a float, so an integer stays one only if a float can hold it.
        return int(scalar) if isinstance(scalar, Integral) else number
    except OverflowError as error:
        raise NotARealNumberError(f"is beyond the range of floats ({_type_name(value)})") from error
    except (TypeError, ValueError) as error:
        raise NotARealNumberError(f"is of type {_type_name(value)}") from error


def plain_json(value: object) -> PlainJSON:
    """The plain JSON value that any JSON-compatible data stands for.

    Mappings become objects, sequences and arrays become arrays, scalars and arrays without dimensions what
    their only element is, missing values (`pandas.NA`, `NaT`) null, moments ISO 8601 text. Of a pandas
    column the values are taken, not its index.

    Args:
        value: Anything. Keys of mappings may be text, numbers, booleans and None, and become text as `json`
            does it.

    Raises:
        NotPlainJSONError: Something in it has no counterpart in JSON, two keys of one text, or itself.
    """
    try:
        return _plain(value, path=(), inside=())
    except RecursionError as error:
        raise NotPlainJSONError("data is nested too deeply to be stored as JSON") from error


def _plain(value: object, path: Path, inside: tuple[int, ...]) -> PlainJSON:
    if value is None or isinstance(value, bool | int | float | str):
        return value
    if _is_missing(value):
        return None
    if isinstance(value, type):
        raise _refusal(value, path)
    if id(value) in inside:
        raise NotPlainJSONError(f"{_place(path)} contains itself")
    inside = (*inside, id(value))
    if isinstance(value, Mapping):
        return _plain_object(value, path, inside)
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray | memoryview):
        return [_plain(element, (*path, index), inside) for index, element in enumerate(value)]
    if isinstance(value, _IsoFormat):
        return str(value.isoformat())
    if _dimensions(value):
        return _plain_array(value, path, inside)
    if _dtype_kind(value) == _MOMENT:
        return str(value)  # NumPy writes its moments as ISO 8601
    scalar = _without_wrapping(value)
    if scalar is not value:
        return _plain(scalar, path, inside)
    if not isinstance(value, Number):
        raise _refusal(value, path)
    try:
        return real_number(value)
    except NotARealNumberError as error:
        raise _refusal(value, path) from error


def _plain_object(value: Mapping[object, object], path: Path, inside: tuple[int, ...]) -> PlainJSON:
    plain: dict[str, PlainJSON] = {}
    for key, member in value.items():
        scalar = _without_wrapping(key)
        if isinstance(scalar, str):
            name = str.__str__(scalar)  # the text itself, also of the members of an enumeration of texts
        elif scalar is None or isinstance(scalar, bool | int | float):
            name = json.dumps(scalar)
        else:
            raise NotPlainJSONError(f"{_place(path)} has a key of type {_type_name(key)}, {reprlib.repr(key)}")
        if name in plain:
            raise NotPlainJSONError(f"{_place(path)} has two keys that are both {reprlib.repr(name)} in JSON")
        plain[name] = _plain(member, (*path, name), inside)
    return plain


def _plain_array(value: object, path: Path, inside: tuple[int, ...]) -> PlainJSON:
    # `tolist` makes bare integers of moments and durations; their elements know better what they are.
    if _dtype_kind(value) in (_DURATION, _MOMENT) and isinstance(value, Iterable):
        return _plain(list(value), path, inside)
    if isinstance(value, _ToList):
        return _plain(value.tolist(), path, inside)
    raise _refusal(value, path)


def _may_be_a_real_number(value: object) -> TypeGuard[SupportsFloat | SupportsIndex]:
    """Whether to ask the value for its float: text would give one too, and complex numbers half of one."""
    if isinstance(value, str | bytes | type | Sequence) or (isinstance(value, Complex) and not isinstance(value, Real)):
        return False
    if _dimensions(value) or _dtype_kind(value) in (_DURATION, _MOMENT):
        return False
    return isinstance(value, Number | SupportsFloat)


def _without_wrapping(value: object) -> object:
    """The Python object in a scalar or an array without dimensions; any other value as it is."""
    if isinstance(value, type) or _dimensions(value) != 0 or _dtype_kind(value) in (_DURATION, _MOMENT):
        return value
    return value.item() if isinstance(value, _Item) else value


def _is_missing(value: object) -> bool:
    """Whether the value is one of the marks for "nothing here" that pandas and NumPy have beside None."""
    if _type_name(value) in ("NAType", "NaTType"):
        return True
    # NumPy's moment that is none: the only one that does not equal itself.
    return _dimensions(value) == 0 and _dtype_kind(value) == _MOMENT and value != value


def _dimensions(value: object) -> int | None:
    """How many dimensions an array, tensor or NumPy scalar has; None for what is none of these."""
    dimensions = getattr(value, "ndim", None)
    return dimensions if isinstance(dimensions, int) else None


def _dtype_kind(value: object) -> str | None:
    kind = getattr(getattr(value, "dtype", None), "kind", None)
    return kind if isinstance(kind, str) else None


def _type_name(value: object) -> str:
    return type(value).__name__


def _refusal(value: object, path: Path) -> NotPlainJSONError:
    return NotPlainJSONError(f"{_place(path)} is of type {_type_name(value)}")


def _place(path: Path) -> str:
    """Where in the data something is, as a person would write it: `'model.layers[3].size'`."""
    if not path:
        return "the data itself"
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in path).removeprefix(".")
    return f"'{text}'"
