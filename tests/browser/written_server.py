"""A server on runs that a test has written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.browser.written_runs import WrittenRun, write_runs
from tests.projects import make_project
from tests.viz_server import VizServer, viz_server


@contextmanager
def server_of_runs(project: Path, runs: Sequence[WrittenRun]) -> Iterator[VizServer]:
    """`kedro viz` in a new project in which there are these runs."""
    make_project(project)
    write_runs(project, runs)
    with viz_server(project) as server:
        yield server
