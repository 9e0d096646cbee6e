"""Deleting runs in the app, and taking that back."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from kedro_viz.tracking.run import RunStatus
from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.run_names import untitled
from tests.browser.written_runs import BASELINE, CHANGED, OLD, REPEATED, WrittenRun, write_runs
from tests.projects import make_project
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.browser

LIST = "/experiment-tracking"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[VizServer]:
    """A server on four runs, for one test to delete."""
    project = make_project(tmp_path / "project")
    write_runs(project, [OLD, BASELINE, CHANGED, REPEATED])
    with viz_server(project) as server:
        yield server


@pytest.fixture
def page(browser: Browser, server: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on these runs."""
    with watched_page(browser, server.url, picture=picture_of(request)) as page:
        yield page


def stored(server: VizServer) -> set[str]:
    """The runs that the server has."""
    return {run["id"] for run in server.graphql("{ runsList { id } }")["runsList"]}


def stored_newest(server: VizServer) -> str:
    """The run that the list begins with."""
    return max(stored(server))


def delete_in_dialog(page: Page) -> None:
    """Confirm what the open dialog asks."""
    page.get_by_role("dialog").get_by_role("button", name=re.compile("^Delete")).click()
    expect(page.get_by_role("button", name="Undo")).to_be_visible()


def test_runs_selected_in_the_list_are_deleted_and_brought_back(page: Page, server: VizServer) -> None:
    page.goto(f"{LIST}?compare=1&selected={BASELINE.id},{CHANGED.id}")
    page.get_by_role("button", name="Delete 2 runs").click()
    dialog = page.get_by_role("dialog", name="Delete 2 runs?")
    expect(dialog.get_by_role("listitem")).to_have_text([untitled(BASELINE.id), untitled(CHANGED.id)])
    expect(dialog.get_by_role("checkbox", name="Also delete the versioned files of these runs")).not_to_be_checked()
    delete_in_dialog(page)
    expect(page.get_by_title(BASELINE.id, exact=True)).to_be_hidden()
    expect(page.get_by_text("2 runs", exact=True)).to_be_visible()
    assert stored(server) == {OLD.id, REPEATED.id}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("2 runs are back")).to_be_visible()
    expect(page.get_by_title(BASELINE.id, exact=True)).to_be_visible()
    expect(page.get_by_text("4 runs", exact=True)).to_be_visible()
    assert stored(server) == {OLD.id, BASELINE.id, CHANGED.id, REPEATED.id}


def test_what_tells_of_a_deletion_covers_no_run(
    browser: Browser, server: VizServer, request: pytest.FixtureRequest
) -> None:
    for size in ((1280, 400), (400, 500)):
        with watched_page(browser, server.url, size=size, picture=picture_of(request)) as page:
            page.goto(LIST)
            whole = place_at_rest(page.get_by_role("grid"))
            page.get_by_role("checkbox", name=f"Select {untitled(stored_newest(server))}").click()
            page.get_by_role("button", name="Delete the run").click()
            delete_in_dialog(page)
            notice = page.get_by_role("region", name=re.compile("deleted$"))
            grid, told = place_at_rest(page.get_by_role("grid")), place_at_rest(notice)
            assert grid["y"] + grid["height"] < told["y"]
            notice.get_by_role("button", name="Dismiss").click()
            expect(notice).to_be_hidden()
            assert place_at_rest(page.get_by_role("grid")) == whole


def test_a_run_is_deleted_on_its_page_and_undo_goes_along_to_the_list(page: Page, server: VizServer) -> None:
    page.goto(f"{LIST}/runs/{CHANGED.id}")
    page.get_by_role("button", name="Delete the run").click()
    delete_in_dialog(page)
    expect(page.get_by_role("heading", level=1, name="Experiments")).to_be_visible()
    expect(page.get_by_text("3 runs", exact=True)).to_be_visible()
    assert CHANGED.id not in stored(server)
    page.get_by_role("link", name="Pipeline").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(f"“{untitled(CHANGED.id)}” is back")).to_be_visible()
    assert CHANGED.id in stored(server)


def test_deleting_and_undoing_goes_by_keyboard_alone(page: Page, server: VizServer) -> None:
    page.goto(f"{LIST}?compare=1&selected={CHANGED.id}")
    button = page.get_by_role("button", name="Delete the run")
    button.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    expect(button).to_be_focused()
    page.keyboard.press("Enter")
    confirm = page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True)
    expect(confirm).to_be_enabled()
    expect(page.get_by_role("dialog").get_by_role("button", name="Cancel")).to_be_focused()
    page.keyboard.press("Tab")
    expect(confirm).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name=f"“{untitled(CHANGED.id)}” deleted")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Undo")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("is back")).to_be_visible()
    assert CHANGED.id in stored(server)


