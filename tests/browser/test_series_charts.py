"""Series of several runs in the same charts: smoothed, zoomed together, and with some runs standing out."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.written_runs import WrittenRun, write_runs
from tests.projects import make_project
from tests.viz_server import VizServer, viz_server

pytestmark = pytest.mark.browser

STEPS = 3_000
RUNS = [f"2026-04-{day:02}T10.00.00.000Z" for day in range(1, 13)]
COMPARISON = f"/experiment-tracking/compare?view=series&runs={','.join(RUNS)}"


def curve(number: int) -> list[float]:
    """Goes down, with one peak at a step that no round number names."""
    return [1 / (1 + step / 100) + number / 100 + (5 if step == 1234 else 0) for step in range(STEPS)]


@pytest.fixture(scope="module")
def logged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on twelve runs that logged two series. Shared: nothing may be changed."""
    project = make_project(tmp_path_factory.mktemp("logged") / "project")
    write_runs(
        project,
        [
            WrittenRun(id=identity, series={"loss": curve(number), "rate": [0.1 * number] * 20})
            for number, identity in enumerate(RUNS)
        ],
    )
    with viz_server(project) as server:
        yield server


@pytest.fixture
def page(browser: Browser, logged: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on these runs."""
    with watched_page(browser, logged.url, picture=picture_of(request)) as opened:
        yield opened


def loss(page: Page) -> Locator:
    return page.get_by_role("article", name="loss")


def drawn(page: Page) -> Locator:
    """The chart of the loss, once its points have come."""
    return loss(page).get_by_role("img", name=re.compile("^loss"))


def drag_across(page: Page, chart: Locator, start: float, end: float) -> None:
    box = place_at_rest(chart)
    page.mouse.move(box["x"] + start * box["width"], box["y"] + 60)
    page.mouse.down()
    page.mouse.move(box["x"] + end * box["width"], box["y"] + 70, steps=4)
    page.mouse.up()


def asks_for_points(request: Request) -> dict[str, Any] | None:
    """What a request asks of series, if it does."""
    body = json.loads(request.post_data or "{}") if "graphql" in request.url and request.method == "POST" else {}
    variables: dict[str, Any] | None = body.get("variables") if body.get("operationName") == "SeriesOfRuns" else None
    return variables


def test_a_drag_zooms_all_charts_and_asks_for_more_points_there(page: Page) -> None:
    with page.expect_request(lambda request: asks_for_points(request) is not None) as first:
        page.goto(COMPARISON)
    asked = asks_for_points(first.value)
    assert asked is not None
    assert (asked["firstStep"], asked["withTimes"]) == (None, False), "times are only asked for where they are drawn"
    expect(drawn(page)).to_be_visible()
    with page.expect_request(lambda request: (asks_for_points(request) or {}).get("firstStep") is not None) as finer:
        drag_across(page, drawn(page), 0.4, 0.5)
    zoomed = asks_for_points(finer.value)
    assert zoomed is not None
    assert STEPS * 0.2 < zoomed["firstStep"] < zoomed["lastStep"] < STEPS * 0.6
    expect(page).to_have_url(re.compile(r"zoom=\d"))
    page.reload()
    # The other series ended long before.
    expect(page.get_by_role("article", name="rate")).to_contain_text("No value in this range")
    page.get_by_role("button", name="Reset zoom").click()
    expect(page).not_to_have_url(re.compile("zoom="))
    expect(page.get_by_text("No value in this range")).to_be_hidden()


def test_no_peak_is_lost_between_points(page: Page) -> None:
    page.goto(COMPARISON)
    expect(drawn(page)).to_be_visible()
    page.get_by_role("button", name="Save loss").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Values (CSV)").click()
    rows = [line.split(",") for line in download.value.path().read_text(encoding="utf-8-sig").splitlines()]
    assert rows[0] == ["Run", "Step", "Value"]
    peaks = [row[0] for row in rows[1:] if row[1] == "1234" and float(row[2]) > 5]
    assert peaks == RUNS
    assert len(rows) < 12 * STEPS


def test_smoothing_is_seen_at_once_and_kept(page: Page) -> None:
    page.goto(COMPARISON)
    canvas = drawn(page)
    expect(canvas).to_be_visible()
    raw = canvas.screenshot()
    page.get_by_role("slider", name="Smoothing").focus()
    for _ in range(3):
        page.keyboard.press("PageUp")
    page.get_by_role("textbox", name="Weight of the smoothing").fill("0.97")
    expect(page).to_have_url(re.compile("smooth=0.97"))
    page.mouse.move(0, 0)
    smooth = canvas.screenshot()
    assert smooth != raw
    page.reload()
    expect(page.get_by_role("textbox", name="Weight of the smoothing")).to_have_value("0.97")


def test_lines_are_hidden_and_stand_out_by_the_legend(page: Page) -> None:
    page.goto(COMPARISON)
    expect(drawn(page)).to_be_visible()
    legend = page.get_by_role("list", name="Lines").get_by_role("button")
    expect(legend).to_have_count(12)
    legend.first.click()
    expect(legend.first).to_have_attribute("aria-pressed", "false")
    expect(page).to_have_url(re.compile(f"hide={RUNS[0]}"))
    legend.nth(1).click(modifiers=["Shift"])
    expect(page).to_have_url(re.compile(f"front={RUNS[1]}"))
    page.get_by_role("button", name="Show all lines").click()
    page.get_by_role("button", name="Hide all lines").click()
    expect(page).to_have_url(re.compile("only=none"))
    # One of them alone.
    legend.nth(4).click()
    expect(page).to_have_url(re.compile(f"only={RUNS[4]}"))
    page.get_by_role("button", name="Save loss").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Values (CSV)").click()
    lines = download.value.path().read_text(encoding="utf-8-sig").splitlines()[1:]
    assert {line.split(",")[0] for line in lines} == {RUNS[4]}


def test_a_line_is_pointed_at_in_all_charts(page: Page) -> None:
    page.goto(COMPARISON)
    expect(drawn(page)).to_be_visible()
    canvases = page.locator("article canvas")
    expect(canvases).to_have_count(2)
    page.get_by_role("list", name="Lines").get_by_role("button").nth(2).hover()
    # Each chart draws its line once more, above all others.
    expect(canvases).to_have_count(4)
    page.mouse.move(0, 0)
    expect(canvases).to_have_count(2)


def test_the_best_value_of_each_run_stands_in_a_table(page: Page) -> None:
    page.goto(COMPARISON)
    page.get_by_role("switch", name="Table", exact=True).click(force=True)
    page.get_by_text("Highest", exact=True).click()
    expect(page.get_by_text("5.075", exact=False).first).to_be_visible()
    page.get_by_text("Best", exact=True).click()
    expect(page).to_have_url(re.compile("stat=best"))
    # Less of a loss is better.
    expect(page.get_by_text("0.032", exact=False).first).to_be_visible()
