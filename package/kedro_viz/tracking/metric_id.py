"""Ids of metrics: texts that stand for a dataset and a key in addresses, columns, queries and exports.

A metric is known by its dataset and its key. Most ids are the two joined by a dot: `evaluate.r2_score`. Both may have
dots themselves, so the key `x.y` of the dataset `q` and the key `y` of the dataset `q.x` would share the id `q.x.y`.
Where a store has two such metrics, each gets the long id, which cannot collide: `["q"]["x.y"]` and `["q.x"]["y"]`.
After the word `metrics`, it is also how a query and a column are written.

`frontend/src/runs/metricId.ts` does the same; both are tested with `frontend/src/runs/metricIds.json`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

_LONG = re.compile(r'\["((?:\\.|[^"\\])*)"\]\["((?:\\.|[^"\\])*)"\]', re.DOTALL)
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}
_MEANINGS = {escape: character for character, escape in _ESCAPES.items()}


def short_id(dataset: str, key: str) -> str:
    """Dataset and key joined by a dot, which other metrics may share."""
    return f"{dataset}.{key}"


def long_id(dataset: str, key: str) -> str:
    """The id that only this metric can have: `["evaluate"]["r2_score"]`."""
    return f"[{quoted(dataset)}][{quoted(key)}]"


def parse_long_id(text: str) -> tuple[str, str] | None:
    """Dataset and key of a long id; None for a text that is none."""
    found = _LONG.fullmatch(text)
    return (_unquoted(found[1]), _unquoted(found[2])) if found else None


def is_long_id(text: str) -> bool:
    """Whether a metric's id is a long one."""
    return text.startswith("[") and parse_long_id(text) is not None


def metric_ids(names: Iterable[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """The ids of all metrics of a store: short where no other metric has the same one.

    Args:
        names: Dataset and key of each.
    """
    known = list(dict.fromkeys(names))
    shared = {joined for joined, count in Counter(short_id(*name) for name in known).items() if count > 1}
    return {name: metric_id(*name, shared) for name in known}


def metric_id(dataset: str, key: str, shared: Iterable[str]) -> str:
    """The id of a metric.

    Args:
        dataset: Its dataset.
        key: Its key there.
        shared: The short ids that several metrics of the store have.
    """
    joined = short_id(dataset, key)
    # What reads like a long id must not be taken for one.
    return long_id(dataset, key) if joined.startswith("[") or joined in shared else joined


def quoted(text: str) -> str:
    """A text in double quotes, as queries and long ids write it."""
    return f'"{"".join(_ESCAPES.get(character, character) for character in text)}"'


def _unquoted(text: str) -> str:
    return re.sub(r"\\(.)", lambda escape: _MEANINGS.get(escape[0], escape[1]), text, flags=re.DOTALL)
