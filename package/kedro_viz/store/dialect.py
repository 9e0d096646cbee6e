"""What databases write in different ways: JSON, kinds of values, texts within texts. Written for SQLite."""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Float,
    LargeBinary,
    TableValuedAlias,
    and_,
    case,
    cast,
    func,
    literal_column,
    or_,
)

# 2**53 has so many digits.
_LEAST_SHARED_CHARACTERS = 16


def json_number(stored: ColumnElement[str]) -> ColumnElement[float | None]:
    """A stored JSON value as a number, infinities included; NULL for what is none, and for NaN."""
    # Only what begins as a number is one: SQLite makes 0 of any other text.
    begins_as_number = or_(stored.op("GLOB")("[0-9]*"), stored.op("GLOB")("-[0-9]*"))
    return case(
        (begins_as_number, cast(stored, Float)),
        (stored == "Infinity", literal_column("9e999", Float)),
        (stored == "-Infinity", literal_column("-9e999", Float)),
    )


def is_long_whole_number(stored: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether a stored JSON value is a whole number of at least 16 characters: a float may not tell its digits."""
    return and_(func.length(stored) >= _LEAST_SHARED_CHARACTERS, stored.op("NOT GLOB", is_comparison=True)("*[^0-9-]*"))


def json_digits(stored: ColumnElement[str]) -> ColumnElement[str | None]:
    """The digits of a stored JSON value that is a long whole number; NULL for any other value."""
    return case((is_long_whole_number(stored), stored))


def written_twice(document: ColumnElement[str], way: ColumnElement[str]) -> ColumnElement[str]:
    """A number in a JSON document, as it is written there: `[1,1]`, for `first_written`.

    SQLite gives a float for a whole number of more than 64 bits; of several values, it gives the text.
    """
    return func.json_extract(document, way, way)


def first_written(pair: ColumnElement[str]) -> ColumnElement[str]:
    """The number of `written_twice`."""
    return func.substr(pair, 2, func.instr(pair, ",") - 2)


def json_document(stored: ColumnElement[str]) -> ColumnElement[str]:
    """A document as SQLite reads JSON; NULL for what is none.

    Python writes NaN and infinities into JSON, for which SQLite would refuse all of the document. NaN is told as null.
    """
    plain = stored
    for before in (": ", ", ", "["):
        for python, strict in (("NaN", "null"), ("Infinity", "9e999"), ("-Infinity", "-9e999")):
            plain = func.replace(plain, before + python, before + strict)
    return case((func.json_valid(stored), stored), (func.json_valid(plain), plain))


def holds_text(
    column: ColumnElement[str], text: str, *, begins: bool = False, ends: bool = False
) -> ColumnElement[bool]:
    """Whether a text holds another one, whatever its capitals: SQLite's LIKE does not tell those of ASCII apart.

    Args:
        column: The text.
        text: What stands in it.
        begins: Only at its beginning.
        ends: Only at its end.
    """
    escaped = text.replace("/", "//").replace("%", "/%").replace("_", "/_")
    return column.like(f"{'' if begins else '%'}{escaped}{'' if ends else '%'}", escape="/")


def as_bytes(text: ColumnElement[str]) -> ColumnElement[bytes]:
    """A text as bytes, which the driver need not decode: most are the same as others. They sort as they are stored."""
    return cast(text, LargeBinary)


def is_text(value: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether a stored value is a text: a shared store may hold anything in any column."""
    return func.typeof(value) == "text"


def joined_texts(texts: ColumnElement[str]) -> ColumnElement[str]:
    """All texts of a group in one, parted by commas, in the order of the rows."""
    return func.group_concat(texts, ", ")


def json_elements(array: ColumnElement[str]) -> TableValuedAlias:
    """The elements of a JSON array, one per row: `atom` (the value), `type` and `fullkey` (the way to it)."""
    return func.json_each(array).table_valued("atom", "type", "fullkey")


def json_leaves(document: ColumnElement[str]) -> TableValuedAlias:
    """All values of a JSON document, however deep, one per row: `atom`, `type` and `fullkey`."""
    return func.json_tree(document).table_valued("atom", "type", "fullkey")


def json_kind(document: ColumnElement[str], way: ColumnElement[str]) -> ColumnElement[str]:
    """Of what type the value at a place of a JSON document is; NULL where nothing is."""
    return func.json_type(document, way)


def json_value(document: ColumnElement[str], way: ColumnElement[str] | str) -> ColumnElement[Any]:
    """The value at a place of a JSON document."""
    return func.json_extract(document, way)


def begin_reading(connection: Connection) -> None:
    """Let all questions of a connection see one state of the store, whatever is written meanwhile."""
    connection.exec_driver_sql("BEGIN")
