"""Every page passes axe's checks: light and dark, wide and narrow. And none scrolls sideways on a telephone."""

from __future__ import annotations

import json

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
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
AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """What axe finds, a line each: the rule, what it says, and where."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run(document, {resultTypes: ['violations'], iframes: false})")["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {json.dumps([node['html'][:200] for node in rule['nodes'][:3]])}"
        for rule in found
    ]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [1280, 400])
def test_no_page_has_what_axe_objects_to(
    browser: Browser, history: VizServer, request: pytest.FixtureRequest, width: int, dark: bool
) -> None:
    found: list[str] = []
    with watched_page(browser, history.url, size=(width, 860), dark=dark, picture=picture_of(request)) as page:
        for name, (address, text) in PAGES.items():
            page.goto(address)
            expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()
            objections = violations(page)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                objections.append(f"the page is {overflow} px wider than the window")
            found += [f"{name}: {objection}" for objection in objections]
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
