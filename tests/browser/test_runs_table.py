"""The table of runs at any size: rows and columns that come as one scrolls, chosen, sorted, selected and edited."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.run_names import untitled
from tests.browser.written_runs import BASELINE, CHANGED, OLD, REPEATED, write_runs
from tests.projects import make_project
from tests.store.stores import run_ids
from tests.viz_server import VizServer, viz_server

pytestmark = pytest.mark.browser

LIST = "/experiment-tracking"
GENERATOR = Path(__file__).parents[2] / "benchmarks" / "generate_store.py"
RUNS = 1_200
MAE, R2 = "metrics.linear_regression.metrics.mae", "metrics.linear_regression.metrics.r2_score"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on many runs with hundreds of metrics. Shared: nothing may be changed."""
    project = make_project(tmp_path_factory.mktemp("large") / "project")
    sizes = ["--runs", str(RUNS), "--metrics", "8", "--columns", "400"]
    subprocess.run([sys.executable, str(GENERATOR), str(project / "data"), *sizes], check=True)
    with viz_server(project) as server:
        yield server


@pytest.fixture
def large_page(browser: Browser, large: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on many runs."""
    with watched_page(browser, large.url, picture=picture_of(request)) as page:
        yield page


@pytest.fixture
def own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on four runs, for one test to change as it likes."""
    project = make_project(tmp_path_factory.mktemp("own") / "project")
    write_runs(project, [OLD, BASELINE, CHANGED, REPEATED])
    with viz_server(project) as server:
        yield server


@pytest.fixture
def own_page(browser: Browser, own: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on four runs of its own."""
    with watched_page(browser, own.url, picture=picture_of(request)) as page:
        page.goto(LIST)
        yield page


def newest_first(server: VizServer) -> list[str]:
    """The ids of a server's runs, in the order of the list."""
    return run_ids(server.project / "data" / "session_store.db")[::-1]


def grid(page: Page) -> Locator:
    """The table."""
    return page.get_by_role("grid", name="Runs")


def row(page: Page, number: int) -> Locator:
    """A run's row, counted from 0 over the whole list; only while it is drawn."""
    return grid(page).locator(f'[role=row][aria-rowindex="{number + 2}"]')


def cell(page: Page, number: int, column: str) -> Locator:
    """A run's cell of a column."""
    return row(page, number).locator(f'[data-column="{column}"]')


def headers(page: Page) -> list[str]:
    """The names of the columns that are drawn, in their order."""
    names: list[str] = grid(page).evaluate(
        "(grid) => [...grid.querySelectorAll('[role=columnheader]')].map((header) => header.dataset.column)"
    )
    return names[1:]


def scroll_to(page: Page, number: int) -> None:
    """Scroll to a run."""
    grid(page).evaluate("(grid, top) => { grid.scrollTop = top; }", number * 36)


def requests_of(page: Page) -> list[Request]:
    """All that the page asks for from now on, as it comes."""
    requests: list[Request] = []

    def keep(request: Request) -> None:
        requests.append(request)

    page.on("request", keep)
    return requests


# Any: JSON of every kind.
def asked_for(requests: list[Request], operation: str) -> list[dict[str, Any]]:
    """The variables of the requests of a kind."""
    bodies = [json.loads(request.post_data or "{}") for request in requests if request.url.endswith("/graphql")]
    return [body["variables"] for body in bodies if body.get("operationName") == operation]


def set_of_tags(server: VizServer) -> dict[str, list[str]]:
    """The tags of each run, as they are stored."""
    return {run["id"]: run["tags"] for run in server.graphql("{ runsList { id tags } }")["runsList"] if run["tags"]}


def take_back(page: Page, text: str) -> None:
    """Undo the edit of a notice; done when the server has said so, as the page shows it before."""
    page.get_by_role("region", name=text, exact=True).get_by_role("button", name="Undo").click()
    expect(page.get_by_role("region", name=f"Taken back: {text}", exact=True)).to_have_count(1)


def test_any_place_of_a_long_list_is_loaded_without_those_before_it(large_page: Page, large: VizServer) -> None:
    requests = requests_of(large_page)
    large_page.goto(LIST)
    expect(grid(large_page)).to_have_attribute("aria-rowcount", str(RUNS + 1))
    expect(cell(large_page, 3, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    scroll_to(large_page, 1_000)
    # The newest run stands first.
    expect(row(large_page, 1_005).get_by_title(newest_first(large)[1_005], exact=True)).to_be_visible()
    expect(cell(large_page, 1_005, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    assert grid(large_page).get_by_role("row").count() < 80
    offsets = [variables["offset"] for variables in asked_for(requests, "Runs")]
    assert 0 in offsets
    assert all(offset == 0 or offset >= 800 for offset in offsets)

    # What was there before is there again at once.
    before = len(requests)
    scroll_to(large_page, 0)
    expect(cell(large_page, 3, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    assert asked_for(requests[before:], "Runs") == []


def test_only_columns_in_view_are_asked_for(large_page: Page) -> None:
    requests = requests_of(large_page)
    large_page.goto(LIST)
    large_page.get_by_role("button", name=re.compile("^Columns")).click()
    large_page.get_by_role("button", name="Show all of linear_regression.metrics").click()
    large_page.keyboard.press("Escape")
    expect(grid(large_page)).to_have_attribute("aria-colcount", re.compile(r"^1\d\d$"))
    expect(cell(large_page, 3, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    metrics = {metric for variables in asked_for(requests, "RunCells") for metric in variables["metrics"]}
    assert 0 < len(metrics) < 60
    assert grid(large_page).get_by_role("columnheader").count() < 40

    grid(large_page).evaluate("(grid) => { grid.scrollLeft = grid.scrollWidth; }")
    expect(grid(large_page).get_by_role("columnheader", name="Pipeline")).to_be_visible()
    # The title stays in view.
    expect(row(large_page, 3).get_by_role("link")).to_be_in_viewport()


def test_columns_are_found_shown_pinned_moved_and_hidden_and_the_address_keeps_them(large_page: Page) -> None:
    large_page.goto(f"{LIST}?columns=title,started,author,{R2}")
    expect(cell(large_page, 3, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    large_page.get_by_role("button", name=re.compile("^Columns")).click()
    dialog = large_page.get_by_role("dialog")
    dialog.get_by_role("textbox", name="Search columns").fill("depth model")
    dialog.get_by_role("checkbox", name="depth").check()
    expect(cell(large_page, 3, "params.model_options.depth")).to_have_text(re.compile(r"^\d+$"))
    dialog.get_by_text("Shown, in order").click()
    dialog.get_by_role("button", name="Pin Author").click()
    dialog.get_by_role("button", name="Move r2_score of linear_regression.metrics up").click()
    dialog.get_by_role("button", name="Hide Started").click()
    large_page.keyboard.press("Escape")
    expected = ["title", "author", R2, "params.model_options.depth"]
    expect(grid(large_page)).to_have_attribute("aria-colcount", str(len(expected) + 1))
    assert headers(large_page) == expected
    large_page.reload()
    expect(cell(large_page, 3, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    assert headers(large_page) == expected
    large_page.get_by_role("button", name=re.compile("^Columns")).click()
    dialog.get_by_role("button", name="Reset").click()
    expect(large_page).not_to_have_url(re.compile("columns="))


def test_headers_are_dragged_to_another_place_and_drawn_wider(large_page: Page) -> None:
    large_page.goto(f"{LIST}?columns=title,started,author,duration")
    expect(row(large_page, 3).get_by_role("link")).to_be_visible()
    duration = large_page.get_by_role("button", name="Duration", exact=True)
    started = large_page.get_by_role("columnheader", name="Started")
    box = place_at_rest(started)
    duration.hover()
    large_page.mouse.down()
    large_page.mouse.move(box["x"] + 60, box["y"] + 10, steps=4)
    large_page.mouse.move(box["x"] + 8, box["y"] + 10, steps=4)
    large_page.mouse.up()
    expect(large_page).to_have_url(re.compile("columns=title,duration,started,author"))
    # The drag did not sort by the column.
    expect(started).to_have_attribute("aria-sort", "descending")

    header = large_page.get_by_role("columnheader", name="Author")
    before = place_at_rest(header)
    right = before["x"] + before["width"]
    large_page.mouse.move(right, before["y"] + 15)
    large_page.mouse.down()
    large_page.mouse.move(right + 80, before["y"] + 15, steps=4)
    large_page.mouse.up()
    expect(large_page).to_have_url(re.compile(r"widths=author:19\d"))


def test_the_menu_of_a_column_sorts_moves_and_hides_it(large_page: Page) -> None:
    large_page.goto(f"{LIST}?columns=title,started,author,{R2}")
    expect(row(large_page, 3).get_by_role("link")).to_be_visible()

    def choose(column: str, item: str) -> None:
        large_page.get_by_role("columnheader", name=column).hover()
        large_page.get_by_role("button", name=f"Column {column}").click()
        large_page.get_by_role("menuitem", name=item).click()

    choose("Author", "Move left")
    expect(large_page).to_have_url(re.compile("columns=title,author,started"))
    choose("r2_score of linear_regression.metrics", "Sort upwards")
    header = large_page.get_by_role("columnheader", name="r2_score of linear_regression.metrics")
    expect(header).to_have_attribute("aria-sort", "ascending")
    choose("Author", "Pin to the left")
    expect(large_page).to_have_url(re.compile("pinned=bookmarked,status,title,author|pinned=title,author"))
    choose("Started", "Hide")
    expect(large_page.get_by_role("columnheader", name="Started")).to_have_count(0)


def test_runs_are_sorted_by_several_columns_with_shift(large_page: Page) -> None:
    large_page.goto(f"{LIST}?columns=title,git.branch,{R2}")
    expect(cell(large_page, 3, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    large_page.get_by_role("button", name="Git branch", exact=True).click()
    metric = large_page.get_by_role("columnheader", name="r2_score of linear_regression.metrics")
    metric.get_by_role("button").first.click(modifiers=["Shift"])
    expect(large_page).to_have_url(re.compile(rf"sort=git\.branch,-{re.escape(R2)}"))
    expect(metric.get_by_role("button", name=re.compile("sorted by as number 2"))).to_be_visible()
    expect(grid(large_page)).to_have_attribute("aria-busy", "false")
    expect(cell(large_page, 10, R2)).to_have_text(re.compile(r"0\.\d{4}"))
    expect(cell(large_page, 0, "git.branch")).to_contain_text("features")
    values = [float(cell(large_page, number, R2).inner_text().removeprefix("best:")) for number in range(10)]
    assert values == sorted(values, reverse=True)


def test_runs_are_selected_with_shift_over_rows_that_are_not_loaded(large_page: Page) -> None:
    large_page.goto(LIST)
    row(large_page, 2).get_by_role("checkbox").click()
    expect(large_page.get_by_text("1 run selected", exact=True)).to_be_visible()
    scroll_to(large_page, 400)
    row(large_page, 401).get_by_role("checkbox").click(modifiers=["Shift"])
    expect(large_page.get_by_text("400 runs selected", exact=True)).to_be_visible()
    scroll_to(large_page, 200)
    expect(row(large_page, 210)).to_have_attribute("aria-selected", "true")
    large_page.get_by_role("button", name="Clear the selection").click()
    expect(large_page.get_by_role("region", name="Selected runs")).to_be_hidden()


def test_no_more_are_selected_than_can_be_compared_and_it_is_said(large_page: Page) -> None:
    large_page.goto(LIST)
    large_page.get_by_role("checkbox", name="Select all that match").click()
    expect(large_page.get_by_text("500 runs selected", exact=True)).to_be_visible()
    expect(large_page.get_by_role("alert")).to_contain_text("The first 500 of 1,200 runs are selected")


def test_rows_are_moved_through_selected_and_opened_by_keys(large_page: Page, large: VizServer) -> None:
    large_page.goto(LIST)
    expect(row(large_page, 3).get_by_role("link")).to_be_visible()
    grid(large_page).focus()
    for key in ("ArrowDown", "ArrowDown", "Space", "Shift+ArrowDown", "Shift+ArrowDown"):
        large_page.keyboard.press(key)
    expect(large_page.get_by_text("3 runs selected", exact=True)).to_be_visible()
    expect(row(large_page, 1)).to_have_attribute("aria-selected", "true")
    expect(grid(large_page)).to_have_attribute("aria-activedescendant", "run-row-3")
    large_page.keyboard.press("Control+a")
    expect(large_page.get_by_text("500 runs selected", exact=True)).to_be_visible()
    large_page.keyboard.press("Escape")
    expect(large_page.get_by_role("region", name="Selected runs")).to_be_hidden()
    large_page.keyboard.press("End")
    expect(row(large_page, RUNS - 1).get_by_title(newest_first(large)[-1], exact=True)).to_be_in_viewport()
    large_page.keyboard.press("Enter")
    expect(large_page.get_by_role("heading", level=1)).to_contain_text(untitled(newest_first(large)[-1]))


def test_whoever_comes_back_from_a_run_finds_the_list_where_it_was(large_page: Page, large: VizServer) -> None:
    large_page.goto(LIST)
    expect(row(large_page, 3).get_by_role("link")).to_be_visible()
    scroll_to(large_page, 700)
    row(large_page, 705).get_by_role("link").click()
    expect(large_page.get_by_role("heading", level=1)).to_contain_text(untitled(newest_first(large)[705]))
    large_page.go_back()
    expect(row(large_page, 705).get_by_role("link")).to_be_in_viewport()


def test_a_title_is_edited_in_its_row_and_undone(own_page: Page, own: VizServer) -> None:
    expect(own_page.get_by_title(BASELINE.id, exact=True)).to_be_visible()
    target = grid(own_page).get_by_role("row").filter(has=own_page.get_by_title(BASELINE.id, exact=True))
    target.hover()
    target.get_by_role("button", name="Edit the title").click()
    own_page.get_by_role("textbox", name="Title").fill("For the paper")
    own_page.keyboard.press("Enter")
    expect(grid(own_page).get_by_role("link", name="For the paper")).to_be_visible()
    # Keys go on from there.
    expect(grid(own_page)).to_be_focused()
    edited = grid(own_page).locator(f"#{grid(own_page).get_attribute('aria-activedescendant')}")
    expect(edited.get_by_role("link")).to_have_text("For the paper")
    notice = own_page.get_by_role("region", name=re.compile("^Title of"))
    expect(notice.get_by_role("button", name="Undo")).to_be_visible()
    take_back(own_page, notice.get_attribute("aria-label") or "")
    expect(own_page.get_by_title(BASELINE.id, exact=True)).to_be_visible()
    titles = {run["id"]: run["title"] for run in own.graphql("{ runsList { id title } }")["runsList"]}
    assert titles[BASELINE.id] == BASELINE.id


@pytest.mark.parametrize("end", ["Enter", "Escape"])
def test_keys_go_on_where_a_title_was_edited(own_page: Page, end: str) -> None:
    expect(row(own_page, 1).get_by_role("link")).to_be_visible()
    grid(own_page).focus()
    for key in ("ArrowDown", "ArrowDown", "F2"):
        own_page.keyboard.press(key)
    expect(own_page.get_by_role("textbox", name="Title")).to_be_focused()
    own_page.keyboard.press(end)
    expect(grid(own_page)).to_be_focused()
    expect(grid(own_page)).to_have_attribute("aria-activedescendant", "run-row-1")


def test_a_metric_of_which_less_is_better_sorts_upwards_first(large_page: Page) -> None:
    # Without a choice of columns there are those of metrics once it is known which there are, and which way is better.
    large_page.goto(LIST)
    header = large_page.get_by_role("columnheader", name="mae of linear_regression.metrics")
    header.get_by_role("button").first.click()
    expect(header).to_have_attribute("aria-sort", "ascending")


def test_tags_are_added_to_several_runs_and_taken_back(own_page: Page, own: VizServer) -> None:
    for run in (BASELINE, CHANGED):
        own_page.get_by_role("checkbox", name=f"Select {untitled(run.id)}").click()
    own_page.get_by_role("button", name="Tag", exact=True).click()
    box = own_page.get_by_role("textbox", name="Add a tag")
    box.fill("  paper   draft ")
    box.press("Enter")
    expect(own_page.get_by_text("2 runs tagged paper draft")).to_be_visible()
    expect(own_page.get_by_role("dialog").get_by_role("listitem")).to_have_text(["paper draft"])
    own_page.keyboard.press("Escape")
    # The first tag of the project brings the column of tags.
    expect(grid(own_page).get_by_title("paper draft", exact=True)).to_have_count(2)
    notice = own_page.get_by_role("region", name="2 runs tagged paper draft")
    expect(notice.get_by_role("button", name="Undo")).to_be_visible()
    assert set_of_tags(own) == {BASELINE.id: ["paper draft"], CHANGED.id: ["paper draft"]}

    # In a row, those in use are offered.
    own_page.get_by_role("button", name="Clear the selection").click()
    tagless = grid(own_page).get_by_role("row").filter(has=own_page.get_by_title(REPEATED.id, exact=True))
    tagless.get_by_role("button", name="Add tags").click()
    own_page.get_by_role("option", name=re.compile("paper draft")).click()
    expect(grid(own_page).get_by_title("paper draft", exact=True)).to_have_count(3)
    third = own_page.get_by_role("region", name=re.compile("” tagged paper draft"))
    expect(third.get_by_role("button", name="Undo")).to_be_visible()
    own_page.keyboard.press("Escape")
    take_back(own_page, "2 runs tagged paper draft")
    expect(grid(own_page).get_by_title("paper draft", exact=True)).to_have_count(1)
    assert set_of_tags(own) == {REPEATED.id: ["paper draft"]}


def test_archived_runs_leave_the_list_and_are_found_in_the_archive(own_page: Page) -> None:
    own_page.get_by_role("checkbox", name=f"Select {untitled(OLD.id)}").click()
    own_page.get_by_role("button", name="Archive", exact=True).click()
    expect(own_page.get_by_text("3 runs", exact=True)).to_be_visible()
    expect(own_page.get_by_title(OLD.id, exact=True)).to_have_count(0)
    own_page.get_by_role("button", name="Runs shown: Active").click()
    own_page.get_by_role("menuitemradio", name="Archived runs").click()
    expect(own_page).to_have_url(re.compile("archived=only"))
    expect(own_page.get_by_text("1 run", exact=True)).to_be_visible()
    own_page.get_by_role("checkbox", name=f"Select {untitled(OLD.id)}").click()
    own_page.get_by_role("button", name="Take out of the archive").click()
    expect(own_page.get_by_text("The archive is empty")).to_be_visible()
    own_page.get_by_role("button", name="Show active runs").click()
    expect(own_page.get_by_text("4 runs", exact=True)).to_be_visible()


def test_the_best_value_is_marked_by_the_direction_that_somebody_sets(own_page: Page, own: VizServer) -> None:
    columns = own.graphql("{ metricColumns { id key dataset min max runs } }")["metricColumns"]
    column = next(column for column in columns if column["min"] != column["max"])
    name = f"{column['key']} of {column['dataset']}"
    best = grid(own_page).locator(f'[role=gridcell][data-column="metrics.{column["id"]}"]').filter(has_text="best")

    def better(direction: str) -> None:
        own_page.get_by_role("columnheader", name=name).hover()
        own_page.get_by_role("button", name=f"Column {name}").click()
        own_page.get_by_role("menuitem", name=re.compile(f"^{direction}")).click()

    for direction, value in (("Higher", column["max"]), ("Lower", column["min"])):
        better(direction)
        expect(best.locator("[title]").first).to_have_attribute("title", f"{value}: the best of all runs")


def test_tags_and_notes_are_edited_on_the_page_of_the_run(own_page: Page, own: VizServer) -> None:
    own_page.goto(f"{LIST}/runs/{BASELINE.id}")
    own_page.get_by_role("button", name="Add tags").click()
    box = own_page.get_by_role("textbox", name="Add a tag")
    box.fill("best")
    box.press("Enter")
    expect(
        own_page.get_by_role("region", name=re.compile("tagged best")).get_by_role("button", name="Undo")
    ).to_be_visible()
    own_page.keyboard.press("Escape")
    expect(own_page.get_by_role("banner").or_(own_page.locator("header")).get_by_title("best").first).to_be_visible()
    assert set_of_tags(own) == {BASELINE.id: ["best"]}
    own_page.get_by_role("button", name="Archive", exact=True).click()
    expect(own_page.get_by_role("button", name="Take out of the archive")).to_be_visible()
