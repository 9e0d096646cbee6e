"""Plots of a run and of several: pictures, interactive figures, large and side by side."""

from __future__ import annotations

import json
import os
import re
import struct
import zlib
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, FrameLocator, Locator, Page, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import history_project, picture_of, wait_until_indexed
from tests.browser.run_names import untitled
from tests.viz_server import viz_server

pytestmark = pytest.mark.browser

NEWEST, SECOND = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z"
MATRIX, IMPORTANCE = "reporting.confusion_matrix", "reporting.feature_importance"


def figure(page: Page, dataset: str, run: str) -> FrameLocator:
    """The frame in which a run's figure is drawn."""
    return page.get_by_role("article", name=f"{dataset} of {untitled(run)}").frame_locator("iframe")


def test_a_run_shows_its_picture_and_its_figures(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/runs/{NEWEST}?view=plots")
    picture = history_page.get_by_role("img", name=f"{MATRIX} of {untitled(NEWEST)}")
    expect(picture).to_be_visible()
    assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 100
    drawn = figure(history_page, IMPORTANCE, NEWEST).locator(".js-plotly-plot")
    expect(drawn).to_be_visible()
    expect(drawn.locator("svg.main-svg").first).to_be_visible()


def test_a_figure_is_interactive_when_it_is_large(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/runs/{NEWEST}?view=plots")
    history_page.get_by_role("button", name=f"Show {IMPORTANCE} of {untitled(NEWEST)} large").click()
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
    history_page.get_by_role("img", name=f"{MATRIX} of {untitled(NEWEST)}").click()
    large = history_page.get_by_role("dialog").get_by_role("img", name=f"{MATRIX} of {untitled(NEWEST)}")
    expect(large).to_be_visible()
    history_page.reload()
    expect(large).to_be_visible()
    history_page.go_back()
    expect(history_page.get_by_role("dialog")).to_be_hidden()


def test_in_a_comparison_a_large_plot_shows_that_of_every_run(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/compare?runs={NEWEST},{SECOND}&view=plots")
    for run in (NEWEST, SECOND):
        expect(history_page.get_by_role("img", name=f"{MATRIX} of {untitled(run)}")).to_be_visible()
    history_page.get_by_role("button", name=f"Show {MATRIX} of {untitled(NEWEST)} large").click()
    dialog = history_page.get_by_role("dialog")
    for run in (NEWEST, SECOND):
        expect(dialog.get_by_role("img", name=f"{MATRIX} of {untitled(run)}")).to_be_visible()
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


COMPARED = f"/experiment-tracking/compare?runs={NEWEST},{SECOND}&view=plots"

# What Plotly shows of the axes of a figure.
RANGES = "() => { const {xaxis, yaxis} = document.querySelector('.js-plotly-plot')._fullLayout; \
return [xaxis.range, yaxis.range].flat().map((end) => Math.round(end * 1e6)); }"


def drawn_frame(page: Page, run: str) -> Frame:
    """The frame of a figure that is drawn."""
    element = page.get_by_title(f"{IMPORTANCE} of {untitled(run)}")
    element.scroll_into_view_if_needed()
    expect(element).to_have_attribute("data-drawn", "true")
    frame = element.element_handle().content_frame()
    assert frame is not None
    return frame


def drag_over(page: Page, locator: Locator) -> None:
    """Drag across the middle of an element."""
    box = place_at_rest(locator)
    page.mouse.move(box["x"] + 0.4 * box["width"], box["y"] + 0.4 * box["height"])
    page.mouse.down()
    page.mouse.move(box["x"] + 0.7 * box["width"], box["y"] + 0.7 * box["height"], steps=8)
    page.mouse.up()


def test_figures_are_zoomed_in_step_until_that_is_switched_off(history_page: Page) -> None:
    history_page.goto(COMPARED)
    first, second = (drawn_frame(history_page, run) for run in (NEWEST, SECOND))
    whole = second.evaluate(RANGES)
    reset = history_page.get_by_role("button", name=f"Reset zoom: {IMPORTANCE}")
    expect(reset).to_be_disabled()
    drag_over(history_page, history_page.get_by_title(f"{IMPORTANCE} of {untitled(NEWEST)}"))
    expect(reset).to_be_enabled()
    zoomed = first.evaluate(RANGES)
    assert zoomed != whole
    second.wait_for_function(f"(wanted) => JSON.stringify(({RANGES})()) === JSON.stringify(wanted)", arg=zoomed)
    reset.click()
    second.wait_for_function(f"(wanted) => JSON.stringify(({RANGES})()) === JSON.stringify(wanted)", arg=whole)
    expect(reset).to_be_disabled()
    history_page.get_by_role("switch", name="Zoom in step").click(force=True)
    expect(history_page).to_have_url(re.compile("apart=1"))
    drag_over(history_page, history_page.get_by_title(f"{IMPORTANCE} of {untitled(SECOND)}"))
    second.wait_for_function(f"(whole) => JSON.stringify(({RANGES})()) !== JSON.stringify(whole)", arg=whole)
    assert first.evaluate(RANGES) != second.evaluate(RANGES)


def expect_scale(pictures: list[Locator], scale: float) -> None:
    """Wait until pictures are shown so much larger than their room has them."""
    for picture in pictures:
        picture.page.wait_for_function(
            "([image, scale]) => Math.abs(image.getBoundingClientRect().width / image.offsetWidth - scale) < 0.01",
            arg=[picture.element_handle(), scale],
        )


def test_pictures_are_zoomed_in_step(history_page: Page) -> None:
    history_page.goto(COMPARED)
    pictures = [history_page.get_by_role("img", name=f"{MATRIX} of {untitled(run)}") for run in (NEWEST, SECOND)]
    for picture in pictures:
        expect(picture).to_be_visible()
    history_page.get_by_role("button", name=f"Zoom in: {MATRIX}").press("Enter")
    expect_scale(pictures, 1.5)
    history_page.get_by_role("button", name=f"Reset zoom: {MATRIX}").press("Enter")
    expect_scale(pictures, 1)


def test_two_pictures_are_parted_by_a_divider_that_moves_by_keyboard(history_page: Page) -> None:
    history_page.goto(f"{COMPARED}&plot={MATRIX}@{SECOND}&plotMode=swipe")
    divider = history_page.get_by_role("slider", name=f"Divider between {untitled(NEWEST)} and {untitled(SECOND)}")
    expect(divider).to_be_focused()
    expect(divider).to_have_attribute("aria-valuenow", "50")
    history_page.keyboard.press("ArrowRight")
    history_page.keyboard.press("Shift+ArrowRight")
    expect(divider).to_have_attribute("aria-valuenow", "62")
    history_page.keyboard.press("Home")
    expect(divider).to_have_attribute("aria-valuenow", "0")
    room = place_at_rest(divider.locator("xpath=.."))
    # It is told where it is before it is laid out there.
    history_page.wait_for_function(
        "([divider, left]) => Math.abs(divider.getBoundingClientRect().left + 12 - left) < 1",
        arg=[divider.element_handle(), room["x"]],
    )
    box = place_at_rest(divider)
    # Right of its middle: half of it is cut off at the edge.
    history_page.mouse.move(box["x"] + 0.75 * box["width"], box["y"] + 100)
    history_page.mouse.down()
    history_page.mouse.move(room["x"] + 0.25 * room["width"], box["y"] + 100, steps=4)
    history_page.mouse.up()
    expect(divider).to_have_attribute("aria-valuenow", re.compile(r"^2[45](\.\d)?$"))
    history_page.get_by_role("combobox", name="Right or second").select_option(NEWEST)
    expect(
        history_page.get_by_role("slider", name=f"Divider between {untitled(SECOND)} and {untitled(NEWEST)}")
    ).to_be_visible()


def test_arrow_keys_lead_through_runs_and_datasets(history_page: Page) -> None:
    history_page.goto(f"{COMPARED}&plot={MATRIX}@{NEWEST}&plotMode=one")
    dialog = history_page.get_by_role("dialog")
    expect(dialog.get_by_role("img", name=f"{MATRIX} of {untitled(NEWEST)}")).to_be_visible()
    history_page.keyboard.press("ArrowRight")
    expect(dialog.get_by_role("img", name=f"{MATRIX} of {untitled(SECOND)}")).to_be_visible()
    history_page.keyboard.press("ArrowDown")
    expect(dialog.get_by_title(f"{IMPORTANCE} of {untitled(SECOND)}")).to_have_attribute("data-drawn", "true")
    # The same keys while the focus is in the figure's frame.
    dialog.frame_locator("iframe").locator("body").press("ArrowUp")
    expect(dialog.get_by_role("img", name=f"{MATRIX} of {untitled(SECOND)}")).to_be_visible()


def noise_as_png(side: int) -> bytes:
    """A picture that no packing makes smaller: three bytes a pixel."""
    rows = b"".join(b"\0" + os.urandom(3 * side) for _ in range(side))

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 0)) + chunk(b"IEND", b"")


def test_large_files_leave_the_page_to_those_who_use_it(
    browser: Browser, real_data: Path, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = history_project(real_data, tmp_path / "history")
    reporting = project / "data" / "08_reporting"
    picture = noise_as_png(4100)
    assert len(picture) > 50_000_000
    figure = json.dumps({"data": [{"type": "heatmap", "z": [[0.123456789 + n for n in range(1250)]] * 1250}]})
    assert len(figure) > 20_000_000
    for run in (NEWEST, SECOND):
        (reporting / "confusion_matrix.png" / run / "confusion_matrix.png").write_bytes(picture)
        (reporting / "feature_importance_plot.json" / run / "feature_importance_plot.json").write_text(figure)
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        wait_until_indexed(server)
        page.goto(COMPARED)
        expect(page.get_by_text("Making a small picture of a large file").first).to_be_attached()
        # The page answers meanwhile.
        page.get_by_role("switch", name="Zoom in step").click(force=True)
        expect(page).to_have_url(re.compile("apart=1"))
        for run in (NEWEST, SECOND):
            small = page.get_by_role("img", name=f"{MATRIX} of {untitled(run)}")
            expect(small).to_be_visible(timeout=60_000)
            assert small.evaluate("(canvas) => Math.max(canvas.width, canvas.height)") == 900
        page.goto(f"{COMPARED}&plot={MATRIX}&plotMode=one")
        large = page.get_by_role("dialog").get_by_role("img", name=f"{MATRIX} of {untitled(NEWEST)}")
        assert large.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") == 4100
        page.goto(f"{COMPARED}&plot={IMPORTANCE}&plotMode=one")
        drawing = page.get_by_role("dialog").get_by_title(f"{IMPORTANCE} of {untitled(NEWEST)}")
        expect(drawing).to_be_attached()
        page.get_by_role("radiogroup", name="Plots shown").get_by_text("All").click(force=True)
        expect(page).to_have_url(re.compile("plotMode=beside"))
        expect(drawing).to_have_attribute("data-drawn", "true", timeout=120_000)


# Draws a figure in the frame's own page; what the frame reports of it.
DRAW = """(figure) => new Promise((resolve) => {
  addEventListener('message', ({data}) => ['drawn', 'failed'].includes(data.kind) && resolve(data));
  const colours = {background: '#fff', plotBackground: '#fff', text: '#333', grid: '#ddd'};
  const theme = {...colours, scheme: 'light', font: 'serif'};
  const bytes = new TextEncoder().encode(JSON.stringify(figure)).buffer;
  postMessage({kind: 'draw', figure: bytes, theme, room: 'full'}, '*');
})"""

SQUARE = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "a",
            "geometry": {"type": "Polygon", "coordinates": [[[8, 48], [14, 48], [14, 54], [8, 54], [8, 48]]]},
        }
    ],
}
NO_BACKGROUND = "The map’s background is left out: it would be loaded from the internet."


