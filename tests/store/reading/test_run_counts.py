"""How many runs match is counted once for all pages of a list, and again as soon as the store has changed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event

from kedro_viz.store.editing.run_details import RunDetails, RunEdit
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.reading.runs import RunReader
from kedro_viz.store.sqlite.engine import engine_of
from tests.store.stores import whole_runs, write

RUNS = [f"2024-05-01T12.30.45.{number:03}Z" for number in range(5)]


@pytest.fixture
def engine(location: Path) -> Iterator[Engine]:
    write(location, *whole_runs(RUNS))
    engine = engine_of(location)
    yield engine
    engine.dispose()


@pytest.fixture
def counted(engine: Engine) -> list[str]:
    """The statements that have counted runs."""
    statements: list[str] = []

    def note(*arguments: object) -> None:
        if str(arguments[2]).startswith("SELECT count(*)"):
            statements.append(str(arguments[2]))

    event.listen(engine, "before_cursor_execute", note)
    return statements


def test_further_pages_are_not_counted_again(engine: Engine, counted: list[str]) -> None:
    reader = RunReader(engine)
    pages = [reader.page(2, offset=offset) for offset in (0, 2, 4)]
    assert [page.total for page in pages] == [5, 5, 5]
    assert [len(page.runs) for page in pages] == [2, 2, 1]
    assert len(counted) == 1


def test_a_run_more_is_counted(engine: Engine, location: Path) -> None:
    reader = RunReader(engine)
    assert reader.page(1).total == 5
    write(location, *whole_runs(["another"]))
    assert reader.page(1).total == 6


def test_an_edit_that_decides_which_runs_match_is_counted(engine: Engine) -> None:
    reader, chosen = RunReader(engine), RunFilter('"good" in tags')
    assert reader.page(1, chosen=chosen).total == 0
    RunDetails(engine).edit(RUNS[:3], RunEdit(add_tags=["good"]))
    assert reader.page(1, chosen=chosen).total == 3


def test_lists_of_other_runs_have_counts_of_their_own(engine: Engine) -> None:
    reader = RunReader(engine)
    searches = [f'id == "{RUNS[0]}"', f'id > "{RUNS[0]}"', f'id > "{RUNS[1]}"']
    totals = [[reader.page(1, chosen=RunFilter(search)).total for search in searches] for _ in range(2)]
    assert totals == [[1, 4, 3], [1, 4, 3]]
