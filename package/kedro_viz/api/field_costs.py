"""What fields of the API cost, declared at each field, so that one request cannot ask for everything fifty times.

A point stands for reading one run, or one part of a run such as its metrics. A field that reads all runs costs the same
in a small store as in a large one: a client that works today works when there are more runs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kedro_viz.api.answer_threads import Lane

MAX_COST = 100_000

# Four of these may stand in one request, for more of which there is no use.
ALL_RUNS = 25_000

# What searches the store, or summarises all of it and is remembered.
SEARCH = 5_000

_KEY = "cost"


@dataclass(frozen=True)
class FieldCost:
    """What a field costs.

    Attributes:
        base: Points of the field itself.
        runs: The argument that says how many runs it lists: a number or a list. None if it lists none.
        runs_if_left_out: How many it lists without that argument.
        each: Points of each of them. What is asked of each comes on top.
        lane: Where the field must be answered, whatever it costs.
    """

    base: int = 1
    runs: str | None = None
    runs_if_left_out: int = 1
    each: int = 1
    lane: Lane | None = None

    def listed(self, argument: object) -> int:
        """How many runs are listed where the argument has this value."""
        if argument is None:
            # Where null means anything, it is all of them.
            return ALL_RUNS
        if isinstance(argument, Sequence) and not isinstance(argument, str):
            return len(argument)
        if isinstance(argument, int):
            # The field itself refuses numbers that make no sense.
            return max(0, min(argument, ALL_RUNS))
        # A single value stands for a list of one.
        return 1


def cost(
    base: int = 1,
    *,
    runs: str | None = None,
    runs_if_left_out: int = 1,
    each: int = 1,
    lane: Lane | None = None,
) -> Mapping[str, FieldCost]:
    """The `metadata` that declares what a field costs. See `FieldCost`."""
    return {_KEY: FieldCost(base, runs, runs_if_left_out, each, lane)}


def cost_in(metadata: Mapping[object, object]) -> FieldCost | None:
    """What a field declares; None if it declares nothing."""
    found = metadata.get(_KEY)
    return found if isinstance(found, FieldCost) else None
