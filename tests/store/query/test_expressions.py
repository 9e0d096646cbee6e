"""What expressions find: each line is a query and the runs that it finds, over a real store."""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select

from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.tables import run_tags, runs, user_run_details
from kedro_viz.tracking.content import content_of
from kedro_viz.tracking.dataset_types import TrackingGroup
from kedro_viz.tracking.events import DatasetSaved, Event, NodeStarted, RunContext, SeriesLogged
from kedro_viz.tracking.parameters import Parameter, flatten_parameters
from kedro_viz.tracking.run import RunFailure
from tests.api.serving import JSON_TYPE, METRICS_TYPE, record, run_events, run_id

# Noon of a Wednesday, two hours east of Greenwich.
NOW = datetime(2024, 5, 15, 12, 0, tzinfo=timezone(timedelta(hours=2)))


def milliseconds(day: int, hour: int = 0, month: int = 5) -> int:
    """A time in the zone of the tests."""
    return round(datetime(2024, month, day, hour, tzinfo=NOW.tzinfo).timestamp() * 1000)


# Any: what users write into their parameters.
PARAMETERS: dict[int, dict[str, Any]] = {
    1: {"model_options": {"test_size": 0.2, "features": ["engines", "crew"]}, "seed": 3, "flag": True, "odd name": 1},
    2: {"model_options": {"test_size": 2e-1, "features": ["engines", 7]}, "seed": 10, "flag": False, "kind": "Forest"},
    3: {"model_options": {"test_size": "0.2"}, "seed": -1, "flag": "true", "kind": 'é "x" \\'},
    4: {"seed": None},
}
METRICS: dict[int, dict[str, float]] = {
    1: {"r2_score": 0.9, "mae": 10.0},
    2: {"r2_score": 0.5, "mae": 0.25},
    3: {"r2_score": float("nan"), "mae": float("inf")},
}
DOCUMENTS = {
    1: '{"rows": 10, "name": "cars", "deep": {"ok": true, "list": ["a", 2]}}',
    2: '{"rows": 20.5, "name": "Boats", "deep": {"ok": false, "list": []}}',
    3: '{"rows": "10", "name": null, "deep": 5}',
    4: "{",
}


def events() -> list[Event]:
    """Four runs: two of this week, one of last month that failed, and one of April that goes on."""
    described: dict[int, dict[str, Any]] = {  # Any: fields of a run's start
        1: {
            "author": "ada",
            "git_branch": "main",
            "git_dirty": False,
            "started_at": milliseconds(15, 11),
            "seconds": 60,
        },
        2: {"author": "Bob", "git_branch": "tuning", "git_dirty": True, "started_at": milliseconds(14), "seconds": 400},
        3: {
            "author": None,
            "git_branch": None,
            "started_at": milliseconds(1, 12),
            "seconds": 0.5,
            "env": "prod",
            "project": "Shuttles & Cars",
            "failure": RunFailure("ValueError", "Input contains NaN", "Traceback"),
        },
        4: {"author": "ada", "git_branch": "main", "started_at": milliseconds(30, 23, month=4), "seconds": None},
    }
    found: list[Event] = []
    for number, fields in described.items():
        run = run_id(number)
        found += run_events(run, parameters=flatten_parameters(PARAMETERS[number]), **fields)
        if number in METRICS:
            found.append(DatasetSaved(run, "evaluate", METRICS_TYPE, "p", metrics=METRICS[number]))
        found.append(DatasetSaved(run, "data.columns", JSON_TYPE, "p", document=DOCUMENTS[number]))
    found += [
        SeriesLogged(run_id(1), "loss", "a", [0, 1], [0.9, 0.1], [1, 2]),
        SeriesLogged(run_id(1), "loss", "b", [2, 3], [0.3, 0.2], [3, 4]),
        SeriesLogged(run_id(2), "loss", "a", [0], [0.5], [1]),
        SeriesLogged(run_id(2), "val.loss", "a", [0], [7], [1]),
        NodeStarted(run_id(1), "split", 1),
        NodeStarted(run_id(1), "train", 2),
        NodeStarted(run_id(2), "split", 1),
        RunContext(run_id(2), "https://example.org/cars.git"),
    ]
    return found


