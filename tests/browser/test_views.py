"""Saved views: what the page of all runs shows, under a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

LIST = "/experiment-tracking"
SHOWN = f"{LIST}?q=main&sort=title&bookmarked=1&columns=title,started"


def menu(page: Page) -> Locator:
    """The open menu of saved views."""
    return page.get_by_role("dialog", name="Saved views")


def open_menu(page: Page) -> Locator:
    """Open the menu of saved views."""
    page.get_by_role("button", name=re.compile("^Saved views")).click()
    expect(menu(page)).to_be_visible()
    return menu(page)


def save_view(page: Page, name: str) -> None:
    """Keep what is shown under a name, and close the menu."""
    views = open_menu(page)
    views.get_by_role("button", name="Save as a new view…").click()
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(views.get_by_role("button", name=f"Rename {name}")).to_be_visible()
    page.keyboard.press("Escape")
    expect(menu(page)).to_be_hidden()


@pytest.fixture
def own_page(browser: Browser, own_history: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on 22 real runs, for one test to change."""
    with watched_page(browser, own_history.url, picture=picture_of(request)) as page:
        yield page


def test_a_view_brings_back_what_was_shown(own_page: Page) -> None:
    own_page.goto(SHOWN)
    save_view(own_page, "Main, by title")
    expect(own_page).to_have_url(re.compile("[?&]saved="))

    views = open_menu(own_page)
    views.get_by_role("button", name="All runs").click()
    expect(own_page).to_have_url(re.compile(f"{LIST}$"))
    expect(own_page.get_by_text("22 runs", exact=True)).to_be_visible()

    views = open_menu(own_page)
    views.get_by_role("button", name=re.compile("^Main, by title")).click()
    expect(own_page.get_by_label("Search runs", exact=True)).to_have_text("main")
    for part in ("q=main", "sort=title", "bookmarked=1", "columns=title,started"):
        expect(own_page).to_have_url(re.compile(f"[?&]{part}(&|$)"))
    expect(own_page.get_by_role("button", name="Saved views: Main, by title", exact=True)).to_be_visible()

    own_page.go_back()
    expect(own_page.get_by_text("22 runs", exact=True)).to_be_visible()
    expect(own_page.get_by_label("Search runs", exact=True)).to_have_text(re.compile("^(Search.*)?$"))


def test_a_changed_view_says_so_and_is_updated_or_shown_as_it_was(own_page: Page) -> None:
    own_page.goto(SHOWN)
    save_view(own_page, "Mine")
    own_page.get_by_role("button", name="Bookmarked only").click()
    changed = own_page.get_by_role("button", name="Saved views: Mine, changed")
    expect(changed).to_contain_text("changed")

    open_menu(own_page).get_by_role("button", name="Back to “Mine” as it was saved").click()
    expect(own_page).to_have_url(re.compile("bookmarked=1"))
    expect(changed).to_be_hidden()

    own_page.get_by_role("button", name="Bookmarked only").click()
    open_menu(own_page).get_by_role("button", name="Update “Mine”").click()
    expect(own_page.get_by_role("button", name="Saved views: Mine", exact=True)).to_be_visible()
    own_page.reload()
    expect(own_page.get_by_role("button", name="Saved views: Mine", exact=True)).to_be_visible()
    expect(own_page).not_to_have_url(re.compile("bookmarked"))


def test_a_view_is_renamed_deleted_and_brought_back(own_page: Page) -> None:
    own_page.goto(SHOWN)
    save_view(own_page, "Frist")
    views = open_menu(own_page)
    views.get_by_role("button", name="Rename Frist").click()
    own_page.keyboard.type("First")
    own_page.keyboard.press("Enter")
    expect(views.get_by_role("button", name=re.compile("^First"))).to_be_visible()

    views.get_by_role("button", name="Delete First").click()
    expect(views.get_by_role("button", name=re.compile("^First"))).to_be_hidden()
    views.get_by_role("button", name="Undo").click()
    expect(views.get_by_role("button", name=re.compile("^First"))).to_be_visible()
    own_page.keyboard.press("Escape")
    expect(own_page.get_by_role("button", name="Saved views: First", exact=True)).to_be_visible()


def test_a_link_shows_a_colleague_the_same(
    browser: Browser, own_history: VizServer, own_page: Page, request: pytest.FixtureRequest
) -> None:
    own_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    own_page.goto(f"{LIST}?q=main&sort=-title")
    save_view(own_page, "To show")
    open_menu(own_page).get_by_role("button", name="Copy link to To show").click()
    link = own_page.evaluate("navigator.clipboard.readText()")
    own_page.keyboard.press("Escape")
    listed = own_page.get_by_role("grid", name="Runs").get_by_role("link")
    expect(listed).to_have_count(14)
    titles = listed.all_inner_texts()

    with watched_page(browser, own_history.url, picture=picture_of(request)) as colleague:
        colleague.goto(link)
        expect(colleague.get_by_label("Search runs", exact=True)).to_have_text("main")
        expect(colleague.get_by_role("grid", name="Runs").get_by_role("link")).to_have_text(titles)
        expect(colleague.get_by_role("button", name="Saved views: To show", exact=True)).to_be_visible()
        assert colleague.url == link


def test_views_of_others_appear_by_themselves(
    browser: Browser, own_history: VizServer, own_page: Page, request: pytest.FixtureRequest
) -> None:
    own_page.goto(LIST)
    views = open_menu(own_page)
    expect(views).to_contain_text("everybody who shares this store")
    with watched_page(browser, own_history.url, picture=picture_of(request)) as colleague:
        colleague.goto(SHOWN)
        save_view(colleague, "Theirs")
    expect(views.get_by_role("button", name=re.compile("^Theirs"))).to_be_visible()


def test_the_menu_is_used_by_keyboard_alone(own_page: Page) -> None:
    own_page.goto(LIST)
    own_page.get_by_role("button", name="Saved views").focus()
    own_page.keyboard.press("Enter")
    expect(menu(own_page).get_by_role("button", name="Save as a new view…")).to_be_focused()
    own_page.keyboard.press("Enter")
    own_page.keyboard.type("By keys")
    own_page.keyboard.press("Escape")
    expect(menu(own_page)).to_be_visible()
    own_page.keyboard.press("Escape")
    expect(menu(own_page)).to_be_hidden()
    expect(own_page.get_by_role("button", name="Saved views")).to_be_focused()
