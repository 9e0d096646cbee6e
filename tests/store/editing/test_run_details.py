"""What people say of many runs at once: all of it is kept, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest

from kedro_viz.store.editing.edits import EditError
from kedro_viz.store.editing.run_details import RunEdit
from kedro_viz.store.reading.tags import TagUse
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.run import LAST_TIME
from tests.store.stores import query, whole_runs, write

RUNS = [f"2024-05-0{number}T12.30.45.678Z" for number in range(1, 4)]


@pytest.fixture
def repository(location: Path) -> Iterator[RunRepository]:
    """A store of three runs."""
    write(location, *whole_runs(RUNS))
    engine = engine_of(location)
    yield RunRepository(engine)
    engine.dispose()


def tags_of(repository: RunRepository) -> list[list[str]]:
    """The tags of the three runs."""
    found = repository.tags.of_runs(RUNS)
    return [found.get(run, []) for run in RUNS]


def change(location: Path, sql: str, rows: Sequence[tuple[object, ...]]) -> None:
    """Write to the store as nobody of ours does."""
    with closing(SQLiteWriter(location)) as writer:
        writer.work(lambda connection: connection.executemany(sql, rows))


def test_an_edit_is_of_all_runs_and_leaves_the_rest(repository: RunRepository) -> None:
    repository.details.edit(RUNS[:1], RunEdit(title="First", notes="so far"))
    runs = repository.details.edit(RUNS, RunEdit(bookmark=True, archived=True))
    assert [(run.id, run.title, run.notes, run.bookmark, run.archived) for run in runs] == [
        (RUNS[0], "First", "so far", True, True),
        (RUNS[1], RUNS[1], "", True, True),
        (RUNS[2], RUNS[2], "", True, True),
    ]
    runs = repository.details.edit(RUNS[:2], RunEdit(archived=False))
    assert [(run.bookmark, run.archived) for run in runs] == [(True, False), (True, False)]
    assert repository.runs.get(RUNS[2:])[0].archived


def test_a_title_is_of_one_run(repository: RunRepository, location: Path) -> None:
    with pytest.raises(EditError, match="not to 3 at once"):
        repository.details.edit(RUNS, RunEdit(title="Best", bookmark=True))
    assert query(location, "SELECT * FROM user_run_details") == []


def test_runs_that_are_not_there_are_passed_over(repository: RunRepository, location: Path) -> None:
    edit = RunEdit(bookmark=True, add_tags=["kept"])
    assert [run.id for run in repository.details.edit([RUNS[0], "gone", RUNS[0]], edit)] == [RUNS[0], RUNS[0]]
    assert repository.details.edit(["gone"], edit) == []
    assert query(location, "SELECT run_id FROM run_tags UNION ALL SELECT run_id FROM user_run_details") == [
        (RUNS[0],),
        (RUNS[0],),
    ]


def test_tags_are_added_and_removed(repository: RunRepository) -> None:
    repository.details.edit(RUNS, RunEdit(add_tags=["baseline", " good one "]))
    repository.details.edit(RUNS[1:], RunEdit(add_tags=["Ärger"], remove_tags=["baseline", "never there"]))
    assert tags_of(repository) == [["baseline", "good one"], ["good one", "Ärger"], ["good one", "Ärger"]]
    repository.details.edit(RUNS[1:2], RunEdit(add_tags=["baseline"]))
    assert tags_of(repository)[1] == ["baseline", "good one", "Ärger"]


def test_a_tag_has_one_spelling(repository: RunRepository) -> None:
    repository.details.edit(RUNS[:1], RunEdit(add_tags=["Größe", "Baseline", "BASELINE"]))
    repository.details.edit(RUNS, RunEdit(add_tags=["GRÖSSE", "baseline", "BASELINE"]))
    assert tags_of(repository) == [["Baseline", "Größe"]] * 3
    repository.details.edit(RUNS[:1], RunEdit(remove_tags=["baseline"]))
    assert tags_of(repository)[0] == ["Größe"]


def test_spellings_of_two_people_go_together(repository: RunRepository, location: Path) -> None:
    repository.details.edit(RUNS, RunEdit(add_tags=["Best"]))
    change(location, "INSERT INTO run_tags VALUES (?, 'best', 1, 5, 'grace')", [(RUNS[0],)])
    assert tags_of(repository)[0] == ["Best", "best"]
    repository.details.edit(RUNS, RunEdit(add_tags=["BEST"]))
    assert tags_of(repository) == [["Best", "best"], ["Best"], ["Best"]]
    repository.details.edit(RUNS, RunEdit(remove_tags=["BEST"]))
    assert tags_of(repository) == [[], [], []]


def test_tags_that_are_removed_and_added_at_once_are_there(repository: RunRepository) -> None:
    repository.details.edit(RUNS, RunEdit(add_tags=["a"]))
    repository.details.edit(RUNS, RunEdit(add_tags=["a"], remove_tags=["a"]))
    assert tags_of(repository) == [["a"]] * 3


@pytest.mark.parametrize(
    ("tag", "said"),
    [
        ("", "no characters"),
        (" \t", "no characters"),
        ("x" * 101, "101 characters; up to 100"),
        ("a\nb", "control character"),
        ("a\x85b", "control character"),
        ("half \ud83c", "broken character at position 6"),
    ],
)
def test_tags_that_cannot_be_kept_change_nothing(
    repository: RunRepository, location: Path, tag: str, said: str
) -> None:
    with pytest.raises(EditError, match=said):
        repository.details.edit(RUNS, RunEdit(bookmark=True, add_tags=["good", tag]))
    assert query(location, "SELECT run_id FROM run_tags UNION ALL SELECT run_id FROM user_run_details") == []


def test_a_run_has_fifty_tags_at_most(repository: RunRepository) -> None:
    fifty = [f"tag {number:02}" for number in range(50)]
    repository.details.edit(RUNS[1:2], RunEdit(add_tags=fifty))
    with pytest.raises(EditError, match=f"up to 50 tags; '{RUNS[1]}' would have 51"):
        repository.details.edit(RUNS, RunEdit(bookmark=True, add_tags=["one more"]))
    assert tags_of(repository) == [[], fifty, []]
    assert not any(run.bookmark for run in repository.runs.get(RUNS))
    repository.details.edit(RUNS, RunEdit(add_tags=["one more"], remove_tags=[fifty[0]]))
    assert tags_of(repository)[0] == ["one more"]


def test_a_run_that_came_with_more_tags_hinders_no_edit_that_gives_it_none(
    repository: RunRepository, location: Path
) -> None:
    many = [f"tag {number:02}" for number in range(60)]
    change(location, "INSERT INTO run_tags VALUES (?, ?, 1, 5, 'grace')", [(RUNS[1], tag) for tag in many])
    repository.details.edit(RUNS, RunEdit(add_tags=["tag 07"]))
    assert tags_of(repository) == [["tag 07"], many, ["tag 07"]]
    repository.details.edit(RUNS, RunEdit(add_tags=["other"], remove_tags=["tag 00"]))
    assert tags_of(repository) == [["other", "tag 07"], ["other", *many[1:]], ["other", "tag 07"]]
    with pytest.raises(EditError, match=f"up to 50 tags; '{RUNS[1]}' would have 61"):
        repository.details.edit(RUNS, RunEdit(add_tags=["one more"]))


def test_uses_of_tags_come_most_used_first(repository: RunRepository, location: Path) -> None:
    repository.details.edit(RUNS, RunEdit(add_tags=["everywhere", "gone"]))
    repository.details.edit(RUNS[:1], RunEdit(add_tags=["b", "A"]))
    repository.details.edit(RUNS, RunEdit(remove_tags=["gone"]))
    change(location, "INSERT INTO run_tags VALUES ('not here', 'A', 1, 5, NULL)", [()])
    assert repository.tags.uses() == [TagUse("everywhere", 3), TagUse("A", 1), TagUse("b", 1)]


def test_who_tagged_and_when_is_kept(
    repository: RunRepository, location: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = "SELECT tag, present, updated_at, updated_by FROM run_tags"
    monkeypatch.setattr("kedro_viz.store.editing.edits.time.time", lambda: 7)
    repository.details.edit(RUNS[:1], RunEdit(add_tags=["a"]), "ada")
    monkeypatch.setattr("kedro_viz.store.editing.edits.time.time", lambda: 8)
    # It has that tag already: nothing new is said.
    repository.details.edit(RUNS[:1], RunEdit(add_tags=["a"]), "grace")
    assert query(location, rows) == [("a", 1, 7000, "ada")]
    repository.details.edit(RUNS[:1], RunEdit(remove_tags=["a"]), "grace")
    assert query(location, rows) == [("a", 0, 8000, "grace")]


@pytest.mark.parametrize(("before", "after"), [(9_000, 9_001), (LAST_TIME, 8_000)])
def test_an_edit_is_later_than_the_one_before_whatever_the_clocks(
    repository: RunRepository, location: Path, monkeypatch: pytest.MonkeyPatch, before: int, after: int
) -> None:
    """A colleague's clock may be ahead; a time that is none may have come in."""
    change(location, "INSERT INTO run_tags VALUES (?, 'a', 1, ?, 'grace')", [(RUNS[0], before)])
    change(
        location,
        "INSERT INTO user_run_details (run_id, title, title_updated_at, updated_at) VALUES (?1, 'x', ?2, ?2)",
        [(RUNS[0], before)],
    )
    monkeypatch.setattr("kedro_viz.store.editing.edits.time.time", lambda: 8)
    repository.details.edit(RUNS[:1], RunEdit(title="y", remove_tags=["a"]))
    assert query(location, "SELECT updated_at FROM run_tags") == [(after,)]
    assert query(location, "SELECT title_updated_at, updated_at FROM user_run_details") == [(after, after)]


def test_ten_thousand_runs_are_edited_at_once(repository: RunRepository, location: Path) -> None:
    many = [f"run-{number}" for number in range(10_000)]
    change(location, "INSERT INTO runs (id, status) VALUES (?, 'succeeded')", [(run,) for run in many])
    runs = repository.details.edit(many, RunEdit(archived=True, add_tags=["old"]))
    assert sum(run.archived for run in runs) == 10_000
    assert repository.tags.uses() == [TagUse("old", 10_000)]


def test_a_read_only_store_keeps_nothing(repository: RunRepository) -> None:
    with pytest.raises(EditError, match="read-only"):
        RunRepository(repository._engine, read_only=True).details.edit(RUNS, RunEdit(add_tags=["a"]))