EXPRESSIONS: list[tuple[str, list[int]]] = [
    # Metrics: by attribute or in quotes. NaN is no value.
    ("metrics.evaluate.r2_score > 0.8", [1]),
    ('metrics["evaluate.r2_score"] > 0.8', [1]),
    ('metrics["evaluate"]["r2_score"] > 0.8', [1]),
    ('metrics["evaluate"].r2_score > 0.8', [1]),
    ("metrics.evaluate.r2_score >= 0.5", [1, 2]),
    ("metrics.evaluate.r2_score < 0.9", [2]),
    ("metrics.evaluate.r2_score == 0.9", [1]),
    ("metrics.evaluate.r2_score != 0.9", [2]),
    ("metrics.evaluate.r2_score is None", [3, 4]),
    ("metrics.evaluate.r2_score is not None", [1, 2]),
    ("metrics.evaluate.mae > 1e300", [3]),
    ("metrics.evaluate.mae in [10, 0.25]", [1, 2]),
    ("metrics.evaluate.mae not in [10, 0.25]", [3, 4]),
    ("0.5 <= metrics.evaluate.r2_score < 0.9", [2]),
    ("0.8 < metrics.evaluate.r2_score", [1]),
    ("metrics.evaluate.r2_score > metrics.evaluate.mae", [2]),
    ("metrics.evaluate.r2_score != metrics.evaluate.mae", [1, 2]),
    ("metrics.nothing.at_all > 0", []),
    ("metrics.evaluate.r2_score > -1", [1, 2]),
    # Parameters: numbers by size, however they are written; texts, yes and no as what they are.
    ("params.model_options.test_size == 0.2", [1, 2]),
    ("params.model_options.test_size == .20", [1, 2]),
    ('params.model_options.test_size == "0.2"', [3]),
    ("params.model_options.test_size != 0.2", [3]),
    ("params.seed > 2", [1, 2]),
    ("params.seed < 0", [3]),
    ("params.seed in [3, -1]", [1, 3]),
    ("params.seed is None", [4]),
    ("params.flag", [1]),
    ("params.flag == True", [1]),
    ("params.flag == false", [2]),
    ("params.flag != True", [2, 3]),
    ('params.flag == "true"', [3]),
    ('params["odd name"] == 1', [1]),
    ('params.kind == "Forest"', [2]),
    ('params.kind == "forest"', []),
    ('"FOR" in params.kind', [2]),
    (r'params.kind == "é \"x\" \\"', [3]),
    ('params.kind in ["Forest", "x", 1, True]', [2]),
    # To Python, 1 and True are the same.
    ("params.flag in [1, True]", [1]),
    ("params.flag in [0, 0.0, False]", [2]),
    ('params["odd name"] in [True, 1]', [1]),
    ('params["odd name"] in [True]', []),
    ('params.kind > "F"', [2, 3]),
    ('params.kind.startswith("f")', [2]),
    ('params.kind.endswith("EST")', [2]),
    ('"engines" in params.model_options.features', [1, 2]),
    ('"eng" in params.model_options.features', []),
    ("7 in params.model_options.features", [2]),
    ("params.model_options.features is not None", [1, 2]),
    ("params.seed == params.model_options.test_size", []),
    ("params.seed > params.model_options.test_size", [1, 2]),
    ("params.seed > metrics.evaluate.r2_score", [1, 2]),
    ("params.nothing == 1 or not params.nothing == 1", [1, 2, 3, 4]),
    # Git, people, and how the run was started.
    ('git.branch == "main"', [1, 4]),
    ('git.branch != "main"', [2]),
    ('not git.branch == "main"', [2, 3]),
    ('git["branch"] == "main"', [1, 4]),
    ("git.branch is None", [3]),
    ("git.branch == None", [3]),
    ("git.branch != None", [1, 2, 4]),
    ('git.branch in ("main", "tuning")', [1, 2, 4]),
    ('git.branch not in ["main"]', [2, 3]),
    ("git.dirty", [2]),
    ("not git.dirty", [1, 3, 4]),
    ("git.dirty == False", [1]),
    ("git.dirty is None", [3, 4]),
    ('git.sha.startswith("ABC")', [1, 2, 3, 4]),
    ('"example.org" in git.remote', [2]),
    ('project == "Shuttles & Cars"', [3]),
    ("project is None", [1, 2, 4]),
    ('author == "ada"', [1, 4]),
    ('author == "ADA"', []),
    ('"AD" in author', [1, 4]),
    ('"ad" not in author', [2, 3]),
    ('author < "a"', [2]),
    ('env == "prod"', [3]),
    ('"kedro" in command', [1, 2, 3, 4]),
    (f'id == "{run_id(2)}"', [2]),
    # How it went.
    ('status == "failed"', [3]),
    ('status == "RUNNING"', [4]),
    ('status in ["failed", "running"]', [3, 4]),
    ('status != "succeeded"', [3, 4]),
    ('"fail" in status', [3]),
    ('error.type == "ValueError"', [3]),
    ('"nan" in error.message', [3]),
    ("error.node is None", [1, 2, 3, 4]),
    ('"train" in nodes', [1]),
    ('"split" in nodes and not "train" in nodes', [2]),
    # Durations: seconds, or texts.
    ("duration > 60", [2]),
    ('duration >= "1 min"', [1, 2]),
    ('duration > "5 min"', [2]),
    ('duration < "500 ms"', []),
    ('duration <= "0.5 s"', [3]),
    ("duration is None", [4]),
    ('duration == "6m 40s"', [2]),
    # Times: at NOW, in its zone.
    ('started > "7 days ago"', [1, 2]),
    ('started > "2 hours ago"', [1]),
    ('started > "an hour ago"', []),
    ('started >= "1 hour ago"', [1]),
    ('started == "today"', [1]),
    ('started == "yesterday"', [2]),
    ('started != "yesterday"', [1, 3, 4]),
    ('started > "yesterday"', [1]),
    ('started >= "yesterday"', [1, 2]),
    ('started <= "yesterday"', [2, 3, 4]),
    ('started < "yesterday"', [3, 4]),
    ('started == "this week"', [1, 2]),
    ('started == "last month"', [4]),
    ('started == "this month"', [1, 2, 3]),
    ('started == "this year"', [1, 2, 3, 4]),
    ('started > "1 month ago"', [1, 2, 3, 4]),
    ('started == "2024-05-01"', [3]),
    ('started > "2024-05-01"', [1, 2]),
    ('started >= "2024-05-01"', [1, 2, 3]),
    ('started == "2024-05"', [1, 2, 3]),
    ('started == "2024"', [1, 2, 3, 4]),
    ('started == "2024-05-15 11:00"', [1]),
    ('started == "2024-05-15T09:00:00Z"', [1]),
    ('started == "2024-05-15T11:00:00.000+02:00"', [1]),
    ('started in ["today", "2024-05-01"]', [1, 3]),
    ('"2024-05-14" <= started <= "2024-05-14"', [2]),
    ("ended is None", [4]),
    ("started != ended", [1, 2, 3]),
    ("started < ended", [1, 2, 3]),
    # What people say. A title is the id until there is one.
    ('"shuttle" in notes', [1]),
    ('"SHUTTLE" in title', [1]),
    ('title == "Best of shuttles"', [1]),
    ('"T00.02" in title', [2]),
    ('"T00.01" in title', []),
    ("title is None", []),
    ("notes is None", [3, 4]),
    ('"100%" in notes', [2]),
    ('"%" in notes', [2]),
    ('"_" in notes', []),
    ('"baseline" in tags', [1]),
    ('"BASELINE" in tags', [1]),
    ('"base" in tags', []),
    ('"gone" in tags', []),
    ('tags in ["baseline", "baseline 2"]', [1, 2]),
    ("tags is None", [3, 4]),
    ("bookmarked", [2]),
    ("not bookmarked", [1, 3, 4]),
    ("bookmarked == False", [1, 3, 4]),
    ("archived", [3]),
    ("bookmarked or archived", [2, 3]),
    ("bookmarked == archived", [1, 4]),
    # Tracked JSON: by the dataset's name and the way to the value.
    ('json["data.columns.rows"] >= 10', [1, 2]),
    ("json.data.columns.rows == 10", [1]),
    ('json.data.columns.rows == "10"', [3]),
    ('json["data.columns"].name == "cars"', [1]),
    ('"BOAT" in json.data.columns.name', [2]),
    ("json.data.columns.name is None", [3, 4]),
    ("json.data.columns.deep.ok", [1]),
    ("not json.data.columns.deep.ok", [2, 3, 4]),
    ('"a" in json.data.columns.deep.list', [1]),
    ("2 in json.data.columns.deep.list", [1]),
    ("json.data.columns.rows > metrics.evaluate.mae", [2]),
    ("json.data.columns.rows == params.seed", []),
    ('json["data.columns.\'"] == 1', []),
    # Series.
    ('series["loss"].last < 0.3', [1]),
    ("series.loss.last == 0.2", [1]),
    ("series.loss.min == 0.1", [1]),
    ("series.loss.max >= 0.5", [1, 2]),
    ("series.val.loss.last == 7", [2]),
    ("series.loss.last is None", [3, 4]),
    ("series.loss.last < series.loss.max", [1]),
    # All together.
    ('status == "succeeded" and (git.branch == "main" or metrics.evaluate.mae < 1)', [1, 2]),
    ('not (author == "ada" or git.dirty)', [3]),
    ('\n  author == "ada"\r\n\tand not\n  params.flag\u2028', [4]),
    (
        """metrics["evaluate.r2_score"] > 0.8 and params.model_options.test_size == 0.2
        and git.branch == "main" and "shuttle" in notes""",
        [1],
    ),
]


