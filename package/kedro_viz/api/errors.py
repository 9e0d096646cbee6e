"""What clients are told of errors, and what is logged.

A mistake in a query, and what a resolver refuses with a `GraphQLError`, is told as it is. Anything else is a fault of
ours: its text may name paths or data of the user's machine, so it goes to the server's log only.
"""

from __future__ import annotations

import logging

import strawberry
from graphql import GraphQLError
from strawberry.extensions import MaskErrors
from strawberry.types import ExecutionContext

from kedro_viz.api.answer_threads import ANSWER_SECONDS
from kedro_viz.store.errors import StoreGoneError, StoreReplacedError
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.sqlite.read_errors import was_interrupted
from kedro_viz.tracking.deadline import TookTooLongError

logger = logging.getLogger(__name__)

UNEXPECTED = "The server could not answer this. Its log says why."
TOO_DEEP = "The query is nested too deep."


def is_unexpected(error: GraphQLError) -> bool:
    """Whether an error is a fault of ours."""
    original = error.original_error
    return original is not None and not isinstance(original, GraphQLError) and known_error(original) is None


def _is_told_otherwise(error: GraphQLError) -> bool:
    return is_unexpected(error) or known_error(error.original_error) is not None


def known_error(error: BaseException | None) -> str | None:
    """What a user can be told of an error that is neither a mistake of theirs nor a fault of ours."""
    if isinstance(error, (TookTooLongError, StoreGoneError, StoreReplacedError)):
        return str(error)
    if was_interrupted(error):
        # Only a deadline interrupts statements, where no shorter limit says so itself.
        return str(TookTooLongError(ANSWER_SECONDS))
    return None


def query_error(error: FilterError) -> GraphQLError:
    """What is wrong with the query that a user typed, and where in it."""
    return GraphQLError(error.message, extensions={"query": {"start": error.start, "end": error.end}})


class HideUnexpectedErrors(MaskErrors):
    """Replaces the text of unexpected errors."""

    # Older releases of Strawberry pass the context here; all of them set it as an attribute as well.
    def __init__(self, *, execution_context: ExecutionContext | None = None) -> None:  # noqa: ARG002
        super().__init__(_is_told_otherwise, UNEXPECTED)

    def anonymise_error(self, error: GraphQLError) -> GraphQLError:
        """The error as clients see it."""
        if isinstance(error.original_error, RecursionError) and error.path is None:
            return GraphQLError(TOO_DEEP)
        known = known_error(error.original_error)
        if known is not None:
            return GraphQLError(known, nodes=error.nodes, path=error.path)
        return super().anonymise_error(error)


class LoggedSchema(strawberry.Schema):
    """A schema that logs unexpected errors only: clients learn of their own mistakes, the terminal need not."""

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002 - Strawberry's own signature
    ) -> None:
        """Log what a user should report."""
        for error in errors:
            if is_unexpected(error):
                logger.error("A query could not be answered.", exc_info=error.original_error)
