"""Runs as points between two columns, the distribution of a metric, and what parameters matter for it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.written_runs import WrittenRun
from tests.browser.written_server import server_of_runs
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

CHARTS = "/experiment-tracking?tab=metrics"
RUNS = 48

ARCHIVE = """
  mutation ($runIds: [ID!]!) { editRuns(runIds: $runIds, edit: { archived: true }) { __typename } }
"""


def judged_run(number: int) -> WrittenRun:
    """One of many runs: `score` rises with `rate`, `mae` falls; every sixth run has no score. Three kinds."""
    rate = 10 ** -(number % 8 / 2)
    score = 1 - number % 8 / 10
    metrics = {"mae": 10.0 - 9 * score} | ({} if number % 6 == 5 else {"score": score})
    return WrittenRun(
        id=f"2024-05-{number // 24 + 1:02}T{number % 24:02}.00.00.000Z",
        metrics=metrics,
        parameters={"rate": rate, "kind": ("tree", "ridge", "lasso")[number % 3], "seed": number},
    )


@pytest.fixture(scope="module")
def judged(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on runs whose metrics depend on a parameter. Shared: nothing may be changed."""
    runs = [judged_run(number) for number in range(RUNS)]
    with server_of_runs(tmp_path_factory.mktemp("judged") / "project", runs) as server:
        yield server


