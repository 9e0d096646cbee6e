"""The parts of a run's page that show its record: series, data, code, environment, files."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.recorded_project import make_recorded_project
from tests.browser.test_accessibility import violations
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.browser

OLD_RUN = "/experiment-tracking/runs/2022-12-24T21.05.59.296Z"


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on a project that has run once, with all of its record."""
    project = make_recorded_project(tmp_path_factory.mktemp("recorded") / "project")
    run = kedro_run(project)
    assert run.returncode == 0, run.stdout + run.stderr
    with viz_server(project) as server:
        yield server


@pytest.fixture
def address(recorded: VizServer) -> str:
    """The path of the run's page."""
    (run,) = recorded.graphql("{ runsList { id } }")["runsList"]
    return f"/experiment-tracking/runs/{run['id']}"


@pytest.fixture
def page(browser: Browser, recorded: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page on the project."""
    with watched_page(browser, recorded.url, picture=picture_of(request)) as page:
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        yield page


def clipboard(page: Page) -> str:
    text: str = page.evaluate("navigator.clipboard.readText()")
    return text


def test_what_was_logged_is_drawn_by_group_and_lists_in_json_are_too(page: Page, address: str) -> None:
    page.goto(address)
    page.get_by_role("tab", name="Metrics").click()
    loss = page.get_by_role("article", name="train/loss")
    expect(loss).to_contain_text("last 0.001")
    expect(loss).to_contain_text("max 4")
    expect(loss).to_contain_text("301 points")
    loss.scroll_into_view_if_needed()
    expect(loss.get_by_role("img")).to_have_accessible_name(
        re.compile("train/loss: 301 points, last 0.001, at step 300")
    )
    expect(loss.locator("canvas")).to_be_visible()
    expect(page.get_by_role("heading", name="layers 20")).to_be_visible()
    expect(page.get_by_role("heading", name="history 1")).to_be_attached()
    # Neither the rows of a table in JSON nor anything else is taken for a curve.
    expect(page.get_by_role("article", name="accuracy")).to_have_count(1)
    expect(page.get_by_text("During this run (24)")).to_be_visible()


def test_what_cannot_be_told_of_a_run_leaves_the_rest_of_its_page(page: Page, address: str) -> None:
    """GraphQL has no run in its answer then, because a run always has series; it is there all the same."""
    refusal = "The answer has more than 1,000,000 points of series."

    def answer(route: Route) -> None:
        if "query LoggedSeries(" in (route.request.post_data or ""):
            route.fulfill(json={"data": {"run": None}, "errors": [{"message": refusal, "path": ["run", "series"]}]})
        else:
            route.continue_()

    page.route("**/graphql", answer)
    page.goto(f"{address}?view=metrics")
    expect(page.get_by_text(refusal)).to_be_visible()
    for tab in ("Overview", "Data", "Metrics"):
        page.get_by_role("tab", name=tab).click()
        expect(page.get_by_role("heading", level=1).first).to_be_visible()
        expect(page.get_by_text("There is no such run")).to_have_count(0)
    page.unroute("**/graphql")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("article", name="train/loss")).to_be_visible()


def test_only_charts_near_the_window_are_drawn(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1000, "height": 500})
    page.goto(f"{address}?view=metrics")
    expect(page.get_by_role("article", name="layers/0/weight").locator("canvas")).to_be_visible()
    expect(page.get_by_role("article", name=re.compile("weight|train|accuracy"))).to_have_count(24)
    last = page.get_by_role("article", name="accuracy")
    expect(last.locator("canvas")).to_have_count(0)
    last.scroll_into_view_if_needed()
    expect(last.locator("canvas")).to_be_visible()
    expect(page.get_by_role("article", name="layers/0/weight").locator("canvas")).to_have_count(0)
    # A group that is closed gives way to the next one.
    page.get_by_role("heading", name="layers 20").click()
    expect(page.get_by_role("article", name="layers/0/weight")).to_be_hidden()
    expect(page.get_by_role("article", name="train/loss").locator("canvas")).to_be_visible()


def test_the_settings_of_the_series_stand_in_the_address(page: Page, address: str) -> None:
    page.goto(f"{address}?view=metrics")
    page.get_by_role("searchbox", name="Search series").fill("TRAIN norm")
    page.get_by_role("switch", name="Log scale").click()
    page.get_by_text("Since start", exact=True).click()
    weight = page.get_by_role("textbox", name="Weight of the smoothing")
    weight.fill("0.6")
    cards = page.get_by_role("article", name="train/")
    expect(cards).to_have_count(1)
    expect(page).to_have_url(re.compile(r"find=TRAIN\+norm"))
    expect(page).to_have_url(re.compile("log=1"))
    expect(page).to_have_url(re.compile("axis=time"))
    expect(page).to_have_url(re.compile("smooth=0.6"))
    page.reload()
    expect(cards).to_have_count(1)
    expect(page.get_by_role("switch", name="Log scale")).to_be_checked()
    expect(page.get_by_role("radio", name="Since start", exact=True)).to_be_checked()
    expect(page.get_by_role("slider", name="Smoothing")).to_have_attribute("aria-valuenow", "0.6")
    page.get_by_role("searchbox", name="Search series").fill("nothing of this name")
    expect(page.get_by_text("No matching series")).to_be_visible()
    page.get_by_role("button", name="Show all").click()
    expect(page.get_by_role("article", name="train/loss")).to_be_visible()


def test_one_series_is_shown_large_and_gone_through_by_key(page: Page, address: str, tmp_path: Path) -> None:
    page.goto(f"{address}?view=metrics")
    page.get_by_role("button", name="Show train/loss in full screen").click()
    dialog = page.get_by_role("dialog", name="train/loss")
    expect(page).to_have_url(re.compile("curve=train/loss"))
    points = dialog.get_by_role("slider")
    points.focus()
    points.press("Home")
    expect(points).to_have_attribute("aria-valuetext", re.compile(r"^step 0 · .*: 4$"))
    points.press("ArrowRight")
    expect(points).to_have_attribute("aria-valuetext", re.compile(r"^step 1 · .*: 2$"))
    points.press("End")
    expect(points).to_have_attribute("aria-valuetext", re.compile(r"^step 300 · .*: 0.001$"))
    with page.expect_download() as download:
        dialog.get_by_role("button", name="Save train/loss").click()
        page.get_by_role("menuitem", name="Values (CSV)").click()
    download.value.save_as(tmp_path / "series.csv")
    rows = (tmp_path / "series.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[0] == "Step,Value,Seconds since the start"
    assert rows[2].startswith("1,2,")
    assert len(rows) == 302
    dialog.get_by_role("button", name="Show train/loss as a table").click()
    table = dialog.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", "302")
    expect(table.get_by_role("row").nth(2)).to_contain_text("1")
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page).not_to_have_url(re.compile("curve="))


def test_the_series_stand_in_a_table_too(page: Page, address: str) -> None:
    page.goto(f"{address}?view=metrics&table=1&find=train")
    table = page.get_by_role("region", name="Table of the series").get_by_role("table")
    row = table.get_by_role("row", name="train/loss")
    expect(row.get_by_role("cell")).to_have_text(["301", "300", "0.001", "0.001", "4.000"])
    row.get_by_role("button", name="train/loss").click()
    expect(page.get_by_role("dialog", name="train/loss")).to_be_visible()


def test_dragging_zooms_into_a_series_and_back(page: Page, address: str) -> None:
    page.goto(f"{address}?view=metrics&find=train/loss")
    card = page.get_by_role("article", name="train/loss")
    expect(card.locator("canvas")).to_be_visible()
    box = place_at_rest(card.locator("canvas"))
    before = card.locator("canvas").screenshot()
    page.mouse.move(box["x"] + 80, box["y"] + 80)
    page.mouse.down()
    page.mouse.move(box["x"] + 160, box["y"] + 90, steps=4)
    page.mouse.up()
    page.mouse.move(0, 0)
    reset = page.get_by_role("button", name="Reset zoom")
    expect(reset).to_be_visible()
    expect(page).to_have_url(re.compile(r"zoom=\d"))
    assert card.locator("canvas").screenshot() != before
    reset.click()
    expect(reset).to_be_hidden()


def test_series_grow_while_the_run_goes_on(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    project = make_recorded_project(tmp_path / "live")
    assert kedro_run(project, "--nodes", "prepare").returncode == 0
    gate = tmp_path / "gate"
    os.mkfifo(gate)
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        run = subprocess.Popen(
            [sys.executable, "-m", "kedro", "run"], cwd=project, env={**os.environ, "TEST_GATE": str(gate)}
        )
        try:
            page.goto("/experiment-tracking")
            page.get_by_role("img", name=re.compile("^Running")).wait_for(timeout=60_000)
            page.get_by_role("grid", name="Runs").get_by_role("row").nth(1).get_by_role("link").first.click()
            # The list has a tab of that name, too.
            page.get_by_role("tab", name="Overview").wait_for()
            page.get_by_role("tab", name="Metrics").click()
            page.get_by_text("During this run").click()
            loss = page.get_by_role("article", name="train/loss")
            expect(loss).to_contain_text("300 points")
            # Opened once the run waits there, too.
            gate.open("w").close()
            expect(loss).to_contain_text("301 points")
            expect(loss).to_contain_text("last 0.001")
            expect(page.get_by_text(re.compile("^Running"))).to_be_visible()
            gate.open("w").close()
            expect(page.get_by_text("Succeeded")).to_be_visible()
            assert run.wait() == 0
        finally:
            run.kill()
            run.wait()


def test_a_run_without_series_says_how_to_log_some(history_page: Page) -> None:
    history_page.goto(f"{OLD_RUN}?view=metrics")
    # What people know from before stands first where there are no series.
    expect(history_page.get_by_text("Time series")).to_be_visible()
    history_page.get_by_text("During this run").click()
    expect(history_page.get_by_text("No series were logged during this run")).to_be_visible()
    expect(history_page.get_by_text("from kedro_viz.tracking import log_metric")).to_be_visible()
    history_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    history_page.get_by_role("button", name="Copy the lines").click()
    assert 'log_metric("loss", loss, step=epoch)' in clipboard(history_page)


def data_row(page: Page, group: str, dataset: str) -> Locator:
    section = page.locator("section").filter(has=page.get_by_role("heading", name=re.compile(f"^{group}")))
    return section.get_by_role("row").filter(has=page.get_by_role("link", name=dataset, exact=True))


def test_data_is_told_apart_by_what_was_loaded_and_saved(page: Page, recorded: VizServer, address: str) -> None:
    page.goto(f"{address}?view=data")
    loaded = data_row(page, "Loaded", "companies")
    expect(loaded).to_contain_text("TextDataset")
    expect(loaded).to_contain_text(str(Path("data", "01_raw", "companies.csv")))
    expect(loaded).to_contain_text("800 B")
    expect(data_row(page, "Loaded", "regressor")).to_contain_text(address.rsplit("/", 1)[1])
    expect(data_row(page, "Saved", "companies")).to_have_count(0)
    # The same data has the same fingerprint.
    loaded.get_by_role("button", name="Copy the fingerprint").click()
    uses = recorded.graphql("{ runsList { dataUses { dataset fingerprint } } }")["runsList"][0]["dataUses"]
    assert clipboard(page) == next(use["fingerprint"] for use in uses if use["dataset"] == "companies")


# Each on a page of its own: a browser may ask before it takes a second file from one page.
@pytest.mark.parametrize("view", ["data", "overview"])
def test_the_files_of_what_was_saved_are_downloaded(page: Page, address: str, tmp_path: Path, view: str) -> None:
    page.goto(f"{address}?view={view}")
    with page.expect_download() as download:
        page.get_by_role("link", name="Download regressor.pkl of regressor").click()
    download.value.save_as(tmp_path / view)
    assert pickle.loads((tmp_path / view).read_bytes()) == {"weights": list(range(1000))}  # our own


def test_the_overview_tells_memory_remote_and_how_to_reproduce(page: Page, address: str) -> None:
    page.goto(address)
    about = page.get_by_role("complementary", name="About the run")
    expect(about).to_contain_text(re.compile(r"Peak memory\d+ MB"))
    remote = about.get_by_role("link", name="github.com/example/shuttles")
    expect(remote).to_have_attribute("href", "https://github.com/example/shuttles")
    about.get_by_role("button", name="Copy the command that reproduces the run").click()
    assert clipboard(page) == f"kedro viz runs reproduce {address.rsplit('/', 1)[1]} --to reproduced"
    page.get_by_role("link", name="train/loss").click()
    expect(page.get_by_role("dialog", name="train/loss")).to_be_visible()


def test_the_code_tells_git_and_what_was_not_committed(page: Page, address: str) -> None:
    page.goto(f"{address}?view=code")
    expect(page.get_by_text("more-trees")).to_be_visible()
    expect(page.get_by_text("with uncommitted changes")).to_be_visible()
    expect(page.get_by_role("heading", name="Uncommitted changes")).to_be_visible()
    expect(page.get_by_text("return b + a")).to_be_visible()
    page.get_by_text("Side by side").click()
    expect(page).to_have_url(re.compile("diff=split"))


def test_source_files_are_found_read_and_shared_by_address(page: Page, address: str) -> None:
    page.goto(f"{address}?view=code")
    tree = page.get_by_role("tree", name="Source files")
    page.get_by_role("searchbox", name="Search files").fill("slow")
    expect(tree.get_by_role("treeitem", name="slow.py")).to_be_visible()
    expect(tree.get_by_role("treeitem", name="settings.py")).to_have_count(0)
    tree.focus()
    tree.press("End")
    tree.press("Enter")
    text = page.get_by_role("region", name="Text of src/recorded/nodes/slow.py")
    # As it ran, not as it was committed.
    expect(text).to_contain_text("return b + a")
    expect(page).to_have_url(re.compile("file=src/recorded/nodes/slow.py"))
    page.get_by_role("button", name="Copy the file").click()
    assert clipboard(page) == 'def add(a, b):\n    """Adds."""\n    return b + a\n'
    page.reload()
    expect(text).to_contain_text("return b + a")
    expect(tree.get_by_role("treeitem", name="slow.py")).to_have_attribute("aria-selected", "true")


def test_folders_open_and_close_by_key(page: Page, address: str) -> None:
    page.goto(f"{address}?view=code")
    tree = page.get_by_role("tree", name="Source files")
    first = tree.get_by_role("treeitem", name=re.compile("^conf"))
    expect(first).to_have_attribute("aria-expanded", "true")
    tree.focus()
    tree.press("Home")
    tree.press("ArrowLeft")
    expect(first).to_have_attribute("aria-expanded", "false")
    expect(tree.get_by_role("treeitem", name=re.compile("^catalog.yml"))).to_have_count(0)
    tree.press("ArrowRight")
    expect(tree.get_by_role("treeitem", name=re.compile("^catalog.yml"))).to_be_visible()


def test_what_is_not_kept_or_not_quite_as_it_was_says_so(page: Page, address: str) -> None:
    page.goto(f"{address}?view=code&file=docs/drawing.svg")
    expect(page.get_by_role("heading", name="Not kept")).to_be_visible()
    expect(page.get_by_role("region", name="docs/drawing.svg")).to_contain_text("1.1 MB")
    page.goto(f"{address}?view=code&file=conf/base/api.yml")
    expect(page.get_by_text("looked like a secret was replaced")).to_be_visible()
    expect(page.get_by_role("region", name="Text of conf/base/api.yml")).not_to_contain_text("hunter2")
    page.goto(f"{address}?view=code&file=no/such/file.py")
    expect(page.get_by_role("heading", name="No such file")).to_be_visible()


def test_code_that_would_mislead_is_seen_through(page: Page, address: str) -> None:
    page.goto(f"{address}?view=code&file=src/recorded/nodes/misleading.py")
    text = page.get_by_role("region", name="Text of src/recorded/nodes/misleading.py")
    expect(text).to_contain_text("U+202E")
    expect(text).to_contain_text("<img src=x onerror=alert(1)>")
    expect(text.locator("img")).to_have_count(0)


def test_the_environment_is_searched_and_copied(page: Page, address: str) -> None:
    page.goto(f"{address}?view=environment")
    version = sys.version.split()[0]
    expect(page.get_by_text(re.compile(rf"^{re.escape(version)}"))).to_be_visible()
    page.get_by_role("searchbox", name="Search packages").fill("kedro-datasets")
    packages = page.get_by_role("region", name="Packages").get_by_role("row")
    expect(packages).to_have_count(2)
    expect(packages.nth(1)).to_contain_text("kedro-datasets")
    page.get_by_role("button", name="Copy as requirements").click()
    requirements = clipboard(page).splitlines()
    assert any(line.startswith("kedro==") for line in requirements)
    assert len(requirements) > 50
    parameters = page.get_by_role("region", name="Parameters")
    expect(parameters).to_contain_text("steps")
    page.get_by_role("region", name="Parameters").locator("xpath=..").get_by_role("button", name="Copy as YAML").click()
    assert clipboard(page) == "training:\n  layers: 20\n  steps: 300\n"
    expect(page.get_by_role("region", name="Catalog")).to_contain_text("data/06_models/regressor.pkl")


def test_a_run_from_before_says_that_nothing_of_this_was_kept(history_page: Page) -> None:
    for view, sentence in {
        "code": "It was made by an older version of Kedro-Viz. The source files of the project of new runs are kept.",
        "environment": "It was made by an older version of Kedro-Viz.",
        "data": "Not recorded for this run: it was made by an older version of Kedro-Viz.",
    }.items():
        history_page.goto(f"{OLD_RUN}?view={view}")
        expect(history_page.get_by_text(sentence)).to_be_visible()
    # What carries the run's id is known all the same.
    saved = data_row(history_page, "Saved", "reporting.confusion_matrix")
    expect(saved.get_by_role("link", name=re.compile("^Download"))).to_be_visible()


@pytest.mark.parametrize("width", [1280, 400])
def test_no_part_of_a_recorded_run_has_what_axe_objects_to(
    browser: Browser, recorded: VizServer, address: str, request: pytest.FixtureRequest, width: int
) -> None:
    parts = {
        "": "Reproduce",
        "?view=metrics": "301 points",
        "?view=metrics&table=1": "train/loss",
        "?view=metrics&curve=train/loss": "1 of",
        "?view=nodes": "evaluate",
        "?view=data": "companies",
        "?view=code": "return b + a",
        "?view=code&file=src/recorded/nodes/slow.py": "Adds.",
        "?view=environment": "Copy as requirements",
    }
    found: list[str] = []
    with watched_page(browser, recorded.url, size=(width, 860), picture=picture_of(request)) as page:
        for part, text in parts.items():
            page.goto(address + part)
            expect(page.get_by_text(text).filter(visible=True).first).to_be_visible()
            objections = violations(page)
            overflow = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            if overflow > 0:
                objections.append(f"the page is {overflow} px wider than the window")
            found += [f"{part or 'overview'}: {objection}" for objection in objections]
    assert not found, "\n".join(found)
