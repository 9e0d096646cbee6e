"""The names that a query can use, and what each of them means."""

from __future__ import annotations

import difflib
import heapq
import re
from collections.abc import Sequence

from kedro_viz.analysis.run_columns import RUN_FIELDS, ColumnKind, RunField
from kedro_viz.store.query.language.errors import FilterError, UnknownNameError
from kedro_viz.store.query.language.tree import Field, FieldSource
from kedro_viz.tracking.metric_id import is_long_id, long_id, quoted

QUERY_FIELDS: dict[str, RunField] = RUN_FIELDS | {
    field.name: field
    for field in (
        RunField("error.type", "Type of the error", ColumnKind.TEXT, "error_type"),
        RunField("error.message", "Message of the error", ColumnKind.TEXT, "error_message"),
        RunField("error.node", "Node that failed", ColumnKind.TEXT, "error_node"),
        RunField("nodes", "Nodes that ran", ColumnKind.TAGS),
    )
}
"""The fields of runs: those that can be columns, and some that can only be asked for."""

SOURCES = tuple(source.value for source in FieldSource if source is not FieldSource.RUN)
"""What names begin with that users have given."""

SERIES_PARTS = ("last", "min", "max")

CONSTANTS: dict[str, bool | None] = {
    "True": True,
    "False": False,
    "None": None,
    "true": True,
    "false": False,
    "null": None,
    "none": None,
}
"""Values that have names: Python's, and those of people who think of JSON."""

WORDS = frozenset({"and", "or", "not", "in", "is"})
"""What has a meaning between names."""

_KINDS = {
    FieldSource.METRIC: ColumnKind.NUMBER,
    FieldSource.PARAMETER: ColumnKind.ANY,
    FieldSource.JSON: ColumnKind.ANY,
    FieldSource.SERIES: ColumnKind.NUMBER,
}

_EXAMPLES = {
    FieldSource.METRIC: 'metrics["evaluate.r2_score"]',
    FieldSource.PARAMETER: "params.model_options.test_size",
    FieldSource.JSON: 'json["companies_columns.columns"]',
    FieldSource.SERIES: 'series["loss"].last',
}

# Each dot may be where the dataset's name ends.
MAX_JSON_PARTS = 10

# To compare two long names takes a millisecond, and runs may have ten thousand: what is written nearly so is nearly as
# long.
_COMPARED_CHARACTERS = 100
_COMPARED_NAMES = 2_000

_PLAIN_NAME = re.compile(r"[^\W\d]\w*(\.[^\W\d]\w*)*")
_BAD_KEY = re.compile(r'["\\\x00-\x1f]')


def field_of(parts: Sequence[str], start: int, end: int) -> Field:
    """The field of a name.

    Args:
        parts: The name's parts: `["git", "branch"]`, `["metrics", "evaluate.r2_score"]`.
        start: Where it stands in the user's text.
        end: The character after it.

    Raises:
        FilterError: If there is no such field.
    """
    root, name = parts[0], ".".join(parts[1:])
    if root not in SOURCES:
        return _run_field(".".join(parts), start, end)
    source = FieldSource(root)
    example = _EXAMPLES[source]
    if not name:
        raise FilterError(f"A name is missing after '{root}', as in {example}.", start, end)
    if source is FieldSource.JSON and not ("." in name and all(name.split("."))):
        raise FilterError(f"Write the dataset and the way to one of its values, as in {example}.", start, end)
    if source is FieldSource.JSON and name.count(".") >= MAX_JSON_PARTS:
        raise FilterError(f"A name in tracked JSON has up to {MAX_JSON_PARTS} parts.", start, end)
    if source is FieldSource.JSON and _BAD_KEY.search(name):
        raise FilterError("A key with a quote, a backslash or a control character cannot be asked for.", start, end)
    if source is FieldSource.METRIC and len(parts) == 3 and "." in parts[1] + parts[2]:
        # Brackets around each part say where the dataset ends: metrics["q"]["x.y"].
        name = long_id(parts[1], parts[2])
    if source is not FieldSource.SERIES:
        return Field(source, name, _KINDS[source], start=start, end=end)
    series, _, part = name.rpartition(".")
    if not series or part not in SERIES_PARTS:
        raise FilterError(f"Write which value of the series: .last, .min or .max, as in {example}.", start, end)
    return Field(source, series, _KINDS[source], part, start=start, end=end)


def _run_field(name: str, start: int, end: int) -> Field:
    field = QUERY_FIELDS.get(name)
    if field is None:
        raise UnknownNameError(name, near_names(name, [*QUERY_FIELDS, *SOURCES]), start, end)
    return Field(FieldSource.RUN, field.name, field.kind, start=start, end=end)


def near_names(name: str, names: Sequence[str]) -> list[str]:
    """The names that are written nearly so, nearest first: at most three."""
    typed = name.lower()[:_COMPARED_CHARACTERS]
    lowered = {other.lower(): other for other in names}
    alike = heapq.nsmallest(_COMPARED_NAMES, lowered, key=lambda other: abs(len(other) - len(typed)))
    near = difflib.get_close_matches(typed, alike, n=3, cutoff=0.6)
    # A metric's or parameter's last part alone is what people remember, and the beginning of it.
    last = name.lower().rpartition(".")[2]
    parts = [other for other in names if len(last) > 1 and other.lower().rpartition(".")[2].startswith(last)]
    return list(dict.fromkeys([*parts, *(lowered[other] for other in near)]))[:3]


def written(field: Field) -> str:
    """A field as a query writes it: `params.seed`, `params["with space"]` or `metrics["q"]["x.y"]`."""
    if field.source is FieldSource.RUN:
        return field.name
    part = f".{field.part}" if field.part else ""
    if field.source is FieldSource.METRIC and is_long_id(field.name):
        return f"{field.source.value}{field.name}"
    if _PLAIN_NAME.fullmatch(field.name):
        return f"{field.source.value}.{field.name}{part}"
    return f"{field.source.value}[{quoted(field.name)}]{part}"
