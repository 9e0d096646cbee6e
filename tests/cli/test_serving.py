"""`kedro viz` as a user runs it: up before the pipelines, telling what goes wrong, and gone at Ctrl-C."""

from __future__ import annotations

import json
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Subprotocol

from tests.lifeline import Lifeline
from tests.projects import PIPELINE, make_project
from tests.viz_server import KEDRO_WITH_CTRL_C, VizServer, free_port, viz_server

PATIENCE_SECONDS = 60

FLOWCHART = "{ flowchart { state error { type message } pipelines { id } nodes { fullName } } }"
PROBLEMS = "{ project { problems { title } } }"


def flowchart(server: VizServer) -> dict[str, Any]:
    """The flowchart, once it is no longer loading."""
    with changes(server) as told:
        data = until(told, server, FLOWCHART, lambda data: data["flowchart"]["state"] != "LOADING")
    loaded: dict[str, Any] = data["flowchart"]
    return loaded


def until(told: Queue[str], server: VizServer, query: str, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """Ask at each change until the answer is as wanted, and give it."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds(data := server.graphql(query)):
        assert time.monotonic() < deadline, f"it stays at {data}"
        # The server subscribes us a moment after we asked: a change just then is seen by looking again.
        with suppress(Empty):
            told.get(timeout=1)
    return data


@contextmanager
def changes(server: VizServer) -> Iterator[Queue[str]]:
    """The topics that the server pushes, as they come."""
    topics: Queue[str] = Queue()

    def listen(connection: ClientConnection) -> None:
        # A server that stops cuts the connection.
        with suppress(ConnectionClosed):
            for text in connection:
                message = json.loads(text)
                if message["type"] == "next":
                    topics.put(message["payload"]["data"]["changes"])

    with connect(
        f"{server.url.replace('http', 'ws')}/graphql", subprotocols=[Subprotocol("graphql-transport-ws")]
    ) as connection:
        connection.send(json.dumps({"type": "connection_init"}))
        assert json.loads(connection.recv())["type"] == "connection_ack"
        query = {"query": "subscription { changes }"}
        connection.send(json.dumps({"id": "1", "type": "subscribe", "payload": query}))
        thread = Thread(target=listen, args=[connection], daemon=True)
        thread.start()
        yield topics
    thread.join()


def names(answer: dict[str, Any]) -> set[str]:
    return {node["fullName"] for node in answer["nodes"]}


def stop(server: VizServer, sent: signal.Signals = signal.SIGINT) -> str:
    """Stop a server and give all that it printed."""
    server.process.send_signal(sent)
    assert server.process.wait(timeout=PATIENCE_SECONDS) == 0, server.log.read_text()
    return server.log.read_text()


def test_the_page_and_the_flowchart_are_served(tmp_path: Path) -> None:
    with viz_server(make_project(tmp_path)) as server:
        assert server.get("/experiment-tracking").status == 200
        answer = flowchart(server)
        printed = stop(server)

    assert answer["state"] == "READY"
    assert [each["id"] for each in answer["pipelines"]] == ["__default__", "data", "science"]
    assert {"make_table", "score", "table", "scores"} <= names(answer)
    assert printed.count(f"Kedro-Viz is running at {server.url}\n") == 1


HANGING = "import threading\nthreading.Event().wait()\n"


def test_the_page_is_up_while_pipelines_are_still_being_imported(tmp_path: Path) -> None:
    with viz_server(make_project(tmp_path, pipeline_code=HANGING)) as server:
        assert server.get("/experiment-tracking").status == 200
        assert server.graphql(FLOWCHART)["flowchart"]["state"] == "LOADING"


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("import not_there_at_all", "No module named 'not_there_at_all'"),
        ("import sys; sys.exit(5)", "sys.exit(5)"),
        ("import os; os.abort()", "Aborted"),
    ],
)
def test_pipelines_that_fail_are_told_and_experiments_are_served(tmp_path: Path, code: str, told: str) -> None:
    with viz_server(make_project(tmp_path, pipeline_code=code)) as server:
        answer = flowchart(server)
        assert server.get("/experiment-tracking").status == 200
        assert server.graphql("{ runs { totalCount } }") == {"runs": {"totalCount": 0}}
        printed = stop(server)

    assert answer["state"] == "FAILED"
    assert told in answer["error"]["message"]
    assert printed.count("The pipelines could not be loaded: ") == 1


def test_an_unknown_pipeline_is_told(tmp_path: Path) -> None:
    with viz_server(make_project(tmp_path), "--pipeline", "sciense") as server:
        assert "Did you mean `science`?" in flowchart(server)["error"]["message"]


def test_a_broken_catalog_is_told_and_the_app_is_served(tmp_path: Path) -> None:
    with viz_server(make_project(tmp_path, catalog="a: [1")) as server:
        problems = server.graphql(PROBLEMS)["project"]["problems"]
        printed = stop(server)

    assert [problem["title"] for problem in problems] == ["The catalog configuration could not be read"]
    assert "The catalog configuration could not be read: " in printed


def test_environment_and_parameters_reach_the_pipelines(tmp_path: Path) -> None:
    files = {"conf/prod/catalog.yml": "table:\n  type: pickle.PickleDataset\n  filepath: data/prod.pkl\n"}
    query = "{ flowchart { state nodes { fullName filepath parameters } } }"
    with viz_server(make_project(tmp_path, files=files), "--env", "prod", "--params", "size=7") as server:
        flowchart(server)
        nodes = {node["fullName"]: node for node in server.graphql(query)["flowchart"]["nodes"]}

    assert nodes["table"]["filepath"] == "data/prod.pkl"
    assert nodes["params:size"]["parameters"] == 7


def test_a_port_in_use_is_told_and_the_next_one_taken(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        process = start_viz(make_project(tmp_path), "--port", str(port))
        printed = read_until(process, "Kedro-Viz is running at ")

    assert f"Port {port} is in use; using " in printed
    assert f"http://127.0.0.1:{port}" not in printed
    end(process)


def test_on_all_addresses_only_the_printed_link_opens_the_app(tmp_path: Path) -> None:
    port = free_port()
    process = start_viz(make_project(tmp_path), "--host", "0.0.0.0", "--port", str(port))
    printed = read_until(process, "Kedro-Viz is running at ")

    (link,) = re.findall(r"running at (http\S+)", printed)
    assert link.startswith(f"http://127.0.0.1:{port}/?token=")
    assert "plain HTTP" in printed
    assert "Anyone on the network" not in printed
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/")
    browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    with browser.open(link) as page:
        # A checkout may be without the built app: 503.
        assert page.url == f"http://127.0.0.1:{port}/"
    end(process)


@pytest.mark.parametrize("host", ["no-such-host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_this_machine_is_an_error_without_traceback(tmp_path: Path, host: str) -> None:
    process = start_viz(make_project(tmp_path), "--host", host)
    printed, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 1
    assert "Error: " in printed
    assert host in printed
    assert "Traceback" not in printed


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_stops_it_with_all_it_started_though_pipelines_hang_and_browsers_are_connected(
    tmp_path: Path, sent: signal.Signals
) -> None:
    lifeline = Lifeline(tmp_path)
    with viz_server(make_project(tmp_path / "project", pipeline_code=lifeline.code())) as server:
        lifeline.wait_until_held()
        with changes(server):
            printed = stop(server, sent)

    lifeline.wait_until_let_go()
    assert "Traceback" not in printed


def test_ctrl_c_before_it_listens_is_quiet_too(tmp_path: Path) -> None:
    # The catalog is read before it listens: this one says that it is, and then takes its time.
    settings = """
    import sys, threading

    def hang():
        print("READING", file=sys.stderr, flush=True)
        threading.Event().wait()

    CONFIG_LOADER_ARGS = {"base_env": "base", "default_run_env": "local", "custom_resolvers": {"hang": hang}}
    """
    catalog = "table:\n  type: pickle.PickleDataset\n  filepath: ${hang:}\n"
    process = start_viz(make_project(tmp_path, settings=settings, catalog=catalog), "--port", str(free_port()))
    read_until(process, "READING")

    process.send_signal(signal.SIGINT)
    printed, _ = process.communicate(timeout=PATIENCE_SECONDS)

    assert process.returncode == 0
    assert "Traceback" not in printed


def test_with_autoreload_changed_code_and_catalog_are_shown_without_a_restart(tmp_path: Path) -> None:
    path = make_project(tmp_path, package="reloaded")
    with viz_server(path, "--autoreload") as server:
        assert "scores" in names(flowchart(server))
        with changes(server) as told:
            (path / "src/reloaded/pipeline_registry.py").write_text(PIPELINE.replace('"scores"', '"results"'))
            until(told, server, FLOWCHART, lambda data: "results" in names(data["flowchart"]))
            (path / "conf/base/catalog.yml").write_text("results: [")
            until(told, server, PROBLEMS, lambda data: bool(data["project"]["problems"]))
        printed = stop(server)

    assert "Changed: src/reloaded/pipeline_registry.py" in printed


def start_viz(project: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start `kedro viz` where its first words matter."""
    return subprocess.Popen(
        [sys.executable, "-c", KEDRO_WITH_CTRL_C, "viz", "--no-browser", *arguments],
        cwd=project,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def read_until(process: subprocess.Popen[str], words: str) -> str:
    """Read what it prints until these words have come."""
    assert process.stdout is not None
    printed = ""
    while words not in printed:
        line = process.stdout.readline()
        assert line, f"it ended without {words!r}:\n{printed}"
        printed += line
    return printed


def end(process: subprocess.Popen[str]) -> None:
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0
