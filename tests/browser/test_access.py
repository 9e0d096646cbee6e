"""Signing in, looking without editing, and the app behind reverse proxies, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.run_names import untitled
from tests.browser.test_plots import IMPORTANCE, MATRIX, NEWEST, figure
from tests.browser.written_runs import BASELINE, CHANGED, write_runs
from tests.browser.written_server import server_of_runs
from tests.projects import make_project
from tests.reverse_proxy import reverse_proxy
from tests.viz_server import VizServer, free_port, viz_server

pytestmark = pytest.mark.browser

TOKEN = "the-token-of-this-test"
PREFIX = "/user/ada/proxy/4141"


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on one run, to which a test may add."""
    with server_of_runs(tmp_path_factory.mktemp("live") / "project", [BASELINE]) as server:
        yield server


def test_below_a_path_pages_plots_and_deep_links_work(browser: Browser, history: VizServer) -> None:
    with reverse_proxy(history.url, PREFIX) as url, watched_page(browser, url) as page:
        page.goto(f"{url}/experiment-tracking/runs/{NEWEST}?view=plots")
        for _ in range(2):
            picture = page.get_by_role("img", name=f"{MATRIX} of {untitled(NEWEST)}")
            expect(picture).to_be_visible()
            assert picture.evaluate("async (image) => { await image.decode(); return image.naturalWidth; }") > 100
            expect(figure(page, IMPORTANCE, NEWEST).locator(".js-plotly-plot")).to_be_visible()
            page.reload()
        page.get_by_role("link", name="Experiments").first.click()
        expect(page.get_by_role("grid")).to_be_visible()
        assert page.url.startswith(f"{url}/experiment-tracking")
        # A link that is no link of the router.
        title = page.get_by_role("link", name=untitled(NEWEST))
        assert title.evaluate("(link) => link.href") == f"{url}/experiment-tracking/runs/{NEWEST}"
        # The flowchart is laid out by a worker.
        page.get_by_role("link", name="Pipeline").click()
        expect(page.get_by_role("group", name="Node evaluate_linear")).to_be_visible()
        assert (
            page.evaluate("document.fonts.ready.then((fonts) => [...fonts].some((each) => each.status === 'error'))")
            is False
        )


def test_below_a_path_new_runs_appear_by_themselves(browser: Browser, live: VizServer) -> None:
    with reverse_proxy(live.url, PREFIX) as url, watched_page(browser, url) as page:
        with page.expect_websocket() as opened:
            page.goto(f"{url}/experiment-tracking")
        assert opened.value.url == f"{url.replace('http', 'ws')}/graphql"
        opened.value.wait_for_event("framereceived")
        expect(page.get_by_role("link", name=untitled(BASELINE.id))).to_be_visible()
        write_runs(live.project, [CHANGED])
        expect(page.get_by_role("link", name=untitled(CHANGED.id))).to_be_visible()


def test_a_proxy_that_hides_the_hosts_name_is_explained_in_the_page(browser: Browser, live: VizServer) -> None:
    with reverse_proxy(live.url, forwards_host=False) as url:
        page = browser.new_page()
        page.goto(f"{url}/experiment-tracking")
        expect(page.get_by_role("heading", name="The server does not know this address")).to_be_visible()
        command = f"kedro viz run --allow-host {url.removeprefix('http://')}"
        expect(page.get_by_text(command, exact=True)).to_be_visible()
        page.context.close()