@pytest.fixture
def page(browser: Browser, judged: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on these runs."""
    with watched_page(browser, judged.url, picture=picture_of(request)) as opened:
        yield opened


def chart(page: Page, name: str) -> Locator:
    return page.get_by_role("article", name=name)


def choose(page: Page, label: str, search: str) -> None:
    """Choose a column by keyboard, as the first that a search finds."""
    page.get_by_role("button", name=re.compile(f"^{label}: ")).click()
    page.get_by_role("combobox", name=f"Search columns for {label}").fill(search)
    page.keyboard.press("Enter")


def test_any_two_columns_are_axes_and_the_address_keeps_them(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=scatter")
    choose(page, "Y", "score")
    choose(page, "X", "rate")
    scatter = chart(page, "score of scores by rate")
    expect(scatter).to_contain_text("40 runs")
    choose(page, "Colour", "kind")
    expect(scatter.get_by_role("img", name=re.compile("^Coloured by kind: .*lasso"))).to_be_visible()
    scatter.get_by_role("switch", name="Log X").click()
    scatter.get_by_role("switch", name="Trend").click()
    expect(scatter).to_contain_text("r = 1.00")
    page.reload()
    expect(scatter).to_contain_text("r = 1.00")
    expect(scatter.get_by_role("switch", name="Log X")).to_be_checked()
    expect(scatter.get_by_role("img", name="Coloured by kind")).to_be_visible()
    # A category has no trend.
    choose(page, "X", "kind")
    expect(chart(page, "score of scores by kind").get_by_role("switch", name="Trend")).to_be_disabled()


def test_the_runs_that_no_other_beats_are_on_the_front(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=scatter&x=metrics.scores.mae&y=metrics.scores.score")
    scatter = chart(page, "score of scores by mae of scores")
    scatter.get_by_role("switch", name="Pareto front").click()
    # More of a score is better and less of an error: one run is the best in both.
    expect(scatter).to_contain_text("40 runs · 8 without both values · 1 on the front")
    choose(page, "X", "rate")
    expect(chart(page, "score of scores by rate").get_by_role("switch", name="Pareto front")).to_be_disabled()


def test_a_run_is_pointed_at_and_selected(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=scatter&x=params.seed&y=metrics.scores.mae")
    scatter = chart(page, "mae of scores by seed")
    drawing = scatter.get_by_role("img", name=re.compile("mae of scores by seed: 48 runs"))
    box = place_at_rest(drawing)
    # The first run: seed 0 lies on the axis, the least error at the bottom.
    page.mouse.move(box["x"] + 58, box["y"] + box["height"] - 44)
    expect(page.get_by_text("mae of scores", exact=True)).to_be_visible()
    page.mouse.click(box["x"] + 58, box["y"] + box["height"] - 44)
    expect(page).to_have_url(re.compile(r"selected=2024-05-01T00\.00"))


def test_runs_in_an_area_are_filtered_and_compared(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=scatter&x=params.seed&y=metrics.scores.mae")
    scatter = chart(page, "mae of scores by seed")
    drawing = scatter.get_by_role("img", name=re.compile("mae of scores by seed: 48 runs"))
    box = place_at_rest(drawing)
    page.mouse.move(box["x"] + 50, box["y"] + 15)
    page.mouse.down()
    page.mouse.move(box["x"] + (box["width"] - 74) / 2 + 58, box["y"] + box["height"] - 20, steps=5)
    page.mouse.up()
    expect(scatter.get_by_role("status")).to_have_text(re.compile(r"^2[3-7] runs in the area$"))
    compare = scatter.get_by_role("link", name="Compare")
    expect(compare).to_have_attribute("href", re.compile(r"/experiment-tracking/compare\?runs=2024-05-01T00"))
    scatter.get_by_role("button", name="Filter the table").click()
    expect(page).to_have_url(re.compile("q=params.seed"))


def test_the_points_stand_in_a_table_and_a_file(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=scatter&x=params.kind&y=metrics.scores.mae")
    title = "mae of scores by kind"
    page.get_by_role("button", name=f"Show {title} as a table").click()
    table = page.get_by_role("table", name=f"Table of {title}")
    expect(table).to_have_attribute("aria-rowcount", str(RUNS + 1))
    page.get_by_role("button", name=f"Save {title}").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Values (CSV)").click()
    rows = list(csv.reader(io.StringIO(Path(download.value.path()).read_text(encoding="utf-8-sig"))))
    assert rows[0] == ["Run", "Id", "Started", "kind", "mae of scores"]
    assert rows[1][3:] == ["tree", "1"]
    assert len(rows) == RUNS + 1
    page.get_by_role("button", name=f"Save {title}").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name="Vector graphic (SVG)").click()
    svg = Path(download.value.path()).read_text()
    assert svg.count("<path") >= RUNS
    assert ">ridge</text>" in svg


def test_a_metric_lies_in_bins_and_groups(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=distribution")
    choose(page, "Of", "score")
    choose(page, "By", "kind")
    distribution = chart(page, "Distribution of score of scores by kind")
    expect(distribution).to_contain_text("40 runs · 3 groups")
    distribution.get_by_role("textbox", name="Bins").fill("4")
    expect(page).to_have_url(re.compile("bins=4"))
    page.get_by_role("button", name=re.compile("^Show Distribution.* as a table")).click()
    table = distribution.get_by_role("table")
    rows = table.get_by_role("row")
    expect(rows.nth(3)).to_contain_text("lasso", use_inner_text=True)
    expect(rows.nth(3).get_by_role("cell").first).to_have_text("8")
    expect(table.get_by_role("columnheader")).to_have_text(
        ["kind", "Runs", "Lowest", "Lower quartile", "Median", "Upper quartile", "Highest", "Mean"]
    )
    # Of many numbers, the groups are their quarters.
    choose(page, "By", "seed")
    expect(chart(page, "Distribution of score of scores by seed")).to_contain_text("4 groups")


def test_what_matters_leads_to_its_runs(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=importance&y=metrics.scores.score")
    importance = chart(page, "Importance of parameters for score of scores")
    bars = importance.get_by_role("list", name="Parameters, the most important one first").get_by_role("button")
    expect(bars.first).to_contain_text("rate", timeout=60_000)
    expect(bars.first).to_contain_text("rises with it (+1.00)")
    expect(importance).to_contain_text("This is association, not cause")
    expect(importance).to_contain_text("40 runs")
    bars.first.click()
    expect(chart(page, "score of scores by rate")).to_be_visible()
    page.go_back()
    expect(importance).to_be_visible()


def test_charts_begin_with_the_columns_that_tell_most(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=scatter")
    # Of `rate` there are 8 values, of `seed` one a run.
    expect(chart(page, "mae of scores by seed")).to_contain_text("48 runs")
    page.goto(f"{CHARTS}&chart=distribution")
    expect(chart(page, "Distribution of mae of scores by kind")).to_contain_text("48 runs · 3 groups")
    page.get_by_role("button", name="By: kind").click()
    # From the last column, the way down leads to the top of the list.
    for _ in ("rate", "seed", "all runs together"):
        page.get_by_role("combobox", name="Search columns for By").press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("article", name="Distribution of mae of scores", exact=True)).to_be_visible()
    page.reload()
    expect(page.get_by_role("article", name="Distribution of mae of scores", exact=True)).to_be_visible()


def test_parallel_coordinates_begin_with_what_the_runs_differ_in(page: Page) -> None:
    axes = page.get_by_role("button", name=re.compile("^Axis "))
    page.goto(f"{CHARTS}&chart=parallel")
    expect(axes).to_have_count(4)
    # These have no score.
    page.goto(f"{CHARTS}&chart=parallel&q=params.seed+in+[5,+11,+17]")
    expect(axes).to_have_count(3)
    page.goto(f"{CHARTS}&chart=parallel&q=params.seed+in+[0,+1,+8]")
    expect(axes).to_have_count(4)


def test_a_chart_of_what_runs_lack_says_so(page: Page) -> None:
    query = "q=params.seed+in+[5,+11]"
    page.goto(f"{CHARTS}&chart=scatter&x=params.rate&y=metrics.scores.score&{query}")
    expect(page.get_by_role("heading", name="No run to chart")).to_be_visible()
    page.goto(f"{CHARTS}&chart=scatter&x=params.gone&y=metrics.scores.mae")
    expect(page.get_by_text("None of these 48 runs has a value of gone. Choose other columns.")).to_be_visible()
    page.goto(f"{CHARTS}&chart=distribution&y=params.kind")
    expect(page.get_by_text("kind has values that are no numbers. Choose another column.")).to_be_visible()
    page.goto(f"{CHARTS}&chart=parallel&axes=params.gone")
    expect(page.get_by_text("None of these 48 runs has a value of gone. Add an axis.")).to_be_visible()


def test_where_all_runs_are_archived_that_is_told(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    runs = [judged_run(number) for number in range(3)]
    with server_of_runs(tmp_path / "project", runs) as server:
        server.graphql(ARCHIVE, runIds=[run.id for run in runs])
        with watched_page(browser, server.url, picture=picture_of(request)) as page:
            for kind in ("time", "parallel", "scatter", "distribution"):
                page.goto(f"{CHARTS}&chart={kind}")
                expect(page.get_by_role("heading", name="No run to chart")).to_be_visible()
                expect(page.get_by_text("No run has these metrics. Archived runs are left out.")).to_be_visible()


def test_too_few_runs_say_nothing(page: Page) -> None:
    page.goto(f"{CHARTS}&chart=importance&y=metrics.scores.score&q=params.seed+%3C+5")
    expect(page.get_by_text("Too few runs to estimate importance")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("At least 10 runs with this metric are needed")).to_be_visible()
