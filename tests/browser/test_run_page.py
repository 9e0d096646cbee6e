"""The page of one run: what is known of it, and what people write to it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.browser.edits import kept
from tests.browser.run_names import untitled
from tests.projects import PIPELINE, make_project
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.browser

RUN = "2022-12-24T21.05.59.296Z"
PAGE = f"/experiment-tracking/runs/{RUN}"


def test_a_click_in_the_list_opens_the_run_with_all_that_is_known_of_it(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    history_page.get_by_title(RUN, exact=True).click()
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(untitled(RUN))
    about = history_page.get_by_role("complementary", name="About the run")
    for known in ("rashida_kanchwala", "add-plots-to-demo", "5f81cb5", "kedro run", "24 Dec 2022, 21:05:59 UTC"):
        expect(about).to_contain_text(known)
    expect(history_page.get_by_role("heading", name="Metrics 6")).to_be_visible()
    expect(history_page.get_by_text("0.4030")).to_be_visible()
    expect(history_page.get_by_text("RandomForestRegressor")).to_be_visible()


def test_title_and_notes_are_edited_in_place_and_stay(
    browser: Browser, own_history: VizServer, request: pytest.FixtureRequest
) -> None:
    with watched_page(browser, own_history.url, picture=picture_of(request)) as page:
        page.goto(PAGE)
        page.get_by_role("button", name="edit the title").click()
        page.get_by_role("textbox", name="Title").fill("The one for the paper")
        with kept(page):
            page.get_by_role("textbox", name="Title").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text("The one for the paper")
        page.get_by_role("button", name="Add notes…").click()
        page.get_by_role("textbox", name="Notes").fill("Better **without** the crew.")
        with kept(page):
            page.get_by_role("button", name="Save notes").click()
        expect(page.locator("strong", has_text="without")).to_be_visible()

        page.reload()
        expect(page.get_by_role("heading", level=1)).to_contain_text("The one for the paper")
        expect(page.get_by_text("Better without the crew.")).to_be_visible()

        page.get_by_role("button", name="Edit notes").click()
        page.get_by_role("textbox", name="Notes").fill("")
        with kept(page):
            page.get_by_role("button", name="Save notes").click()
        expect(page.get_by_role("button", name="Add notes…")).to_be_visible()
        page.get_by_role("button", name="edit the title").click()
        page.get_by_role("textbox", name="Title").fill("")
        with kept(page):
            page.get_by_role("textbox", name="Title").press("Enter")
        expect(page.get_by_role("heading", level=1)).to_contain_text(untitled(RUN))

        page.reload()
        expect(page.get_by_role("button", name="Add notes…")).to_be_visible()
        expect(page.get_by_role("heading", level=1)).to_contain_text(untitled(RUN))


def test_escape_leaves_the_title_as_it_was(history_page: Page) -> None:
    history_page.goto(PAGE)
    history_page.get_by_role("button", name="edit the title").click()
    history_page.get_by_role("textbox", name="Title").fill("not this")
    history_page.get_by_role("textbox", name="Title").press("Escape")
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(untitled(RUN))
    history_page.reload()
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(untitled(RUN))


def test_an_edit_shows_at_once_in_another_window(
    browser: Browser, own_history: VizServer, request: pytest.FixtureRequest
) -> None:
    with (
        watched_page(browser, own_history.url, picture=picture_of(request)) as page,
        watched_page(browser, own_history.url) as other,
    ):
        page.goto(PAGE)
        other.goto("/experiment-tracking")
        expect(other.get_by_title(RUN, exact=True)).to_be_visible()
        page.get_by_role("button", name="edit the title").click()
        page.get_by_role("textbox", name="Title").fill("Seen by all")
        page.get_by_role("textbox", name="Title").press("Enter")
        expect(other.get_by_role("link", name="Seen by all")).to_be_visible()


def test_a_run_that_does_not_exist_is_said_not_to(history_page: Page) -> None:
    history_page.goto("/experiment-tracking/runs/2000-01-01T00.00.00.000Z")
    expect(history_page.get_by_text("There is no such run")).to_be_visible()
    history_page.get_by_role("link", name="All runs").click()
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()


def test_an_address_of_kedro_viz_10_leads_to_the_run(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking?run_id={RUN}&view=Plots")
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(untitled(RUN))
    expect(history_page.get_by_role("tab", name="Plots")).to_have_attribute("aria-selected", "true")


def test_the_export_of_a_run_holds_its_metrics(history_page: Page, tmp_path: Path) -> None:
    history_page.goto(PAGE)
    with history_page.expect_download() as download:
        history_page.get_by_role("button", name="Export as CSV").click()
    download.value.save_as(tmp_path / "run.csv")
    cells = [cell for row in csv.reader((tmp_path / "run.csv").open(encoding="utf-8-sig", newline="")) for cell in row]
    assert RUN in cells
    assert any(cell.endswith("r2_score") for cell in cells)
    assert "8.4" in cells


def test_a_failed_run_shows_its_error_and_where_it_happened(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    code = PIPELINE.replace('return {"mean"', "raise ValueError('no <b>such</b> column')\n    return {\"mean\"")
    project = make_project(tmp_path / "failing", pipeline_code=code)
    assert kedro_run(project).returncode != 0
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        page.goto("/experiment-tracking")
        page.get_by_role("img", name="Failed").wait_for()
        page.get_by_role("grid", name="Runs").get_by_role("link").click()
        expect(page.get_by_text("no <b>such</b> column").first).to_be_visible()
        expect(page.get_by_text("ValueError").first).to_be_visible()
        expect(page.get_by_text("score", exact=True).first).to_be_visible()
