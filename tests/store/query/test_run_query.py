"""Pages of runs: each order, both ways, over real stores."""

from __future__ import annotations

import base64
import itertools
import json
import math
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, select

from kedro_viz.analysis.run_columns import RUN_FIELDS, RunColumn
from kedro_viz.store.editing.run_details import RunEdit
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import CursorError, PageQuery, Position, RunOrder, TooManyOrdersError, in_order
from kedro_viz.store.reading import runs as reading_runs
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.tables import runs
from kedro_viz.tracking.parameters import flatten_parameters
from kedro_viz.tracking.run import Run, RunFailure
from tests.api.serving import record, run_events, run_id


@contextmanager
def repository_of(store: Path) -> Iterator[RunRepository]:
    open_store(store).close()
    engine = engine_of(store)
    try:
        yield RunRepository(engine)
    finally:
        engine.dispose()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "session_store.db"


@pytest.fixture
def repository(store: Path) -> Iterator[RunRepository]:
    with repository_of(store) as repository:
        yield repository


def paged(repository: RunRepository, orders: Sequence[RunOrder], size: int) -> list[str]:
    """The ids of all pages, one after the other."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = repository.runs.page(size, after, orders=orders)
        found += [run.id for run in page.runs]
        if not page.has_next:
            return found
        assert len(page.runs) == size
        after = page.cursors[-1]


def by(*names: str) -> list[RunOrder]:
    """Columns to sort by, downwards with a minus."""
    return [RunOrder(RunColumn.parse(name.removeprefix("-")), name.startswith("-")) for name in names]


names = st.none() | st.sampled_from(["", "a", "A", "b", "é", "z_%", "🎉", "O'Hara"])
numbers = st.sampled_from([0.0, -1.5, 2.0, 2.0, 1e300, math.inf, -math.inf, math.nan])
some_runs = st.lists(
    st.fixed_dictionaries(
        {
            "author": names,
            "git_branch": names,
            "pipeline": names,
            "title": names,
            "bookmark": st.none() | st.booleans(),
            "seconds": st.sampled_from([None, 0, 1, 1, 60]),
            "started_at": st.sampled_from([0, 1000, 1000, 5000]),
            "r2": st.none() | numbers,
            "depth": st.sampled_from([None, 2, 2.0, 10, -1, math.inf, -math.inf, "10", "auto", "Auto", True, [1]]),
            "fails": st.booleans(),
        }
    ),
    max_size=9,
)
Described = dict[str, object]


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(some_runs, st.integers(1, 4))
def test_the_pages_of_each_order_together_are_the_sorted_whole(runs: list[Described], size: int) -> None:
    with TemporaryDirectory() as folder:
        store = Path(folder) / "session_store.db"
        for number, run in enumerate(runs):
            r2 = run["r2"]
            record(
                store,
                *run_events(
                    run_id(number),
                    metrics=None if r2 is None else {"r2": r2},  # type: ignore[dict-item]  # drawn above
                    failure=RunFailure("E", "", "") if run["fails"] else None,
                    parameters=flatten_parameters({"depth": run["depth"]} if run["depth"] is not None else {"x": 1}),
                    **{k: run[k] for k in ("author", "git_branch", "pipeline", "seconds", "started_at")},  # type: ignore[arg-type]
                ),
            )
        with repository_of(store) as repository:
            for number, run in enumerate(runs):
                title, bookmark = run["title"], run["bookmark"]
                repository.details.update(run_id(number), title=title, bookmark=bookmark)  # type: ignore[arg-type]
            whole = {run.id: run for run in repository.runs.newest()}
            # Any: keys of each column's own type.
            keys: dict[str, Callable[[Run], Any]] = {
                "id": lambda run: run.id,
                "started": lambda run: run.started_at,
                "ended": lambda run: run.ended_at,
                "title": lambda run: ascii_lower(run.title),
                "status": lambda run: run.status.value,
                "duration": lambda run: run.duration,
                "author": lambda run: ascii_lower(run.author),
                "git.branch": lambda run: ascii_lower(run.git_branch),
                "pipeline": lambda run: ascii_lower(run.pipeline),
                "bookmarked": lambda run: run.bookmark,
                "metrics.scores.r2": lambda run: number_or_none(runs[int(run.id[14:16])]["r2"]),
                "params.depth": lambda run: parameter_key(runs[int(run.id[14:16])]["depth"]),
                "params.nothing": lambda run: None,
            }
            orders = [(name,) for name in keys] + [
                ("git.branch", "metrics.scores.r2"),
                ("params.depth", "author", "id"),
            ]
            for names in orders:
                for directions in itertools.product([True, False], repeat=len(names)):
                    # Sorting is stable: the column that decides first is sorted by last.
                    expected = sorted(whole, reverse=directions[-1])
                    for name, descending in list(zip(names, directions, strict=True))[::-1]:
                        value = {run_id: keys[name](run) for run_id, run in whole.items()}
                        bare = [each for each in expected if value[each] is None]
                        valued = [each for each in expected if value[each] is not None]
                        expected = sorted(valued, key=value.__getitem__, reverse=descending) + bare
                    order = [RunOrder(RunColumn.parse(name), way) for name, way in zip(names, directions, strict=True)]
                    assert paged(repository, order, size) == expected, order
                    for offset in {1, len(whole) // 2, len(whole) - 1, len(whole) + 1} - {-1}:
                        page = repository.runs.page(size, orders=order, offset=offset)
                        assert [run.id for run in page.runs] == expected[offset : offset + size], order
                        assert page.has_next == (offset + size < len(whole))


def parameter_key(value: object) -> tuple[int, float, str] | None:
    """Numbers by size, then texts."""
    if value is None:
        return None
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return (0, float(value), "")
    return (1, 0, ascii_lower(value if isinstance(value, str) else json.dumps(value)) or "")


def ascii_lower(text: str | None) -> str | None:
    """As SQLite compares."""
    return None if text is None else "".join(c.lower() if c.isascii() else c for c in text)


def number_or_none(value: object) -> float | None:
    return value if isinstance(value, float) and not math.isnan(value) else None


COLUMNS = [*RUN_FIELDS, "metrics.scores.r2", "params.depth"]


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("descending", [True, False])
def test_new_runs_between_pages_repeat_and_drop_none_of_the_old(
    repository: RunRepository, store: Path, column: str, descending: bool
) -> None:
    for number in range(10, 30):
        metrics = {"r2": float(number % 3)} if number % 4 else None
        record(store, *run_events(run_id(number), metrics=metrics, author="ada" if number % 2 else None))
    orders = [RunOrder(RunColumn.parse(column), descending)]
    before = paged(repository, orders, 100)
    found: list[str] = []
    after = None
    # A newer and an older run after each of the first pages.
    for number in range(100):
        page = repository.runs.page(3, after, orders=orders)
        found += [run.id for run in page.runs]
        if not page.has_next:
            break
        after = page.cursors[-1]
        if number < 5:
            record(store, *run_events(run_id(50 + number), metrics={"r2": 1.0}), *run_events(run_id(number)))
    assert len(found) == len(set(found))
    assert [run for run in found if run in before] == before


def test_a_cursor_of_another_order_is_refused(repository: RunRepository, store: Path) -> None:
    for number in range(3):
        record(store, *run_events(run_id(number), metrics={"r2": number, "mae": number}))
    orders = [by(f"{way}{column}") for column in COLUMNS for way in ("", "-")]
    orders += [by("metrics.scores.mae"), by("author", "title"), by("title", "author"), by("author", "-title")]
    for order in orders:
        cursor = repository.runs.page(1, orders=order).cursors[0]
        for other in orders:
            if other == order:
                assert repository.runs.page(5, cursor, orders=order).runs
            else:
                with pytest.raises(CursorError, match="Begin again"):
                    repository.runs.page(5, cursor, orders=other)


def test_a_column_that_comes_again_decides_nothing(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1), author="a"), *run_events(run_id(2), author="b"))
    assert paged(repository, by("author", "-author", "started"), 1) == [run_id(1), run_id(2)]


def test_infinite_parameters_are_sorted_by_size(repository: RunRepository, store: Path) -> None:
    depths = [-math.inf, -1, 7, math.inf, "-1", math.nan]
    for number, depth in enumerate(depths):
        record(store, *run_events(run_id(number), parameters=flatten_parameters({"depth": depth})))
    upwards = [run_id(number) for number in range(5)]
    assert paged(repository, by("params.depth"), 1) == [*upwards, run_id(5)]
    assert paged(repository, by("-params.depth"), 1) == [*upwards[::-1], run_id(5)]


def test_more_columns_than_anybody_can_follow_are_refused(repository: RunRepository) -> None:
    with pytest.raises(TooManyOrdersError, match="up to 8 columns at once, not by 9"):
        repository.runs.page(5, orders=by(*list(RUN_FIELDS)[:9]))


def encoded(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode()


MARK = "-started"


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "%%%",
        "é",
        "\ud800",
        "AAAA",
        encoded(None),
        encoded([]),
        encoded([MARK, 1]),
        encoded([MARK, 1, 2, "run"]),
        encoded([MARK, 1, 2]),
        encoded([MARK, [1], "run"]),
        encoded([MARK, {}, "run"]),
        encoded([MARK, 2**63, "run"]),
        encoded([MARK, -(10**400), "run"]),
        encoded([MARK, math.nan, "run"]),
        encoded([MARK, "\ud800", "run"]),
        encoded([MARK, 1, "\ud800"]),
        encoded([[MARK], 1, "run"]),
        base64.urlsafe_b64encode(b"[" * 100_000).decode(),
        base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    ],
    ids=range(20),
)
def test_a_cursor_that_is_none_of_ours_is_refused(repository: RunRepository, cursor: str) -> None:
    with pytest.raises(CursorError, match="not valid"):
        repository.runs.page(5, cursor)


@pytest.mark.parametrize("value", [None, True, False, 0, -1, 2**62, 1.5, math.inf, -math.inf, "", "a'b", "🎉"])
def test_cursors_keep_every_kind_of_value(value: str | float | None) -> None:
    query = PageQuery(by("metrics.scores.r2", "author"), RunFilter().condition())
    position = Position((value, "ada"), "run")
    assert query.position(query.cursor(position)) == position


def test_an_order_by_a_metric_that_no_run_has_is_that_of_ids(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1)), *run_events(run_id(2)))
    assert paged(repository, by("-metrics.scores.nothing"), 1) == [run_id(2), run_id(1)]


@pytest.mark.parametrize("column", ["started", "-started", "metrics.scores.r2", "-metrics.scores.r2"])
@pytest.mark.parametrize("search", [None, "metrics.scores.r2 > 0", "metrics.scores.mae < 1 and params.depth > 2"])
def test_a_page_follows_the_index_of_its_order(
    repository: RunRepository, store: Path, column: str, search: str | None
) -> None:
    record(store, *run_events(run_id(1), metrics={"r2": 1.0, "mae": 0.5}, parameters=flatten_parameters({"depth": 3})))
    orders = by(column)
    query = PageQuery(orders, in_order(RunFilter(search).condition(), orders))
    statement = str(query.valued(None).limit(5).compile(repository._engine, compile_kwargs={"literal_binds": True}))
    with repository._engine.connect() as connection:
        assert len(connection.exec_driver_sql(statement).all()) == 1
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    # Those of the statement itself, and not of a subquery.
    plan = [step for _, parent, _, step in steps if parent == 0]
    index = "ix_metrics_by_value (metric_id=?" if "metrics" in column else "ix_runs_started_at"
    assert index in plan[0], plan
    assert not [step for step in plan if "TEMP B-TREE" in step], plan


@pytest.mark.parametrize(
    ("column", "search", "seek"),
    [
        ("metrics.scores.r2", "metrics.scores.r2 > 0", "value>?"),
        ("-metrics.scores.r2", "params.depth == 3 and (metrics.scores.r2 <= 1 and not archived)", "value<?"),
        ("-metrics.scores.r2", "0 < metrics.scores.r2 < 2", "value>? AND value<?"),
        ("metrics.scores.r2", "metrics.scores.r2 == 1", "value=?"),
        ("started", 'started > "2020-01-01"', "started_at>?"),
    ],
)
def test_a_page_begins_where_the_runs_begin_that_a_comparison_finds(
    repository: RunRepository, store: Path, column: str, search: str, seek: str
) -> None:
    record(store, *run_events(run_id(1), metrics={"r2": 1.0}, parameters=flatten_parameters({"depth": 3})))
    orders, chosen = by(column), RunFilter(search)
    query = PageQuery(orders, in_order(chosen.condition(), orders), chosen.query.comparisons)
    statement = str(query.valued(None).limit(5).compile(repository._engine, compile_kwargs={"literal_binds": True}))
    with repository._engine.connect() as connection:
        assert [row[0] for row in connection.exec_driver_sql(statement)] == [run_id(1)]
        steps = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}").all()
    (first, *_) = [step for _, parent, _, step in steps if parent == 0]
    assert seek in first


@pytest.mark.parametrize("column", ["metrics.scores.r2", "-metrics.scores.r2", "started", "metrics.scores.mae"])
@pytest.mark.parametrize(
    ("search", "numbers"),
    [
        ("metrics.scores.r2 > 1", {2, 4}),
        ("metrics.scores.r2 >= 1", {1, 2, 4}),
        ("metrics.scores.r2 < 1", {0, 5}),
        ("metrics.scores.r2 == 1", {1}),
        ("metrics.scores.r2 != 1", {0, 2, 4, 5}),
        ("not metrics.scores.r2 > 1", {0, 1, 3, 5, 6}),
        ("metrics.scores.r2 > 1 or metrics.scores.r2 < 0", {2, 4, 5}),
        ("metrics.scores.r2 > 1 and metrics.scores.r2 < 3", {2}),
        ("metrics.scores.r2 > 1 and metrics.scores.mae > 0", set()),
        ("metrics.scores.r2 == 1 and archived", set()),
        ("metrics.scores.r2 == 2 and archived", {7}),
    ],
)
def test_a_page_and_its_count_agree_on_what_a_comparison_finds(
    repository: RunRepository, store: Path, column: str, search: str, numbers: set[int]
) -> None:
    for number, value in enumerate([0.0, 1.0, 2.0, math.nan, math.inf, -math.inf, None, 2.0]):
        record(store, *run_events(run_id(number), metrics={} if value is None else {"r2": value}))
    repository.details.edit([run_id(7)], RunEdit(archived=True))
    page = repository.runs.page(50, chosen=RunFilter(search), orders=by(column))
    assert {run.id for run in page.runs} == {run_id(number) for number in numbers}
    assert page.total == len(numbers)
    assert set(repository.runs.ordered_ids(RunFilter(search), by(column))) == {run.id for run in page.runs}


def test_few_matching_runs_are_sorted_like_many(repository: RunRepository, store: Path) -> None:
    for number in range(12):
        record(store, *run_events(run_id(number), metrics={"r2": number % 3} if number % 4 else {}, author="ada"))
    orders, chosen = by("-metrics.scores.r2", "started"), RunFilter('author == "ada"')
    whole = [run.id for run in repository.runs.page(50, orders=orders).runs]
    few = [run.id for offset in range(0, 12, 5) for run in repository.runs.page(5, None, chosen, orders, offset).runs]
    assert few == whole


@pytest.mark.parametrize("column", ["-started", "started", "-metrics.scores.r2", "metrics.scores.r2", "-id", "title"])
@pytest.mark.parametrize("search", ["metrics.scores.r2 > 0", "metrics.scores.r2 is None", "params.half == 1", "ada"])
def test_pages_are_the_same_whether_their_runs_come_first_or_are_found_among_all(
    repository: RunRepository, store: Path, monkeypatch: pytest.MonkeyPatch, column: str, search: str
) -> None:
    for number in range(24):
        scores = {"r2": [0.0, 1.0, math.nan, 2.0][number % 4]} if number % 5 else None
        record(
            store, *run_events(run_id(number), metrics=scores, parameters=flatten_parameters({"half": number // 12}))
        )
    whole = repository.runs.page(50, chosen=RunFilter(search), orders=by(column))
    # As if the store were large: a page is looked for among the first eight.
    monkeypatch.setattr(reading_runs, "_FEW_RUNS", 8)
    found: list[Run] = []
    after = None
    while len(found) < whole.total:
        page = repository.runs.page(4, after, RunFilter(search), by(column))
        assert page.total == whole.total
        found += page.runs
        after = page.cursors[-1]
    assert found == whole.runs
    assert not page.has_next


def test_what_each_run_has_is_looked_up_by_its_id(repository: RunRepository) -> None:
    search = (
        'metrics.scores.r2 > 0 and params.depth > 2 and "a" in tags and "b" in nodes and json.c.d == 1 and "e" in notes'
    )
    for text in (search, "word name=value"):
        query = select(runs.c.id).where(RunFilter(text).condition(one_by_one=True))
        statement = str(query.compile(repository._engine, compile_kwargs={"literal_binds": True}))
        with repository._engine.connect() as connection:
            steps = [step for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
        known = (
            "metrics",
            "parameters",
            "run_tags",
            "node_runs",
            "tracked_json",
            "user_run_details USING INDEX sqlite",
        )
        looked_up = [step for step in steps if step.startswith(tuple(f"SEARCH {table}" for table in known))]
        assert len(looked_up) == (6 if text == search else 7), steps
        assert all("run_id=?" in step for step in looked_up), steps


@pytest.mark.parametrize("column", ["metrics.scores.r2", "params.depth"])
def test_all_ids_in_order_are_those_of_one_moment(repository: RunRepository, store: Path, column: str) -> None:
    """A run that gets its value, or loses it, while they are read comes once."""
    depth = flatten_parameters({"depth": 1})
    record(store, *run_events(run_id(1), metrics={"r2": 1.0}, parameters=depth), *run_events(run_id(2)))
    statements: list[str] = []

    def change_between(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if not statement.startswith("SELECT runs.id"):
            return
        statements.append(statement)
        if len(statements) == 1:
            with closing(sqlite3.connect(store)) as other, other:
                for table in ("metrics", "parameters"):
                    other.execute(f"UPDATE {table} SET run_id = ?", (run_id(2),))

    event.listen(repository._engine, "after_cursor_execute", change_between)
    assert repository.runs.ordered_ids(RunFilter(), by(column)) == [run_id(1), run_id(2)]
    assert len(statements) == 2
    assert repository.runs.ordered_ids(RunFilter(), by(column)) == [run_id(2), run_id(1)]


@pytest.mark.parametrize("part", ["last", "min", "max"])
@pytest.mark.parametrize("one_by_one", [True, False])
def test_a_series_is_found_by_its_name_and_without_its_points(
    repository: RunRepository, part: str, one_by_one: bool
) -> None:
    query = select(runs.c.id).where(RunFilter(f"series.loss.{part} < 0.5").condition(one_by_one=one_by_one))
    statement = str(query.compile(repository._engine, compile_kwargs={"literal_binds": True}))
    with repository._engine.connect() as connection:
        steps = [step for *_, step in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")]
    of_series = [step for step in steps if "series_chunks" in step]
    assert of_series == ["SEARCH series_chunks USING COVERING INDEX ix_series_chunks_by_name (name=?)"], steps
    assert not [step for step in steps if "TEMP B-TREE" in step], steps
