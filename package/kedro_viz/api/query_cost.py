"""Adds up what one operation costs. See `field_costs`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from graphql import (
    DocumentNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    GraphQLNamedType,
    GraphQLSchema,
    InlineFragmentNode,
    ListValueNode,
    OperationDefinitionNode,
    OperationType,
    SelectionSetNode,
    VariableNode,
    get_named_type,
    value_from_ast_untyped,
)

from kedro_viz.api.answer_threads import Lane
from kedro_viz.api.field_costs import MAX_COST, FieldCost, cost_in

# Up to so many points an operation is quick, or usual.
_QUICK_COST = 2_000
_USUAL_COST = 20_000

# Where Strawberry keeps its own description of a field of graphql-core.
_DEFINITION = "strawberry-definition"


@dataclass
class QueryCost:
    """What an operation costs.

    Attributes:
        points: Of its fields, by the name of the field at the root.
        times: How often each of these stands there.
        lanes: Where fields of it have to be answered.
        is_edit: Whether it changes something.
    """

    points: Counter[str] = field(default_factory=Counter)
    times: Counter[str] = field(default_factory=Counter)
    lanes: set[Lane] = field(default_factory=set)
    is_edit: bool = False

    @property
    def total(self) -> int:
        """All points together."""
        return sum(self.points.values())

    @property
    def lane(self) -> Lane:
        """Where it is to be answered."""
        if self.is_edit:
            return Lane.EDITS
        if self.total > _USUAL_COST or Lane.SLOW in self.lanes:
            return Lane.SLOW
        if Lane.FILES in self.lanes:
            return Lane.FILES
        return Lane.QUICK if self.total <= _QUICK_COST else Lane.USUAL

    @property
    def problem(self) -> str | None:
        """Why it is not answered; None if it is."""
        if self.total <= MAX_COST:
            return None
        parts = [
            f"`{name}`{f' ({self.times[name]} times)' if self.times[name] > 1 else ''}: {points:,}"
            for name, points in self.points.most_common(3)
        ]
        return (
            f"The query asks for too much at once: it costs {self.total:,} points, up to {MAX_COST:,} are answered. "
            f"Most of them are of {', '.join(parts)}. Ask in several requests, for fewer runs, or page by page "
            "with `runs`."
        )


def cost_of(
    document: DocumentNode,
    schema: GraphQLSchema,
    variables: Mapping[str, object] | None = None,
    operation_name: str | None = None,
) -> QueryCost:
    """What an operation of a document costs.

    Args:
        document: Need not be valid: what is not known of costs nothing, and is refused by GraphQL's rules.
        schema: Whose fields declare costs.
        variables: As the client has sent them.
        operation_name: Which operation; the only one if None.

    Raises:
        RecursionError: If it is nested too deep.
    """
    chosen = QueryCost()
    for definition in document.definitions:
        if not isinstance(definition, OperationDefinitionNode):
            continue
        if operation_name and (definition.name is None or definition.name.value != operation_name):
            continue
        root = schema.get_root_type(definition.operation)
        if root is not None:
            counting = _Counting(document, schema, _values(definition, variables or {}))
            chosen.is_edit = chosen.is_edit or definition.operation is OperationType.MUTATION
            points, times = counting.at_root(root, definition.selection_set)
            chosen.points.update(points)
            chosen.times.update(times)
            chosen.lanes |= counting.lanes
    return chosen


def _values(operation: OperationDefinitionNode, variables: Mapping[str, object]) -> dict[str, object]:
    defaults = {
        each.variable.name.value: value_from_ast_untyped(each.default_value)
        for each in operation.variable_definitions or ()
        if each.default_value is not None
    }
    return {**defaults, **variables}


class _Counting:
    """Counts each fragment once, however often it is spread."""

    def __init__(self, document: DocumentNode, schema: GraphQLSchema, variables: Mapping[str, object]) -> None:
        self._schema = schema
        self._variables = variables
        self._fragments = {
            definition.name.value: definition
            for definition in document.definitions
            if isinstance(definition, FragmentDefinitionNode)
        }
        self._known: dict[str, int] = {}
        self._known_at_root: dict[str, tuple[Counter[str], Counter[str]]] = {}
        self._open: set[str] = set()
        self.lanes: set[Lane] = set()

    def at_root(self, parent: GraphQLNamedType, selections: SelectionSetNode) -> tuple[Counter[str], Counter[str]]:
        """The points of the fields at the root, and how often each stands there, by name."""
        points: Counter[str] = Counter()
        times: Counter[str] = Counter()
        for selection in selections.selections:
            if isinstance(selection, FieldNode):
                points[selection.name.value] += self._of_field(parent, selection)
                times[selection.name.value] += 1
            else:
                if isinstance(selection, FragmentSpreadNode):
                    inner = self._fragment_at_root(parent, selection.name.value)
                elif isinstance(selection, InlineFragmentNode):
                    inner = self.at_root(parent, selection.selection_set)
                else:
                    continue
                points.update(inner[0])
                times.update(inner[1])
        return points, times

    def _fragment_at_root(self, parent: GraphQLNamedType, name: str) -> tuple[Counter[str], Counter[str]]:
        if name in self._open or name not in self._fragments:
            return Counter(), Counter()
        if name not in self._known_at_root:
            self._open.add(name)
            self._known_at_root[name] = self.at_root(parent, self._fragments[name].selection_set)
            self._open.discard(name)
        return self._known_at_root[name]

    def _of_selections(self, parent: GraphQLNamedType | None, selections: SelectionSetNode | None) -> int:
        points = 0
        for selection in selections.selections if selections else ():
            if isinstance(selection, FieldNode):
                points += self._of_field(parent, selection)
            elif isinstance(selection, FragmentSpreadNode):
                points += self._of_fragment(selection.name.value)
            elif isinstance(selection, InlineFragmentNode):
                condition = selection.type_condition
                inner = parent if condition is None else self._schema.get_type(condition.name.value)
                points += self._of_selections(inner, selection.selection_set)
        return points

    def _of_fragment(self, name: str) -> int:
        # A fragment that spreads itself, or that is not there, is for GraphQL's own rules to refuse.
        if name in self._open or name not in self._fragments:
            return 0
        if name not in self._known:
            fragment = self._fragments[name]
            self._open.add(name)
            of_type = self._schema.get_type(fragment.type_condition.name.value)
            self._known[name] = self._of_selections(of_type, fragment.selection_set)
            self._open.discard(name)
        return self._known[name]

    def _of_field(self, parent: GraphQLNamedType | None, node: FieldNode) -> int:
        of_parent = getattr(parent, "fields", None) or {}
        known = of_parent.get(node.name.value)
        if known is None:
            return 0
        inner = self._of_selections(get_named_type(known.type), node.selection_set)
        declared = cost_in(getattr(known.extensions.get(_DEFINITION), "metadata", {}))
        if declared is None:
            return inner
        if declared.lane is not None:
            self.lanes.add(declared.lane)
        if declared.runs is None and declared.runs_if_left_out == 1:
            return declared.base + inner
        return declared.base + self._listed(declared, node) * (declared.each + inner)

    def _listed(self, declared: FieldCost, node: FieldNode) -> int:
        if declared.runs is None:
            return declared.runs_if_left_out
        name = _camel(declared.runs)
        for argument in node.arguments or ():
            if argument.name.value != name:
                continue
            value = argument.value
            if isinstance(value, VariableNode):
                if value.name.value not in self._variables:
                    break
                return declared.listed(self._variables[value.name.value])
            # Of a list, its length is all that matters.
            return declared.listed(value.values if isinstance(value, ListValueNode) else value_from_ast_untyped(value))
        return declared.runs_if_left_out


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)
