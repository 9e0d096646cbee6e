"""Every page passes axe's checks: light and dark, wide and narrow. And none is larger than its window."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Literal

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.browser.run_names import untitled
from tests.browser.written_runs import BASELINE, CHANGED, OLD
from tests.conftest import REPOSITORY
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

NEWEST, SECOND = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z"
CHARTS = "/experiment-tracking?tab=metrics"

# Each page, and the text that tells that it is drawn.
PAGES = {
    "list": ("/experiment-tracking", "22 runs"),
    "query that is not understood": ("/experiment-tracking?q=statsu+%3D%3D+1", "The query cannot be understood"),
    "choosing": (f"/experiment-tracking?compare=1&selected={NEWEST},{SECOND}", "2 runs selected"),
    "charts": ("/experiment-tracking?tab=metrics", "22 runs"),
    "parallel coordinates": ("/experiment-tracking?tab=metrics&chart=parallel", "22 runs"),
    "scatter": (f"{CHARTS}&chart=scatter&x=started&colour=git.branch&trend=1", "by Started"),
    "distribution": (f"{CHARTS}&chart=distribution&by=git.branch", "Distribution of"),
    "importance": (f"{CHARTS}&chart=importance", "Too few runs to estimate importance"),
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
    "smooth series": (f"{COMPARISON}&view=series&smooth=0.6&zoom=5,40&front={CHANGED.id}", "Reset zoom"),
    "table of series": (f"{COMPARISON}&view=series&table=1", "train/loss"),
}
AXE = REPOSITORY / "frontend" / "node_modules" / "axe-core" / "axe.min.js"


def violations(page: Page) -> list[str]:
    """What axe finds, a line each: the rule, what it says, and where. On the dark page, only colours differ."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = _broken_rules(page)
    _switch_to(page, "dark")
    found += [f"dark: {each}" for each in _broken_rules(page, "color-contrast")]
    _switch_to(page, "light")
    return found


def _switch_to(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Wait until the page has the colours of a scheme: axe would judge those that are on their way to others."""
    page.emulate_media(color_scheme=scheme)
    page.wait_for_function("(scheme) => document.documentElement.dataset.mantineColorScheme === scheme", arg=scheme)
    page.evaluate(
        """async () => {
            await new Promise(requestAnimationFrame);
            document.getAnimations().forEach((animation) => animation.finish());
            await new Promise(requestAnimationFrame);
        }"""
    )


def _broken_rules(page: Page, *only: str) -> list[str]:
    options = {"resultTypes": ["violations"], "iframes": False} | ({"runOnly": list(only)} if only else {})
    found = page.evaluate("(options) => axe.run(document, options)", options)["violations"]
    return [
        f"{rule['id']}: {rule['help']}: {json.dumps([node['html'][:200] for node in rule['nodes'][:3]])}"
        for rule in found
    ]


def objections_to_states(page: Page) -> list[str]:
    """What axe finds while a query is written, and in what opens over the page of all runs."""
    found: list[str] = []

    def check(name: str, drawn: Locator) -> None:
        expect(drawn).to_be_visible()
        found.extend(f"{name}: {violation}" for violation in violations(page))

    page.goto("/experiment-tracking?sort=-title,started")
    page.locator("[role=combobox][contenteditable=true]").click()
    page.keyboard.type("m")
    expect(page.get_by_role("option").nth(5)).to_be_attached()
    check("more suggestions than are in view", page.get_by_role("option").first)
    page.keyboard.press("Backspace")
    page.keyboard.type("git.branch == ")
    check("suggestions", page.get_by_role("option").filter(has_text="main"))
    page.keyboard.press("Escape")
    check("a mistake in a query", page.get_by_role("status").filter(has_text="You still see"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="What can be searched").click()
    check("what can be searched", page.get_by_role("dialog", name="What can be searched"))
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Saved views").click()
    page.get_by_role("button", name="Save as a new view…").click()
    check("saved views", page.get_by_role("textbox", name="Name of the view"))
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    page.goto(f"{CHARTS}&chart=scatter")
    page.get_by_role("button", name=re.compile("^X: ")).click()
    check("columns to choose from", page.get_by_role("option").first)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Keys").click()
    check("keys", page.get_by_role("dialog", name="Keys"))
    return found


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


@pytest.mark.parametrize("width", [1280, 400])
def test_no_page_has_what_axe_objects_to(
    browser: Browser, history: VizServer, request: pytest.FixtureRequest, width: int
) -> None:
    with watched_page(browser, history.url, size=(width, 860), picture=picture_of(request)) as page:
        found = objections(page, PAGES) + objections_to_states(page)
    assert not found, "\n".join(found)


@pytest.mark.parametrize("width", [1280, 400])
def test_no_part_of_a_record_has_what_axe_objects_to(
    browser: Browser, written: VizServer, request: pytest.FixtureRequest, width: int
) -> None:
    with watched_page(browser, written.url, size=(width, 860), picture=picture_of(request)) as page:
        found = objections(page, RECORD_PAGES)
        page.goto(f"/experiment-tracking?compare=1&selected={BASELINE.id},{OLD.id}")
        page.get_by_role("button", name="Delete 2 runs").click()
        expect(page.get_by_role("dialog").get_by_role("checkbox")).to_be_visible()
        found += [f"dialog: {objection}" for objection in violations(page)]
    assert not found, "\n".join(found)


def test_the_list_is_used_by_keyboard_alone(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    expect(history_page.get_by_title(NEWEST, exact=True)).to_be_visible()
    history_page.keyboard.press("Tab")
    expect(history_page.get_by_role("link", name="Skip to content")).to_be_focused()
    grid = history_page.get_by_role("grid", name="Runs")
    for _ in range(60):
        history_page.keyboard.press("Tab")
        if grid.evaluate("(element) => element === document.activeElement"):
            break
    expect(grid).to_be_focused()
    history_page.keyboard.press("ArrowDown")
    history_page.keyboard.press("Enter")
    expect(history_page.get_by_role("heading", level=1)).to_contain_text(untitled(NEWEST))