def make_store(store: Path) -> RunRepository:
    """A store with these runs, and what people have said of them."""
    open_store(store).close()
    record(store, *events())
    engine = engine_of(store)
    repository = RunRepository(engine)
    repository.details.update(run_id(1), title="Best of shuttles", notes="The shuttle flies")
    repository.details.update(run_id(2), bookmark=True, notes="100% sure")
    with engine.begin() as connection:
        for number, tag, present in ((1, "baseline", True), (2, "Baseline 2", True), (2, "gone", False)):
            connection.execute(insert(run_tags).values(run_id=run_id(number), tag=tag, present=present, updated_at=1))
        connection.execute(insert(user_run_details).values(run_id=run_id(3), archived=True))
    return repository


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunRepository]:
    repository = make_store(tmp_path_factory.mktemp("store") / "session_store.db")
    yield repository
    repository._engine.dispose()


def found(repository: RunRepository, query: str) -> list[int]:
    """The numbers of the runs that a query finds, archived or not, which its opposite does not find."""

    def numbers(text: str) -> list[int]:
        whole, each = (RunFilter(text, archived=None, now=NOW).condition(one_by_one) for one_by_one in (False, True))
        with repository._engine.connect() as connection:
            ids = connection.execute(select(runs.c.id).where(whole).order_by(runs.c.id)).scalars().all()
            assert connection.execute(select(runs.c.id).where(each).order_by(runs.c.id)).scalars().all() == ids
        return [number for number in range(1, 5) if run_id(number) in ids]

    found = numbers(query)
    assert numbers(f"not ({query})") == [number for number in range(1, 5) if number not in found]
    return found


