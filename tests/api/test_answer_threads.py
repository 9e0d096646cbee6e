"""Slow answers hold up only each other, and end when their time is up."""

from __future__ import annotations

import asyncio
import json
import logging
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kedro_viz.api.answer_threads import AnswerThreads, BusyError, Lane, sent
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.tracking.deadline import Deadline, Paced, TookTooLongError, check_deadline
from tests.api.serving import Api, record, run_events, run_id

# A statement that would take hours, and touches no table.
ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"
SOCKET_URL = "ws://127.0.0.1:4141/graphql"
TOO_LONG = (
    "This took longer than 0.2 s and was given up. Ask for less at once: fewer runs, fields or columns, or one page "
    "after the other."
)


@pytest.fixture
def threads() -> Iterator[AnswerThreads]:
    threads = AnswerThreads()
    yield threads
    threads.close()


@pytest.fixture
def short_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answers may take a fifth of a second."""
    monkeypatch.setattr("kedro_viz.api.answer_threads.ANSWER_SECONDS", 0.2)
    monkeypatch.setattr("kedro_viz.api.errors.ANSWER_SECONDS", 0.2)


def endless(store: Path) -> None:
    engine = engine_of(store)
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(ENDLESS)
    finally:
        engine.dispose()


class TestTime:
    """The time limit of an answer."""

    @pytest.mark.usefixtures("short_time")
    def test_sql_is_interrupted(self, threads: AnswerThreads, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        with pytest.raises(Exception, match="interrupted"):
            asyncio.run(threads.run(Lane.QUICK, lambda: endless(store)))
        # The thread is free again.
        assert asyncio.run(threads.run(Lane.QUICK, lambda: 5)) == 5

    @pytest.mark.usefixtures("short_time")
    def test_no_statement_begins_after_the_end(self, threads: AnswerThreads, store: Path) -> None:
        record(store, *run_events(run_id(1)))
        engine = engine_of(store)

        def read() -> None:
            with engine.connect() as connection:
                while True:
                    connection.exec_driver_sql("SELECT 1")

        with closing(_Disposed(engine)), pytest.raises(TookTooLongError):
            asyncio.run(threads.run(Lane.QUICK, read))

    @pytest.mark.usefixtures("short_time")
    def test_a_connection_that_was_interrupted_serves_the_next_answer(
        self, threads: AnswerThreads, store: Path
    ) -> None:
        record(store, *run_events(run_id(1)))
        engine = engine_of(store)

        def read(statement: str) -> object:
            with engine.connect() as connection:
                return connection.exec_driver_sql(statement).scalar()

        with closing(_Disposed(engine)):
            for _ in range(3):
                with pytest.raises(Exception, match="interrupted"):
                    asyncio.run(threads.run(Lane.QUICK, lambda: read(ENDLESS)))
                assert asyncio.run(threads.run(Lane.QUICK, lambda: read("SELECT 7"))) == 7

    @pytest.mark.usefixtures("short_time")
    def test_loops_of_ours_end(self, threads: AnswerThreads) -> None:
        def count() -> None:
            while True:
                check_deadline()

        with pytest.raises(TookTooLongError, match=r"longer than 0\.2 s"):
            asyncio.run(threads.run(Lane.QUICK, count))

    @pytest.mark.usefixtures("short_time")
    def test_whoever_waits_is_answered_though_the_work_goes_on(
        self, threads: AnswerThreads, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kedro_viz.api.answer_threads._GRACE_SECONDS", 0.1)
        goes_on = threading.Event()
        try:
            with pytest.raises(TookTooLongError):
                asyncio.run(threads.run(Lane.QUICK, goes_on.wait))
        finally:
            goes_on.set()

    def test_a_list_looks_at_the_clock_at_each_item(self) -> None:
        deadline = Deadline(60)
        seen = []

        def see(number: int) -> None:
            seen.append(number)
            if number == 3:
                deadline.expire()

        with deadline.active(), pytest.raises(TookTooLongError):
            list(map(see, iter(Paced(range(10)))))
        assert seen == [0, 1, 2, 3]
        assert list(Paced(range(10))) == list(range(10))

    def test_what_was_released_is_not_interrupted(self) -> None:
        interrupted = []
        deadline = Deadline(60)
        with deadline.active():
            deadline.hold("a", lambda: interrupted.append("a"))
            deadline.hold("b", lambda: interrupted.append("b"))
            deadline.release("a")
            deadline.expire()
        deadline.expire()
        assert interrupted == ["b"]


class _Disposed:
    def __init__(self, engine: Any) -> None:  # an engine; closed as `closing` wants it
        self.close = engine.dispose


class TestLanes:
    """Kinds of work that do not wait for each other."""

    def test_work_of_one_kind_does_not_hold_up_another(self, threads: AnswerThreads) -> None:
        async def with_slow_work() -> int:
            free = threading.Event()
            slow = [asyncio.create_task(threads.run(Lane.SLOW, free.wait)) for _ in range(20)]
            try:
                return await threads.run(Lane.QUICK, lambda: 5)
            finally:
                free.set()
                assert await asyncio.gather(*slow) == [True] * 20

        assert asyncio.run(with_slow_work()) == 5

    def test_what_waits_is_bounded(self, threads: AnswerThreads) -> None:
        async def with_too_much() -> list[object]:
            free = threading.Event()
            most = Lane.SLOW.threads + Lane.SLOW.most_waiting
            waiting = [asyncio.create_task(threads.run(Lane.SLOW, free.wait)) for _ in range(most + 3)]
            # What has begun goes on, however much waits.
            going_on = asyncio.create_task(threads.run(Lane.SLOW, lambda: True, may_be_refused=False))
            await asyncio.wait(waiting, return_when=asyncio.FIRST_EXCEPTION)
            free.set()
            assert await going_on
            return [type(each) for each in await asyncio.gather(*waiting, return_exceptions=True)]

        kinds = asyncio.run(with_too_much())
        assert kinds.count(BusyError) == 3
        assert kinds.count(bool) == Lane.SLOW.threads + Lane.SLOW.most_waiting

    @pytest.mark.usefixtures("short_time")
    def test_work_that_finds_no_thread_in_time_is_never_done(
        self, threads: AnswerThreads, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("kedro_viz.api.answer_threads._GRACE_SECONDS", 5)
        done = []

        async def one_too_many() -> None:
            free = threading.Event()
            first = [asyncio.create_task(threads.run(Lane.SLOW, free.wait)) for _ in range(Lane.SLOW.threads)]
            # They begin first.
            await asyncio.sleep(0)
            with pytest.raises(BusyError):
                await threads.run(Lane.SLOW, lambda: done.append(1))
            free.set()
            await asyncio.gather(*first)

        asyncio.run(one_too_many())
        assert done == []

    def test_a_large_answer_is_made_part_by_part(self, threads: AnswerThreads) -> None:
        closed = []

        def parts() -> Iterator[bytes]:
            try:
                yield b"a"
                yield b"b"
            finally:
                closed.append(True)

        async def take(most: int) -> list[bytes]:
            taken = []
            answer = sent(parts(), threads, Lane.SLOW)
            async for part in answer:
                taken.append(part)
                if len(taken) == most:
                    await answer.aclose()
                    break
            return taken

        assert asyncio.run(take(5)) == [b"a", b"b"]
        # A client that goes away leaves nothing open.
        assert asyncio.run(take(1)) == [b"a"]
        assert closed == [True, True]


class TestAnswers:
    """What clients of the API are told."""

    @pytest.mark.usefixtures("short_time")
    def test_a_query_that_takes_too_long(
        self, api: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
    ) -> None:
        def forever(*_: object) -> None:
            with api.services.repository._engine.connect() as connection:
                connection.exec_driver_sql(ENDLESS)

        monkeypatch.setattr("kedro_viz.store.reading.summaries.SummaryReader.parameters", forever)
        monkeypatch.setattr("kedro_viz.store.reading.run_columns.RunColumnReader.read", forever)
        with caplog.at_level(logging.WARNING):
            assert api.refusal("{ parameterColumns { name } }") == TOO_LONG
            answer = api.client.post("/api/run-columns", json={"columns": []})
        assert (answer.status_code, answer.json()) == (503, {"error": TOO_LONG})
        assert caplog.text == ""

    def test_a_query_while_the_server_is_busy(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        async def busy(*_of_work: object, **_more: object) -> None:
            raise BusyError

        monkeypatch.setattr(api.services.threads, "run", busy)
        said = "The server is busy with other requests. Try again in a moment."
        assert api.refusal("{ runsList { id author } }") == said
        for path, body in (("/api/run-columns", {"columns": []}), ("/api/export", {"columns": ["id"]})):
            answer = api.client.post(path, json=body)
            assert (answer.status_code, answer.json()) == (503, {"error": said})
        assert api.client.get("/artifacts/a/b/c").status_code == 503

    def test_the_event_loop_never_runs_resolvers(self, api: Api, monkeypatch: pytest.MonkeyPatch) -> None:
        seen = []

        def newest(_reader: object) -> list[object]:
            seen.append(threading.current_thread().name)
            return []

        monkeypatch.setattr("kedro_viz.store.reading.runs.RunReader.newest", newest)
        api.ask("{ runsList { id } }")
        with api.client.websocket_connect(SOCKET_URL, subprotocols=["graphql-transport-ws"]) as socket:
            assert asked_by_socket(socket, "{ runsList { id } }") == [{"data": {"runsList": []}}]
        assert len(seen) == 2
        assert all(name.startswith("kedro-viz-slow") for name in seen)

    def test_limits_hold_for_websockets_too(self, api: Api) -> None:
        with api.client.websocket_connect(SOCKET_URL, subprotocols=["graphql-transport-ws"]) as socket:
            for query, said in (
                ("{ " + " ".join(f"a{n}: runsList {{ id }}" for n in range(50)) + " }", "too much at once"),
                ("{ version { installed } } #" + " " * 100_000, "longer than 100 kB"),
                ("subscription { changes } #" + " " * 100_000, "longer than 100 kB"),
            ):
                assert said in json.dumps(asked_by_socket(socket, query))


def asked_by_socket(socket: Any, query: str) -> list[Any]:  # a socket of Starlette's test client
    """All that the server answers to one operation."""
    if not getattr(socket, "is_begun", False):
        socket.send_json({"type": "connection_init"})
        assert socket.receive_json()["type"] == "connection_ack"
        socket.is_begun = True
    socket.send_json({"type": "subscribe", "id": "1", "payload": {"query": query}})
    answers = []
    while (message := socket.receive_json())["type"] == "next":
        answers.append(message["payload"])
    return answers if message["type"] == "complete" else [message["payload"]]
