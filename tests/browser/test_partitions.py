"""What a run saved in partitions, on its page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.projects import make_project
from tests.viz_server import kedro_run, viz_server

pytestmark = pytest.mark.browser

pytest.importorskip(
    "kedro_datasets.partitions.partitioned_dataset",
    reason="this kedro-datasets cannot be used with this Kedro",
    exc_type=ImportError,
)

CATALOG = """
folds:
  type: partitions.PartitionedDataset
  path: memory://folds
  dataset: tracking.MetricsDataset
  filename_suffix: .json

reports:
  type: partitions.PartitionedDataset
  path: data/reports
  dataset: tracking.JSONDataset
  filename_suffix: .json
"""

PIPELINE = """
from kedro.pipeline import Pipeline, node


def folds():
    return {"fold_1": {"r2_score": 0.5}, "fold_2": lambda: {"r2_score": 0.75}}


def reports():
    return {"north": {"rows": 12}, "south": {"rows": 7}}


def register_pipelines():
    return {"__default__": Pipeline([node(folds, None, "folds"), node(reports, None, "reports")])}
"""


@pytest.fixture
def page(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Page]:
    project = make_project(tmp_path / "project", catalog=CATALOG, pipeline_code=PIPELINE, package="in_partitions")
    run = kedro_run(project)
    assert run.returncode == 0, run.stdout + run.stderr
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        (recorded,) = server.graphql("{ runsList { id } }")["runsList"]
        page.goto(f"/experiment-tracking/runs/{recorded['id']}")
        yield page


def test_what_is_known_of_partitions_is_shown_with_what_is_missing(page: Page) -> None:
    metrics = section(page, "Metrics")
    expect(metrics.get_by_text("fold_1.r2_score")).to_be_visible()
    expect(metrics.get_by_text("1 of 2 partitions is left out")).to_be_visible()
    documents = section(page, "JSON")
    expect(documents.get_by_role("button", name="north")).to_be_visible()
    expect(documents.get_by_role("button", name="south")).to_be_visible()
    expect(documents.get_by_text("left out")).to_have_count(0)


def section(page: Page, title: str) -> Locator:
    """The part of the page under a heading."""
    return page.locator("section").filter(has=page.get_by_role("heading", name=title, level=2))
