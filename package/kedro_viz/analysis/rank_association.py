"""How far two things go together over runs, told from ranks alone: one run far off does not decide it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import groupby


def ranks(values: Sequence[float]) -> list[float]:
    """The rank of each value, from 0; equal ones share the mean of theirs."""
    found = [0.0] * len(values)
    order = sorted(range(len(values)), key=values.__getitem__)
    first = 0
    for _, group in groupby(order, key=values.__getitem__):
        places = list(group)
        for place in places:
            found[place] = first + (len(places) - 1) / 2
        first += len(places)
    return found


def rank_correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Spearman's: 1 if both always rise together, -1 if one falls as the other rises; None where one never changes."""
    return _correlation(ranks(first), ranks(second))


def rank_ratio(codes: Sequence[int], values: Sequence[float]) -> float | None:
    """The correlation ratio of categories and the ranks of values: 0 if the categories do not differ, up to 1.

    Corrected for how many categories there are: as many as runs tell any values apart. None where one never changes.
    """
    told = ranks(values)
    groups: dict[int, list[float]] = {}
    for code, rank in zip(codes, told, strict=True):
        groups.setdefault(code, []).append(rank)
    total = _scatter(told)
    if total == 0 or len(groups) < 2:
        return None
    if len(groups) >= len(told):
        return 0.0
    within = sum(map(_scatter, groups.values()))
    share = 1 - (within / (len(told) - len(groups))) / (total / (len(told) - 1))
    return math.sqrt(max(0.0, share))


def _correlation(first: Sequence[float], second: Sequence[float]) -> float | None:
    middle, other = _mean(first), _mean(second)
    together = sum((x - middle) * (y - other) for x, y in zip(first, second, strict=True))
    spread = _scatter(first) * _scatter(second)
    return max(-1.0, min(1.0, together / math.sqrt(spread))) if spread else None


def _scatter(values: Sequence[float]) -> float:
    middle = _mean(values)
    return sum((value - middle) ** 2 for value in values)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
