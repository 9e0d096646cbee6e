"""Plots of a run and of several: pictures, interactive figures, large and side by side."""

from __future__ import annotations

import pytest
from playwright.sync_api import FrameLocator, Page, expect

pytestmark = pytest.mark.browser

NEWEST, SECOND = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z"
MATRIX, IMPORTANCE = "reporting.confusion_matrix", "reporting.feature_importance"


def figure(page: Page, dataset: str, run: str) -> FrameLocator:
    """The frame in which a run's figure is drawn."""
    return page.get_by_role("article", name=f"{dataset} of {run}").frame_locator("iframe")


def test_a_run_shows_its_picture_and_its_figures(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/runs/{NEWEST}?view=plots")
    picture = history_page.get_by_role("img", name=f"{MATRIX} of {NEWEST}")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 100
    drawn = figure(history_page, IMPORTANCE, NEWEST).locator(".js-plotly-plot")
    expect(drawn).to_be_visible()
    expect(drawn.locator("svg.main-svg").first).to_be_visible()


def test_a_figure_is_interactive_when_it_is_large(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/runs/{NEWEST}?view=plots")
    history_page.get_by_role("button", name=f"Show {IMPORTANCE} of {NEWEST} large").click()
    dialog = history_page.get_by_role("dialog")
    plot = dialog.frame_locator("iframe").locator(".js-plotly-plot")
    bar = plot.locator(".bars .point, .barlayer .point").first
    bar.hover(force=True)  # the pointer goes to the layer above the bars, as a person's does
    expect(plot.locator(".hoverlayer .hovertext").first).to_be_visible()
    expect(plot.locator(".modebar")).to_be_attached()
    history_page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()


def test_a_click_on_a_picture_shows_it_large_and_the_address_keeps_that(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/runs/{NEWEST}?view=plots")
    history_page.get_by_role("img", name=f"{MATRIX} of {NEWEST}").click()
    large = history_page.get_by_role("dialog").get_by_role("img", name=f"{MATRIX} of {NEWEST}")
    expect(large).to_be_visible()
    history_page.reload()
    expect(large).to_be_visible()
    history_page.go_back()
    expect(history_page.get_by_role("dialog")).to_be_hidden()


def test_in_a_comparison_a_large_plot_shows_that_of_every_run(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/compare?runs={NEWEST},{SECOND}&view=plots")
    for run in (NEWEST, SECOND):
        expect(history_page.get_by_role("img", name=f"{MATRIX} of {run}")).to_be_visible()
    history_page.get_by_role("button", name=f"Show {MATRIX} of {NEWEST} large").click()
    dialog = history_page.get_by_role("dialog")
    for run in (NEWEST, SECOND):
        expect(dialog.get_by_role("img", name=f"{MATRIX} of {run}")).to_be_visible()
    dialog.get_by_role("button", name="Close").click()
    expect(dialog).to_be_hidden()


def test_the_frame_of_a_figure_reaches_neither_the_app_nor_the_network(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/runs/{NEWEST}?view=plots")
    expect(figure(history_page, IMPORTANCE, NEWEST).locator(".js-plotly-plot")).to_be_visible()
    (frame,) = [frame for frame in history_page.frames if "plot-frame" in frame.url][:1]
    assert frame.evaluate("window.origin") == "null"
    assert frame.evaluate("(() => { try { return parent.document.title } catch (error) { return error.name } })()") == (
        "SecurityError"
    )
