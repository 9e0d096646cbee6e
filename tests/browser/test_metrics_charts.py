"""Metrics and parameters of all runs in charts: time series and parallel coordinates."""

from __future__ import annotations

import csv
import io
import itertools
import re
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import TypedDict
from xml.etree import ElementTree as ET

import pytest
from playwright.sync_api import Browser, Download, Locator, Page, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.written_runs import WrittenRun
from tests.browser.written_server import server_of_runs
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

NEWEST, SECOND = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z"
# Nobody has given them titles: they are called by when they started.
CALLED, SECOND_CALLED = "24 Dec 2022, 21:05:59", "5 Oct 2022, 12:22:35"
LINEAR = "train_evaluation.linear_regression.r2_score"

RUNS = 600
SCORE = "scores.score over time"
KINDS = ("tree", "ridge", "lasso")


def generated_run(number: int) -> WrittenRun:
    """One of many runs. `alpha` goes from 0 to 1 again and again; `score` is 0 in every tenth."""
    alpha = number % 11 / 10
    return WrittenRun(
        id=f"2024-05-{number // 24 + 1:02}T{number % 24:02}.00.00.000Z",
        metrics={"score": 0.0 if number % 10 == 0 else alpha + number / 1000, "loss": 1 / (number + 1)},
        parameters={"alpha": alpha, "model": {"kind": KINDS[number % 3]}},
    )


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on 600 runs with two metrics and two parameters. Shared: nothing may be changed."""
    runs = [generated_run(number) for number in range(RUNS)]
    with server_of_runs(tmp_path_factory.mktemp("generated") / "project", runs) as server:
        yield server


@pytest.fixture
def page(browser: Browser, generated: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on the 600 runs."""
    with watched_page(browser, generated.url, picture=picture_of(request)) as opened:
        yield opened


def saved(page: Page, title: str, kind: str) -> Download:
    """The file that a chart gives."""
    page.get_by_role("button", name=f"Save {title}").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=kind).click()
    return download.value


def charts_over_time(page: Page) -> Locator:
    return page.get_by_role("img", name=re.compile("over time: "))


