"""Helps with a query that is being typed: what is wrong with it, and what can come next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, Engine

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.query.language.completion import Suggestion, suggestions
from kedro_viz.store.query.language.errors import FilterError, UnknownNameError
from kedro_viz.store.query.language.fields import QUERY_FIELDS, SOURCES, near_names, written
from kedro_viz.store.query.language.query import MAX_CHARACTERS, Query, parse_query
from kedro_viz.store.query.language.tokens import printable
from kedro_viz.store.query.language.tree import Field, FieldSource
from kedro_viz.store.reading.metric_names import refuse_ambiguous_fields
from kedro_viz.store.reading.query_values import QueryValues
from kedro_viz.store.sqlite.time_limit import limited

_WORDS = {FieldSource.METRIC: "metric", FieldSource.PARAMETER: "parameter"}


@dataclass(frozen=True)
class QueryHelp:
    """What can be said of a query.

    Attributes:
        is_expression: Whether it is an expression, and not words to search for.
        problem: What is wrong with it.
        suggestions: What can stand where the cursor is.
    """

    is_expression: bool
    problem: FilterError | None
    suggestions: list[Suggestion]


def help_with_query(engine: Engine, text: str, position: int, now: datetime | None = None) -> QueryHelp:
    """Help with a query.

    Args:
        engine: The store.
        text: What the user has typed.
        position: Where the cursor is: so many characters stand before it.
        now: The present, which words for times count from.

    Raises:
        FilterError: If looking into the store takes too long.
    """
    try:
        query, problem = parse_query(text, now), None
    except FilterError as error:
        query, problem = None, error
    if len(text) > MAX_CHARACTERS:
        return QueryHelp(is_expression=True, problem=problem, suggestions=[])
    text = printable(text)
    with limited(engine) as connection:
        known = QueryValues(connection)
        found = suggestions(text, max(0, min(position, len(text))), known)
        if isinstance(problem, UnknownNameError):
            problem = _with_nearer_names(problem, known)
        if query is not None:
            problem = _ambiguous(connection, query) or _unknown_to_runs(query, known)
    # Only an expression can be wrong.
    return QueryHelp(query is None or query.is_expression, problem, found)


def _ambiguous(connection: Connection, query: Query) -> FilterError | None:
    try:
        refuse_ambiguous_fields(connection, query.fields)
    except FilterError as error:
        return error
    return None


def _with_nearer_names(problem: UnknownNameError, known: QueryValues) -> UnknownNameError:
    """The same problem, with the names that runs have among those that may be meant."""
    names = {name: name for name in (*QUERY_FIELDS, *SOURCES)}
    for field in _named_by_runs(known):
        names.setdefault(field.name, written(field))
    near = [names[name] for name in near_names(problem.name, list(names))]
    return UnknownNameError(problem.name, near, problem.start, problem.end)


def _unknown_to_runs(query: Query, known: QueryValues) -> FilterError | None:
    """The first metric or parameter that no run has: what it is compared with finds nothing."""
    for field in query.fields:
        if field.source not in _WORDS or known.has(field):
            continue
        names = {other.name: written(other) for other in _named_by_runs(known) if other.source is field.source}
        near = [names[name] for name in near_names(field.name, list(names))]
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        message = f"No run has the {_WORDS[field.source]} '{field.name[:100]}'.{hint}"
        return FilterError(message, field.start, field.end)
    return None


def _named_by_runs(known: QueryValues) -> list[Field]:
    metrics = [Field(FieldSource.METRIC, name, ColumnKind.NUMBER) for name in known.metrics()]
    return metrics + [Field(FieldSource.PARAMETER, name, ColumnKind.ANY) for name in known.parameters()]
