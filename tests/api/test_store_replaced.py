"""The store's file is replaced, deleted or moved away while a real server answers from it."""

from __future__ import annotations

import http.client
import json
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.store.errors import StoreGoneError, StoreReplacedError
from kedro_viz.store.sqlite.engine import engine_of
from tests.api.serving import Server, project_of, record, run_events, run_id, served, wait_until

QUERY = """{ runsList { id } tags { tag } metricColumns { id } runs { totalCount }
  project { problems { title detail } store { totalRuns } } }"""
FAULT = "The server could not answer this"


def ask(server: Server) -> dict[str, Any]:
    """What the server answers."""
    with closing(http.client.HTTPConnection(server.host, timeout=60)) as connection:
        body = json.dumps({"query": QUERY})
        connection.request("POST", "/graphql", body, {"Content-Type": "application/json"})
        answer: dict[str, Any] = json.loads(connection.getresponse().read())
        return answer


def runs(server: Server) -> list[str] | None:
    """The runs that are shown; None where an answer tells an error."""
    answer = ask(server)
    return None if "errors" in answer else [run["id"] for run in answer["data"]["runsList"]]


def titles(server: Server) -> list[str]:
    data = ask(server)["data"]
    return [] if data is None else [problem["title"] for problem in data["project"]["problems"]]


def fill(store: Path, *numbers: int) -> list[str]:
    """Record runs, and give their ids as they are listed."""
    for number in numbers:
        record(store, *run_events(run_id(number), metrics={f"m{number}": number}))
    return [run_id(number) for number in sorted(numbers, reverse=True)]


def is_sound(store: Path) -> bool:
    with closing(sqlite3.connect(store)) as connection:
        return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def open_store(folder: Path) -> Path:
    return folder / "session_store.db"


@pytest.fixture
def server(tmp_path: Path, open_store: Path) -> Iterator[Server]:
    """A server whose store has thirty runs, twenty of them in its log only."""
    fill(open_store, *range(10))
    with served(project_of(tmp_path, store=open_store)) as server:
        wait_until(lambda: runs(server) is not None)
        fill(open_store, *range(10, 30))
        assert len(runs(server) or []) == 30
        yield server


@contextmanager
def asked_meanwhile(server: Server) -> Iterator[list[str]]:
    """Queries without a pause; gives the messages of errors."""
    messages: list[str] = []
    ends = threading.Event()

    def go_on() -> None:
        while not ends.is_set():
            messages.extend(error["message"] for error in ask(server).get("errors", ()))

    asking = threading.Thread(target=go_on)
    asking.start()
    try:
        yield messages
    finally:
        ends.set()
        asking.join()


def test_another_file_that_is_moved_onto_it_is_shown(server: Server, open_store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    expected = fill(other, *range(100, 105))
    with asked_meanwhile(server) as errors:
        other.replace(open_store)
        wait_until(lambda: runs(server) == expected)
    assert ask(server)["data"]["project"]["store"]["totalRuns"] == 5
    assert {column["id"] for column in ask(server)["data"]["metricColumns"]} == {
        f"scores.m{number}" for number in range(100, 105)
    }
    assert not [message for message in errors if FAULT in message]
    # What is recorded from now on appears, too.
    expected = [*fill(open_store, 200), *expected]
    wait_until(lambda: runs(server) == expected)
    assert is_sound(open_store)


def test_a_run_that_begins_after_a_deletion_is_shown(server: Server, open_store: Path) -> None:
    with asked_meanwhile(server) as errors:
        open_store.unlink()
        expected = fill(open_store, 500)
        wait_until(lambda: runs(server) == expected)
    assert not [message for message in errors if FAULT in message]
    assert is_sound(open_store)


def test_a_store_of_kedro_viz_10_that_is_moved_onto_it_is_upgraded(
    server: Server, open_store: Path, real_data: Path, tmp_path: Path
) -> None:
    old = tmp_path / "old.db"
    old.write_bytes((real_data / "kedro-viz-demo" / "session_store.db").read_bytes())
    old.replace(open_store)
    wait_until(lambda: len(runs(server) or []) == 22)
    assert is_sound(open_store)


def test_a_store_that_is_moved_away_takes_all_its_runs_along(server: Server, open_store: Path, tmp_path: Path) -> None:
    moved = tmp_path / "moved.db"
    open_store.replace(moved)
    wait_until(lambda: runs(server) == [])
    with closing(sqlite3.connect(moved)) as connection:
        assert connection.execute("SELECT count(*) FROM runs").fetchone() == (30,)
    assert is_sound(moved)


def test_a_file_that_is_no_store_is_kept_aside_and_told(server: Server, open_store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(b"no database" * 1_000)
    other.replace(open_store)
    wait_until(lambda: titles(server) == ["The session store was damaged"])
    (aside,) = open_store.parent.glob("*.corrupt-*")
    assert aside.read_bytes().startswith(b"no database")
    expected = fill(open_store, 1)
    wait_until(lambda: runs(server) == expected)


def test_a_folder_that_goes_is_told_and_its_runs_are_back_with_it(
    server: Server, open_store: Path, folder: Path, tmp_path: Path
) -> None:
    with asked_meanwhile(server) as errors:
        folder.rename(tmp_path / "elsewhere")
        wait_until(lambda: titles(server) == ["The session store is gone"])
        (problem,) = ask(server)["data"]["project"]["problems"]
        assert problem["detail"] == (
            f"The session store '{open_store}' is not there any more: '{folder}' was moved, deleted or unmounted. "
            "Bring it back, and the runs appear here by themselves; or set another `path` in SESSION_STORE_ARGS."
        )
        assert runs(server) == []
        assert not folder.exists()
        # Its file may come later than the folder itself.
        folder.mkdir()
        assert titles(server) == ["The session store is gone"]
        assert not open_store.exists()
        folder.rmdir()
        (tmp_path / "elsewhere").rename(folder)
        wait_until(lambda: len(runs(server) or []) == 30)
        assert titles(server) == []
    assert not [message for message in errors if FAULT in message]
    server.services.repository.details.update(run_id(1), title="Editable")
    expected = [*fill(open_store, 300), *[run_id(number) for number in range(29, -1, -1)]]
    wait_until(lambda: runs(server) == expected)
    assert is_sound(open_store)


def test_a_file_that_is_not_there_is_not_made(open_store: Path, folder: Path, tmp_path: Path) -> None:
    fill(open_store, 1)
    engine = engine_of(open_store)
    folder.rename(tmp_path / "elsewhere")
    with pytest.raises(StoreGoneError, match="is not there any more"), engine.connect():
        pass
    folder.mkdir()
    with pytest.raises(StoreGoneError), engine.connect():
        pass
    assert not open_store.exists()
    fill(open_store, 2)
    with pytest.raises(StoreReplacedError, match="has just been replaced"), engine.connect():
        pass