def test_behind_that_proxy_the_remedy_works(browser: Browser, tmp_path: Path) -> None:
    project = make_project(tmp_path / "project")
    write_runs(project, [BASELINE])
    port = free_port()
    with (
        viz_server(project, "--allow-host", f"localhost:{port}", "--root-path", PREFIX) as server,
        reverse_proxy(server.url, PREFIX, strips=False, forwards_host=False, port=port) as url,
        watched_page(browser, url) as page,
    ):
        with page.expect_websocket() as opened:
            # Without a slash behind it, only the configured path tells where the app's files are.
            page.goto(url)
        opened.value.wait_for_event("framereceived")
        page.get_by_role("link", name="Experiments", exact=True).click()
        expect(page.get_by_role("link", name=untitled(BASELINE.id))).to_be_visible()
        assert page.url.startswith(f"{url}/experiment-tracking")


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server that asks for a token."""
    project = make_project(tmp_path_factory.mktemp("closed") / "project")
    write_runs(project, [BASELINE])
    with viz_server(project, "--read-only", env={"KEDRO_VIZ_TOKEN": TOKEN}) as server:
        yield server


@pytest.fixture
def stranger(browser: Browser, closed: VizServer) -> Iterator[Page]:
    """A page of somebody who has not signed in. Browsers complain of answers such as 401 in the console."""
    context = browser.new_context(base_url=closed.url)
    yield context.new_page()
    context.close()


def enter(page: Page, token: str) -> None:
    page.get_by_label("Token").fill(token)
    page.get_by_role("button", name="Sign in").click()


def test_the_login_page_asks_for_the_token_and_leads_on(stranger: Page, closed: VizServer) -> None:
    place = f"/experiment-tracking/runs/{BASELINE.id}?view=metrics"
    stranger.goto(place)
    enter(stranger, "wrong-token")
    expect(stranger.get_by_role("alert")).to_contain_text("not the token of this server")
    enter(stranger, TOKEN)
    expect(stranger.get_by_role("tab", name="Metrics")).to_have_attribute("aria-selected", "true")
    assert stranger.url == closed.url + place
    assert "kedro-viz" not in stranger.evaluate("document.cookie")
    assert TOKEN not in closed.log.read_text()


def test_behind_a_proxy_a_link_signs_in_for_the_apps_path_only(browser: Browser, closed: VizServer) -> None:
    with reverse_proxy(closed.url, PREFIX) as url:
        page = browser.new_page()
        page.goto(f"{url}/experiment-tracking/runs/{BASELINE.id}?view=metrics&token={TOKEN}")
        expect(page.get_by_role("tab", name="Metrics")).to_have_attribute("aria-selected", "true")
        assert TOKEN not in page.url
        (cookie,) = page.context.cookies()
        assert cookie.get("path") == PREFIX
        page.reload()
        expect(page.get_by_role("tab", name="Metrics")).to_be_visible()
        page.context.close()


def test_a_session_that_ends_is_renewed_in_the_page(stranger: Page) -> None:
    stranger.goto(f"/?token={TOKEN}")
    stranger.get_by_role("link", name="Experiments", exact=True).click()
    link = stranger.get_by_role("link", name=untitled(BASELINE.id))
    expect(link).to_be_visible()
    stranger.context.clear_cookies()
    link.click()
    dialog = stranger.get_by_role("dialog", name="Sign in again")
    expect(dialog).to_be_visible()
    enter(stranger, "wrong-token")
    expect(dialog).to_contain_text("not the token of this server")
    enter(stranger, TOKEN)
    expect(dialog).to_be_hidden()
    # What was refused meanwhile is asked for again.
    expect(stranger.get_by_role("heading", level=1)).to_contain_text(untitled(BASELINE.id))


def test_where_nothing_may_be_changed_nothing_is_offered(browser: Browser, closed: VizServer) -> None:
    with watched_page(browser, closed.url) as page:
        page.goto(f"/?token={TOKEN}")
        page.get_by_role("link", name="Experiments", exact=True).click()
        expect(page.get_by_role("note", name="Read-only. This server was started with --read-only")).to_be_visible()
        row = page.get_by_role("link", name=untitled(BASELINE.id))
        expect(row).to_be_visible()
        expect(page.get_by_role("button", name=f"Bookmark {untitled(BASELINE.id)}")).to_be_disabled()
        page.get_by_role("checkbox", name="Select").first.check()
        expect(page.get_by_role("region", name="Selected runs")).to_be_visible()
        for name in ("Delete", "Archive", "Edit the title", "tags"):
            expect(page.get_by_role("button", name=name)).to_have_count(0)
        page.get_by_role("button", name="Saved views").click()
        expect(page.get_by_text("There are no saved views.")).to_be_visible()
        expect(page.get_by_role("button", name="Save as a new view")).to_have_count(0)
        page.keyboard.press("Escape")
        row.click()
        expect(page.get_by_text("There are no notes.")).to_be_visible()
        for name in ("Delete", "Archive", "edit the title", "tags", "notes"):
            expect(page.get_by_role("button", name=name)).to_have_count(0)
