"""What `docs/query.md` tells of queries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from kedro_viz.analysis.run_columns import ColumnKind
from kedro_viz.store.query.language.fields import MAX_JSON_PARTS, QUERY_FIELDS, SERIES_PARTS, SOURCES
from kedro_viz.store.query.language.parser import MAX_CONDITIONS, MAX_DEPTH, MAX_VALUES
from kedro_viz.store.query.language.query import MAX_CHARACTERS, is_expression
from kedro_viz.store.query.language.times import parse_duration, parse_period
from kedro_viz.store.query.language.tree import Operator, TextEnd
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.time_limit import TIME_LIMIT
from kedro_viz.store.tables import runs
from tests.store.query.test_expressions import NOW

PAGE = (Path(__file__).parents[3] / "docs" / "query.md").read_text(encoding="utf-8")


def section(name: str) -> list[list[str]]:
    """The rows of a table, without its head."""
    text = PAGE.partition(f"<!-- {name} -->")[2].partition(f"<!-- end of {name} -->")[0]
    rows = [re.split(r"\s*(?<!\\)\|\s*", line.strip().strip("|").strip()) for line in text.strip().splitlines()]
    assert len(rows) > 3
    return rows[2:]


def codes(text: str) -> list[str]:
    """What stands in backticks."""
    return re.findall(r"`([^`]+)`", text)


EXAMPLES = [code for row in section("examples") for code in codes(row[0])]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    store = tmp_path_factory.mktemp("store") / "session_store.db"
    open_store(store).close()
    engine = engine_of(store)
    with engine.connect() as connection:
        yield connection
    engine.dispose()


@pytest.mark.parametrize("query", EXAMPLES)
def test_each_example_is_an_expression_that_can_be_asked(connection: Connection, query: str) -> None:
    chosen = RunFilter(query, now=NOW)
    assert chosen.query.is_expression
    assert connection.execute(select(runs.c.id).where(chosen.condition())).all() == []


def test_all_fields_are_told_with_their_kinds() -> None:
    kinds = {
        "text": ColumnKind.TEXT,
        "number": ColumnKind.NUMBER,
        "time": ColumnKind.TIME,
        "yes or no": ColumnKind.BOOLEAN,
        "set of texts": ColumnKind.TAGS,
    }
    told: dict[str, ColumnKind] = {}
    own: list[str] = []
    for names, _, kind in section("fields"):
        for name in codes(names):
            if name.partition(".")[0] in SOURCES or name.startswith("."):
                own.append(name)
            else:
                told[name] = kinds[kind]
    assert told == {name: field.kind for name, field in QUERY_FIELDS.items()}
    assert {name.partition(".")[0] for name in own if not name.startswith(".")} == set(SOURCES)
    assert {name.rpartition(".")[2] for name in own if name.startswith((".", "series"))} == set(SERIES_PARTS)


def test_all_operators_are_told() -> None:
    told = " ".join(code for row in section("operators") for code in codes(row[0]))
    wanted = [operator.value for operator in Operator] + [end.value for end in TextEnd]
    assert not [operator for operator in (*wanted, "in", "not in", "is None", "is not None") if operator not in told]


def test_all_times_and_durations_of_the_page_are_such() -> None:
    times = PAGE.partition("**Times** are texts:")[2].partition("Without a zone")[0]
    assert len(codes(times)) > 10
    assert not [text for text in codes(times) if parse_period(text.strip('"'), NOW) is None]
    durations = PAGE.partition("**Durations** are seconds, or texts:")[2].partition("\n")[0]
    assert len(codes(durations)) == 4
    assert not [text for text in codes(durations) if parse_duration(text.strip('"')) is None]


def test_the_examples_of_words_are_words() -> None:
    words = PAGE.partition("## Words")[2].partition("## Expressions")[0]
    examples = [code for code in codes(words) if code not in ("name=value", "and", "or", "not")]
    assert len(examples) == 4
    assert not [text for text in examples if is_expression(text)]


def test_the_limits_are_as_they_are_told() -> None:
    limits = " ".join(PAGE.partition("### Limits")[2].split())
    assert f"{MAX_CHARACTERS:,} characters, {MAX_CONDITIONS} conditions, {MAX_DEPTH} levels" in limits
    assert f"{MAX_VALUES} values; a name in tracked JSON up to {MAX_JSON_PARTS} parts" in limits
    assert f"longer than {TIME_LIMIT:g} seconds" in limits
