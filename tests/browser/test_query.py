"""The query field, as a person types into it."""

from __future__ import annotations

import json
import re
import threading

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, Route, expect

from tests.browser.chromium import watched_page
from tests.browser.conftest import picture_of
from tests.browser.written_runs import CHANGED
from tests.viz_server import VizServer

pytestmark = pytest.mark.browser

LIST = "/experiment-tracking"
METRIC = "train_evaluation.linear_regression.r2_score.b2_score"
COUNT = "query ($search: String!) { runs(search: $search) { totalCount } }"


def field(page: Page) -> Locator:
    """The query field."""
    return page.get_by_label("Search runs", exact=True)


def editor(page: Page) -> Locator:
    """The query field once its editor is loaded, with the focus in it."""
    box = page.locator("[role=combobox][contenteditable=true]")
    expect(box).to_be_visible()
    box.click()
    return box


def suggestions(page: Page) -> Locator:
    """What is suggested."""
    return page.get_by_role("listbox").get_by_role("option")


def runs(page: Page) -> Locator:
    """The links to the listed runs."""
    return page.get_by_role("grid", name="Runs").get_by_role("link")


def asks_for(request: Request, operation: str) -> str | None:
    """The body of a request of an operation of the API; None for any other."""
    body = request.post_data or "{}"
    return body if json.loads(body).get("operationName") == operation else None


def count_of(server: VizServer, query: str) -> int:
    """How many runs match a query, as the server tells it."""
    total: int = server.graphql(COUNT, search=query)["runs"]["totalCount"]
    return total


def test_names_and_values_are_completed(history_page: Page, history: VizServer) -> None:
    history_page.goto(LIST)
    box = editor(history_page)
    history_page.keyboard.type("b2_sc")
    expect(suggestions(history_page).filter(has_text=METRIC)).to_be_visible()
    history_page.keyboard.press("Tab")
    expect(box).to_contain_text(METRIC)
    expect(suggestions(history_page).filter(has_text="is more than")).to_be_visible()
    history_page.keyboard.type(" > 5 and git.branch == ma")
    expect(suggestions(history_page).filter(has_text='"main"')).to_be_visible()
    history_page.keyboard.press("ArrowDown")
    history_page.keyboard.press("Enter")
    expect(box).to_contain_text('git.branch == "main"')
    wanted = count_of(history, f'metrics["{METRIC}"] > 5 and git.branch == "main"')
    assert 0 < wanted < 22
    expect(history_page.get_by_text(re.compile(rf"^{wanted} runs?$"))).to_be_visible()
    expect(runs(history_page)).to_have_count(wanted)


def test_a_mistake_is_marked_and_what_was_found_before_stays(history_page: Page) -> None:
    history_page.goto(f"{LIST}?q=main")
    expect(runs(history_page)).to_have_count(14)
    box = editor(history_page)
    history_page.keyboard.press("Control+A")
    history_page.keyboard.type('statsu == "failed"')
    message = history_page.get_by_role("status").filter(has_text="statsu")
    expect(message).to_contain_text("status")
    expect(message).to_contain_text("You still see what was found before")
    expect(history_page.locator(".query-wrong")).to_have_text("statsu")
    expect(box).to_have_attribute("aria-invalid", "true")
    expect(box).to_have_accessible_description(re.compile("statsu"))
    expect(runs(history_page)).to_have_count(14)
    expect(history_page).to_have_url(re.compile(r"q=main$"))

    history_page.keyboard.press("Control+A")
    history_page.keyboard.type('status != "failed"')
    expect(message).to_be_hidden()
    expect(box).not_to_have_attribute("aria-invalid", "true")
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()


