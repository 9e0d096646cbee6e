"""Tells where the words of a search stand in runs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase, ascii_uppercase

from sqlalchemy import Connection, Engine, func, select, true

from kedro_viz.store.query.language.query import is_expression, words_of
from kedro_viz.store.query.language.tokens import printable
from kedro_viz.store.query.words import RUN_TEXTS, SAID_TEXTS, parameter_of, text_leaves
from kedro_viz.store.reading.rows import parts
from kedro_viz.store.sqlite.time_limit import limited
from kedro_viz.store.stored_values import TAG_IS_PRESENT
from kedro_viz.store.tables import parameters, run_tags, runs, tracked_json, user_run_details

# So much of a text is told around a word.
_BEFORE, _AFTER = 24, 60

# Capitals as SQLite's LIKE takes them.
_LOWER = str.maketrans(ascii_uppercase, ascii_lowercase)

# A part of the way to a value, as SQLite writes it: `.name`, `."a name"` or `[0]`.
_STEP = re.compile(r'\."((?:[^"\\]|\\.)*)"|\.([^.\[]+)|\[\d+\]')


@dataclass(frozen=True)
class WordMatch:
    """A place in a run where a word of a search stands.

    Attributes:
        word: The word.
        field: What holds it, by the name that queries have for it: `title`, `json.features.columns`.
        text: What stands there around the word.
    """

    word: str
    field: str
    text: str


def word_matches(engine: Engine, search: str, run_ids: Sequence[str]) -> dict[str, list[WordMatch]]:
    """Where the words of a search stand, by run.

    Args:
        engine: The store.
        search: What stands in the query field. Of an expression there is nothing to tell.
        run_ids: The runs.

    Returns:
        For each run, word by word, all of the texts that everybody sees of a run and that hold it; where there is
        none, the first value that a run has tracked and that does.

    Raises:
        FilterError: If that takes too long.
    """
    search = printable(search)
    if is_expression(search):
        return {}
    found: dict[str, list[WordMatch]] = {run_id: [] for run_id in run_ids}
    with limited(engine) as connection:
        for wanted in parts(run_ids):
            texts = list(_texts_of(connection, wanted))
            for word in words_of(search):
                lacking = set(wanted)
                for run_id, field, text in texts:
                    if (part := _around(word, text)) is not None:
                        lacking.discard(run_id)
                        found[run_id].append(WordMatch(word, field, part))
                for run_id, match in _values_with(connection, word, sorted(lacking)):
                    found[run_id].append(match)
    return found


def _texts_of(connection: Connection, run_ids: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """The texts of runs that people have said or that tell how they were started: run, field and text."""
    fields = {**SAID_TEXTS, **RUN_TEXTS}
    columns = [column.label(f"text_{index}") for index, column in enumerate(fields.values())]
    query = select(runs.c.id, *columns).outerjoin(user_run_details, user_run_details.c.run_id == runs.c.id)
    for run_id, *texts in connection.execute(query.where(runs.c.id.in_(run_ids))):
        yield from ((run_id, field, text) for field, text in zip(fields, texts, strict=True) if text)
    tags = select(run_tags.c.run_id, run_tags.c.tag).where(TAG_IS_PRESENT, run_tags.c.run_id.in_(run_ids))
    for run_id, tag in connection.execute(tags.order_by(run_tags.c.tag)):
        yield run_id, "tags", tag


def _values_with(connection: Connection, word: str, run_ids: Sequence[str]) -> Iterator[tuple[str, WordMatch]]:
    """The first value of each run that a word finds: of its parameters, or else of what it tracked."""
    lacking = set(run_ids)
    if (is_meant := parameter_of(word)) is not None:
        query = select(parameters.c.run_id, parameters.c.name, parameters.c.value).order_by(parameters.c.name)
        for run_id, name, value in connection.execute(query.where(is_meant, parameters.c.run_id.in_(run_ids))):
            if run_id in lacking:
                lacking.discard(run_id)
                yield run_id, WordMatch(word, f"params.{name}", value[: _BEFORE + _AFTER])
    leaf, holds = text_leaves(word)
    # SQLite takes the other columns from the row that has the least dataset.
    columns = (tracked_json.c.run_id, func.min(tracked_json.c.dataset), leaf.c.fullkey, leaf.c.atom)
    tracked = select(*columns).select_from(tracked_json).join(leaf, true()).group_by(tracked_json.c.run_id)
    for run_id, dataset, way, text in connection.execute(
        tracked.where(holds, tracked_json.c.run_id.in_(sorted(lacking)))
    ):
        yield run_id, WordMatch(word, ".".join(["json", dataset, *_names_in(way)]), _around(word, text) or "")


def _around(word: str, text: str) -> str | None:
    """A word with what stands around it, in one line; None if it is not there."""
    start = text.translate(_LOWER).find(word.translate(_LOWER))
    if start < 0:
        return None
    first, end = max(0, start - _BEFORE), start + len(word) + _AFTER
    part = " ".join(text[first:end].split())
    return f"{'…' if first else ''}{part}{'…' if end < len(text) else ''}"


def _names_in(way: str) -> Iterator[str]:
    """The names on the way to a value; places in lists are none."""
    for quoted, plain in _STEP.findall(way):
        if quoted or plain:
            yield json.loads(f'"{quoted}"') if quoted else plain
