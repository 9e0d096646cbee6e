"""Metrics of one short name, and whole numbers of one float, are told apart wherever a store is asked."""

from __future__ import annotations

import math
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.analysis.column_values import NumberValues
from kedro_viz.analysis.run_columns import AmbiguousMetricError, RunColumn
from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.editing.edits import EditError
from kedro_viz.store.editing.metric_directions import MetricDirections
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import RunOrder
from kedro_viz.store.reading.query_help import help_with_query
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.merging.merge import merge_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.metric_direction import MetricDirection
from kedro_viz.tracking.parameters import Parameter
from tests.confusable_runs import FIRST, LAST, LONG, METRICS, SECOND, THIRD, confusable_runs, metrics_saved
from tests.store.stores import query, started, write

NAMES = {FIRST: 1, SECOND: 2, THIRD: 3}


@pytest.fixture(scope="module")
def location(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with the three runs. Not to be changed."""
    store = tmp_path_factory.mktemp("confusable") / "session_store.db"
    write(store, *confusable_runs())
    return store


@pytest.fixture(scope="module")
def repository(location: Path) -> RunRepository:
    """The store, as the app knows it."""
    return RunRepository(engine_of(location))


def found(repository: RunRepository, search: str, *sort: str) -> list[int]:
    orders = [RunOrder(RunColumn.parse(each.removeprefix("-")), each.startswith("-")) for each in sort or ("started",)]
    page = [run.id for run in repository.runs.page(10, chosen=RunFilter(search), orders=orders).runs]
    assert page == repository.runs.ordered_ids(RunFilter(search), orders)
    assert repository.runs.page(10, chosen=RunFilter(search), orders=orders).total == len(page)
    return [NAMES[run_id] for run_id in page]


@pytest.mark.parametrize(
    ("search", "expected"),
    [
        ('metrics["q"]["x.y"] > 1', [1]),
        ('metrics["q.x"]["y"] > 3', [2]),
        ('metrics["q"]["x.y"] < 1 and metrics["q.x"]["y"] > 3', [2]),
        ('metrics["q"]["x.y"] is None', [3]),
        ('metrics["q"]["x.y"] < metrics["q.x"]["y"]', [1, 2]),
        *(
            (f"{field} {sign} {number}", expected)
            for field, number in (
                ("metrics.q.seed", LAST),
                ("metrics.q.long", LONG),
                ("params.seed", LAST),
                ("params.deep.hash", 2**63),
                ("json.notes.id", LAST),
                ("json.notes.deep.long", LONG),
            )
            for sign, expected in (
                ("==", [2]),
                ("!=", [1, 3]),
                ("<", [3]),
                ("<=", [2, 3]),
                (">", [1]),
                (">=", [1, 2]),
            )
        ),
        *(
            (f"{field} {sign} -{number}", expected)
            for field, number in (("metrics.q.minus", LAST), ("params.minus", LONG))
            for sign, expected in (("==", [2]), ("<", [1]), ("<=", [1, 2]), (">", [3]), (">=", [2, 3]))
        ),
        (f"params.seed == {LAST + 1}", [1]),
        (f"{LAST} < params.seed <= {LAST + 1}", [1]),
        (f"params.seed in [{LAST + 1}, {LAST - 1}, 3]", [1, 3]),
        (f"metrics.q.seed in [{LAST + 1}, 7]", [1]),
        (f"metrics.q.long in [{LONG}]", [2]),
        (f"{LAST + 1} in params.list", [1]),
        (f"{LAST} in params.list", [2]),
        (f"{LONG} in params.list", [1]),
        (f"{LONG + 1} in params.list", []),
        (f"{LAST + 1} in json.notes.list", [1]),
        (f"{LONG + 1} in json.notes.list", []),
        ("metrics.q.long > 1e29", [1, 2, 3]),
        ("metrics.q.long < 1e31", [1, 2, 3]),
        ("metrics.q.long < 1e999", [1, 2, 3]),
        ("metrics.q.long == 1e999", []),
        ("metrics.q.minus > -1e999", [1, 2, 3]),
        (f"params.seed > {10**400}", []),
        (f"params.seed < {10**400}", [1, 2, 3]),
        (f"duration < {LONG}", [1, 2, 3]),
        ("metrics.q.seed == params.seed", [1, 2, 3]),
        ("metrics.q.seed != params.seed", []),
        ("metrics.q.seed < params.deep.hash", [1, 2, 3]),
        ("params.seed == json.notes.id", [1, 2, 3]),
        ("params.deep.hash > metrics.q.long", []),
        ("metrics.q.seed == json.notes.id", [1, 2, 3]),
        ("metrics.q.seed <= params.seed", [1, 2, 3]),
        ("metrics.q.seed < json.notes.id", []),
        (f"seed={LAST + 1}", [1]),
        (f"params.seed={LAST}", [2]),
    ],
)
def test_queries_tell_them_apart(repository: RunRepository, search: str, expected: list[int]) -> None:
    assert sorted(found(repository, search)) == expected


@pytest.mark.parametrize(
    ("column", "ascending"),
    [
        ("metrics.q.seed", [3, 2, 1]),
        ("metrics.q.long", [3, 2, 1]),
        ("metrics.q.minus", [1, 2, 3]),
        ("params.seed", [3, 2, 1]),
        ("params.deep.hash", [3, 2, 1]),
        ("params.minus", [1, 2, 3]),
        ('metrics["q"]["x.y"]', [2, 1, 3]),
        ('metrics["q.x"]["y"]', [1, 2, 3]),
    ],
)
def test_they_are_sorted_by_their_values_page_by_page(
    repository: RunRepository, column: str, ascending: list[int]
) -> None:
    valued = [run for run in ascending if "x" not in column or run != 3]
    bare = [run for run in ascending if run not in valued]
    for sort, expected in ((column, valued + bare), (f"-{column}", valued[::-1] + bare)):
        assert found(repository, "", sort) == expected
        orders = [RunOrder(RunColumn.parse(column), sort.startswith("-"))]
        seen, after = [], None
        for _ in expected:
            page = repository.runs.page(1, after, orders=orders)
            seen += [NAMES[run.id] for run in page.runs]
            after = page.cursors[-1]
        assert seen == expected


def test_a_short_name_of_two_metrics_is_refused_with_the_names_that_tell_them_apart(
    repository: RunRepository,
) -> None:
    long = 'metrics["q"]["x.y"] or metrics["q.x"]["y"]'
    for search in ("metrics.q.x.y > 1", 'metrics["q.x.y"] > 1', "params.seed == 1 or metrics.q.x.y > 1"):
        with pytest.raises(FilterError) as refused:
            repository.runs.page(10, chosen=RunFilter(search))
        assert str(refused.value) == f"Several metrics are called 'q.x.y'. Write {long}."
        assert search[refused.value.start : refused.value.end] in ("metrics.q.x.y", 'metrics["q.x.y"]')
        with pytest.raises(FilterError):
            repository.runs.ordered_ids(RunFilter(search))
        with pytest.raises(FilterError):
            repository.columns.read([], RunFilter(search))
        problem = help_with_query(repository._engine, search, 0).problem
        assert problem is not None
        assert long in str(problem)
    column = RunColumn.parse("metrics.q.x.y")
    with pytest.raises(AmbiguousMetricError):
        repository.runs.page(10, orders=[RunOrder(column)])
    with pytest.raises(AmbiguousMetricError):
        repository.columns.read([column], RunFilter())
    with pytest.raises(AmbiguousMetricError):
        repository.metrics.values([FIRST], ["q.x.y"])
    with pytest.raises(AmbiguousMetricError):
        repository.cells.metrics([FIRST], ["q.x.y"])
    # Words are no names.
    assert repository.runs.page(10, chosen=RunFilter("best metrics.q.x.y")).total == 0


def test_a_short_name_of_one_metric_is_enough(tmp_path: Path) -> None:
    store = tmp_path / "session_store.db"
    write(store, started(FIRST), metrics_saved(FIRST, "q", {"x.y": 1.5}))
    repository = RunRepository(engine_of(store))
    for name in ("q.x.y", '["q"]["x.y"]'):
        assert repository.metrics.values([FIRST], [name]) == {FIRST: [1.5]}
        assert repository.cells.metrics([FIRST], [name]) == [[1.5]]
    assert [metric.id for metric in repository.metrics.of_runs([FIRST])[FIRST]] == ["q.x.y"]
    for search in ("metrics.q.x.y > 1", 'metrics["q"]["x.y"] > 1', 'metrics.q["x.y"] > 1', 'metrics["q.x.y"] > 1'):
        assert repository.runs.page(10, chosen=RunFilter(search)).total == 1
    assert repository.runs.page(10, chosen=RunFilter('metrics["q.x"]["y"] > 1')).total == 0
    # As soon as another metric has the name, it is not.
    write(store, metrics_saved(FIRST, "q.x", {"y": 2.5}))
    ids = {metric.id: metric.value for metric in repository.metrics.of_runs([FIRST])[FIRST]}
    assert ids == {'["q"]["x.y"]': 1.5, '["q.x"]["y"]': 2.5}
    with pytest.raises(AmbiguousMetricError):
        repository.metrics.values([FIRST], ["q.x.y"])


def test_the_menu_of_a_query_offers_both_names(repository: RunRepository) -> None:
    offered = [each.text.strip() for each in help_with_query(repository._engine, "metrics.q.x", 11).suggestions]
    assert offered == ['metrics["q"]["x.y"]', 'metrics["q.x"]["y"]']


def test_values_are_read_with_all_digits_under_their_own_names(repository: RunRepository) -> None:
    ids = [FIRST, SECOND, THIRD]
    names = ['["q"]["x.y"]', '["q.x"]["y"]', "q.seed", "q.long", "q.minus", "q.nan"]
    expected = [
        [1.5, 0.5, None],
        [2.5, 3.5, None],
        [LAST + 1, float(LAST), float(LAST - 1)],
        [LONG + 1, LONG, LONG - 1],
        [-LAST - 1, float(-LAST), float(-LAST + 1)],
        ["NaN", 1.0, None],
    ]
    assert repository.cells.metrics(ids, names) == expected
    assert list(map(list, zip(*repository.metrics.values(ids, names).values(), strict=True))) == expected
    found = {name.id: values for name, values in repository.metrics.numbers(ids).items()}
    assert found["q.seed"] == expected[2]
    assert found["q.long"] == expected[3]
    assert (found['["q"]["x.y"]'], found['["q.x"]["y"]']) == (expected[0], expected[1])
    for run_id in ids:
        for metric in repository.metrics.of_runs([run_id])[run_id]:
            recorded = METRICS[run_id][metric.dataset][metric.key]
            assert metric.value == ("NaN" if math.isnan(recorded) else recorded)


def test_the_range_of_a_metric_has_all_digits(repository: RunRepository) -> None:
    ranges = {each.id: (each.minimum, each.maximum) for each in repository.summaries.metrics()}
    expected = {
        "q.long": (LONG - 1, LONG + 1),
        "q.seed": (LAST - 1, LAST + 1),
        "q.minus": (-LAST - 1, -LAST + 1),
        '["q"]["x.y"]': (0.5, 1.5),
    }
    assert {name: ranges[name] for name in expected} == expected


@pytest.mark.parametrize("others", [0, 30], ids=["of all runs", "of a few runs"])
def test_columns_have_the_digits_that_floats_have_not(location: Path, tmp_path: Path, others: int) -> None:
    store = tmp_path / "session_store.db"
    store.write_bytes(location.read_bytes())
    write(store, *(started(f"2023-{number:02}", number) for number in range(others)))
    repository = RunRepository(engine_of(store))
    names = ["metrics.q.seed", "metrics.q.long", "params.seed", "params.minus", 'metrics["q"]["x.y"]']
    runs = [SECOND, FIRST, THIRD]
    table = repository.columns.read([RunColumn.parse(name) for name in names], RunFilter(), runs)
    assert table.run_ids == [FIRST, SECOND, THIRD]
    assert [column.name for column in table.columns] == names
    assert [column.whole_numbers for column in table.columns if isinstance(column, NumberValues)] == [
        {0: LAST + 1, 1: LAST},
        {0: LONG + 1, 1: LONG, 2: LONG - 1},
        {0: LAST + 1, 1: LAST},
        {0: -LONG - 1, 1: -LONG, 2: -LONG + 1},
        {},
    ]


def test_a_direction_is_that_of_one_metric(tmp_path: Path) -> None:
    store = tmp_path / "session_store.db"
    write(store, *confusable_runs())
    directions = MetricDirections(engine_of(store))
    assert directions.set('["q.x"]["y"]', MetricDirection.LOWER) is MetricDirection.LOWER
    assert directions.all() == {("q.x", "y"): MetricDirection.LOWER}
    with pytest.raises(EditError, match="Several metrics"):
        directions.set("q.x.y", MetricDirection.LOWER)


def test_digits_are_merged_deleted_and_restored_with_their_metrics(tmp_path: Path, location: Path) -> None:
    ours, theirs = tmp_path / "session_store.db", tmp_path / "theirs.db"
    write(theirs, *confusable_runs())
    assert merge_store(ours, theirs).new_runs == 3
    stored = "SELECT run_id, value, exact FROM metrics WHERE exact IS NOT NULL ORDER BY 1, 2, 3"
    assert query(ours, stored) == query(location, stored)
    with closing(SQLiteWriter(ours)) as writer:
        deletion = Deletion(writer)
        deletion.delete([FIRST])
        assert all(row[0] != FIRST for row in query(ours, stored))
        deletion.restore([FIRST])
    assert query(ours, stored) == query(location, stored)


@pytest.mark.parametrize("digits", ["12", "9007199254740995", "x" * 20, "9" * 5000, "--9007199254740993", "\uff19" * 9])
def test_digits_that_are_not_those_of_the_value_are_no_digits(tmp_path: Path, digits: str) -> None:
    store = tmp_path / "session_store.db"
    write(store, started(FIRST), metrics_saved(FIRST, "q", {"seed": LAST + 1}))
    repository = RunRepository(engine_of(store))
    with repository._engine.begin() as connection:
        connection.exec_driver_sql("UPDATE metrics SET exact = ?", (digits,))
    assert repository.metrics.values([FIRST], ["q.seed"]) == {FIRST: [float(LAST)]}


def test_whole_numbers_beyond_all_floats_keep_their_digits(tmp_path: Path) -> None:
    store = tmp_path / "session_store.db"
    write(store, started(FIRST), metrics_saved(FIRST, "q", {"a": 10**400, "b": -(10**400), "c": 10**2000}))
    repository = RunRepository(engine_of(store))
    assert repository.metrics.values([FIRST], ["q.a", "q.b", "q.c"]) == {FIRST: [10**400, -(10**400), "Infinity"]}
    assert repository.runs.page(1, chosen=RunFilter(f"metrics.q.a == {10**400}")).total == 1
    assert repository.runs.page(1, chosen=RunFilter(f"metrics.q.a > {10**400}")).total == 0
    assert repository.runs.page(1, chosen=RunFilter("metrics.q.a < 1e999")).total == 1
    write(store, started(SECOND, parameters=[Parameter("n", "1")]))
    assert repository.runs.count() == 2
