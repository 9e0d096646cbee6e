"""What the app reads of a store, and what it writes down for users."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import event

from kedro_viz.analysis.run_columns import RunColumn
from kedro_viz.store.editing.edits import EditError
from kedro_viz.store.editing.run_details import RunNotFoundError
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite import engine as store_engine
from kedro_viz.store.sqlite.engine import engine_of, open_for_reading
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.tracking.events import NodeEnded, RunEnded, RunStarted
from kedro_viz.tracking.metric import MetricSummary
from kedro_viz.tracking.run import RunFailure, RunStatus
from tests.api.serving import record, run_events, run_id

NAN, INFINITY = float("nan"), float("inf")


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "session_store.db"


@pytest.fixture
def repository(store: Path) -> Iterator[RunRepository]:
    open_store(store).close()
    engine = engine_of(store)
    yield RunRepository(engine)
    engine.dispose()


def test_metric_values_come_in_the_order_asked_as_often_as_asked(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1, "b": NAN}), *run_events(run_id(2), metrics={"a": INFINITY}))
    found = repository.metrics.values([run_id(1), run_id(2), "none"], ["scores.b", "scores.a", "x.y", "scores.a"])
    assert found == {
        run_id(1): ["NaN", 1.0, None, 1.0],
        run_id(2): [None, "Infinity", None, "Infinity"],
        "none": [None] * 4,
    }


@pytest.mark.parametrize("others", [0, 40], ids=["of most runs", "of a few runs"])
def test_numbers_by_metric_are_the_same_however_they_are_read(
    repository: RunRepository, store: Path, others: int
) -> None:
    for number in range(others):
        record(store, *run_events(run_id(number), metrics={"old": 1}))
    record(
        store, *run_events(run_id(50), metrics={"b": 1, "a": 2}), *run_events(run_id(51), metrics={"c": NAN, "a": 3})
    )
    found = repository.metrics.numbers([run_id(51), "none", run_id(50)])
    assert [(metric.id, values) for metric, values in found.items()] == [
        ("scores.a", [3.0, None, 2.0]),
        ("scores.c", [None, None, None]),
        ("scores.b", [None, None, 1.0]),
    ]
    assert repository.metrics.numbers([]) == {}


def test_summaries_count_runs_and_tell_the_finite_range(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1, "b": NAN}), *run_events(run_id(2), metrics={"a": INFINITY}))
    record(store, *run_events(run_id(3), metrics={"a": -2.5, "b": -INFINITY}))
    assert repository.summaries.metrics() == [
        MetricSummary("scores", "a", 3, -2.5, 1.0, "scores.a"),
        MetricSummary("scores", "b", 2, None, None, "scores.b"),
    ]


def test_failures_are_told_of_failed_runs_only(repository: RunRepository, store: Path) -> None:
    failure = RunFailure("ValueError", "no", "Traceback …")
    record(store, *run_events(run_id(1), failure=failure), *run_events(run_id(2)))
    assert repository.records.failures([run_id(1), run_id(2)]) == {run_id(1): (failure, None)}
    assert repository.runs.get([run_id(1)])[0].status is RunStatus.FAILED


@pytest.mark.parametrize(
    ("own", "of_nodes", "told"), [(300, 500, 500), (500, 300, 500), (None, 300, 300), (300, None, 300)]
)
def test_memory_of_a_run_is_that_of_its_largest_process(
    repository: RunRepository, store: Path, own: int | None, of_nodes: int | None, told: int
) -> None:
    record(
        store,
        RunStarted("run", 1000, "{}"),
        NodeEnded("run", "small", 1100, peak_memory=100),
        NodeEnded("run", "large", 1200, peak_memory=of_nodes),
        RunEnded("run", 1300, RunStatus.SUCCEEDED, peak_memory=own),
        RunStarted("other", 1000, "{}"),
        NodeEnded("other", "large", 1200, peak_memory=9_000),
    )
    assert repository.records.peak_memory(["run", "nobody's"]) == {"run": max(told, 100)}


def test_more_runs_than_a_statement_has_room_for(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1}))
    many = [f"run {number}" for number in range(40_000)] + [run_id(1)]
    assert [run.id for run in repository.runs.get(many)] == [run_id(1)]
    assert list(repository.metrics.of_runs(many)) == [run_id(1)]


class TestEdits:
    """Titles, notes and bookmarks."""

    def test_an_edit_leaves_the_other_fields(self, repository: RunRepository, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        repository.details.update(run_id(1), title=" Best ")
        repository.details.update(run_id(1), notes="line 1\nline 2 ")
        repository.details.update(run_id(1), bookmark=True)
        run = repository.details.update(run_id(1))
        assert (run.title, run.notes, run.bookmark) == ("Best", "line 1\nline 2 ", True)

    @pytest.mark.parametrize("blank", ["", "  ", "\n"])
    def test_blank_notes_clear_them_and_a_blank_title_is_ignored(
        self, repository: RunRepository, store: Path, blank: str
    ) -> None:
        record(store, *run_events(run_id(1)))
        repository.details.update(run_id(1), title="Best", notes="so far")
        run = repository.details.update(run_id(1), title=blank, notes=blank)
        assert (run.title, run.notes) == ("Best", "")

    def test_the_id_as_title_brings_the_default_back(self, repository: RunRepository, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        repository.details.update(run_id(1), title="Best")
        assert repository.details.update(run_id(1), title=run_id(1)).title == run_id(1)
        with closing(sqlite3.connect(store)) as connection:
            assert connection.execute("SELECT title FROM user_run_details").fetchall() == [(None,)]

    @pytest.mark.parametrize(
        "title",
        [
            "<script>alert(1)</script>",
            "🎉👩‍🔬",
            "\u202e\u05e9\u05dc\u05d5\u05dd",
            "a\0b",
            "'; DROP TABLE runs; --",
            "x" * 1_000,
        ],
    )
    def test_titles_are_kept_as_they_are(self, repository: RunRepository, store: Path, title: str) -> None:
        record(store, *run_events(run_id(1)))
        assert repository.details.update(run_id(1), title=title).title == title

    @pytest.mark.parametrize(
        ("edit", "said"),
        [
            ({"title": "x" * 10_000}, "The title has 10,000 characters; up to 1,000 can be kept."),
            ({"notes": "x" * 100_001}, "The notes have 100,001 characters; up to 100,000 can be kept."),
            ({"title": "ab\ud800"}, "The title has a broken character at position 3."),
            ({"notes": "\udc00"}, "The notes have a broken character at position 1."),
        ],
    )
    def test_texts_that_cannot_be_kept_change_nothing(
        self, repository: RunRepository, store: Path, edit: dict[str, str], said: str
    ) -> None:
        record(store, *run_events(run_id(1)))
        repository.details.update(run_id(1), title="Best", notes="so far")
        with pytest.raises(EditError) as refused:
            repository.details.update(run_id(1), bookmark=True, title=edit.get("title"), notes=edit.get("notes"))
        assert str(refused.value) == said
        run = repository.runs.get([run_id(1)])[0]
        assert (run.title, run.notes, run.bookmark) == ("Best", "so far", False)

    def test_an_edit_that_says_nothing_is_not_the_latest(self, repository: RunRepository, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        for blank in (None, " "):
            assert repository.details.update(run_id(1), title=blank).title == run_id(1)
        with closing(sqlite3.connect(store)) as connection:
            assert connection.execute("SELECT * FROM user_run_details").fetchall() == []

    def test_who_edited_and_when_is_kept(self, repository: RunRepository, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        repository.details.update(run_id(1), bookmark=True, author="ada")
        with closing(sqlite3.connect(store)) as connection:
            ((when, who),) = connection.execute("SELECT updated_at, updated_by FROM user_run_details").fetchall()
        assert who == "ada"
        assert when > 1_700_000_000_000

    def test_an_unknown_run_is_told(self, repository: RunRepository) -> None:
        with pytest.raises(RunNotFoundError, match="Given run_id: x doesn't exist"):
            repository.details.update("x", title="y")
        with pytest.raises(RunNotFoundError):
            repository.details.update("x")

    def test_edits_at_once_are_all_kept(self, repository: RunRepository, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        edits = [{"title": "Best"}, {"notes": "so far"}, {"bookmark": True}] * 4
        together = threading.Barrier(len(edits))

        def edit(values: dict[str, object]) -> None:
            together.wait()
            repository.details.update(run_id(1), **values)  # type: ignore[arg-type]  # one field each

        threads = [threading.Thread(target=edit, args=[values]) for values in edits]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        run = repository.runs.get([run_id(1)])[0]
        assert (run.title, run.notes, run.bookmark) == ("Best", "so far", True)

    def test_a_store_that_someone_holds_is_told(
        self, store: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        record(store, *run_events(run_id(1)))
        monkeypatch.setattr(store_engine, "_LOCK_SECONDS", 0.05)
        engine = engine_of(store)
        with closing(sqlite3.connect(store, isolation_level=None)) as other:
            other.execute("BEGIN IMMEDIATE")
            with pytest.raises(EditError, match=r"not saved .*locked"):
                RunRepository(engine).details.update(run_id(1), title="x")
        engine.dispose()

    def test_a_read_only_store_is_told(self, store: Path, repository: RunRepository) -> None:
        record(store, *run_events(run_id(1)))
        with pytest.raises(EditError, match="read-only"):
            RunRepository(repository._engine, read_only=True).details.update(run_id(1), title="x")


def test_lists_read_no_session_no_traceback_and_no_node(repository: RunRepository, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1}, failure=RunFailure("E", "m", "t")))
    statements: list[str] = []
    event.listen(repository._engine, "before_cursor_execute", lambda *a: statements.append(a[2]))
    repository.runs.page(10, chosen=RunFilter("x", bookmarked=False))
    repository.runs.newest()
    repository.runs.get([run_id(1)])
    repository.columns.read([RunColumn.parse("metrics.scores.a")], RunFilter())
    assert statements
    for unneeded in ("blob", "error_traceback", "node_runs"):
        assert not [statement for statement in statements if unneeded in statement], unneeded


@pytest.mark.parametrize("name", ["a b", "50%", "what?", "#1", "naïve", "%20", "a&b=c", "file:x"])
def test_folders_of_every_name_hold_a_store(tmp_path: Path, name: str) -> None:
    location = tmp_path / name / "session_store.db"
    record(location, *run_events(run_id(1)))
    opened = open_for_reading(location, tmp_path)
    assert [run.id for run in RunRepository(opened.engine).runs.newest()] == [run_id(1)]
    opened.engine.dispose()
    assert sorted(path.name for path in tmp_path.iterdir()) == [name]
