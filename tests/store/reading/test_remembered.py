"""Answers are asked for once, and again as soon as the store has changed."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from kedro_viz.store.editing.run_details import RunDetails, RunEdit
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.sqlite.engine import engine_of
from tests.store.stores import run_at_once, whole_runs, write, write_whole_runs

RUN = "2024-05-01T12.30.45.678Z"


class Question:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self) -> int:
        self.asked += 1
        return self.asked


@pytest.fixture
def engine(location: Path) -> Iterator[Engine]:
    write(location, *whole_runs([RUN]))
    engine = engine_of(location)
    yield engine
    engine.dispose()


def test_an_answer_holds_till_the_store_changes(engine: Engine, location: Path) -> None:
    remembered, ask = Remembered(engine), Question()
    assert [remembered.get("a", ask), remembered.get("a", ask)] == [1, 1]
    write(location, *whole_runs(["another"]))
    assert [remembered.get("a", ask), remembered.get("a", ask)] == [2, 2]


def test_an_edit_through_the_same_engine_is_a_change(engine: Engine) -> None:
    remembered, ask = Remembered(engine), Question()
    assert remembered.get("a", ask) == 1
    RunDetails(engine).edit([RUN], RunEdit(add_tags=["a"]))
    assert remembered.get("a", ask) == 2


def test_what_another_process_writes_is_a_change(engine: Engine, location: Path) -> None:
    remembered, ask = Remembered(engine), Question()
    assert remembered.get("a", ask) == 1
    run_at_once(write_whole_runs, location, ["other"], 1)
    assert remembered.get("a", ask) == 2


def test_each_question_has_an_answer_of_its_own(engine: Engine) -> None:
    remembered = Remembered(engine)
    assert [remembered.get("a", lambda: 1), remembered.get("b", lambda: 2), remembered.get("a", lambda: 3)] == [1, 2, 1]


def test_a_store_that_changes_while_it_is_asked_is_asked_again(engine: Engine, location: Path) -> None:
    remembered, ask = Remembered(engine), Question()

    def changing() -> int:
        write(location, *whole_runs(["meanwhile"]))
        return ask()

    assert remembered.get("a", changing) == 1
    assert remembered.get("a", ask) == 2


def test_what_failed_is_asked_again(engine: Engine) -> None:
    remembered, ask = Remembered(engine), Question()

    def failing() -> int:
        raise OSError("away")

    with pytest.raises(OSError, match="away"):
        remembered.get("a", failing)
    assert remembered.get("a", ask) == 1


def test_who_asks_at_the_same_time_waits_for_the_answer(engine: Engine) -> None:
    remembered, ask = Remembered(engine), Question()
    begun, may_answer = threading.Event(), threading.Event()
    answers: list[int] = []

    def slow() -> int:
        begun.set()
        may_answer.wait()
        return ask()

    threads = [threading.Thread(target=lambda: answers.append(remembered.get("a", slow))) for _ in range(3)]
    for thread in threads:
        thread.start()
    begun.wait()
    # Another question does not wait.
    assert remembered.get("b", lambda: 7) == 7
    may_answer.set()
    for thread in threads:
        thread.join()
    assert (answers, ask.asked) == ([1, 1, 1], 1)


def test_a_file_that_was_replaced_is_asked_anew(engine: Engine, location: Path, tmp_path: Path) -> None:
    remembered, ask = Remembered(engine), Question()
    assert remembered.get("a", ask) == 1
    write(tmp_path / "new.db", *whole_runs([RUN]))
    (tmp_path / "new.db").replace(location)
    # As the server does when it notices.
    engine.dispose()
    assert remembered.get("a", ask) == 2


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed under /proc")
def test_a_disposed_engine_leaves_no_file_open(engine: Engine, location: Path) -> None:
    remembered = Remembered(engine)
    remembered.get("a", lambda: 1)
    engine.dispose()
    open_files = {file.resolve() for file in Path("/proc/self/fd").iterdir()}
    assert location not in open_files


def test_other_databases_are_always_asked() -> None:
    engine = create_engine("sqlite://")
    engine.dialect.name = "postgresql"
    remembered, ask = Remembered(engine), Question()
    assert [remembered.get("a", ask), remembered.get("a", ask)] == [1, 2]