def test_a_run_that_goes_on_is_named_and_stays(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = make_project(tmp_path / "project")
    going_on = WrittenRun(id="2026-03-09T10.00.00.000Z", status=RunStatus.RUNNING)
    write_runs(project, [BASELINE, going_on])
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        page.goto(f"{LIST}?compare=1&selected={BASELINE.id},{going_on.id}")
        page.get_by_role("button", name="Delete 2 runs").click()
        expect(page.get_by_role("dialog")).to_contain_text(
            re.compile(f"still running.*{re.escape(untitled(going_on.id))}")
        )
        delete_in_dialog(page)
        expect(page.get_by_title(BASELINE.id, exact=True)).to_be_hidden()
        expect(page.get_by_title(going_on.id, exact=True)).to_be_visible()
        assert stored(server) == {going_on.id}


def test_a_refusal_brings_the_runs_back_and_says_why(page: Page, server: VizServer) -> None:
    page.goto(f"{LIST}?compare=1&selected={CHANGED.id}")
    page.get_by_role("button", name="Delete the run").click()
    confirm = page.get_by_role("dialog").get_by_role("button", name="Delete", exact=True)
    expect(confirm).to_be_enabled()
    with closing(sqlite3.connect(server.project / "data" / "session_store.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        confirm.click()
        expect(page.get_by_title(CHANGED.id, exact=True)).to_be_hidden()
        expect(page.get_by_text("locked by another process")).to_be_visible()
        other.execute("ROLLBACK")
    expect(page.get_by_text(f"“{untitled(CHANGED.id)}” could not be deleted")).to_be_visible()
    expect(page.get_by_title(CHANGED.id, exact=True)).to_be_visible()
    page.get_by_role("button", name="Dismiss").click()
    expect(page.get_by_text("could not be deleted")).to_be_hidden()


def test_versioned_files_go_only_if_asked_for_and_when_the_server_ends(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = make_project(tmp_path / "project")
    for _ in range(2):
        assert kedro_run(project).returncode == 0
    versions = project / "data" / "09_tracking" / "scores.json"
    first, second = sorted(path.name for path in versions.iterdir())
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        for run, with_files in ((first, True), (second, False)):
            page.goto(f"{LIST}?compare=1&selected={run}")
            page.get_by_role("button", name="Delete the run").click()
            if with_files:
                page.get_by_text("Also delete the versioned files of this run").click()
            delete_in_dialog(page)
            expect(page.get_by_text("versioned files are removed when")).to_have_count(int(with_files))
        assert {path.name for path in versions.iterdir()} == {first, second}
    assert {path.name for path in versions.iterdir()} == {second}


def test_hundreds_of_runs_are_deleted_at_once(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = make_project(tmp_path / "project")
    ids = [f"2026-03-{1 + number // 24:02d}T{number % 24:02d}.00.00.000Z" for number in range(300)]
    write_runs(project, [WrittenRun(id=run_id) for run_id in ids])
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        page.goto(f"{LIST}?compare=1&selected={','.join(ids[:280])}")
        page.get_by_role("button", name="Delete 280 runs").click()
        expect(page.get_by_role("dialog").get_by_text("and 274 more")).to_be_visible()
        delete_in_dialog(page)
        expect(page.get_by_text("280 runs deleted")).to_be_visible()
        expect(page.get_by_text("20 runs", exact=True)).to_be_visible()
        assert stored(server) == set(ids[280:])
        page.get_by_role("button", name="Undo").click()
        expect(page.get_by_text("300 runs", exact=True)).to_be_visible()


def test_a_comparison_with_deleted_runs_says_so_and_goes_on(page: Page) -> None:
    compare = f"{LIST}/compare?runs={BASELINE.id},{CHANGED.id}"
    names = [untitled(BASELINE.id), untitled(CHANGED.id)]
    page.goto(compare)
    expect(page.get_by_role("columnheader").get_by_role("link")).to_have_text(names)
    page.get_by_title(CHANGED.id, exact=True).click()
    page.get_by_role("button", name="Delete the run").click()
    delete_in_dialog(page)
    page.go_back()
    page.go_back()
    expect(page.get_by_text("1 run is not in this project’s session store")).to_be_visible()
    expect(page.get_by_role("columnheader").get_by_role("link")).to_have_text(names[:1])
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("columnheader").get_by_role("link")).to_have_text(names)
