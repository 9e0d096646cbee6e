"""Values as the store writes them, in SQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Float, and_, case, cast, exists, func, literal_column, or_, select

from kedro_viz.store.tables import metric_names, runs
from kedro_viz.tracking.metric_id import parse_long_id

# 2**53 has so many digits.
_LEAST_SHARED_CHARACTERS = 16

# Written as in the indexes of the few rows of which they are true: SQLite does not use these for `archived = 1`.
IS_ARCHIVED: ColumnElement[bool] = literal_column("user_run_details.archived")
TAG_IS_PRESENT: ColumnElement[bool] = literal_column("run_tags.present")


def named_by_row(run_id: ColumnElement[str], rows: ColumnElement[bool], one_by_one: bool) -> ColumnElement[bool]:
    """Whether a run is named by one of some rows; a condition on the table `runs`.

    Args:
        run_id: The column that names the run.
        rows: Which rows.
        one_by_one: Look for those of each run by its id, for who goes through few runs. Otherwise all are found once.
    """
    if one_by_one:
        return exists().where(run_id == runs.c.id, rows).correlate(runs)
    return runs.c.id.in_(select(run_id).where(rows, run_id.is_not(None)).correlate(None))


def greatest(first: ColumnElement[Any], second: object) -> ColumnElement[Any]:
    """The greater of two values; NULL if one of them is."""
    return func.max(first, second)


def joined_name() -> ColumnElement[str]:
    """A metric's short id, in a query of `metric_names`."""
    return metric_names.c.dataset + "." + metric_names.c.key


def metric_is(name: str) -> ColumnElement[bool]:
    """Whether a row of `metric_names` is a metric that an id, long or short, stands for."""
    named = parse_long_id(name)
    if named is None:
        return joined_name() == name
    return and_(metric_names.c.dataset == named[0], metric_names.c.key == named[1])


def metric_row(name: str) -> ColumnElement[int]:
    """The row of `metric_names` of a metric's id; NULL for an unknown one.

    Who asks makes sure first that it is one metric: see `refuse_ambiguous_search`.
    """
    query = select(metric_names.c.id).where(metric_is(name)).order_by(metric_names.c.dataset, metric_names.c.id)
    return query.limit(1).correlate(None).scalar_subquery()


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
