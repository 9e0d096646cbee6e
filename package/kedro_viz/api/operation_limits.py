"""Refuses operations that are too large or cost too much, with a sentence that says in what."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from graphql import GraphQLError
from strawberry.extensions import SchemaExtension

from kedro_viz.api.answering_schema import AnsweringSchema
from kedro_viz.api.documents import MAX_TOKENS, documents, refuse_long


class OperationLimits(SchemaExtension):
    """Bounds each operation before any rule of GraphQL looks at it."""

    def on_operation(self) -> Iterator[None]:
        """Bound Strawberry's own parser."""
        self.execution_context.parse_options["max_tokens"] = MAX_TOKENS
        yield

    def on_parse(self) -> Iterator[None]:
        """Take a document that was parsed before. A text that is too long is not parsed at all.

        Raises:
            GraphQLError: If it is too long.
        """
        query = self.execution_context.query
        if query:
            refuse_long(query)
            # What is wrong with a text, Strawberry finds and tells.
            with contextlib.suppress(GraphQLError, RecursionError):
                self.execution_context.graphql_document = documents.parsed(query).document
        yield

    def on_validate(self) -> Iterator[None]:
        """Refuse what is too large."""
        problem = self._problem()
        if problem is not None:
            self.execution_context.pre_execution_errors = [GraphQLError(problem)]
        yield

    def _problem(self) -> str | None:
        context = self.execution_context
        if not context.query:
            return None
        parsed = documents.parsed(context.query)
        if parsed.problem is not None:
            return parsed.problem
        if not isinstance(context.schema, AnsweringSchema):
            raise TypeError("Only this schema's fields declare costs.")
        return context.schema.cost_of(parsed.document, context.variables, context.operation_name).problem
