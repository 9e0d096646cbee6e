"""What people have said comes together the same way, whoever's store is merged first."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.store.deleting.deletion import Deletion
from kedro_viz.store.editing.edits import EditError
from kedro_viz.store.editing.run_details import RunEdit
from kedro_viz.store.errors import StoreError
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.merging.merge import merge_store
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.metric_direction import MetricDirection
from tests.store.stores import query, saved, started, whole_runs, write

RUN = "2024-05-01T12.30.45.678Z"
OTHER = "2024-05-02T12.30.45.678Z"
METRIC = "scores.n"

# All that people have said, in the order of its keys.
SAID = {
    "user_run_details": "SELECT run_id, title, notes, bookmark, archived, updated_by FROM user_run_details",
    "run_tags": "SELECT * FROM run_tags",
    "metric_directions": "SELECT * FROM metric_directions",
    "saved_views": "SELECT * FROM saved_views",
}


class User:
    """Somebody with a store of their own, which says something at certain milliseconds."""

    def __init__(self, name: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.name = name
        self.location = folder / name / "session_store.db"
        self._monkeypatch = monkeypatch
        write(self.location, *whole_runs([RUN, OTHER]))

    @contextmanager
    def at(self, moment: int) -> Iterator[RunRepository]:
        """Edits of that moment."""
        engine = engine_of(self.location)
        with self._monkeypatch.context() as patch:
            patch.setattr("kedro_viz.store.editing.edits.time.time", lambda: moment / 1000)
            yield RunRepository(engine)
        engine.dispose()

    def edit(self, moment: int, run: str = RUN, **said: Any) -> None:
        with self.at(moment) as repository:
            repository.details.edit([run], RunEdit(**said), self.name)

    def save_view(self, moment: int, name: str, view_id: str | None = None, **state: Any) -> str:
        with self.at(moment) as repository:
            return repository.views.save(name, state, view_id, self.name).id

    def delete_view(self, moment: int, view_id: str) -> None:
        with self.at(moment) as repository:
            repository.views.delete(view_id, self.name)

    def direct(self, moment: int, direction: MetricDirection | None) -> None:
        with self.at(moment) as repository:
            repository.directions.set(METRIC, direction, self.name)

    def tags(self, run: str = RUN) -> list[str]:
        with self.at(0) as repository:
            return repository.tags.of_runs([run]).get(run, [])

    def views(self) -> dict[str, str]:
        """The states of views by their names."""
        with self.at(0) as repository:
            return {view.name: view.state for view in repository.views.all()}

    def fetch(self, *others: User) -> None:
        """Take over what others say."""
        for other in others:
            copy = self.location.with_name(f"{other.name}.db")
            with closing(sqlite3.connect(other.location)) as source, closing(sqlite3.connect(copy)) as target:
                source.backup(target)
            merge_store(self.location, copy)
            copy.unlink()

    def change(self, sql: str, *values: object) -> None:
        with closing(sqlite3.connect(self.location)) as connection:
            connection.execute(sql, values)
            connection.commit()

    def said(self) -> dict[str, list[tuple[Any, ...]]]:
        return {table: query(self.location, f"{sql} ORDER BY 1, 2") for table, sql in SAID.items()}


@pytest.fixture
def users(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[User, User]:
    """Two people who have recorded the same two runs."""
    return User("ada", tmp_path, monkeypatch), User("grace", tmp_path, monkeypatch)


def exchange(ada: User, grace: User) -> None:
    """Merge in one order in one store, in the other in the other, and once more: nothing is new then."""
    ada.fetch(grace)
    grace.fetch(ada)
    assert ada.said() == grace.said()
    before = ada.said()
    grace.fetch(ada)
    ada.fetch(grace)
    assert (ada.said(), grace.said()) == (before, before)


Order = Callable[[tuple[User, User]], tuple[User, User]]


@pytest.fixture(params=["ada first", "grace first"])
def ordered(request: pytest.FixtureRequest, users: tuple[User, User]) -> tuple[User, User, User, User]:
    """Ada and Grace, then the same two in the order in which they fetch."""
    ada, grace = users
    return (ada, grace, ada, grace) if request.param == "ada first" else (ada, grace, grace, ada)


def test_tags_of_both_are_kept(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    ada.edit(1000, add_tags=["baseline", "ada's"])
    grace.edit(2000, add_tags=["baseline", "grace's"])
    exchange(*order)
    assert ada.tags() == ["ada's", "baseline", "grace's"]


def test_the_later_word_on_a_tag_holds(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    ada.edit(1000, add_tags=["a", "b"])
    exchange(*order)
    ada.edit(2000, remove_tags=["a", "b"])
    grace.edit(3000, remove_tags=["b"])
    grace.edit(4000, add_tags=["b"])
    exchange(*order)
    assert ada.tags() == grace.tags() == ["b"]


def test_what_is_said_at_once_ends_the_same_for_both(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    ada.edit(1000, add_tags=["a"])
    view = ada.save_view(1000, "view", q="")
    exchange(*order)
    ada.edit(2000, remove_tags=["a"])
    grace.edit(1500, remove_tags=["a"])
    grace.edit(2000, add_tags=["a"])
    ada.edit(2000, OTHER, title="Ada's", notes="of ada", bookmark=True, archived=False)
    grace.edit(2000, OTHER, title="Grace's", notes="of grace", bookmark=False, archived=True)
    ada.direct(2000, MetricDirection.LOWER)
    grace.direct(2000, MetricDirection.HIGHER)
    ada.save_view(2000, "of ada", view)
    grace.save_view(2000, "of grace", view)
    exchange(*order)
    assert ada.tags() == ["a"]
    assert ada.views().keys() == {"of grace"}


def test_a_colleague_whose_clock_is_ahead_can_be_contradicted(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    grace.edit(9000, add_tags=["a"], archived=True)
    exchange(*order)
    ada.edit(1000, remove_tags=["a"], archived=False)
    exchange(*order)
    assert ada.tags() == grace.tags() == []
    assert query(grace.location, "SELECT archived FROM user_run_details") == [(0,)]


def test_the_later_word_on_the_archive_holds_and_leaves_the_rest(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    ada.edit(1000, archived=True, title="Ada's")
    grace.edit(2000, archived=False)
    grace.edit(1500, OTHER, archived=True)
    ada.edit(1600, OTHER, bookmark=True)
    exchange(*order)
    assert query(ada.location, "SELECT run_id, title, archived, bookmark FROM user_run_details ORDER BY 1") == [
        (RUN, "Ada's", 0, 0),
        (OTHER, None, 1, 1),
    ]


def test_the_later_direction_holds(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    ada.direct(1000, MetricDirection.LOWER)
    exchange(*order)
    grace.direct(3000, None)
    ada.direct(2000, MetricDirection.HIGHER)
    exchange(*order)
    assert query(ada.location, "SELECT direction, updated_by FROM metric_directions") == [(None, "grace")]


def test_views_of_both_are_kept_and_the_later_change_holds(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    view = ada.save_view(1000, "Best", q="a")
    grace.save_view(1000, "Best", q="b")
    exchange(*order)
    assert query(ada.location, "SELECT count(*) FROM saved_views") == [(2,)]
    ada.save_view(3000, "Better", view, q="c")
    grace.save_view(2000, "Worse", view, q="d")
    exchange(*order)
    assert grace.views() == {"Best": '{"q":"b"}', "Better": '{"q":"c"}'}


def test_a_deleted_view_stays_deleted(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    view = ada.save_view(1000, "secret plan", q="a")
    exchange(*order)
    ada.delete_view(2000, view)
    grace.save_view(3000, "secret plan", view, q="b")
    exchange(*order)
    assert ada.views() == grace.views() == {}
    assert query(grace.location, "SELECT name, state FROM saved_views") == [("", "{}")]
    with pytest.raises(EditError, match="no such view"):
        grace.save_view(4000, "again", view)


def test_tags_of_a_run_that_was_deleted_here_are_not_taken(users: tuple[User, User]) -> None:
    ada, grace = users
    grace.edit(1000, add_tags=["a"])
    with closing(SQLiteWriter(ada.location)) as writer:
        Deletion(writer).delete([RUN])
        ada.fetch(grace)
        assert query(ada.location, "SELECT * FROM run_tags") == []
        Deletion(writer).restore([RUN])
    ada.fetch(grace)
    assert ada.tags() == ["a"]


def test_a_run_that_comes_whole_later_keeps_what_was_said_of_it(users: tuple[User, User]) -> None:
    ada, grace = users
    write(grace.location, started("new"))
    ada.fetch(grace)
    ada.edit(1000, "new", add_tags=["kept"])
    write(grace.location, *whole_runs(["new"]))
    ada.fetch(grace)
    assert query(ada.location, "SELECT status FROM runs WHERE id = 'new'") == [("succeeded",)]
    assert ada.tags("new") == ["kept"]


def test_many_tags_come_in_several_transactions(users: tuple[User, User], monkeypatch: pytest.MonkeyPatch) -> None:
    ada, grace = users
    monkeypatch.setattr("kedro_viz.store.sqlite.merging.merge_said._TAGS_AT_ONCE", 3)
    tags = [f"tag {number}" for number in range(8)]
    grace.edit(1000, add_tags=tags)
    ada.fetch(grace)
    assert ada.tags() == tags


@pytest.mark.parametrize(
    "tag",
    ["", " blank", "blank ", "x" * 101, "a\nb", "a\x1bb", "a\x85b", "a\0b"],
)
def test_tags_that_nobody_could_have_set_are_not_taken(users: tuple[User, User], tag: str) -> None:
    ada, grace = users
    grace.edit(1000, add_tags=["good"])
    grace.change("INSERT INTO run_tags VALUES (?, ?, 1, 5, NULL)", RUN, tag)
    ada.fetch(grace)
    assert ada.tags() == ["good"]


def test_no_more_tags_of_a_run_are_taken_than_a_person_sets(
    users: tuple[User, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, grace = users
    monkeypatch.setattr("kedro_viz.store.sqlite.merging.merge_said._MAX_TAGS_OF_RUN", 2)
    for moment, tag in ((1000, "oldest"), (3000, "latest"), (2000, "later")):
        grace.edit(moment, add_tags=[tag])
    ada.fetch(grace)
    assert ada.tags() == ["later", "latest"]


@pytest.mark.parametrize(
    ("name", "state"),
    [
        ("x" * 101, "{}"),
        ("", "{}"),
        ("a\nb", "{}"),
        ("list", "[]"),
        ("text", "no json"),
        ("deep", "[" * 19_000),
        ("large", '{"q":"' + "x" * 20_000 + '"}'),
        ("broken", b'{"q":"\xff"}'),
    ],
)
def test_views_that_nobody_could_have_saved_are_not_taken(
    users: tuple[User, User], name: str, state: str | bytes
) -> None:
    ada, grace = users
    grace.save_view(1000, "good")
    grace.change("INSERT INTO saved_views VALUES ('x', ?, CAST(? AS TEXT), 0, 5, NULL, 5, NULL)", name, state)
    ada.fetch(grace)
    assert ada.views() == {"good": "{}"}


def test_no_more_views_are_taken_than_a_person_saves(users: tuple[User, User], monkeypatch: pytest.MonkeyPatch) -> None:
    ada, grace = users
    for moment, name in ((1000, "oldest"), (3000, "latest"), (2000, "later")):
        grace.save_view(moment, name)
    monkeypatch.setattr("kedro_viz.store.sqlite.merging.merge_said.MAX_VIEWS", 2)
    ada.fetch(grace)
    assert ada.views().keys() == {"later", "latest"}


def test_directions_of_metrics_that_nobody_has_are_not_taken(users: tuple[User, User]) -> None:
    ada, grace = users
    grace.change("INSERT INTO metric_directions VALUES ('nothing', 'here', 'lower', 5, NULL)")
    grace.change("INSERT INTO metric_directions VALUES ('scores', 'n', 'sideways', 5, NULL)")
    ada.fetch(grace)
    assert query(ada.location, "SELECT * FROM metric_directions") == []
    # A run that brings the metric brings its direction.
    write(grace.location, started("new"), saved("new", "nothing", here=1))
    ada.fetch(grace)
    assert query(ada.location, "SELECT direction FROM metric_directions") == [("lower",)]


@pytest.mark.parametrize(
    "poison",
    [
        "INSERT INTO run_tags VALUES ('run', 'tag', 'yes', 5, NULL)",
        "INSERT INTO run_tags VALUES ('run', 'tag', 1, -5, NULL)",
        "INSERT INTO run_tags VALUES ('run', x'00', 1, 5, NULL)",
        "INSERT INTO run_tags VALUES (printf('%.*c', 300, 'x'), 'tag', 1, 5, NULL)",
        "INSERT INTO metric_directions VALUES ('scores', 'n', 'lower', 4000000000000000000, NULL)",
        "INSERT INTO metric_directions VALUES ('scores', 'n', x'00', 5, NULL)",
        "INSERT INTO saved_views VALUES ('x', 'name', x'7b7d', 0, 5, NULL, 5, NULL)",
        "INSERT INTO saved_views VALUES ('x', 'name', '{}', 0, 5, NULL, 'late', NULL)",
        "INSERT INTO saved_views VALUES (printf('%.*c', 300, 'x'), 'name', '{}', 0, 5, NULL, 5, NULL)",
        "INSERT INTO user_run_details (run_id, archived) VALUES ('run', 'yes')",
    ],
)
def test_values_that_no_reader_could_show_are_not_taken(users: tuple[User, User], poison: str) -> None:
    ada, grace = users
    before = ada.said()
    grace.change(poison)
    with pytest.raises(StoreError, match="another type or size"):
        ada.fetch(grace)
    assert ada.said() == before


def test_a_store_that_allows_nothing_where_ours_does_not_is_merged(users: tuple[User, User]) -> None:
    """Its tables may be declared in any way: what is missing there is not taken, and keeps nothing else away."""
    ada, grace = users
    for table in ("run_tags", "saved_views", "metric_directions"):
        names = ", ".join(row[1] for row in query(grace.location, f"PRAGMA table_info({table})"))
        grace.change(f"DROP TABLE {table}")
        grace.change(f"CREATE TABLE {table} ({names})")
    grace.change(
        "INSERT INTO run_tags VALUES (?, NULL, 1, 5, NULL), (?1, 'a', NULL, 5, NULL), (?1, 'b', 1, 5, NULL)", RUN
    )
    grace.change("INSERT INTO run_tags VALUES (?, 'c', 1, NULL, NULL), (NULL, 'd', 1, 5, NULL)", RUN)
    grace.change("INSERT INTO saved_views (id, name) VALUES (NULL, 'a'), ('b', NULL), ('c', 'c')")
    grace.change("INSERT INTO metric_directions (dataset, key, direction) VALUES ('scores', 'n', 'lower')")
    ada.fetch(grace)
    assert ada.tags() == ["b"]
    assert ada.views() == {}
    assert query(ada.location, "SELECT * FROM metric_directions") == []


FAR = 250_000_000_000_000


def test_an_edit_dated_far_ahead_does_not_win_for_ever(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    view = ada.save_view(FAR, "Ada's", q="a")
    ada.edit(FAR, title="Ada's", add_tags=["a"], archived=True)
    ada.direct(FAR, MetricDirection.LOWER)
    exchange(*order)
    # Where nobody has said anything else, it is kept.
    assert query(grace.location, "SELECT title, archived FROM user_run_details") == [("Ada's", 1)]
    assert (grace.tags(), list(grace.views())) == (["a"], ["Ada's"])
    grace.edit(1_000, title="Grace's", remove_tags=["a"], archived=False)
    grace.direct(1_000, MetricDirection.HIGHER)
    grace.save_view(1_000, "Grace's", view, q="b")
    exchange(*order)
    assert query(ada.location, "SELECT title, archived, title_updated_at FROM user_run_details") == [
        ("Grace's", 0, 1_000)
    ]
    assert query(ada.location, "SELECT direction FROM metric_directions") == [("higher",)]
    assert (ada.tags(), list(ada.views())) == ([], ["Grace's"])


def test_of_two_edits_dated_far_ahead_the_later_holds(ordered: tuple[User, User, User, User]) -> None:
    ada, grace, *order = ordered
    ada.edit(FAR, title="Ada's", add_tags=["a"])
    grace.edit(FAR + 1, title="Grace's")
    exchange(*order)
    assert query(ada.location, "SELECT title FROM user_run_details") == [("Grace's",)]


def test_an_edit_at_the_end_of_time_can_be_contradicted(users: tuple[User, User]) -> None:
    ada, grace = users
    grace.edit(253_402_300_799_999, title="Grace's", notes="for ever")
    ada.fetch(grace)
    ada.edit(1_000, title="Ada's", notes="")
    ada.fetch(grace)
    assert query(ada.location, "SELECT title, notes FROM user_run_details") == [("Ada's", "")]


def test_tags_of_others_keep_nobody_from_adding_their_own(users: tuple[User, User]) -> None:
    ada, grace = users
    for number in range(60):
        grace.change("INSERT INTO run_tags VALUES (?, ?, 1, 5, NULL)", RUN, f"foreign {number}")
    ada.fetch(grace)
    ada.edit(1_000, add_tags=[f"own {number}" for number in range(50)])
    assert len(ada.tags()) == 110
    with pytest.raises(EditError, match="up to 50 tags"):
        ada.edit(1_000, add_tags=["one more"])


def test_tags_of_others_do_not_pile_up(users: tuple[User, User], monkeypatch: pytest.MonkeyPatch) -> None:
    ada, grace = users
    monkeypatch.setattr("kedro_viz.store.sqlite.merging.merge_said._MAX_TAGS_OF_RUN", 3)
    for name in ("a", "b"):
        grace.change("DELETE FROM run_tags")
        grace.edit(1_000, add_tags=[f"{name}{number}" for number in range(2)])
        ada.fetch(grace)
    assert ada.tags() == ["a0", "a1", "b0"]
    # What is known here goes on to be changed.
    grace.edit(2_000, remove_tags=["b0", "b1"])
    ada.fetch(grace)
    assert ada.tags() == ["a0", "a1"]


def test_views_of_others_keep_nobody_from_saving_their_own(
    users: tuple[User, User], monkeypatch: pytest.MonkeyPatch
) -> None:
    ada, grace = users
    monkeypatch.setattr("kedro_viz.store.sqlite.merging.merge_said.MAX_VIEWS", 3)
    monkeypatch.setattr("kedro_viz.store.editing.saved_views.MAX_VIEWS", 3)
    for _ in range(3):
        grace.change("DELETE FROM saved_views")
        for number in range(3):
            grace.save_view(1_000, f"foreign {number}")
        ada.fetch(grace)
    assert len(ada.views()) == 3
    for number in range(3):
        ada.save_view(2_000, f"own {number}")
    assert sorted(ada.views()) == [*(f"foreign {n}" for n in range(3)), *(f"own {n}" for n in range(3))]
    with pytest.raises(EditError, match="Up to 3 views can be kept"):
        ada.save_view(2_000, "one more")


def test_what_is_said_of_runs_that_are_not_here_is_not_taken(users: tuple[User, User]) -> None:
    ada, grace = users
    grace.change("INSERT INTO run_tags VALUES ('nowhere', 'tag', 1, 5, NULL)")
    grace.change("INSERT INTO user_run_details (run_id, title) VALUES ('nowhere', 'title')")
    ada.fetch(grace)
    assert query(ada.location, "SELECT * FROM run_tags") == []
    assert query(ada.location, "SELECT * FROM user_run_details") == []
