"""Bounds the size of one GraphQL document, before it is validated or run, and of its lists of runs.

The extensions that Strawberry has for this write fragments out one by one, so that forty fragments that each spread the
next one twice would keep them busy for ever.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLError,
    OperationDefinitionNode,
    SelectionSetNode,
)

# Our deepest query has 6 levels; the introspection query that tools send has 15.
MAX_DEPTH = 16

# Each alias of a root field may be a list of all runs.
MAX_ALIASES = 50

# Fields with fragments written out. Validation compares the fields of a selection with each other.
MAX_FIELDS = 1_000

# An answer holds all its runs in memory at once.
MAX_RUNS_ASKED = 10_000

# Lists of introspection that lead from type to type. graphql-js has the same bound.
MAX_NESTED_TYPE_LISTS = 3
_TYPE_LISTS = frozenset({"fields", "interfaces", "possibleTypes", "inputFields"})


def bounded(run_ids: Sequence[str], limit: int = MAX_RUNS_ASKED) -> list[str]:
    """The ids of an argument.

    Raises:
        GraphQLError: If they are too many.
    """
    if len(run_ids) > limit:
        raise GraphQLError(f"At most {limit:,} runs can be asked for at once, not {len(run_ids):,}.")
    return [str(run_id) for run_id in run_ids]


def problem_of(document: DocumentNode) -> str | None:
    """Why a document is not answered; None if it is within the bounds."""
    try:
        size = _Measure(document).of_document()
    except RecursionError:
        return f"The query is nested too deep; up to {MAX_DEPTH} levels are answered."
    for name, found, limit in (
        ("levels", size.depth, MAX_DEPTH),
        ("fields", size.fields, MAX_FIELDS),
        ("aliases", size.aliases, MAX_ALIASES),
        ("nested lists of types", size.type_lists, MAX_NESTED_TYPE_LISTS),
    ):
        if found > limit:
            return f"The query has too many {name}; up to {limit:,} are answered."
    return None


@dataclass(frozen=True)
class _Size:
    depth: int = 0
    fields: int = 0
    aliases: int = 0
    type_lists: int = 0

    def beside(self, other: _Size) -> _Size:
        return _Size(
            max(self.depth, other.depth),
            self.fields + other.fields,
            self.aliases + other.aliases,
            max(self.type_lists, other.type_lists),
        )


class _Measure:
    """Measures each fragment once, however often it is spread."""

    def __init__(self, document: DocumentNode) -> None:
        self._document = document
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known: dict[str, _Size] = {}
        self._open: set[str] = set()

    def of_document(self) -> _Size:
        """All operations together, and all fragments, because validation looks at unused ones too."""
        total = _Size()
        for definition in self._document.definitions:
            if isinstance(definition, OperationDefinitionNode):
                total = total.beside(self._of_selections(definition.selection_set))
        for name in self._fragments:
            total = total.beside(_Size(fields=self._of_fragment(name).fields))
        return total

    def _of_selections(self, selections: SelectionSetNode | None) -> _Size:
        total = _Size()
        for selection in selections.selections if selections else ():
            if isinstance(selection, FragmentSpreadNode):
                total = total.beside(self._of_fragment(selection.name.value))
            elif isinstance(selection, FieldNode):
                inner = self._of_selections(selection.selection_set)
                total = total.beside(
                    _Size(
                        inner.depth + 1,
                        inner.fields + 1,
                        inner.aliases + (selection.alias is not None),
                        inner.type_lists + (selection.name.value in _TYPE_LISTS),
                    )
                )
            else:
                total = total.beside(self._of_selections(getattr(selection, "selection_set", None)))
        return total

    def _of_fragment(self, name: str) -> _Size:
        # A fragment that spreads itself, or that is not there, is for GraphQL's own rules to refuse.
        if name in self._open or name not in self._fragments:
            return _Size()
        if name not in self._known:
            self._open.add(name)
            self._known[name] = self._of_selections(self._fragments[name].selection_set)
            self._open.discard(name)
        return self._known[name]
