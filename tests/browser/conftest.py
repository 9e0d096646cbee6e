"""Real servers with real histories, and a real browser to look at them."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.chromium import launch_chromium, watched_page
from tests.browser.written_runs import BASELINE, CHANGED, OLD, REPEATED, write_runs
from tests.conftest import REPOSITORY
from tests.projects import STORE_SETTINGS, make_project
from tests.viz_server import VizServer, kedro_run, viz_server

# A busy machine is slow, not wrong: what is waited for ends the waiting.
expect.set_options(timeout=20_000)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Try a test in the browser twice: on a busy machine Chromium loses a click in some ten thousand.

    What is wrong with the app fails both times, and the summary lists what was tried again.
    """
    for item in items:
        if item.get_closest_marker("browser") is not None:
            item.add_marker(pytest.mark.flaky(reruns=1))


# The catalog of the project that the 22 runs are from, as far as it is tracked.
HISTORY_CATALOG = """
train_evaluation.linear_regression.r2_score:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/linear_score.json

train_evaluation.random_forest.r2_score:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/rf_score.json

train_evaluation.linear_regression.experiment_params:
  type: tracking.JSONDataset
  filepath: data/09_tracking/linear_params.json

train_evaluation.random_forest.experiment_params:
  type: tracking.JSONDataset
  filepath: data/09_tracking/rf_params.json

reporting.price_histogram:
  type: plotly.JSONDataset
  filepath: data/08_reporting/price_histogram.json
  versioned: true

reporting.feature_importance:
  type: plotly.JSONDataset
  filepath: data/08_reporting/feature_importance_plot.json
  versioned: true

reporting.confusion_matrix:
  type: matplotlib.MatplotlibWriter
  filepath: data/08_reporting/confusion_matrix.png
  versioned: true
"""

HISTORY_PIPELINE = """
from kedro.pipeline import Pipeline, node


def split(seed):
    return [seed], [seed]


def evaluate(test_set, seed):
    return {"r2_score": 0.5}


def register_pipelines():
    return {
        "__default__": Pipeline(
            [
                node(split, "params:seed", ["train_set", "test_set"], name="split"),
                node(
                    evaluate,
                    ["test_set", "params:seed"],
                    "train_evaluation.linear_regression.r2_score",
                    name="evaluate_linear",
                ),
                node(
                    evaluate,
                    ["train_set", "params:seed"],
                    "train_evaluation.random_forest.r2_score",
                    name="evaluate_forest",
                ),
            ]
        )
    }
"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A Chromium of this module. Not of the session: Playwright's event loop would be in the way of other tests'."""
    with sync_playwright() as playwright:
        chromium = launch_chromium(playwright)
        yield chromium
        chromium.close()


def picture_of(request: pytest.FixtureRequest) -> Path:
    """Where a failing test's screenshot goes."""
    name = re.sub(r"[^\w.-]+", "-", request.node.nodeid.removeprefix("tests/browser/"))
    return REPOSITORY / "test-results" / f"{name}.png"


def history_project(real_data: Path, root: Path, pipeline_code: str = HISTORY_PIPELINE) -> Path:
    """A project with the 22 real runs."""
    project = make_project(
        root, catalog=HISTORY_CATALOG, parameters="seed: 1\n", pipeline_code=pipeline_code, name="Shuttles"
    )
    shutil.copytree(real_data / "kedro-viz-demo", project / "data", dirs_exist_ok=True)
    for path in [project, *project.rglob("*")]:
        path.chmod(0o755 if path.is_dir() else 0o644)
    return project


def wait_until_indexed(server: VizServer) -> None:
    """Wait until the background work that reads an old history's files is done."""
    deadline = time.monotonic() + 60
    while server.graphql("{ project { indexing { running } } }")["project"]["indexing"]["running"]:
        assert time.monotonic() < deadline, f"indexing did not end:\n{server.log.read_text()}"
        time.sleep(0.1)


@pytest.fixture(scope="session")
def history(real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on the 22 real runs. Shared: tests that change anything take `own_history`."""
    with viz_server(history_project(real_data, tmp_path_factory.mktemp("history"))) as server:
        wait_until_indexed(server)
        yield server


@pytest.fixture
def own_history(real_data: Path, tmp_path: Path) -> Iterator[VizServer]:
    """A server on the 22 real runs, for one test to change as it likes."""
    with viz_server(history_project(real_data, tmp_path / "history")) as server:
        wait_until_indexed(server)
        yield server


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on the demo project with a short history."""
    project = tmp_path_factory.mktemp("demo") / "demo-project"
    shutil.copytree(
        REPOSITORY / "demo-project", project, ignore=shutil.ignore_patterns("data", "__pycache__", "session_store.db*")
    )
    made = subprocess.run(
        [sys.executable, "-m", "demo_project.history", "--runs", "3", "--seed", "7"],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(project / "src")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stdout + made.stderr
    with viz_server(project) as server:
        wait_until_indexed(server)
        yield server


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on runs of which all is recorded, and an old one of which little is. Shared: nothing may be changed."""
    project = make_project(tmp_path_factory.mktemp("written") / "project")
    write_runs(project, [OLD, BASELINE, CHANGED, REPEATED])
    with viz_server(project) as server:
        yield server


@pytest.fixture
def small(tmp_path: Path) -> Iterator[VizServer]:
    """A server on a small project of two nodes that has run once."""
    project = make_project(tmp_path / "small")
    run = kedro_run(project)
    assert run.returncode == 0, run.stdout + run.stderr
    with viz_server(project) as server:
        yield server


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[VizServer]:
    """A server on a project whose settings name no session store."""
    with viz_server(make_project(tmp_path / "empty", settings="")) as server:
        yield server


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[VizServer]:
    """A server on a project that has run once and whose pipelines cannot be imported any more."""
    project = make_project(tmp_path / "broken", settings=STORE_SETTINGS)
    assert kedro_run(project).returncode == 0
    (registry,) = project.glob("src/*/pipeline_registry.py")
    registry.write_text("import a_package_that_is_not_there\n")
    with viz_server(project) as server:
        yield server


@pytest.fixture
def history_page(browser: Browser, history: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on the 22 real runs."""
    with watched_page(browser, history.url, picture=picture_of(request)) as page:
        yield page


@pytest.fixture
def demo_page(browser: Browser, demo: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on the demo project."""
    with watched_page(browser, demo.url, picture=picture_of(request)) as page:
        yield page


@pytest.fixture
def written_page(browser: Browser, written: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on runs of which all is recorded."""
    with watched_page(browser, written.url, picture=picture_of(request)) as page:
        yield page