@pytest.mark.parametrize(("query", "numbers"), EXPRESSIONS)
def test_an_expression_finds_its_runs(repository: RunRepository, query: str, numbers: list[int]) -> None:
    assert found(repository, query) == numbers


def test_a_value_that_is_no_json_is_none_of_the_kinds(repository: RunRepository) -> None:
    broken = ["NaN", "-Infinit", "", "{", '"', '"a', "[1", "-", "[", "tru", "\x00", '"\\ud800"']
    store = Path(repository._engine.url.database or "")
    for number, text in enumerate(broken, 10):
        record(store, *run_events(run_id(number), parameters=[Parameter("broken", text)]))
    for query in (
        'params.broken == "a"',
        "params.broken > 1",
        "params.broken",
        '"a" in params.broken',
        "1 in params.broken",
    ):
        assert found(repository, query) == []
    with repository._engine.connect() as connection:
        condition = RunFilter('params.broken is not None and params.broken != "x"').condition()
        assert len(connection.execute(select(runs.c.id).where(condition)).all()) == len(broken) - 1


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("params.limit > 1", [41, 42]),
        ("params.limit < 1", [43]),
        ("params.limit <= 5", [42, 43]),
        ("params.limit != 5", [41, 43, 44]),
        ("params.limit > params.least", [41, 42]),
        ('params.limit == "Infinity"', [44]),
        ("limit=inf", [41]),
        ("limit=-inf", [43]),
    ],
)
def test_infinite_parameters_are_numbers(repository: RunRepository, query: str, numbers: list[int]) -> None:
    limits: list[object] = [math.inf, 5, -math.inf, "Infinity", math.nan]
    for number, limit in enumerate(limits, 41):
        parameters = flatten_parameters({"limit": limit, "least": 3})
        record(Path(repository._engine.url.database or ""), *run_events(run_id(number), parameters=parameters))
    ids = repository.runs.ordered_ids(RunFilter(query))
    assert [number for number in range(41, 46) if run_id(number) in ids] == numbers


