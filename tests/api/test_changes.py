"""News for open pages, over real WebSockets from a real server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import connect

from kedro_viz.api import answer_size
from kedro_viz.flowchart.source import FlowchartSnapshot, FlowchartState
from kedro_viz.tracking.catalog import CatalogEntry
from tests.api.pages import SECONDS, Page, page_of
from tests.api.serving import METRICS_TYPE, Server, context_event, project_of, record, run_events, run_id, served


@pytest.fixture
def server(tmp_path: Path, store: Path) -> Iterator[Server]:
    with served(project_of(tmp_path, store=store)) as server:
        yield server


def run_ids(server: Server) -> list[str]:
    answer = httpx.post(f"http://{server.host}/graphql", json={"query": "{ runsList { id } }"}).json()
    return [run["id"] for run in answer["data"]["runsList"]]


def hears_until(server: Server, page: Page, runs: list[str]) -> None:
    """Wait for the news after which these are the runs: a change may be told in parts."""
    page.hears("RUNS")
    while run_ids(server) != runs:
        page.hears("RUNS")


def test_a_run_of_another_process_is_told(server: Server, store: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from tests.api.serving import record, run_events;"
        "record(Path(sys.argv[1]), *run_events(sys.argv[2]))"
    )
    with page_of(server) as page:
        folder = Path(__file__).parents[2]
        subprocess.run([sys.executable, "-c", code, str(store), run_id(1)], cwd=folder, check=True)
        page.hears("RUNS")
        assert run_ids(server) == [run_id(1)]


@pytest.mark.parametrize(
    "edit",
    [
        f'updateRunDetails(runId: "{run_id(1)}", runInput: {{bookmark: true}})',
        f'editRuns(runIds: ["{run_id(1)}"], edit: {{addTags: ["good"]}})',
        'setMetricDirection(metric: "scores.n", direction: LOWER)',
        'saveView(name: "Best", state: {q: "n > 1"})',
    ],
)
def test_an_edit_in_one_page_is_told_to_the_others(server: Server, store: Path, edit: str) -> None:
    record(store, *run_events(run_id(1), metrics={"n": 1}))
    with page_of(server) as one, page_of(server) as other:
        one.asks(f"mutation {{ {edit} {{ __typename }} }}")
        other.hears("RUNS")


def test_a_store_that_is_deleted_and_made_anew_is_told(server: Server, store: Path) -> None:
    with page_of(server) as page:
        record(store, *run_events(run_id(1)))
        page.hears("RUNS")
        for file in store.parent.glob("session_store.db*"):
            file.unlink()
        hears_until(server, page, [])
        record(store, *run_events(run_id(2)))
        hears_until(server, page, [run_id(2)])


def test_a_store_that_is_replaced_is_told(server: Server, store: Path, tmp_path: Path) -> None:
    other = tmp_path / "other" / "session_store.db"
    record(other, *run_events(run_id(7)))
    with page_of(server) as page:
        for file in store.parent.glob("session_store.db-*"):
            file.unlink()
        other.replace(store)
        hears_until(server, page, [run_id(7)])


def test_a_project_that_is_removed_does_not_come_back(tmp_path: Path) -> None:
    data = tmp_path / "project" / "data"
    data.mkdir(parents=True)
    with served(project_of(tmp_path, store=data / "session_store.db")) as server, page_of(server) as page:
        for file in data.iterdir():
            file.unlink()
        data.rmdir()
        page.hears("RUNS")
        assert not data.exists()


def test_another_flowchart_is_told(server: Server) -> None:
    with page_of(server) as page:
        server.flowcharts.tell(FlowchartSnapshot(FlowchartState.READY))
        page.hears("FLOWCHART")


def test_files_that_came_without_an_index_are_told_when_they_are_read(tmp_path: Path, store: Path) -> None:
    record(store, *run_events(run_id(1)))
    catalog = [CatalogEntry("scores", METRICS_TYPE, str(tmp_path / "scores.json"), versioned=True)]
    with served(project_of(tmp_path, catalog, store)) as server, page_of(server) as page:
        for number in (1, 2):
            file = tmp_path / "scores.json" / run_id(number) / "scores.json"
            file.parent.mkdir(parents=True)
            file.write_text('{"r2": 0.5}')
        record(store, *run_events(run_id(2)))
        page.hears("INDEXING")
        page.hears("RUNS")
        query = "{ runs { edges { node { id metrics { id value } } } } project { indexing { running done total } } }"
        indexed = [
            {"node": {"id": run_id(number), "metrics": [{"id": "scores.r2", "value": 0.5}]}} for number in (2, 1)
        ]
        while page.asks(query)["runs"]["edges"] != indexed:
            page.hears("RUNS")


def test_a_socket_sees_what_is_there_now_each_time_it_asks(server: Server, store: Path) -> None:
    record(store, *run_events(run_id(1), metrics={"a": 1}))
    query = "{ runs { edges { node { metrics { value } } } } }"
    with page_of(server) as page:
        values = []
        for value in (1.0, 2.0):
            record(store, *run_events(run_id(1), metrics={"a": value}))
            (edge,) = page.asks(query)["runs"]["edges"]
            values.append(edge["node"]["metrics"])
    assert values == [[{"value": 1.0}], [{"value": 2.0}]]


def test_many_pages_all_hear_and_leave_nothing_behind(server: Server, store: Path) -> None:
    with ExitStack() as stack:
        pages = [stack.enter_context(page_of(server)) for _ in range(20)]
        # Half of them vanish without a word.
        for page in pages[:10]:
            page.socket.socket.close()
        record(store, *run_events(run_id(1)))
        for page in pages[10:]:
            page.hears("RUNS")
    with page_of(server) as last:
        # Each answer is a round of the server's loop, in which it notices who has gone.
        for _ in range(1_000):
            if len(server.services.changes._listeners) == 1:
                break
            last.send(type="ping")
            assert last.receive()["type"] in ("pong", "next")
        assert len(server.services.changes._listeners) == 1
    assert run_ids(server) == [run_id(1)]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "5", '{"type": "none"}', '{"type": "subscribe"}', "[" * 100_000], ids=range(7)
)
def test_messages_that_are_none_close_the_socket_only(server: Server, text: str) -> None:
    with connect(f"ws://{server.host}/graphql", subprotocols=["graphql-transport-ws"]) as socket:  # type: ignore[list-item]  # a NewType of str
        socket.send(text)
        with pytest.raises(ConnectionClosed) as closed:
            socket.recv(SECONDS)
    assert closed.value.rcvd is not None
    assert 4400 <= closed.value.rcvd.code < 4500
    assert run_ids(server) == []


def test_each_query_of_a_page_has_an_answer_of_its_own(
    server: Server, store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer_size, "MAX_TEXT_BYTES", 6)
    record(store, *run_events(run_id(1)), context_event(run_id(1), git_diff="diff 1"))
    with page_of(server) as page:
        for _ in range(3):
            assert page.asks("{ runsList { gitDiff } }") == {"runsList": [{"gitDiff": "diff 1"}]}
