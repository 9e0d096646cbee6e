"""Refuses mutations that a person may not do."""

from __future__ import annotations

from collections.abc import Iterator

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    InlineFragmentNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
)
from strawberry.extensions import SchemaExtension

from kedro_viz.api.access.person import Action
from kedro_viz.api.access.refusals import Refusal
from kedro_viz.api.context import ApiContext

# What is not here is an edit: a new mutation is refused to those who only look.
_DELETIONS = frozenset({"deleteRuns", "restoreRuns"})


class MutationsAllowed(SchemaExtension):
    """Asks before a mutation is run whether the viewer may do all that it does."""

    def on_validate(self) -> Iterator[None]:
        """Refuse the document as a whole, with a code that says why."""
        context, document = self.execution_context.context, self.execution_context.graphql_document
        refused = self.execution_context.pre_execution_errors
        if isinstance(context, ApiContext) and document is not None and not refused:
            missing = needed_actions(document) - context.viewer.actions
            if missing:
                code = {"code": Refusal.READ_ONLY.value}
                error = GraphQLError(context.viewer.refusal, extensions=code)
                self.execution_context.pre_execution_errors = [error]
        yield


def needed_actions(document: DocumentNode) -> frozenset[Action]:
    """What one may have to do to run any operation of a document."""
    fragments = {each.name.value: each for each in document.definitions if isinstance(each, FragmentDefinitionNode)}
    names: set[str] = set()
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode) and definition.operation is OperationType.MUTATION:
            names |= _root_fields(definition.selection_set, fragments, set())
    return frozenset(Action.DELETE if name in _DELETIONS else Action.EDIT for name in names)


def _root_fields(
    selections: SelectionSetNode, fragments: dict[str, FragmentDefinitionNode], seen: set[str]
) -> set[str]:
    names: set[str] = set()
    for selection in selections.selections:
        if isinstance(selection, FieldNode):
            names.add(selection.name.value)
        elif isinstance(selection, FragmentSpreadNode):
            name = selection.name.value
            if name in fragments and name not in seen:
                seen.add(name)
                names |= _root_fields(fragments[name].selection_set, fragments, seen)
        elif isinstance(selection, InlineFragmentNode):
            names |= _root_fields(selection.selection_set, fragments, seen)
    return names
