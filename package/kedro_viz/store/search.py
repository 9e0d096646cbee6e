"""Searches runs by words: in what people say of them, in how they were started, and in their parameters."""

from __future__ import annotations

import json
import math

from sqlalchemy import Column, ColumnElement, Float, and_, cast, func, literal, or_, select, true

from kedro_viz.store.tables import parameters, runs, user_run_details

# A search is typed by a person; more than this only costs time.
MAX_SEARCH_CHARACTERS = 1_000
_MAX_WORDS = 20

_TEXTS: tuple[Column[str], ...] = (
    user_run_details.c.title,
    user_run_details.c.notes,
    runs.c.id,
    runs.c.git_sha,
    runs.c.git_branch,
    runs.c.author,
    runs.c.pipeline,
    runs.c.command,
)

# A parameter may be asked for as in the app, where all kinds of columns stand beside each other.
_PARAMETER_PREFIX = "params."


class SearchError(ValueError):
    """A search that is too long."""

    def __init__(self, characters: int) -> None:
        super().__init__(
            f"The search has {characters:,} characters; up to {MAX_SEARCH_CHARACTERS:,} can be searched for."
        )


def matching(search: str | None, bookmarked: bool | None) -> ColumnElement[bool]:
    """The condition of a list.

    Args:
        search: Every word of it stands somewhere in the run's texts, or is `name=value` or `params.name=value` of one
            of its parameters: a number that is as large, or any other value that is written the same, in capitals or
            not.
        bookmarked: Only bookmarked runs (True), only others (False), or all.

    Raises:
        SearchError: If the search is too long.
    """
    if search is not None and len(search) > MAX_SEARCH_CHARACTERS:
        raise SearchError(len(search))
    # A word that is there twice asks nothing more.
    words = dict.fromkeys((search or "").split())
    conditions = [_stands_in(word) for word in list(words)[:_MAX_WORDS]]
    if bookmarked is not None:
        conditions.append(func.coalesce(user_run_details.c.bookmark, False).is_(bookmarked))
    return and_(true(), *conditions)


def _stands_in(word: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [column.icontains(word, autoescape=True) for column in _TEXTS]
    name, is_parameter, value = word.partition("=")
    if is_parameter and name and value:
        conditions.append(_has_parameter({name, name.removeprefix(_PARAMETER_PREFIX)}, value))
    return or_(*conditions)


def _has_parameter(names: set[str], value: str) -> ColumnElement[bool]:
    stored = parameters.c.value
    # Stored values are JSON: a text has quotes there, `true`, lists and numbers have none.
    written = [
        func.lower(stored) == func.lower(literal(text)) for text in (value, json.dumps(value, ensure_ascii=False))
    ]
    number = _number(value)
    if number is not None:
        # Only what begins as a number does is one: SQLite makes 0 of any other text.
        is_number = or_(stored.op("GLOB")("[0-9]*"), stored.op("GLOB")("-[0-9]*"))
        written.append(and_(is_number, cast(stored, Float) == number))
    # Found once for all runs: the index by name leads to those that have the parameter.
    having = select(parameters.c.run_id).where(parameters.c.name.in_(sorted(names)), or_(*written))
    return runs.c.id.in_(having)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