def test_the_list_stays_while_an_expression_is_on_its_way(history_page: Page) -> None:
    history_page.goto(LIST)
    expect(runs(history_page)).to_have_count(22)
    box = editor(history_page)
    as_before = history_page.get_by_role("status").filter(has_text="list as before")
    for typed in ("sta", "tus", " ", "== ", '"fai'):
        history_page.keyboard.type(typed)
        expect(as_before).to_be_visible()
        expect(runs(history_page)).to_have_count(22)
        expect(history_page).to_have_url(re.compile(f"{LIST}$"))
    history_page.keyboard.press("Control+A")
    history_page.keyboard.type("tra")
    # Words that names begin with are searched for once that is asked for, or suggestions are left.
    expect(as_before).to_contain_text("Enter searches")
    history_page.keyboard.press("Escape")
    expect(history_page).to_have_url(re.compile("q=tra$"))
    expect(as_before).to_be_hidden()
    history_page.keyboard.press("Control+A")
    history_page.keyboard.type("met")
    expect(as_before).to_contain_text("Enter searches")
    history_page.keyboard.press("Enter")
    expect(history_page.get_by_role("heading", name="No run matches")).to_be_visible()
    expect(box).to_have_text("met")


def test_enter_asks_for_runs_at_once_and_a_mistake_leaves_those_of_before(history_page: Page) -> None:
    let_through = threading.Event()
    held: list[Route] = []

    def hold_help(route: Route) -> None:
        if let_through.is_set() or asks_for(route.request, "QueryHelp") is None:
            route.continue_()
        else:
            held.append(route)

    history_page.goto(f"{LIST}?q=main")
    expect(runs(history_page)).to_have_count(14)
    editor(history_page)
    history_page.route("**/graphql", hold_help)
    history_page.keyboard.press("Control+A")
    history_page.keyboard.type("edited run")
    history_page.keyboard.press("Enter")
    expect(runs(history_page)).to_have_count(1)
    history_page.keyboard.press("Control+A")
    history_page.keyboard.type('statsu == "failed"')
    with history_page.expect_response(lambda answer: "statsu" in (asks_for(answer.request, "Runs") or "")) as refusal:
        history_page.keyboard.press("Enter")
    assert "errors" in refusal.value.json()
    expect(runs(history_page)).to_have_count(1)
    let_through.set()
    for route in held:
        route.continue_()
    expect(history_page.get_by_role("status").filter(has_text="You still see what was found before")).to_be_visible()
    expect(history_page).to_have_url(re.compile(r"q=edited\+run$"))
    expect(runs(history_page)).to_have_count(1)


def test_an_address_with_a_mistake_says_what_is_wrong(history_page: Page) -> None:
    history_page.goto(f"{LIST}?q=statsu+%3D%3D+1")
    expect(history_page.get_by_role("heading", name="The query cannot be understood")).to_be_visible()
    expect(history_page.get_by_role("status").filter(has_text="statsu").first).to_be_visible()
    history_page.get_by_role("button", name="Clear the search").last.click()
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()


def test_what_is_typed_in_one_go_is_one_step_back(history_page: Page) -> None:
    history_page.goto(LIST)
    editor(history_page)
    history_page.keyboard.type("main")
    expect(runs(history_page)).to_have_count(14)
    history_page.keyboard.type(" edit")
    expect(runs(history_page)).to_have_count(2)
    history_page.keyboard.press("Enter")
    history_page.keyboard.press("Control+A")
    history_page.keyboard.type("tynandebold")
    history_page.keyboard.press("Enter")
    expect(runs(history_page)).not_to_have_count(2)
    history_page.go_back()
    expect(field(history_page)).to_have_text("main edit")
    expect(runs(history_page)).to_have_count(2)
    history_page.go_back()
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()
    history_page.go_forward()
    expect(field(history_page)).to_have_text("main edit")


def test_nothing_typed_is_lost_while_the_editor_loads(history_page: Page) -> None:
    let_through = threading.Event()
    held: list[Route] = []

    def hold(route: Route) -> None:
        if let_through.is_set():
            route.continue_()
        else:
            held.append(route)

    history_page.route("**/queryEditor-*.js", hold)
    history_page.goto(LIST)
    plain = history_page.locator("input[type=search]")
    plain.click()
    history_page.keyboard.type("main")
    expect(runs(history_page)).to_have_count(14)
    history_page.keyboard.press("ArrowLeft")
    history_page.keyboard.press("ArrowLeft")

    let_through.set()
    for route in held:
        route.continue_()
    box = history_page.locator("[role=combobox][contenteditable=true]")
    expect(box).to_be_focused()
    expect(box).to_have_text("main")
    history_page.keyboard.type("x")
    expect(box).to_have_text("maxin")


