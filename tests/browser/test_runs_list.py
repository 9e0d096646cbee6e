"""The list of runs, as a person uses it."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.browser.edits import kept
from tests.browser.written_runs import CHANGED
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.browser

LIST = "/experiment-tracking"
METRIC = "train_evaluation.linear_regression.r2_score.b2_score"


def runs(page: Page) -> Locator:
    """The rows of the table that hold runs."""
    return page.get_by_role("grid", name="Runs").get_by_role("row").filter(has=page.get_by_role("link"))


def values_of(page: Page, metric: str) -> list[float]:
    """The values of a metric, from the top of the table as far as it is drawn."""
    dataset, key = metric.rsplit(".", 1)
    column = page.get_by_role("columnheader", name=f"{key} of {dataset}").get_attribute("aria-colindex")
    cells = page.locator(f'[role="gridcell"][aria-colindex="{column}"]').all_inner_texts()
    return [float(text.removeprefix("best:")) for text in cells]


def test_all_runs_of_an_old_history_are_listed_newest_first(history_page: Page) -> None:
    history_page.goto(LIST)
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()
    expect(history_page.get_by_role("grid", name="Runs")).to_have_attribute("aria-rowcount", "23")
    newest = runs(history_page).first
    # Nobody has given it a title: it is called by when it started.
    expect(newest.get_by_role("link")).to_have_text("24 Dec 2022, 21:05:59")
    expect(newest.get_by_title("2022-12-24T21.05.59.296Z", exact=True)).to_be_visible()
    expect(newest.get_by_role("img", name="Succeeded")).to_be_visible()
    expect(newest).to_contain_text("add-plots-to-demo")
    expect(newest).to_contain_text("5f81cb5")


def test_search_narrows_the_list_and_stands_in_the_address(history_page: Page) -> None:
    history_page.goto(LIST)
    expect(runs(history_page).first).to_be_visible()
    history_page.get_by_label("Search runs", exact=True).fill("edited run")
    expect(history_page.get_by_text("1 run", exact=True)).to_be_visible()
    expect(runs(history_page)).to_have_count(1)
    expect(runs(history_page).get_by_role("link")).to_have_text("edited run")
    expect(history_page).to_have_url(re.compile(r"[?&]q=edited\+run"))


def test_the_search_finds_values_of_parameters(written_page: Page) -> None:
    written_page.goto(LIST)
    written_page.get_by_label("Search runs", exact=True).fill("model_options.depth=8")
    expect(runs(written_page)).to_have_count(1)
    expect(written_page.get_by_title(CHANGED.id, exact=True)).to_be_visible()


def test_the_search_shows_where_it_has_found_words(history_page: Page) -> None:
    history_page.goto(LIST)
    history_page.get_by_label("Search runs", exact=True).fill("EDITED 2021")
    expect(runs(history_page)).to_have_count(1)
    title = runs(history_page).locator('[data-column="title"]')
    expect(title.locator("mark")).to_have_text(["edited", "2021"])
    expect(title).to_contain_text("in id: 2021-12-16T09.43.54.586Z")
    history_page.get_by_label("Search runs", exact=True).fill("edited main")
    expect(title.locator("mark")).to_have_text(["edited"])
    expect(runs(history_page).locator('[data-column="git.branch"]').locator("mark")).to_have_text("main")
    history_page.get_by_label("Search runs", exact=True).fill('title == "edited run"')
    expect(history_page.locator("mark")).to_have_count(0)


def test_a_search_that_finds_nothing_says_so_and_can_be_cleared(history_page: Page) -> None:
    history_page.goto(f"{LIST}?q=no+such+thing")
    expect(history_page.get_by_text("No run matches")).to_be_visible()
    history_page.get_by_role("button", name="Clear the search").last.click()
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()


def test_a_click_on_a_metric_sorts_by_it_and_a_second_turns_it_round(history_page: Page) -> None:
    history_page.goto(LIST)
    dataset, key = METRIC.rsplit(".", 1)
    header = history_page.get_by_role("columnheader", name=f"{key} of {dataset}")
    for direction, downwards in (("descending", True), ("ascending", False)):
        header.get_by_role("button", name=f"{key} of {dataset}", exact=True).click()
        expect(header).to_have_attribute("aria-sort", direction)
        expect(history_page.get_by_role("grid", name="Runs")).to_have_attribute("aria-busy", "false")
        expect(history_page.locator(f'[role=gridcell][data-column="metrics.{METRIC}"]').first).to_have_text(
            re.compile(r"\d")
        )
        values = values_of(history_page, METRIC)
        assert len(values) > 5
        assert values == sorted(values, reverse=downwards)


def test_reload_and_back_bring_the_same_list_again(history_page: Page) -> None:
    history_page.goto(LIST)
    history_page.get_by_label("Search runs", exact=True).fill("main")
    found = runs(history_page).get_by_role("link")
    expect(found).to_have_count(14)
    history_page.get_by_role("button", name="Title", exact=True).click()
    expect(history_page).to_have_url(re.compile("sort=title"))
    expect(history_page.get_by_role("grid", name="Runs")).to_have_attribute("aria-busy", "false")
    titles = found.all_inner_texts()

    history_page.reload()
    expect(history_page.get_by_label("Search runs", exact=True)).to_have_text("main")
    expect(history_page.get_by_role("columnheader", name="Title")).to_have_attribute("aria-sort", "ascending")
    expect(runs(history_page).get_by_role("link")).to_have_text(titles)

    first = runs(history_page).first.get_by_role("link")
    run = first.inner_text()
    first.click()
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(run)
    history_page.go_back()
    expect(history_page.get_by_label("Search runs", exact=True)).to_have_text("main")
    expect(runs(history_page).get_by_role("link")).to_have_text(titles)
    history_page.go_forward()
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(run)


def exported(page: Page, form: str, path: Path) -> Path:
    """Save what the menu of exports offers."""
    page.get_by_role("button", name="Export").click()
    with page.expect_download() as download:
        page.get_by_role("menuitem", name=form, exact=True).click()
    download.value.save_as(path)
    return path


def test_the_export_holds_each_run_with_its_details_and_metrics(history_page: Page, tmp_path: Path) -> None:
    history_page.goto(LIST)
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()
    file = exported(history_page, "CSV", tmp_path / "runs.csv")
    rows = list(csv.DictReader(file.open(encoding="utf-8-sig", newline="")))
    assert len(rows) == 22
    (edited,) = [row for row in rows if row["title"] == "edited run"]
    assert edited["git.branch"] == "main"
    assert float(edited[f"metrics.{METRIC}"]) == 6.4


def test_the_export_follows_the_query_the_order_and_the_columns_shown(history_page: Page, tmp_path: Path) -> None:
    history_page.goto(f"{LIST}?q=main&sort=title&columns=title,author")
    expect(runs(history_page).get_by_role("link")).to_have_count(14)
    history_page.get_by_role("button", name="Export").click()
    history_page.get_by_role("menuitemcheckbox", name="All columns").click()
    history_page.keyboard.press("Escape")
    rows = json.loads(exported(history_page, "JSON", tmp_path / "runs.json").read_text(encoding="utf-8"))
    assert [list(row) for row in rows] == [["id", "title", "author"]] * 14
    assert [row["title"].lower() for row in rows] == sorted(row["title"].lower() for row in rows)

    # The next time, the columns are those of the last one.
    history_page.reload()
    history_page.get_by_role("button", name="Export").click()
    expect(history_page.get_by_role("menuitemcheckbox", name="All columns")).not_to_be_checked()


def test_fingers_open_runs_and_select_them(
    browser: Browser, history: VizServer, request: pytest.FixtureRequest
) -> None:
    with watched_page(browser, history.url, size=(400, 800), touch=True, picture=picture_of(request)) as page:
        page.goto(LIST)
        newest = runs(page).first
        newest.get_by_role("checkbox").tap()
        expect(page.get_by_text("1 run selected", exact=True)).to_be_visible()
        runs(page).nth(2).get_by_role("checkbox").tap()
        expect(page.get_by_text("2 runs selected", exact=True)).to_be_visible()
        # A finger is no mouse: beside the box is meant for it, too.
        newest.locator('[data-column="select"]').tap(position={"x": 4, "y": 4})
        expect(newest).to_have_attribute("aria-selected", "false")
        name = newest.get_by_role("link").inner_text()
        # Anywhere on the row.
        newest.locator('[data-column="started"]').tap()
        expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_bookmark_stays_after_a_reload(
    browser: Browser, own_history: VizServer, request: pytest.FixtureRequest
) -> None:
    with watched_page(browser, own_history.url, picture=picture_of(request)) as page:
        page.goto(LIST)
        star = page.get_by_role("button", name="Bookmark edited run")
        with kept(page):
            star.click()
        expect(star).to_have_attribute("aria-pressed", "true")
        page.reload()
        expect(star).to_have_attribute("aria-pressed", "true")
        page.get_by_role("button", name="Bookmarked only").click()
        expect(runs(page).get_by_role("link").filter(has_text="edited run")).to_be_visible()
        expect(runs(page)).not_to_have_count(22)


def test_a_new_run_appears_by_itself(browser: Browser, small: VizServer, request: pytest.FixtureRequest) -> None:
    with watched_page(browser, small.url, picture=picture_of(request)) as page:
        page.goto(LIST)
        expect(page.get_by_text("1 run", exact=True)).to_be_visible()
        assert kedro_run(small.project).returncode == 0
        expect(page.get_by_text("2 runs", exact=True)).to_be_visible()
        expect(runs(page)).to_have_count(2)


def test_markup_and_emoji_in_a_title_are_shown_as_text(
    browser: Browser, small: VizServer, request: pytest.FixtureRequest
) -> None:
    title = "<img src=x onerror=\"document.title='hacked'\"> <b>bold</b> 🚀 {{7*7}}"
    (run,) = small.graphql("{ runsList { id } }")["runsList"]
    small.graphql(
        "mutation ($id: ID!, $title: String) {"
        " updateRunDetails(runId: $id, runInput: {title: $title}) { __typename } }",
        id=run["id"],
        title=title,
    )
    with watched_page(browser, small.url, picture=picture_of(request)) as page:
        page.goto(LIST)
        expect(runs(page).get_by_role("link")).to_have_text(title)
        runs(page).get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text(title)
        assert "hacked" not in page.title().split("<")[0]


def test_without_a_session_store_the_page_shows_the_lines_that_make_one(
    browser: Browser, empty: VizServer, request: pytest.FixtureRequest
) -> None:
    with watched_page(browser, empty.url, picture=picture_of(request)) as page:
        page.goto(LIST)
        (settings,) = empty.project.glob("src/*/settings.py")
        expect(page.get_by_text("SESSION_STORE_CLASS = SQLiteStore")).to_be_visible()
        expect(page.get_by_text(str(settings.relative_to(empty.project))).first).to_be_visible()
        lines = page.locator("pre", has_text="SESSION_STORE_CLASS").inner_text()

        # The lines do what they promise: with them, a run is recorded and listed.
        settings.write_text(lines)
        assert kedro_run(empty.project).returncode == 0
    with viz_server(empty.project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        page.goto(LIST)
        expect(runs(page)).to_have_count(1)
