"""The pipeline as a flowchart, and its ways to the experiments and back."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

LINEAR = "train_evaluation.linear_regression.r2_score"


def test_nodes_datasets_and_parameters_are_drawn(history_page: Page) -> None:
    history_page.goto("/")
    for name in ("Node split", "Dataset train_set", "Parameters params:seed", f"Tracked metrics {LINEAR}"):
        expect(history_page.get_by_role("group", name=name)).to_be_visible()
    expect(history_page.get_by_text("8 nodes")).to_be_visible()


def test_a_click_on_a_metrics_dataset_shows_its_values_over_time(history_page: Page) -> None:
    history_page.goto("/")
    history_page.get_by_role("group", name=f"Tracked metrics {LINEAR}").click()
    panel = history_page.get_by_role("complementary", name=f"Details of {LINEAR}")
    expect(panel.get_by_role("region", name="Metrics over time")).to_contain_text("0.4030")
    expect(panel.get_by_role("img", name=re.compile("a2_score over time: 22 runs"))).to_be_visible()
    expect(history_page).to_have_url(re.compile("node="))
    history_page.reload()
    expect(panel).to_be_visible()
    panel.get_by_role("button", name="Close the details").click()
    expect(panel).to_be_hidden()


def test_links_lead_from_a_dataset_to_its_charts_and_from_a_run_to_the_dataset(history_page: Page) -> None:
    history_page.goto(f"/?node={LINEAR}")
    history_page.get_by_role("link", name="Open in the metric charts").click()
    expect(history_page.get_by_role("img", name=re.compile("over time"))).to_have_count(3)

    history_page.goto("/experiment-tracking/runs/2022-12-24T21.05.59.296Z")
    history_page.get_by_role("link", name=LINEAR).click()
    expect(history_page.get_by_role("complementary", name=f"Details of {LINEAR}")).to_be_visible()


def test_a_node_shows_its_code_inputs_and_outputs(history_page: Page) -> None:
    history_page.goto("/")
    history_page.get_by_role("group", name="Node evaluate_linear").click()
    panel = history_page.get_by_role("complementary", name="Details of evaluate_linear")
    expect(panel).to_contain_text("def evaluate(test_set, seed):")
    panel.get_by_role("button", name="Test Set").click()
    expect(history_page.get_by_role("complementary", name="Details of test_set")).to_be_visible()


def test_a_registered_pipeline_is_chosen(browser: Browser, small: VizServer, request: pytest.FixtureRequest) -> None:
    with watched_page(browser, small.url, picture=picture_of(request)) as page:
        page.goto("/")
        expect(page.get_by_role("group", name="Node make_table")).to_be_visible()
        page.get_by_role("combobox", name="Registered pipeline").click()
        page.get_by_role("option", name="science").click()
        expect(page.get_by_role("group", name="Node make_table")).to_be_hidden()
        expect(page.get_by_role("group", name="Node score")).to_be_visible()
        expect(page).to_have_url(re.compile("pipeline=science"))


def test_pipelines_that_cannot_be_imported_are_told_and_the_experiments_are_there(
    browser: Browser, broken: VizServer, request: pytest.FixtureRequest
) -> None:
    with watched_page(browser, broken.url, picture=picture_of(request)) as page:
        page.goto("/")
        told = page.get_by_role("alert")
        expect(told).to_contain_text("Your pipelines could not be imported")
        expect(told).to_contain_text("No module named 'a_package_that_is_not_there'")
        expect(told.get_by_text("pipeline_registry.py")).to_be_visible()
        page.get_by_role("link", name="Go to the experiments").click()
        expect(page.get_by_text("1 run", exact=True)).to_be_visible()
