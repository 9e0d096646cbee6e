"""Pages of runs: each order, both ways, over real stores."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kedro_viz.store.engine import engine_of
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.run_query import CursorError, RunField, RunOrder, decode_cursor, encode_cursor
from kedro_viz.store.sqlite_file import open_store
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


def paged(repository: RunRepository, order: RunOrder, size: int, search: str | None = None) -> list[str]:
    """The ids of all pages, one after the other."""
    found: list[str] = []
    after: str | None = None
    while True:
        page = repository.runs.page(size, after, search, order=order)
        found += [run.id for run in page.runs]
        if not page.has_next:
            return found
        assert len(page.runs) == size
        after = page.cursors[-1]


def order_of(repository: RunRepository, field: RunField, descending: bool) -> RunOrder:
    return RunOrder(field, descending, repository.metrics.row_of("scores.r2") if field is RunField.METRIC else None)


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
                    **{k: run[k] for k in ("author", "git_branch", "pipeline", "seconds", "started_at")},  # type: ignore[arg-type]
                ),
            )
        with repository_of(store) as repository:
            for number, run in enumerate(runs):
                title, bookmark = run["title"], run["bookmark"]
                repository.details.update(run_id(number), title=title, bookmark=bookmark)  # type: ignore[arg-type]
            whole = {run.id: run for run in repository.runs.newest()}
            # Any: keys of each field's own type.
            keys: dict[RunField, Callable[[Run], Any]] = {
                RunField.STARTED: lambda run: run.started_at,
                RunField.TITLE: lambda run: ascii_lower(run.title),
                RunField.STATUS: lambda run: run.status.value,
                RunField.DURATION: lambda run: run.duration,
                RunField.AUTHOR: lambda run: ascii_lower(run.author),
                RunField.GIT_BRANCH: lambda run: ascii_lower(run.git_branch),
                RunField.PIPELINE: lambda run: ascii_lower(run.pipeline),
                RunField.BOOKMARK: lambda run: run.bookmark,
                RunField.METRIC: lambda run: number_or_none(runs[int(run.id[14:16])]["r2"]),
            }
            for field, key in keys.items():
                for descending in (True, False):
                    valued = [each for each, run in whole.items() if key(run) is not None]
                    bare = [each for each in whole if each not in valued]
                    expected = sorted(valued, key=lambda each: (key(whole[each]), each), reverse=descending)
                    expected += sorted(bare, reverse=descending)
                    assert paged(repository, order_of(repository, field, descending), size) == expected, field


def ascii_lower(text: str | None) -> str | None:
    """As SQLite compares."""
    return None if text is None else "".join(c.lower() if c.isascii() else c for c in text)


def number_or_none(value: object) -> float | None:
    return value if isinstance(value, float) and not math.isnan(value) else None


@pytest.mark.parametrize("field", RunField)
@pytest.mark.parametrize("descending", [True, False])
def test_new_runs_between_pages_repeat_and_drop_none_of_the_old(
    repository: RunRepository, store: Path, field: RunField, descending: bool
) -> None:
    for number in range(10, 30):
        metrics = {"r2": float(number % 3)} if number % 4 else None
        record(store, *run_events(run_id(number), metrics=metrics, author="ada" if number % 2 else None))
    order = order_of(repository, field, descending)
    before = paged(repository, order, 100)
    found: list[str] = []
    after = None
    # A newer and an older run after each of the first pages.
    for number in range(100):
        page = repository.runs.page(3, after, order=order)
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
    orders = [RunOrder(field, way) for field in RunField if field is not RunField.METRIC for way in (True, False)]
    orders += [
        RunOrder(RunField.METRIC, metric_row=repository.metrics.row_of(f"scores.{key}")) for key in ("r2", "mae")
    ]
    for order in orders:
        cursor = repository.runs.page(1, order=order).cursors[0]
        for other in orders:
            if other == order:
                assert repository.runs.page(5, cursor, order=order).runs
            else:
                with pytest.raises(CursorError, match="Begin again"):
                    repository.runs.page(5, cursor, order=other)


def encoded(data: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).decode()


MARK = "started desc "


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
    ids=range(19),
)
def test_a_cursor_that_is_none_of_ours_is_refused(repository: RunRepository, cursor: str) -> None:
    with pytest.raises(CursorError, match="not valid"):
        repository.runs.page(5, cursor)


@pytest.mark.parametrize("value", [None, True, False, 0, -1, 2**62, 1.5, math.inf, -math.inf, "", "a'b", "🎉"])
def test_cursors_keep_every_kind_of_value(value: object) -> None:
    order = RunOrder(RunField.METRIC, False, 7)
    assert decode_cursor(encode_cursor(order, value, "run"), order) == (value, "run")


def test_an_order_by_a_metric_that_no_run_has_is_that_of_ids(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1)), *run_events(run_id(2)))
    order = RunOrder(RunField.METRIC, metric_row=repository.metrics.row_of("scores.nothing"))
    assert paged(repository, order, 1) == [run_id(2), run_id(1)]