def test_numbers_that_json_does_not_know_hide_nothing_else(repository: RunRepository) -> None:
    document = content_of(
        {"nan": math.nan, "rows": 7, "range": [-math.inf, math.inf, math.nan], "name": "few NaN"}, TrackingGroup.JSON
    ).document
    saved = DatasetSaved(run_id(30), "odd", JSON_TYPE, "p", document=document)
    record(
        Path(repository._engine.url.database or ""),
        *run_events(run_id(30), parameters=flatten_parameters({"bounds": [math.nan, 5]})),
        saved,
    )
    for query, is_found in (
        ("json.odd.rows == 7", True),
        ("json.odd.nan is None", True),
        ("json.odd.range is not None", True),
        ("1e999 in json.odd.range", True),
        ("-1e999 in json.odd.range", True),
        ('json.odd.name == "few NaN"', True),
        ("5 in params.bounds", True),
        ("few", True),
        ("infinity", False),
    ):
        page = repository.runs.page(50, chosen=RunFilter(query))
        assert (run_id(30) in {run.id for run in page.runs}) == is_found, query


def test_a_query_that_names_archived_decides_itself(repository: RunRepository) -> None:
    def numbers(query: str, archived: bool | None) -> list[int]:
        page = repository.runs.page(50, chosen=RunFilter(query, archived=archived))
        return sorted(number for number in range(1, 5) if run_id(number) in {run.id for run in page.runs})

    assert numbers("params.seed < 0", False) == []
    assert numbers("params.seed < 0", None) == [3]
    assert numbers("params.seed < 0 and (archived or not archived)", False) == [3]
    assert numbers("not archived and params.seed < 5", True) == [1]
    assert numbers("archived", None) == numbers("archived", False) == [3]
    # As a word it is none of a query's names.
    assert numbers("archived forest", True) == []


def test_a_run_of_which_little_is_known_is_found_without_an_error(repository: RunRepository) -> None:
    with repository._engine.begin() as connection:
        connection.execute(insert(runs).values(id="from elsewhere", blob="{}"))
        connection.execute(insert(user_run_details).values(run_id=None, notes="of nothing", archived=True, title="x"))
    page = repository.runs.page(50, chosen=RunFilter('not "of" in notes and started is None and not title == "x"'))
    assert [run.id for run in page.runs] == ["from elsewhere"]
    assert "from elsewhere" in {run.id for run in repository.runs.page(50, chosen=RunFilter('status != "failed"')).runs}
