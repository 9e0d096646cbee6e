"""The schema as the server runs it: each operation in a thread of its kind, within its costs and its time."""

from __future__ import annotations

import copy
from collections.abc import AsyncGenerator, Iterable
from typing import Any

from graphql import DocumentNode, GraphQLError, OperationDefinitionNode, get_operation_ast
from graphql import OperationType as OperationKind
from strawberry.types import ExecutionResult
from strawberry.types.graphql import OperationType

from kedro_viz.api.answer_threads import AnswerThreads, BusyError, Lane
from kedro_viz.api.context import ApiContext
from kedro_viz.api.documents import documents, refuse_long
from kedro_viz.api.errors import LoggedSchema
from kedro_viz.api.own_loop import run_here
from kedro_viz.api.query_cost import QueryCost, cost_of
from kedro_viz.tracking.deadline import TookTooLongError


class AnsweringSchema(LoggedSchema):
    """Resolvers are plain functions that may block: the event loop of the server never runs them.

    Only subscriptions stay in the event loop. Their resolvers wait and send, and read nothing.
    """

    # Any, here and below: Strawberry's own signatures.
    async def execute(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
        operation_extensions: dict[str, Any] | None = None,
    ) -> ExecutionResult:
        """Answer a query or a mutation."""
        execute = super().execute
        # Operations of one WebSocket share a context, but neither loaders nor threads.
        context = copy.copy(context_value)

        def work() -> ExecutionResult:
            answer = execute(
                query,
                variable_values=variable_values,
                context_value=context,
                root_value=root_value,
                operation_name=operation_name,
                allowed_operation_types=allowed_operation_types,
                operation_extensions=operation_extensions,
            )
            return run_here(answer)

        if not isinstance(context, ApiContext):
            raise TypeError("Operations need the context of the API.")
        threads = context.services.threads
        try:
            return await threads.run(await self._lane(threads, query or "", variable_values, operation_name), work)
        except (BusyError, TookTooLongError) as error:
            return ExecutionResult(data=None, errors=[GraphQLError(str(error))])

    async def stream(
        self,
        query: str | None,
        variable_values: dict[str, Any] | None = None,
        context_value: Any | None = None,
        root_value: Any | None = None,
        operation_name: str | None = None,
        operation_extensions: dict[str, Any] | None = None,
        allowed_operation_types: Iterable[OperationType] | None = None,
    ) -> AsyncGenerator[Any, None]:
        """Answer an operation of a WebSocket: newer releases of Strawberry bring queries here, too."""
        asked: dict[str, Any] = {
            "variable_values": variable_values,
            "context_value": context_value,
            "root_value": root_value,
            "operation_name": operation_name,
            "operation_extensions": operation_extensions,
            "allowed_operation_types": allowed_operation_types,
        }
        operation = None
        try:
            refuse_long(query or "")
        except GraphQLError as error:
            return _only(ExecutionResult(data=None, errors=[error]))
        if isinstance(context_value, ApiContext):
            operation = await _operation(context_value.services.threads, query or "", operation_name)
        if operation is None or operation.operation is OperationKind.SUBSCRIPTION:
            return await super().stream(query, **asked)
        return _only(await self.execute(query, **asked))

    def cost_of(
        self, document: DocumentNode, variables: dict[str, Any] | None, operation_name: str | None
    ) -> QueryCost:
        """What an operation of a document costs. See `query_cost`."""
        return cost_of(document, self._schema, variables, operation_name)

    async def _lane(
        self, threads: AnswerThreads, query: str, variables: dict[str, Any] | None, operation_name: str | None
    ) -> Lane:
        def lane() -> Lane:
            try:
                parsed = documents.parsed(query)
                if parsed.problem is None:
                    return self.cost_of(parsed.document, variables, operation_name).lane
            except (GraphQLError, RecursionError):
                # It is refused where it is to be answered, with the reason.
                pass
            return Lane.QUICK

        # Only a document that is kept is looked at in the event loop.
        return lane() if documents.known(query) is not None else await threads.run(Lane.QUICK, lane)


async def _operation(threads: AnswerThreads, query: str, name: str | None) -> OperationDefinitionNode | None:
    def find() -> OperationDefinitionNode | None:
        try:
            return get_operation_ast(documents.parsed(query).document, name)
        except (GraphQLError, RecursionError):
            return None

    try:
        return find() if documents.known(query) is not None else await threads.run(Lane.QUICK, find)
    except (BusyError, TookTooLongError):
        return None


async def _only(result: ExecutionResult) -> AsyncGenerator[ExecutionResult, None]:
    yield result
