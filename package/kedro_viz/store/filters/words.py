"""Searches runs by words: in what people say of them, in how they were started, and in their parameters."""

from __future__ import annotations

import json
import math

from sqlalchemy import Column, ColumnElement, Float, and_, cast, func, literal, or_, select, true

from kedro_viz.store.tables import parameters, runs, user_run_details

# A search is typed by a person; more than these only cost time.
_MAX_WORDS = 20

_TEXTS: tuple[Column[str], ...] = (
    runs.c.id,
    runs.c.git_sha,
    runs.c.git_branch,
    runs.c.author,
    runs.c.pipeline,
    runs.c.command,
)

_SAID: tuple[Column[str], ...] = (user_run_details.c.title, user_run_details.c.notes)

# A parameter may be asked for as in the app, where all kinds of columns stand beside each other.
_PARAMETER_PREFIX = "params."


def holding_words(search: str) -> ColumnElement[bool]:
    """The condition of runs that hold all words of a search.

    Args:
        search: Every word of it stands somewhere in the run's texts, or is `name=value` or `params.name=value` of one
            of its parameters: a number that is as large, or any other value that is written the same, in capitals or
            not.
    """
    # A word that is there twice asks nothing more.
    words = list(dict.fromkeys(search.split()))
    return and_(true(), *map(_stands_in, words[:_MAX_WORDS]))


def _stands_in(word: str) -> ColumnElement[bool]:
    conditions: list[ColumnElement[bool]] = [column.icontains(word, autoescape=True) for column in _TEXTS]
    said = or_(*(column.icontains(word, autoescape=True) for column in _SAID))
    conditions.append(runs.c.id.in_(select(user_run_details.c.run_id).where(said).correlate(None)))
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
    having = select(parameters.c.run_id).where(parameters.c.name.in_(sorted(names)), or_(*written)).correlate(None)
    return runs.c.id.in_(having)


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None