@pytest.mark.parametrize(
    ("figure", "notes", "shown"),
    [
        (
            {"data": [{"type": "choropleth", "locationmode": "USA-states", "locations": ["CA", "NY"], "z": [1, 2]}]},
            [],
            # Both states, and the outlines of the world around them.
            "plot.querySelectorAll('.choroplethlayer path').length === 2 && plot.querySelector('.coastlines path')",
        ),
        (
            {"data": [{"type": "choroplethmapbox", "geojson": SQUARE, "locations": ["a"], "z": [3]}]},
            [NO_BACKGROUND],
            "plot._fullLayout.map._subplot.map.queryRenderedFeatures().length > 0",
        ),
        (
            {
                "data": [{"type": "scattermap", "lon": [10], "lat": [50], "mode": "markers+text", "text": ["Zürich"]}],
                "layout": {"map": {"style": "white-bg"}},
            },
            [],
            "plot._fullLayout.map._subplot.map.queryRenderedFeatures().length > 0",
        ),
        (
            {"data": [{"type": "heatmapgl", "z": [[1, 2], [3, 4]]}]},
            [],
            "plot.querySelectorAll('.heatmaplayer image').length === 1",
        ),
        (
            {"data": [{"type": "pointcloud", "x": [1], "y": [1]}, {"type": "bar", "y": [1, 3, 2]}]},
            ["A trace of type “pointcloud” cannot be drawn: Plotly no longer has this type."],
            "plot.querySelectorAll('.bars path').length === 3 && !plot.querySelector('.scatterlayer .trace')",
        ),
    ],
    ids=["choropleth", "choroplethmapbox", "scattermap", "heatmapgl", "pointcloud"],
)
def test_maps_and_older_traces_are_drawn_without_the_internet_or_named(
    history_page: Page, figure: object, notes: list[str], shown: str
) -> None:
    history_page.goto("/plot-frame.html")
    assert history_page.evaluate(DRAW, figure) == {"kind": "drawn", "notes": notes}
    history_page.wait_for_function(
        f"() => {{ const plot = document.querySelector('.js-plotly-plot'); return {shown}; }}"
    )


def test_a_figure_of_which_nothing_can_be_drawn_says_why(history_page: Page) -> None:
    history_page.goto("/plot-frame.html")
    report = history_page.evaluate(DRAW, {"data": [{"type": "pointcloud", "x": [1], "y": [1]}]})
    assert report == {
        "kind": "failed",
        "problem": "A trace of type “pointcloud” cannot be drawn: Plotly no longer has this type.",
    }