def test_a_query_that_leaves_nothing_to_chart_is_told_and_taken_away(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics&q=nothinglikethis")
    expect(history_page.get_by_role("heading", name="No run to chart")).to_be_visible()
    history_page.get_by_role("button", name="Show all runs").click()
    expect(history_page.get_by_text("22 runs with these metrics")).to_be_visible()
    expect(charts_over_time(history_page).first).to_be_visible()


def test_the_list_counts_the_runs_that_the_query_leaves(history_page: Page) -> None:
    metric = history_page.get_by_role("navigation", name="Metrics").get_by_role(
        "checkbox", name=re.compile("^a2_score")
    )
    history_page.goto("/experiment-tracking?tab=metrics")
    expect(metric.first).to_have_accessible_name("a2_score 22")
    history_page.goto("/experiment-tracking?tab=metrics&q=started+>+%222022-10-01%22")
    expect(metric.first).to_have_accessible_name("a2_score 2")


def test_each_metric_has_a_time_series_over_all_runs(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    history_page.get_by_role("tab", name="Metrics").click()
    charts = history_page.get_by_role("img", name=re.compile("over time: 22 runs"))
    expect(charts).to_have_count(6)
    expect(charts.first).to_be_visible()
    expect(history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.a2_score over time"))).to_have_attribute(
        "aria-label", re.compile(r"lowest 1\.0+, highest 9\.70*, latest 3\.60*")
    )


def test_metrics_are_shown_and_hidden_in_the_list_and_the_address_keeps_it(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    charts = charts_over_time(history_page)
    expect(charts).to_have_count(6)
    listed = history_page.get_by_role("navigation", name="Metrics").get_by_role("region", name=LINEAR, exact=True)
    listed.get_by_role("checkbox", name="a2_score").uncheck(force=True)
    expect(charts).to_have_count(5)
    history_page.reload()
    expect(charts).to_have_count(5)
    expect(history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.a2_score over time"))).to_have_count(0)


def test_compared_runs_are_marked_in_both_charts(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/compare?runs={NEWEST},{SECOND}&view=metrics")
    legend = history_page.get_by_role("list", name="Compared runs").get_by_role("button")
    expect(legend).to_have_text([re.compile(f"1.*{CALLED}"), re.compile(f"2.*{SECOND_CALLED}")])
    expect(history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.a2_score over time"))).to_have_attribute(
        "aria-label", re.compile(rf"1 {CALLED}: 3\.60*, 2 {SECOND_CALLED}: 8\.0+")
    )
    history_page.get_by_text("Parallel coordinates", exact=True).click()
    expect(
        history_page.get_by_role("img", name=re.compile("Parallel coordinates of 6 axes and 22 runs"))
    ).to_be_visible()
    expect(legend).to_have_count(2)
    expect(history_page).to_have_url(re.compile("chart=parallel"))


def test_a_click_on_a_point_selects_its_run(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    chart = history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.r2_score over time"))
    box = place_at_rest(chart)
    # Its newest run is the point at the right end, and the lowest.
    legend = history_page.get_by_role("list", name="Compared runs")
    for across in range(4, 60, 4):
        for up in range(10, 60, 6):
            history_page.mouse.click(box["x"] + box["width"] - across, box["y"] + box["height"] - up)
            if legend.count():
                break
        if legend.count():
            break
    expect(legend.get_by_role("button")).to_have_count(1)


def test_every_value_can_be_read_in_a_table(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    history_page.get_by_role("switch", name="Table").click(force=True)
    table = history_page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", "24")  # 22 runs below two lines of names
    expect(table.get_by_role("row").filter(has_text=CALLED)).to_contain_text("3.6")


def test_runs_of_a_chart_are_gone_through_and_selected_by_keyboard(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    chart = history_page.get_by_role("group", name=re.compile(rf"{LINEAR}\.a2_score over time"))
    chart.focus()
    chart.press("End")
    expect(chart.get_by_text(CALLED)).to_have_count(1)
    # The tooltip tells the name alone: it is the start already.
    expect(history_page.get_by_text(CALLED, exact=True)).to_be_visible()
    expect(history_page.get_by_text(f"Sat, {CALLED} UTC")).to_have_count(0)
    chart.press("ArrowLeft")
    expect(chart.get_by_text(SECOND_CALLED)).to_have_count(1)
    chart.press("Enter")
    expect(history_page).to_have_url(re.compile(re.escape(f"selected={SECOND}")))


def test_one_zoom_of_all_charts_is_kept_in_the_address_and_reset(page: Page) -> None:
    page.goto("/experiment-tracking?tab=metrics")
    chart = page.get_by_role("group", name=re.compile(SCORE))
    box = place_at_rest(chart)
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.4, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, middle, steps=4)
    page.mouse.up()
    expect(page).to_have_url(re.compile("zoom="))
    # What the other chart tells in its table is the zoomed part, too.
    page.get_by_role("button", name="Show scores.loss over time as a table").click()
    table = page.get_by_role("table", name="Table of scores.loss over time")
    expect(table).to_have_attribute("aria-rowcount", re.compile(r"^1\d\d$"))
    page.reload()
    page.get_by_role("button", name="Show scores.loss over time as a table").click()
    expect(table).to_have_attribute("aria-rowcount", re.compile(r"^1\d\d$"))
    page.get_by_role("button", name="Reset zoom").click()
    expect(table).to_have_attribute("aria-rowcount", str(RUNS + 1))
    expect(page).not_to_have_url(re.compile("zoom="))


def test_runs_stand_by_a_parameter_in_one_chart_or_one_after_the_other(page: Page) -> None:
    page.goto("/experiment-tracking?tab=metrics")
    page.get_by_role("button", name=re.compile("^X axis")).click()
    page.get_by_role("combobox", name="Search columns for X axis").fill("alpha")
    page.keyboard.press("Enter")
    expect(page.get_by_role("img", name=re.compile(r"scores\.score by alpha: 600 runs"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"x=params\.alpha"))
    page.goto("/experiment-tracking?tab=metrics&x=order&together=values")
    expect(page.get_by_role("article", name="2 metrics run by run")).to_be_visible()
    expect(page.get_by_role("list", name="Legend").get_by_role("listitem")).to_have_text(["score", "loss"])


def test_values_that_a_logarithmic_scale_has_no_place_for_are_told(page: Page) -> None:
    page.goto("/experiment-tracking?tab=metrics")
    page.get_by_role("switch", name="Log scale").click(force=True)
    expect(page.get_by_role("article", name=SCORE)).to_contain_text("60 not above zero")
    expect(page.get_by_role("article", name="scores.loss over time")).not_to_contain_text("not above zero")
    expect(page).to_have_url(re.compile("log=1"))


def test_a_time_series_is_saved_as_png_svg_and_csv(page: Page) -> None:
    page.goto("/experiment-tracking?tab=metrics&best=1")
    png = Path(saved(page, SCORE, "PNG").path()).read_bytes()
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chart = place_at_rest(page.get_by_role("img", name=re.compile(SCORE)))
    width, _ = struct.unpack(">II", png[16:24])
    assert width >= 2 * chart["width"]

    svg = ET.parse(saved(page, SCORE, "SVG").path()).getroot()
    space = "{http://www.w3.org/2000/svg}"
    assert svg.findtext(f"{space}title") == SCORE
    assert svg.findall(f".//{space}image") == []
    assert len(svg.findall(f".//{space}path")) > 5

    download = saved(page, SCORE, "CSV")
    assert download.suggested_filename.endswith(".csv")
    rows = list(csv.reader(io.StringIO(Path(download.path()).read_text("utf-8-sig"))))
    assert len(rows) == RUNS + 1
    assert float(rows[1][-1]) == pytest.approx(generated_run(RUNS - 1).metrics["score"])


def test_a_chart_fills_the_window_until_escape(page: Page) -> None:
    page.goto("/experiment-tracking?tab=metrics")
    page.get_by_role("button", name=f"Show {SCORE} in full screen").click()
    dialog = page.get_by_role("dialog")
    chart = dialog.get_by_role("img", name=re.compile(SCORE))
    expect(chart).to_be_visible()
    box = place_at_rest(chart)
    assert box["width"] > 1200
    assert box["height"] > 600
    page.go_back()
    page.go_forward()
    expect(chart).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(charts_over_time(page)).to_have_count(2)


def handle(page: Page, end: str, axis: str) -> Locator:
    return page.get_by_role("slider", name=re.compile(rf"^{end} {axis}"))


def test_a_brush_filters_the_table_and_the_query_comes_back_as_a_brush(page: Page) -> None:
    page.goto(
        "/experiment-tracking?tab=metrics&chart=parallel&axes=params.alpha,params.model.kind,metrics.scores.score"
    )
    lowest = handle(page, "Lowest", "alpha")
    lowest.focus()
    for _ in range(5):
        lowest.press("PageUp")
    expect(lowest).to_have_attribute("aria-valuetext", "0.5")
    passing = sum(generated_run(number).parameters["alpha"] >= 0.5 for number in range(RUNS))
    expect(page.get_by_text(f"{passing} of 600 runs pass the filters")).to_be_visible()
    expect(page).to_have_url(re.compile("brush="))
    page.get_by_role("button", name="Filter the table").click()
    expect(page).to_have_url(re.compile(r"q=params\.alpha\+%3E%3D\+0\.5"))
    expect(page.get_by_text(re.compile(rf"\b{passing}\b.*runs"))).to_be_visible()
    page.get_by_role("tab", name="Metrics").click()
    # Again all runs are there, so that the brush can be made wider.
    expect(page.get_by_text(f"{passing} of 600 runs pass the filters")).to_be_visible()
    expect(lowest).to_have_attribute("aria-valuetext", "0.5")
    page.get_by_role("button", name="Clear filters").click()
    expect(lowest).to_have_attribute("aria-valuetext", "no limit")
    page.get_by_role("button", name="Filter the table").click()
    expect(page).not_to_have_url(re.compile("[?&]q="))


def test_what_is_no_range_of_an_axis_stays_in_the_query(page: Page) -> None:
    query = 'metrics["scores.loss"] < 0.01 and params.model.kind in ["tree", "ridge"] and params.alpha <= 0.3'
    page.goto("/experiment-tracking?tab=metrics&chart=parallel&axes=params.alpha,params.model.kind")
    page.goto(f"{page.url}&q={query.replace(' ', '+')}")
    # Only the loss is asked of the server: it has no axis.
    kept = [generated_run(number) for number in range(RUNS) if 1 / (number + 1) < 0.01]
    passing = [run for run in kept if run.parameters["alpha"] <= 0.3 and run.parameters["model"]["kind"] != "lasso"]
    expect(page.get_by_text(f"{len(passing)} of {len(kept)} runs pass the filters")).to_be_visible()
    expect(handle(page, "Lowest", "model.kind")).to_have_attribute("aria-valuetext", "ridge")


def test_an_axis_is_brushed_by_dragging_along_it(page: Page) -> None:
    page.goto("/experiment-tracking?tab=metrics&chart=parallel&axes=metrics.scores.loss,params.alpha")
    top = place_at_rest(handle(page, "Highest", "alpha"))
    bottom = place_at_rest(handle(page, "Lowest", "alpha"))
    x = top["x"] + top["width"] / 2
    height = bottom["y"] - top["y"]
    middle = top["y"] + top["height"] / 2
    page.mouse.move(x, middle + height * 0.25)
    page.mouse.down()
    page.mouse.move(x, middle + height * 0.75, steps=8)
    page.mouse.up()
    passing = sum(0.25 <= generated_run(number).parameters["alpha"] <= 0.75 for number in range(RUNS))
    expect(page.get_by_text(f"{passing} of 600 runs pass the filters")).to_be_visible()
    # A click on a brushed axis lifts the brush.
    page.mouse.click(x, middle + height * 0.5)
    expect(page.get_by_text(re.compile("pass the filters"))).to_have_count(0)


def test_axes_are_moved_turned_over_coloured_by_and_taken_away(page: Page) -> None:
    page.goto(
        "/experiment-tracking?tab=metrics&chart=parallel&axes=params.alpha,params.model.kind,metrics.scores.score"
    )
    kind = page.get_by_role("button", name="Axis model.kind")
    kind.press("Shift+ArrowLeft")
    expect(page).to_have_url(re.compile(r"axes=params\.model\.kind,params\.alpha,metrics\.scores\.score"))
    kind.press("Enter")
    page.get_by_role("button", name="Invert axis").click()
    expect(page).to_have_url(re.compile(r"axes=-params\.model\.kind,"))
    page.get_by_role("button", name="Colour by it").click()
    expect(page.get_by_role("img", name=re.compile("Coloured by model.kind: .*lasso"))).to_be_visible()
    alpha, score = (page.get_by_role("button", name=re.compile(f"^Axis {name}")) for name in ("alpha", "score"))
    # Hovering scrolls there, and waits until what has just come into the chart has moved its axes to where they stay.
    alpha.hover()
    there = place_at_rest(score)
    alpha.hover()
    page.mouse.down()
    page.mouse.move(there["x"] + there["width"] / 2 + 20, there["y"] + 8, steps=10)
    page.mouse.up()
    expect(page).to_have_url(re.compile(r"axes=-params\.model\.kind,metrics\.scores\.score,params\.alpha"))
    alpha.press("Enter")
    page.get_by_role("button", name="Remove axis").click()
    expect(page.get_by_role("img", name=re.compile("Parallel coordinates of 2 axes"))).to_be_visible()


class Ends(TypedDict):
    left: float
    right: float


def test_names_of_axes_do_not_lie_over_one_another_at_any_width(history_page: Page) -> None:
    for width in (1280, 400):
        history_page.set_viewport_size({"width": width, "height": 800})
        history_page.goto("/experiment-tracking?tab=metrics&chart=parallel")
        names = history_page.get_by_role("button", name=re.compile("^Axis "))
        expect(names).to_have_count(6)
        boxes = [
            Ends(left=box["x"], right=box["x"] + box["width"])
            for box in (place_at_rest(names.nth(i)) for i in range(6))
            if box is not None
        ]
        assert len(boxes) == 6
        assert all(left["right"] <= right["left"] for left, right in itertools.pairwise(boxes))


def test_parallel_coordinates_are_saved_with_what_passes(page: Page) -> None:
    page.goto(
        "/experiment-tracking?tab=metrics&chart=parallel&axes=params.alpha,params.model.kind,metrics.scores.score"
    )
    page.goto(f"{page.url}&brush=params.alpha+>%3D+0.95")
    expect(page.get_by_text(re.compile("of 600 runs pass"))).to_be_visible()
    title = "Parallel coordinates of 3 axes"
    svg = ET.parse(saved(page, title, "SVG").path()).getroot()
    texts = [text.text for text in svg.iter("{http://www.w3.org/2000/svg}text")]
    assert {title, "alpha", "kind", "score", "ridge"} <= set(texts)
    rows = list(csv.reader(io.StringIO(Path(saved(page, title, "CSV").path()).read_text("utf-8-sig"))))
    passing = [number for number in range(RUNS) if generated_run(number).parameters["alpha"] >= 0.95]
    assert len(rows) == len(passing) + 1
    assert Path(saved(page, title, "PNG").path()).read_bytes().startswith(b"\x89PNG")


def test_charts_take_five_hundred_selected_runs_each_in_its_colour(page: Page) -> None:
    ids = [generated_run(number).id for number in range(500)]
    page.goto("/experiment-tracking?tab=metrics")
    expect(charts_over_time(page)).to_have_count(2)
    page.goto(f"/experiment-tracking?tab=metrics&selected={','.join(ids)}")
    legend = page.get_by_role("list", name="Compared runs").get_by_role("listitem")
    expect(legend).to_have_count(12)
    page.get_by_role("button", name="and 488 more").click()
    expect(legend).to_have_count(500)
    colours = page.get_by_role("list", name="Compared runs").evaluate(
        "list => new Set([...list.querySelectorAll('button > span:first-child')].slice(0, 60)"
        ".map(mark => getComputedStyle(mark).backgroundColor)).size"
    )
    assert colours == 60
    page.get_by_text("Parallel coordinates", exact=True).click()
    expect(page.get_by_role("img", name=re.compile("Parallel coordinates"))).to_be_visible()
