"""Searches runs by words: in what people say of them, in how they were started, in what they tracked."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable

from sqlalchemy import Column, ColumnElement, TableValuedAlias, and_, case, exists, func, literal, or_, true

from kedro_viz.store.dialect import holds_text, json_digits, json_document, json_leaves, json_number
from kedro_viz.store.query.language.tree import Operator
from kedro_viz.store.query.number_comparison import compared_number
from kedro_viz.store.stored_values import TAG_IS_PRESENT, named_by_row
from kedro_viz.store.tables import parameters, run_tags, runs, tracked_json, user_run_details
from kedro_viz.tracking.whole_number import MAX_DIGITS

# By the names that queries have for them.
RUN_TEXTS: dict[str, Column[str]] = {
    "author": runs.c.author,
    "git.branch": runs.c.git_branch,
    "git.sha": runs.c.git_sha,
    "pipeline": runs.c.pipeline,
    "command": runs.c.command,
    "id": runs.c.id,
}
SAID_TEXTS: dict[str, Column[str]] = {"title": user_run_details.c.title, "notes": user_run_details.c.notes}

# A parameter may be asked for as in the app, where all kinds of columns stand beside each other.
_PARAMETER_PREFIX = "params."


_WHOLE = re.compile(r"[+-]?[0-9]+")


def holding_words(words: Iterable[str], one_by_one: bool = False) -> ColumnElement[bool]:
    """The condition of runs that hold all words of a search; a condition on the table `runs`.

    Args:
        words: Every one of them stands somewhere in what is said of the run, in how it was started, in its tags or in a
            text that it tracked; or is `name=value` or `params.name=value` of one of its parameters: a number that is
            as large, or any other value that is written the same. Capitals do not matter.
        one_by_one: Look up what each run has, for who goes through few runs. Otherwise all runs that have a word are
            found once.
    """
    return and_(true(), *(_stands_in(word, one_by_one) for word in words))


def _stands_in(word: str, one_by_one: bool) -> ColumnElement[bool]:
    found = [
        (user_run_details.c.run_id, or_(*(holds_text(column, word) for column in SAID_TEXTS.values()))),
        (run_tags.c.run_id, and_(TAG_IS_PRESENT, holds_text(run_tags.c.tag, word))),
        (tracked_json.c.run_id, exists().where(text_leaves(word)[1])),
    ]
    if (parameter := parameter_of(word)) is not None:
        found.append((parameters.c.run_id, parameter))
    named = [named_by_row(run_id, rows, one_by_one) for run_id, rows in found]
    return or_(*(holds_text(column, word) for column in RUN_TEXTS.values()), *named)


def parameter_of(word: str) -> ColumnElement[bool] | None:
    """The condition on `parameters` that a word is if it says `name=value`; None if it does not."""
    name, is_parameter, value = word.partition("=")
    if not (is_parameter and name and value):
        return None
    return _has_parameter({name, name.removeprefix(_PARAMETER_PREFIX)}, value)


def text_leaves(word: str) -> tuple[TableValuedAlias, ColumnElement[bool]]:
    """The leaves of the tracked document of a row, and the condition of those that are a text that holds the word."""
    # JSON writes some characters in another way; what has none of them need not be taken apart to see that it is not
    # there.
    plain = word.isascii() and word.isprintable() and not set(word) & set('"\\/')
    document = tracked_json.c.data
    may_hold = holds_text(document, word) if plain else true()
    whole = case((may_hold, func.coalesce(json_document(document), "[]")), else_="[]")
    leaf = json_leaves(whole)
    return leaf, and_(leaf.c.type == "text", holds_text(leaf.c.atom, word))


def _has_parameter(names: set[str], value: str) -> ColumnElement[bool]:
    """Whether a row is a parameter of one of the names, of that value."""
    stored = parameters.c.value
    # Stored values are JSON: a text has quotes there, `true`, lists and numbers have none.
    written = [
        func.lower(stored) == func.lower(literal(text)) for text in (value, json.dumps(value, ensure_ascii=False))
    ]
    number = _number(value)
    if number is not None:
        written.append(compared_number(json_number(stored), json_digits(stored), Operator.EQUAL, number))
    # The index by name leads to those that have the parameter.
    return and_(parameters.c.name.in_(sorted(names)), or_(*written))


def _number(text: str) -> float | None:
    if len(text) <= MAX_DIGITS and _WHOLE.fullmatch(text):
        return int(text)
    try:
        number = float(text)
    except ValueError:
        return None
    return None if math.isnan(number) else number
