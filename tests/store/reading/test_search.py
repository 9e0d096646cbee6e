"""Searching runs: in texts and in parameters, over real stores."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, insert, select

from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.language.query import words_of
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.reading.word_matches import word_matches
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.tables import run_tags, runs
from kedro_viz.tracking.parameters import Parameter, flatten_parameters
from tests.api.serving import record, run_events, run_id


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "session_store.db"


@pytest.fixture
def repository(store: Path) -> Iterator[RunRepository]:
    open_store(store).close()
    engine = engine_of(store)
    yield RunRepository(engine)
    engine.dispose()


def found(repository: RunRepository, search: str) -> list[int]:
    """The numbers of the runs that match, which a page and its count agree on; and of each it can be told why."""
    page = repository.runs.page(50, chosen=RunFilter(search))
    assert page.total == len(page.runs)
    each = RunFilter(search).condition(one_by_one=True)
    with repository._engine.connect() as connection:
        assert sorted(connection.execute(select(runs.c.id).where(each)).scalars()) == sorted(
            run.id for run in page.runs
        )
    why = word_matches(repository._engine, search, [run.id for run in page.runs])
    assert all({match.word for match in matches} == set(words_of(search)) for matches in why.values())
    numbers = {run_id(number): number for number in range(50)}
    return sorted(numbers[run.id] for run in page.runs)


@pytest.mark.parametrize(
    ("search", "found"),
    [
        (None, [1, 2, 3, 4]),
        ("", [1, 2, 3, 4]),
        ("   ", [1, 2, 3, 4]),
        ("%", [2]),
        ("_", [3]),
        ("\\", [4]),
        ("/", [4]),
        ('"', [3]),
        ("'", [1]),
        ("🎉", [2]),
        ("o'HARA", [1]),
        ("best ada", [1]),
        ("ada best", [1]),
        ("best nobody", []),
        ("100%", [2]),
        ("kedro", [1, 2, 3, 4]),
        ("00.01.", [1]),
        ("deadbee", [2]),
        (" OR 1=1 --", []),
        ("a " * 300, [1, 2, 3, 4]),
    ],
)
def test_search_takes_every_character_as_itself(
    repository: RunRepository, store: Path, search: str | None, found: list[int]
) -> None:
    texts = {
        1: ("Best of O'Hara", "", "ada"),
        2: ("100% 🎉", "party", "bob"),
        3: ("snake_case", 'she said "no"', "bob"),
        4: ("path", "a/b\\c", "bob"),
    }
    for number, (title, notes, author) in texts.items():
        sha = "deadbeef" if number == 2 else "0123"
        record(store, *run_events(run_id(number), author=author, git_sha=sha))
        repository.details.update(run_id(number), title=title, notes=notes)
    page = repository.runs.page(50, chosen=RunFilter(search))
    assert [run.id for run in page.runs] == [run_id(number) for number in sorted(found, reverse=True)]
    assert page.total == len(found)
    # The condition holds on every page.
    rest = repository.runs.page(50, page.cursors[0], RunFilter(search)).runs if page.runs else []
    assert rest == page.runs[1:]


def test_a_search_as_long_as_a_book_is_refused(repository: RunRepository) -> None:
    assert repository.runs.page(5, chosen=RunFilter("x" * 4_000)).total == 0
    with pytest.raises(FilterError, match="4,001 characters; up to 4,000"):
        repository.runs.page(5, chosen=RunFilter("x" * 4_001))


@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("random forest", [1, 2]),
        ('"random forest"', [1]),
        ('"random forest" trees', [1]),
        ('forest"', []),
        ("baseline", [1]),
        ("BASE", [1]),
        ("removed", []),
        ("Ridge", [2]),
        ("ridge regression", [2]),
        ("model_kind", []),
        ("café", [2]),
        ('"a/b"', [2]),
        ("null", []),
        ("0.25", []),
    ],
)
def test_words_are_found_in_tags_and_tracked_texts(
    repository: RunRepository, store: Path, search: str, numbers: list[int]
) -> None:
    tracked = '{"model_kind": "ridge regression", "alpha": 0.25, "none": null, "at": ["café", {"p": "a/b"}]}'
    record(
        store, *run_events(run_id(1)), *run_events(run_id(2), document=tracked), *run_events(run_id(3), document="{")
    )
    repository.details.update(run_id(1), title="A random forest of trees")
    repository.details.update(run_id(2), title="A forest of random trees")
    with repository._engine.begin() as connection:
        for tag, present in (("baseline", True), ("removed", False)):
            connection.execute(insert(run_tags).values(run_id=run_id(1), tag=tag, present=present, updated_at=1))
    assert found(repository, search) == numbers


def test_only_bookmarked_runs_or_only_the_others(repository: RunRepository, store: Path) -> None:
    for number in range(4):
        record(store, *run_events(run_id(number)))
    repository.details.update(run_id(1), bookmark=True)
    repository.details.update(run_id(2), bookmark=False)

    def found(bookmarked: bool | None) -> tuple[list[str], int]:
        page = repository.runs.page(2, chosen=RunFilter(bookmarked=bookmarked))
        return [run.id for run in page.runs], page.total

    assert found(True) == ([run_id(1)], 1)
    assert found(False) == ([run_id(3), run_id(2)], 3)
    assert found(None) == ([run_id(3), run_id(2)], 4)


# Any: what users write into their parameters.
VALUES: dict[int, dict[str, Any]] = {
    1: {"test_size": 0.2, "model": "forest", "flag": True, "n": None, "many": [1, 2], "seed": 2**70},
    2: {"test_size": 0.20000000000000001, "model": "Forest", "flag": False, "n": -3, "many": [], "seed": 1e-3},
    3: {"test_size": "0.2", "model": "forest two", "flag": "true", "n": "null", "many": {}, "seed": "é=🎉"},
    4: {"test_size": 2, "model": {"kind": "forest", "params.depth": 5}, "params": {"x": 7}, "n": 0},
}


class TestParameters:
    """Words such as `name=value`."""

    @pytest.fixture(autouse=True)
    def _recorded(self, repository: RunRepository, store: Path) -> None:
        for number, values in VALUES.items():
            record(store, *run_events(run_id(number), parameters=flatten_parameters(values)))
        record(store, *run_events(run_id(5)))
        repository.details.update(run_id(5), title="about model=forest and lr=0.1", notes="params.n=0")

    @pytest.mark.parametrize(
        ("search", "runs"),
        [
            ("test_size=0.2", [1, 2, 3]),
            ("test_size=.2", [1, 2]),
            ("test_size=20e-2", [1, 2]),
            ("test_size=0.20", [1, 2]),
            ('test_size="0.2"', [3]),
            ("test_size=0.21", []),
            ("test_size=2", [4]),
            ("test_size=2.0", [4]),
            ("test_size=", []),
            ("=0.2", []),
            ("=", [5]),
            ("test=0.2", []),
            ("TEST_SIZE=0.2", []),
            ("params.test_size=2", [4]),
            ("model=forest", [1, 2, 5]),
            ("model=FOREST", [1, 2, 5]),
            ("model=fores", [5]),
            ("model=orest", []),
            ("model.kind=forest", [4]),
            ("model.params.depth=5", [4]),
            ("params.x=7", [4]),
            ("params.params.x=7", [4]),
            ("flag=true", [1, 3]),
            ("flag=True", [1, 3]),
            ("flag=1", []),
            ("n=0", [4, 5]),
            ("params.n=0", [4, 5]),
            ("n=-3.0", [2]),
            ("n=null", [1, 3]),
            ("n=nan", []),
            ("many=[]", [2]),
            ("many={}", [3]),
            ("seed=1180591620717411303424", [1]),
            ("seed=0.001", [2]),
            ("seed=é=🎉", [3]),
            ("lr=0.1", [5]),
            ("model=%", []),
            ("model=f_rest", []),
            ("test_size=0.2 model=forest", [1, 2]),
            ("test_size=0.2 flag=false", [2]),
            ("test_size=0.2 kedro", [1, 2, 3]),
            ("model=forest' OR 1=1", []),
        ],
    )
    def test_a_word_finds_the_runs_with_that_value(
        self, repository: RunRepository, search: str, runs: list[int]
    ) -> None:
        assert found(repository, search) == runs

    def test_values_that_no_json_is_do_no_harm(self, repository: RunRepository, store: Path) -> None:
        for number, text in ((6, "-Infinity"), (7, "NaN"), (8, ""), (9, "{"), (10, "-"), (11, '"0"')):
            record(store, *run_events(run_id(number), parameters=[Parameter("odd", text)]))
        assert found(repository, "odd=0") == [11]
        assert found(repository, "odd=NaN") == [7]
        assert found(repository, "odd=-infinity") == [6]

    def test_the_parameters_of_a_search_are_found_by_their_name(self, repository: RunRepository, store: Path) -> None:
        asked: list[tuple[str, Any]] = []
        event.listen(repository._engine, "before_cursor_execute", lambda *a: asked.append((a[2], a[3])))
        repository.runs.page(10, chosen=RunFilter("test_size=0.2 params.seed=7 words"))
        with repository._engine.connect() as connection:
            plans = [
                [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}", values).all()]
                for query, values in list(asked)
                if query.startswith("SELECT")
            ]
        # None is found, so that there is no page to ask for.
        assert len(plans) == 1
        for plan in plans:
            # Once for all runs, not once a run, but that each word is looked for in one document after another; and
            # never through all parameters.
            assert sum("CORRELATED" in step for step in plan) == 3, plan
            found = "parameters USING COVERING INDEX ix_parameters_by_name (name=?)"
            assert sum(found in step for step in plan) == 2, plan
            assert not [step for step in plan if "SCAN parameters" in step], plan
