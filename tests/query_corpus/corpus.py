"""Queries with what becomes of them, written by the server's code and read by the web app's tests as well.

    python -m tests.query_corpus.corpus

writes `corpus.json` anew. Texts that look alike are different cases: see `cases.py`.
"""

from __future__ import annotations

import dataclasses
import tempfile
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import select

from kedro_viz.store.query.language.completion import suggestions
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.query import parse_query
from kedro_viz.store.query.language.tree import Field
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.reading.query_values import QueryValues
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.tables import runs
from tests.query_corpus.cases import COMPLETIONS, queries
from tests.query_corpus.store import as_json, corpus_store, runs_of
from tests.store.query.test_expressions import NOW

CORPUS = Path(__file__).with_name("corpus.json")

_VALUED = ("author", "git.branch", "project", "env", "error.type", "nodes", "tags")


def make_corpus(store: Path) -> str:
    """The corpus as JSON.

    Args:
        store: Where to make the store that is asked.
    """
    repository = corpus_store(store)
    try:
        with repository._engine.connect() as connection:
            known = QueryValues(connection)
            names: dict[str, Any] = {
                "metrics": known.metrics(),
                "parameters": known.parameters(),
                "series": known.series(),
                "json": known.json_values(),
                "values": {
                    str(field): [node(value) for value in known.values(field)]
                    for field in (
                        *(parse_query(f"{name} is None").fields[0] for name in _VALUED),
                        *(parse_query(f'params["{name}"] is None').fields[0] for name in known.parameters()),
                    )
                },
            }
            content = {
                "now": NOW.isoformat(),
                "known": names,
                "runs": runs_of(connection),
                "cases": [_case(repository, query) for query in queries()],
                "completions": [_completion(known, text) for text in COMPLETIONS],
            }
        return as_json(content)
    finally:
        repository._engine.dispose()


def _case(repository: RunRepository, query: str) -> dict[str, Any]:
    try:
        tree = parse_query(query, NOW).tree
    except FilterError as error:
        return {"query": query, "error": error.message, "start": error.start, "end": error.end}
    condition = RunFilter(query, archived=None, now=NOW).condition()
    with repository._engine.connect() as connection:
        ids = connection.execute(select(runs.c.id).where(condition).order_by(runs.c.id)).scalars().all()
    return {"query": query, "tree": node(tree), "ids": list(ids)}


def _completion(known: QueryValues, text: str) -> dict[str, Any]:
    place = text.index("|")
    query = text.replace("|", "", 1)
    found = suggestions(query, place, known)
    return {
        "query": query,
        "position": place,
        "suggestions": [[each.text, each.kind.value, each.start, each.end] for each in found],
    }


def node(part: object) -> Any:  # Any: JSON
    """A part of a tree as JSON: its class, its attributes, and its place."""
    if isinstance(part, Enum):
        return part.value
    if isinstance(part, tuple):
        return [node(each) for each in part]
    if not dataclasses.is_dataclass(part) or isinstance(part, type):
        # JavaScript's numbers do not tell long whole numbers apart.
        return {"digits": str(part)} if isinstance(part, int) and abs(part) > 2**53 else _plain(part)
    shown = {} if isinstance(part, Field) else {"node": type(part).__name__}
    values = {field.name: node(getattr(part, field.name)) for field in dataclasses.fields(part) if field.name != "kind"}
    return shown | values | ({"kind": part.kind.value} if isinstance(part, Field) else {})


def _plain(value: object) -> object:
    return str(value) if isinstance(value, float) and value in (float("inf"), float("-inf")) else value


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        CORPUS.write_text(make_corpus(Path(folder) / "session_store.db"), encoding="utf-8")