def test_examples_are_of_this_project_and_put_themselves_in(written_page: Page, written: VizServer) -> None:
    written_page.goto(LIST)
    written_page.get_by_role("button", name="What can be searched").click()
    guide = written_page.get_by_role("dialog", name="What can be searched")
    examples = guide.get_by_role("region", name="Examples").get_by_role("button")
    expect(examples.filter(has_text="params.")).to_be_visible()
    for query in examples.locator("code").all_inner_texts():
        told = written.graphql(
            "query ($text: String!) { queryHelp(text: $text, position: 0) { isExpression problem { message } } }",
            text=query,
        )["queryHelp"]
        assert told == {"isExpression": True, "problem": None}, query
    chosen = examples.first.locator("code").inner_text()
    examples.first.click()
    expect(guide).to_be_hidden()
    expect(field(written_page)).to_have_text(chosen)
    expect(runs(written_page)).to_have_count(count_of(written, chosen))


def test_words_find_values_of_parameters_as_before(written_page: Page) -> None:
    written_page.goto(LIST)
    field(written_page).fill("model_options.depth=8")
    expect(runs(written_page)).to_have_count(1)
    expect(runs(written_page)).to_have_attribute("href", re.compile(re.escape(CHANGED.id)))


def test_queries_of_before_are_offered(history_page: Page) -> None:
    history_page.goto(LIST)
    editor(history_page)
    history_page.keyboard.type("main")
    history_page.keyboard.press("Enter")
    expect(runs(history_page)).to_have_count(14)
    history_page.keyboard.press("Escape")
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()
    history_page.keyboard.press("ArrowDown")
    expect(suggestions(history_page).filter(has_text="searched before")).to_have_text(re.compile("^main"))
    history_page.keyboard.press("ArrowDown")
    history_page.keyboard.press("Enter")
    expect(runs(history_page)).to_have_count(14)

    history_page.reload()
    history_page.get_by_role("button", name="What can be searched").click()
    before = history_page.get_by_role("region", name="Searched before")
    expect(before.get_by_role("button")).to_have_text(["main"])


def test_keys_lead_to_the_field_and_are_listed(history_page: Page) -> None:
    history_page.goto(LIST)
    expect(runs(history_page).first).to_be_visible()
    history_page.keyboard.press("/")
    expect(field(history_page)).to_be_focused()
    history_page.keyboard.type("what?")
    expect(field(history_page)).to_contain_text("what?")
    expect(history_page.get_by_role("dialog")).to_be_hidden()
    # Leaves suggestions, if there are any, then the query, then the field.
    for _ in range(3):
        history_page.keyboard.press("Escape")
    expect(field(history_page)).not_to_be_focused()
    history_page.keyboard.press("?")
    keys = history_page.get_by_role("dialog", name="Keys")
    expect(keys.get_by_role("heading", name="Query")).to_be_visible()
    expect(keys).to_contain_text("Take the suggestion")
    expect(keys).to_contain_text("Open the run")
    history_page.keyboard.press("Escape")
    expect(keys).to_be_hidden()


def test_the_query_stays_from_tab_to_tab_and_for_a_colleague(
    browser: Browser, history: VizServer, history_page: Page, request: pytest.FixtureRequest
) -> None:
    history_page.goto(f"{LIST}?sort=title")
    editor(history_page)
    history_page.keyboard.type("main")
    expect(runs(history_page)).to_have_count(14)
    titles = runs(history_page).all_inner_texts()
    history_page.get_by_role("tab", name="Metrics").click()
    expect(field(history_page)).to_have_text("main")
    expect(history_page.get_by_text("14 runs").first).to_be_visible()
    address = history_page.url
    history_page.go_back()
    expect(runs(history_page)).to_have_text(titles)

    with watched_page(browser, history.url, picture=picture_of(request)) as colleague:
        colleague.goto(address)
        expect(colleague.get_by_text("14 runs").first).to_be_visible()
        colleague.get_by_role("tab", name="Runs").click()
        expect(runs(colleague)).to_have_text(titles)
