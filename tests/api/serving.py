"""The API over a real store, written through the package's own writer, for tests to ask."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.testclient import TestClient

from kedro_viz.api.access.gate import Access
from kedro_viz.api.app import create_app
from kedro_viz.api.services import Services
from kedro_viz.cli.listening import listen
from kedro_viz.cli.serving import AppServer
from kedro_viz.flowchart.source import FlowchartFeed
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.catalog import Catalog, CatalogEntry
from kedro_viz.tracking.events import DatasetSaved, Event, RunContext, RunEnded, RunStarted, TrackedFile
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.project import Project
from kedro_viz.tracking.run import RunFailure, RunStatus, time_of_run_id
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment

METRICS_TYPE = "tracking.metrics_dataset.MetricsDataset"
JSON_TYPE = "tracking.json_dataset.JSONDataset"
PLOTLY_TYPE = "plotly.json_dataset.JSONDataset"
MATPLOTLIB_TYPE = "matplotlib.matplotlib_writer.MatplotlibWriter"

URL = "http://127.0.0.1:4141"


def run_id(number: int) -> str:
    """The id of one of the test's runs: later numbers are newer."""
    return f"2024-01-{1 + number // 1440:02}T{number // 60 % 24:02}.{number % 60:02}.00.000Z"


def run_events(
    identity: str,
    *,
    metrics: Mapping[str, float] | None = None,
    document: str | None = None,
    parameters: Sequence[Parameter] = (),
    plots: Sequence[str] = (),
    failure: RunFailure | None = None,
    seconds: float | None = 1,
    started_at: int | None = None,
    **described: Any,  # the other fields of `RunStarted`
) -> list[Event]:
    """All that happens in a run; `seconds` None leaves it running."""
    started = started_at if started_at is not None else time_of_run_id(identity) or 0
    described = {"author": "ada", "git_branch": "main", "git_sha": "abc1234", "command": "kedro run", **described}
    events: list[Event] = [RunStarted(identity, started, "{}", parameters=list(parameters), **described)]
    if metrics is not None:
        saved = DatasetSaved(
            identity, "scores", METRICS_TYPE, "scores", [TrackedFile("scores.json", 10)], dict(metrics)
        )
        events.append(saved)
    if document is not None:
        file = [TrackedFile("columns.json", 10)]
        events.append(DatasetSaved(identity, "columns", JSON_TYPE, "columns", file, document=document))
    events += [DatasetSaved(identity, name, MATPLOTLIB_TYPE, name, [TrackedFile(f"{name}.png", 10)]) for name in plots]
    if seconds is not None:
        status = RunStatus.FAILED if failure else RunStatus.SUCCEEDED
        events.append(RunEnded(identity, started + round(seconds * 1000), status, failure))
    return events


def context_event(
    identity: str,
    *,
    files: Mapping[str, bytes] | None = None,
    environment: Environment | None = None,
    configuration: Configuration | None = None,
    git_diff: str | None = None,
    git_remote: str | None = None,
) -> RunContext:
    """What a run ran with, with all contents."""
    contents: dict[str, str] = {}

    def kept(data: bytes) -> str:
        contents[content_hash(data)] = base64.b64encode(pack(data)).decode()
        return content_hash(data)

    source = None
    if files is not None:
        snapshot = SourceSnapshot([SourceFile(path, len(data), kept(data)) for path, data in files.items()])
        source = kept(snapshot.to_json().encode())
    return RunContext(
        run_id=identity,
        git_remote=git_remote,
        git_diff=None if git_diff is None else kept(git_diff.encode()),
        source=source,
        environment=None if environment is None else kept(environment.to_json().encode()),
        configuration=None if configuration is None else kept(configuration.to_json().encode()),
        contents=contents,
    )


def record(store: Path, *events: Event) -> None:
    """Write events as a `kedro run` does."""
    with closing(SQLiteWriter(store)) as writer:
        writer.apply(events)


def project_of(folder: Path, catalog: Sequence[CatalogEntry] = (), store: Path | None = None) -> Project:
    """A project as the server knows it."""
    return Project("Small", "small", folder, "src/small/settings.py", "1.0.0", store, None, Catalog(catalog))


@dataclass(frozen=True)
class Api:
    """An app in this process, without its background work."""

    client: TestClient
    services: Services
    flowcharts: FlowchartFeed

    def answer(self, query: str, **variables: Any) -> dict[str, Any]:
        """What the server answers to an operation."""
        # As browsers write it, which escape the half of an emoji; httpx refuses to send one.
        body = json.dumps({"query": query, "variables": variables})
        answer = self.client.post("/graphql", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 200, answer.text
        whole: dict[str, Any] = answer.json()
        return whole

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an operation that must not have errors."""
        answer = self.answer(query, **variables)
        assert "errors" not in answer, answer["errors"]
        return answer["data"]

    def refusal(self, query: str, **variables: Any) -> str:
        """The one error of an operation that must be refused."""
        (error,) = self.answer(query, **variables)["errors"]
        message: str = error["message"]
        return message


@contextmanager
def opened(project: Project, access: Access | None = None) -> Iterator[Api]:
    """The app of a project."""
    flowcharts = FlowchartFeed()
    services = Services.open(project, flowcharts)
    try:
        yield Api(TestClient(create_app(services, access), base_url=URL), services, flowcharts)
    finally:
        services.close()


@dataclass(frozen=True)
class Server:
    """A real server, with its background work."""

    host: str
    services: Services
    flowcharts: FlowchartFeed


@contextmanager
def served(project: Project) -> Iterator[Server]:
    """The server of `kedro viz` on a free port, in a thread of this process."""
    flowcharts = FlowchartFeed()
    services = Services.open(project, flowcharts)
    started = threading.Event()

    with closing(listen("127.0.0.1", 0)) as listener:
        server = AppServer(create_app(services), started.set)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            assert started.wait(30)
            yield Server(f"127.0.0.1:{listener.getsockname()[1]}", services, flowcharts)
        finally:
            server.should_exit = True
            thread.join(30)
            services.close()


def wait_until(true: Callable[[], bool]) -> None:
    """Wait for what the background work brings about; a test's time limit would be a guess about the machine."""
    for _ in range(6_000):
        if true():
            return
        time.sleep(0.01)
    raise AssertionError("It has not come about.")
