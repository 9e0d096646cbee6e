"""Help with a query in the API. Places are counted in characters: Unicode code points, not UTF-16 units."""

from __future__ import annotations

import strawberry

from kedro_viz.store.query.language import completion
from kedro_viz.store.query.language.completion import SuggestionKind
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.reading import query_help

strawberry.enum(SuggestionKind, name="QuerySuggestionKind", description="What a suggestion is.")


@strawberry.type(description="What is wrong with a query: with its characters from `start` to before `end`.")
class QueryProblem:
    """See `kedro_viz.store.query.language.errors.FilterError`."""

    message: str
    start: int
    end: int

    @classmethod
    def of(cls, error: FilterError) -> QueryProblem:
        """The problem as the API tells it."""
        return cls(message=error.message, start=error.start, end=error.end)


@strawberry.type(
    description="What can stand in a query: `text`, in place of the characters from `start` to before `end`."
)
class QuerySuggestion:
    """See `kedro_viz.store.query.language.completion.Suggestion`."""

    text: str
    label: str
    kind: SuggestionKind
    detail: str | None
    start: int
    end: int

    @classmethod
    def of(cls, suggestion: completion.Suggestion) -> QuerySuggestion:
        """The suggestion as the API tells it."""
        return cls(
            text=suggestion.text,
            label=suggestion.label,
            kind=suggestion.kind,
            detail=suggestion.detail,
            start=suggestion.start,
            end=suggestion.end,
        )


@strawberry.type(description="Help with a query that is being typed. Without `isExpression` it is words to search for.")
class QueryHelp:
    """See `kedro_viz.store.reading.query_help.QueryHelp`."""

    is_expression: bool
    problem: QueryProblem | None
    suggestions: list[QuerySuggestion]

    @classmethod
    def of(cls, found: query_help.QueryHelp) -> QueryHelp:
        """The help as the API tells it."""
        return cls(
            is_expression=found.is_expression,
            problem=None if found.problem is None else QueryProblem.of(found.problem),
            suggestions=[QuerySuggestion.of(suggestion) for suggestion in found.suggestions],
        )
