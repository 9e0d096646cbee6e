"""Every page passes axe's checks: light and dark, wide and narrow. And none is larger than its window."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.browser.written_runs import BASELINE, CHANGED, OLD
from tests.conftest import REPOSITORY
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

NEWEST, SECOND = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z"
# Each page, and the text that tells that it is drawn.
PAGES = {
    "list": ("/experiment-tracking", "22 runs"),
    "choosing": (f"/experiment-tracking?compare=1&selected={NEWEST},{SECOND}", "2 runs selected"),
    "charts": ("/experiment-tracking?tab=metrics", "22 runs"),
    "parallel coordinates": ("/experiment-tracking?tab=metrics&chart=parallel", "22 runs"),
    "run": (f"/experiment-tracking/runs/{NEWEST}", "RandomForestRegressor"),
    "plots": (f"/experiment-tracking/runs/{NEWEST}?view=plots", "reporting.confusion_matrix"),
    "comparison": (f"/experiment-tracking/compare?runs={NEWEST},{SECOND}", "+122 %"),
    "flowchart": ("/", "Evaluate Linear"),
    "details of a dataset": ("/?node=train_evaluation.linear_regression.r2_score", "Open in the metric charts"),
}
COMPARISON = f"/experiment-tracking/compare?runs={BASELINE.id},{CHANGED.id},{OLD.id}"
# Parts of what is recorded of runs, on a server of its own.
RECORD_PAGES = {
    "data": (f"{COMPARISON}&view=data", "other data"),
    "code": (f"{COMPARISON}&view=code&files=src/science/nodes.py", "RandomForestRegressor(n_estimators="),
    "environment": (f"{COMPARISON}&view=environment", "3 of 34 differ"),
    "configuration": (f"{COMPARISON}&view=configuration", "ThreadRunner"),
    "series": (f"{COMPARISON}&view=series", "2 of 3 runs"),
    "table of series": (f"{COMPARISON}&view=series&table=1", "train/loss"),
}
AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """What axe finds, a line each: the rule, what it says, and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {json.dumps([node['html'][:200] for node in rule['nodes'][:3]])}"
        for rule in found
    ]


def objections(page: Page, pages: Mapping[str, tuple[str, str]]) -> list[str]:
    """What axe finds on some pages, and which of them are larger than the window."""
    found: list[str] = []
    for name, (address, text) in pages.items():
        page.goto(address)
        expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()
        found += [f"{name}: {violation}" for violation in violations(page)]
        overflow = page.evaluate(
            "(({scrollWidth, clientWidth, scrollHeight, clientHeight}) =>"
            " [scrollWidth - clientWidth, scrollHeight - clientHeight])(document.documentElement)"
        )
        if overflow != [0, 0]:
            found.append(f"{name}: the page is {overflow} px larger than the window")
    return found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_no_page_has_what_axe_objects_to(
    browser: Browser, history: VizServer, request: pytest.FixtureRequest, width: int, dark: bool
) -> None:
    with watched_page(browser, history.url, size=(width, 860), dark=dark, picture=picture_of(request)) as page:
        found = objections(page, PAGES)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_no_part_of_a_record_has_what_axe_objects_to(
    browser: Browser, written: VizServer, request: pytest.FixtureRequest, width: int, dark: bool
) -> None:
    with watched_page(browser, written.url, size=(width, 860), dark=dark, picture=picture_of(request)) as page:
        found = objections(page, RECORD_PAGES)
        page.goto(f"/experiment-tracking?compare=1&selected={BASELINE.id},{OLD.id}")
        page.get_by_role("button", name="Delete 2 runs").click()
        expect(page.get_by_role("dialog").get_by_role("checkbox")).to_be_visible()
        found += [f"dialog: {objection}" for objection in violations(page)]
    assert not found, "\n".join(found)


def test_the_list_is_used_by_keyboard_alone(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    expect(history_page.get_by_role("link", name=NEWEST)).to_be_visible()
    history_page.keyboard.press("Tab")
    expect(history_page.get_by_role("link", name="Skip to content")).to_be_focused()
    link = history_page.get_by_role("link", name=NEWEST)
    for _ in range(60):
        history_page.keyboard.press("Tab")
        if link.evaluate("(element) => element === document.activeElement"):
            break
    expect(link).to_be_focused()
    history_page.keyboard.press("Enter")
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(NEWEST)
