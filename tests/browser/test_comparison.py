"""Runs beside each other: columns, baseline, differences, plots."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Request, expect

from tests.browser.chromium import place_at_rest, watched_page
from tests.browser.conftest import picture_of
from tests.browser.run_names import untitled
from tests.browser.written_runs import BASELINE, CHANGED, OLD, REPEATED, WrittenRun, write_runs
from tests.projects import make_project
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.browser

# What a cell holds that has no value: a dash to see, a word to hear.
NONE = re.compile("^.none$")
NEWEST, SECOND, OLDER = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z", "2022-04-24T21.03.25.671Z"
COMPARE = "/experiment-tracking/compare"

WRITTEN = f"{COMPARE}?runs={BASELINE.id},{CHANGED.id},{REPEATED.id}"


def labels(page: Page) -> list[str]:
    """The names of the rows that are drawn."""
    return page.get_by_role("rowheader").all_text_contents()


def row(page: Page, label: str) -> Locator:
    """The cells of one property, a run each."""
    name = re.escape(label).replace("/", ".")  # Playwright takes a slash for the end of a pattern
    header = page.get_by_role("rowheader", name=re.compile(rf"^(differs: )?{name}$")).first
    return header.locator("xpath=..").get_by_role("cell")


def test_runs_chosen_in_the_list_are_compared_in_columns(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    history_page.get_by_role("button", name="Compare runs").click()
    for run in (NEWEST, SECOND, OLDER):
        history_page.get_by_role("checkbox", name=f"Select {untitled(run)}").click()
    history_page.get_by_role("link", name="Compare 3 runs").click()
    expect(history_page.get_by_role("heading", name="Comparison")).to_be_visible()
    expect(history_page.get_by_role("columnheader").get_by_role("link")).to_have_text(
        [untitled(run) for run in (NEWEST, SECOND, OLDER)]
    )
    expect(row(history_page, "a2_score")).to_have_text([re.compile(f"^{value}") for value in ("3.6", "8", "2.8")])
    expect(row(history_page, "a2_score").nth(1)).to_contain_text("best")
    expect(history_page).to_have_url(re.compile(f"runs={NEWEST},{SECOND},{OLDER}"))


def test_deltas_are_against_the_pinned_baseline_which_stands_first(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND}")
    values = row(history_page, "a2_score")
    expect(values).to_have_text([re.compile(r"^3\.60*$"), re.compile(r"^8(\.0+)?.*better: \+4\.40*\s*\+122 %$")])
    history_page.get_by_role("button", name=f"Pin {untitled(SECOND)} as baseline").press("Enter")
    expect(values).to_have_text([re.compile(r"^8(\.0+)?"), re.compile(r"^3\.60*.*worse: −4\.40*\s*−55 %$")])
    expect(history_page).to_have_url(re.compile(f"baseline={SECOND}"))
    history_page.reload()
    expect(history_page.get_by_role("button", name=f"Baseline: {untitled(SECOND)}")).to_have_attribute(
        "aria-pressed", "true"
    )
    expect(history_page.get_by_role("columnheader").get_by_role("link")).to_have_text(
        [untitled(SECOND), untitled(NEWEST)]
    )


def test_numbers_are_shown_as_they_are_or_by_their_difference(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND}")
    values = row(history_page, "a2_score")
    shown = history_page.get_by_role("radiogroup", name="Numbers as")
    shown.get_by_text("Difference in percent").click(force=True)
    expect(values.nth(1)).to_have_text(re.compile(r"better: \+122 %"))
    expect(values.nth(0)).to_have_text(re.compile(r"^3\.60*$"))
    shown.get_by_text("Difference from the baseline").click(force=True)
    expect(values.nth(1)).to_have_text(re.compile(r"better: \+4\.40*"))
    expect(history_page).to_have_url(re.compile("show=delta"))


def test_differences_only_leaves_only_what_differs(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND}")
    same = history_page.get_by_role("rowheader", name="r2_score", exact=True)
    expect(same).to_be_visible()
    history_page.get_by_role("switch", name="Differences only").click(force=True)
    expect(same).to_be_hidden()
    expect(history_page.get_by_role("rowheader", name="differs: r2_score", exact=True)).to_be_visible()


def test_all_runs_can_be_compared_not_only_three(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    expect(history_page.get_by_role("grid", name="Runs").get_by_role("link").first).to_be_visible()
    ids = history_page.evaluate(
        """async () => {
            const query = JSON.stringify({query: '{ runsList { id } }'});
            const answer = await fetch('/graphql',
                {method: 'POST', headers: {'Content-Type': 'application/json'}, body: query});
            return (await answer.json()).data.runsList.map((run) => run.id);
        }"""
    )
    assert len(ids) == 22
    history_page.goto(f"{COMPARE}?runs={','.join(ids)}")
    expect(history_page.get_by_text("22 runs", exact=True)).to_be_visible()
    table = history_page.get_by_role("table", name="Comparison of runs")
    expect(table).to_have_attribute("aria-rowcount", "23")
    history_page.get_by_role("radiogroup", name="Runs as").get_by_text("Runs as columns").click(force=True)
    expect(table).to_have_attribute("aria-colcount", "23")
    expect(history_page).to_have_url(re.compile("layout=columns"))


def test_the_export_has_a_column_for_each_run(history_page: Page, tmp_path: Path) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND}")
    expect(row(history_page, "a2_score")).to_have_count(2)
    with history_page.expect_download() as download:
        history_page.get_by_role("button", name="Export as CSV").click()
    download.value.save_as(tmp_path / "comparison.csv")
    rows = list(csv.reader((tmp_path / "comparison.csv").open(encoding="utf-8-sig", newline="")))
    assert rows[0][-2:] == [NEWEST, SECOND]
    (values,) = [
        line
        for line in rows
        if "train_evaluation.linear_regression.r2_score" in " ".join(line) and "a2_score" in " ".join(line)
    ]
    assert [float(value) for value in values[-2:]] == [3.6, 8.0]


def test_an_address_of_kedro_viz_10_leads_to_the_comparison(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking?run_id={NEWEST},{SECOND}")
    expect(history_page.get_by_role("columnheader").get_by_role("link")).to_have_text(
        [untitled(NEWEST), untitled(SECOND)]
    )


def test_a_run_that_does_not_exist_is_named_and_can_be_taken_out(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},2000-01-01T00.00.00.000Z")
    expect(history_page.get_by_text("1 run is not in this project’s session store")).to_be_visible()
    history_page.get_by_role("button", name="Take out", exact=True).click()
    expect(history_page).not_to_have_url(re.compile("2000-01-01"))


def test_parameters_that_differ_come_first_and_types_are_told_apart(written_page: Page) -> None:
    written_page.goto(WRITTEN)
    expect(row(written_page, "model_options.test_size")).to_have_text(["0.2", '"0.2"', "0.2"])
    expect(row(written_page, "only_here")).to_have_text([NONE, "null", NONE])
    expect(written_page.get_by_text("3 of 4 differ")).to_be_visible()
    names = [name.removeprefix("differs:").strip() for name in labels(written_page)]
    assert names.index("only_here") < names.index("1 is the same in all runs") < names.index("seed")


def test_data_is_told_to_be_the_same_or_another(written_page: Page) -> None:
    written_page.goto(WRITTEN)
    written_page.get_by_role("tab", name="Data").click()
    companies = row(written_page, "companies.csv")
    expect(companies).to_have_text(
        [re.compile("^data A"), re.compile("^data B.*other data$"), re.compile("^data A.*same data$")]
    )
    expect(row(written_page, "reviews.csv").first).to_have_text(NONE)
    written_page.get_by_role("switch", name="Differences only").click(force=True)
    expect(written_page.get_by_role("rowheader", name="shuttles.csv")).to_be_hidden()
    expect(written_page).to_have_url(re.compile("view=data&changes=1"))


def test_packages_that_changed_were_added_or_removed_come_first(written_page: Page) -> None:
    written_page.goto(f"{WRITTEN}&view=environment")
    expect(row(written_page, "kedro")).to_have_text(["1.0.0", "1.1.0", "1.0.0"])
    expect(row(written_page, "pandas")).to_have_text([NONE, "2.2.0", NONE])
    expect(row(written_page, "xgboost")).to_have_text(["2.1.0", NONE, "2.1.0"])
    same = written_page.get_by_role("rowheader", name="package-7", exact=True)
    expect(same).to_be_hidden()
    written_page.get_by_role("button", name="31 are the same in all runs").click()
    expect(same).to_be_visible()
    written_page.get_by_role("searchbox", name="Search this part").fill("package-29")
    expect(written_page.get_by_role("rowheader", name="package-29", exact=True)).to_be_visible()
    expect(same).to_be_hidden()


def test_configuration_is_compared_value_by_value(written_page: Page) -> None:
    written_page.goto(f"{WRITTEN}&view=configuration")
    expect(row(written_page, "runner")).to_have_text(["SequentialRunner", "ThreadRunner", "SequentialRunner"])
    expect(row(written_page, "load_args.sep")).to_have_text([",", ";", ","])


def test_runs_of_which_nothing_was_recorded_are_named_and_do_not_count_as_different(written_page: Page) -> None:
    written_page.goto(f"{COMPARE}?runs={BASELINE.id},{REPEATED.id},{OLD.id}&view=environment")
    expect(written_page.get_by_text(f"No environment was recorded of 1 run: {untitled(OLD.id)}")).to_be_visible()
    expect(written_page.get_by_text("all the same")).to_be_visible()
    written_page.get_by_role("button", name="Take out", exact=True).click()
    expect(written_page).not_to_have_url(re.compile(OLD.id))


def test_runs_with_the_same_code_are_said_to_have_it(written_page: Page) -> None:
    written_page.goto(f"{COMPARE}?runs={BASELINE.id},{REPEATED.id}&view=code")
    expect(written_page.get_by_role("heading", name="All these runs ran the same code")).to_be_visible()
    expect(written_page.get_by_text("Every file was the same in both runs.")).to_be_visible()


def test_changed_files_open_to_show_what_changed(written_page: Page) -> None:
    written_page.goto(f"{WRITTEN}&view=code")
    expect(written_page.get_by_role("heading", name="2 versions of the code")).to_be_visible()
    expect(written_page.get_by_text("1 file changed, 1 renamed, 1 added, 1 removed")).to_be_visible()
    written_page.get_by_role("button", name="src/science/nodes.py").click()
    diff = written_page.get_by_role("table", name="Changes of src/science/nodes.py")
    expect(diff.locator("del")).to_have_text("100")
    expect(diff.locator("ins")).to_have_text("200")
    expect(diff).not_to_contain_text("from sklearn.ensemble")
    diff.get_by_role("button", name="12 unchanged lines").click()
    expect(diff).to_contain_text("from sklearn.ensemble")
    expect(written_page).to_have_url(re.compile("files=src/science/nodes.py"))
    written_page.get_by_text("Side by side").click()
    expect(diff.get_by_role("row").filter(has_text="n_estimators=100")).to_contain_text("n_estimators=200")
    written_page.reload()
    expect(diff.get_by_role("row").filter(has_text="n_estimators=100")).to_contain_text("n_estimators=200")


def test_any_two_runs_are_chosen_to_compare_their_code(written_page: Page) -> None:
    written_page.goto(f"{WRITTEN},{OLD.id}&view=code")
    written_page.get_by_label("After").select_option(REPEATED.id)
    expect(written_page.get_by_text("Every file was the same in both runs.")).to_be_visible()
    written_page.get_by_label("After").select_option(OLD.id)
    expect(written_page.get_by_text("Git tells that their commits differ: 0123456789 and fedcba9876.")).to_be_visible()
    written_page.get_by_label("After").select_option(CHANGED.id)
    written_page.get_by_role("button", name="Swap").click()
    expect(written_page.get_by_label("Before")).to_have_value(CHANGED.id)
    written_page.get_by_role("button", name="src/science/nodes.py").click()
    expect(written_page.locator("ins")).to_have_text("100")


def test_the_series_of_all_runs_are_drawn_in_one_chart_each(written_page: Page) -> None:
    written_page.goto(f"{WRITTEN}&view=series")
    chart = written_page.get_by_role(
        "img", name=re.compile(rf"^train.loss\. {untitled(BASELINE.id)}: last .*{untitled(REPEATED.id)}")
    )
    expect(chart).to_be_visible()
    expect(written_page.get_by_role("img", name=re.compile("^train.rate"))).to_be_visible()
    written_page.get_by_role("switch", name="Differences only").click(force=True)
    expect(written_page.get_by_role("img", name=re.compile("^train.rate"))).to_be_hidden()
    written_page.get_by_role("switch", name="Table", exact=True).click(force=True)
    expect(row(written_page, "train/loss")).to_have_count(3)


def test_each_part_is_one_query_whatever_the_number_of_runs(written_page: Page) -> None:
    asked: list[tuple[str, int]] = []

    def note(request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/graphql"):
            question = json.loads(request.post_data or "{}")
            asked.append((question["operationName"], len(question.get("variables", {}).get("runIds", []))))

    written_page.on("request", note)
    written_page.goto(f"{WRITTEN},{OLD.id}&view=environment")
    expect(row(written_page, "kedro")).to_have_count(4)
    written_page.get_by_role("tab", name="Data").click()
    expect(row(written_page, "companies.csv")).to_have_count(4)
    compared = [question for question in asked if question[0].startswith("Compared")]
    # Two of the runs share an environment and one has none: so two are asked for in full.
    assert sorted(compared) == [
        ("ComparedData", 4),
        ("ComparedEnvironmentIds", 4),
        ("ComparedEnvironments", 2),
        ("ComparedRuns", 4),
    ]


def test_the_export_has_what_the_runs_ran_with(written_page: Page, tmp_path: Path) -> None:
    written_page.goto(WRITTEN)
    expect(row(written_page, "r2_score")).to_have_count(3)
    with written_page.expect_download() as download:
        written_page.get_by_role("button", name="Export as CSV").click()
    download.value.save_as(tmp_path / "comparison.csv")
    rows = list(csv.reader((tmp_path / "comparison.csv").open(encoding="utf-8-sig", newline="")))
    assert ["Packages", "", "kedro", "1.0.0", "1.1.0", "1.0.0"] in rows
    assert ["Loaded", "", "companies.csv fingerprint", "full:aaaa", "full:cccc", "full:aaaa"] in rows
    assert ["Catalog", "companies", "load_args.sep", ",", ";", ","] in rows
    (snapshots,) = [line[3:] for line in rows if line[:3] == ["Code", "", "snapshot"]]
    assert snapshots[0] == snapshots[2] != snapshots[1]


MANY = [
    WrittenRun(
        id=f"2026-04-01T10.{number:02}.00.000Z",
        metrics={"r2_score": (number * 37 % 60) / 60, "loss": float(number % 7), "balance": number - 30.0},
        parameters={"depth": number % 5, "same": "everywhere"},
    )
    for number in range(60)
]


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """A server on sixty runs. Shared: nothing may be changed."""
    project = make_project(tmp_path_factory.mktemp("many") / "project")
    write_runs(project, MANY)
    with viz_server(project) as server:
        yield server


@pytest.fixture
def many_page(browser: Browser, many: VizServer, request: pytest.FixtureRequest) -> Iterator[Page]:
    """The comparison of sixty runs."""
    with watched_page(browser, many.url, picture=picture_of(request)) as page:
        page.goto(f"{COMPARE}?runs={','.join(run.id for run in MANY)}")
        yield page


def runs_in_order(page: Page) -> list[str]:
    """The ids of the compared runs, as the address has them."""
    return parse_qs(urlsplit(page.url).query)["runs"][0].split(",")


def test_many_runs_are_rows_of_which_only_those_in_view_exist(many_page: Page) -> None:
    table = many_page.get_by_role("table", name="Comparison of runs")
    expect(table).to_have_attribute("aria-rowcount", "61")
    baseline = table.get_by_role("rowheader").first
    expect(baseline).to_contain_text(untitled(MANY[0].id))
    assert table.get_by_role("row").count() < 50
    table.evaluate("(table) => table.scrollTo(0, table.scrollHeight)")
    expect(table.get_by_role("rowheader", name=re.compile(untitled(MANY[-1].id)))).to_be_visible()
    # The baseline stays in view.
    expect(baseline).to_be_in_viewport()
    many_page.get_by_role("radiogroup", name="Runs as").get_by_text("Runs as columns").click(force=True)
    expect(table).to_have_attribute("aria-colcount", "61")
    table.evaluate("(table) => table.scrollTo(table.scrollWidth, 0)")
    expect(table.get_by_role("columnheader", name=re.compile(untitled(MANY[-1].id)))).to_be_visible()
    expect(table.get_by_role("columnheader", name=re.compile(untitled(MANY[0].id)))).to_be_in_viewport()


def test_runs_are_sorted_by_a_metric_below_the_baseline(many_page: Page) -> None:
    by_loss = many_page.get_by_role("columnheader", name=re.compile("loss"))
    expect(by_loss.get_by_role("button", name="loss: lower is better")).to_be_visible()
    by_loss.get_by_role("button", name="Sort runs by loss").click()
    # Less is better, so the least comes first.
    expect(by_loss).to_have_attribute("aria-sort", "ascending")
    losses = {run.id: run.metrics["loss"] for run in MANY}
    order = runs_in_order(many_page)
    assert order[0] == MANY[0].id
    assert [losses[run] for run in order[1:]] == sorted(losses[run] for run in order[1:])
    by_loss.get_by_role("button", name="Sort runs by loss").click()
    expect(by_loss).to_have_attribute("aria-sort", "descending")


def test_a_run_is_moved_taken_out_and_pinned_by_keyboard(many_page: Page) -> None:
    second, third = MANY[1].id, MANY[2].id
    grip = many_page.get_by_role("button", name=f"Move {untitled(second)} by the arrow keys")
    grip.press("ArrowDown")
    expect(many_page.get_by_role("rowheader").nth(1)).to_contain_text(untitled(third))
    assert runs_in_order(many_page)[:3] == [MANY[0].id, third, second]
    expect(grip).to_be_focused()
    many_page.get_by_role("button", name=f"Pin {untitled(third)} as baseline").press("Enter")
    expect(many_page.get_by_role("rowheader").first).to_contain_text(untitled(third))
    expect(many_page).to_have_url(re.compile(f"baseline={third}"))
    many_page.get_by_role("button", name=f"Take {untitled(second)} out").press("Enter")
    expect(many_page.get_by_text("59 runs", exact=True)).to_be_visible()
    assert second not in runs_in_order(many_page)


def test_there_is_no_percentage_of_zero_nor_across_it(many_page: Page) -> None:
    zero, above, below = MANY[30].id, MANY[40].id, MANY[20].id
    many_page.goto(f"{COMPARE}?runs={zero},{above}&show=percent")
    expect(row(many_page, "balance").nth(1)).to_have_text(re.compile(r"\+10.*no %$"))
    many_page.goto(f"{COMPARE}?runs={below},{above}&show=percent")
    expect(row(many_page, "balance").nth(1)).to_have_text(re.compile(r"\+20.*no %$"))
    expect(row(many_page, "balance").nth(1)).not_to_contain_text("better")


def test_runs_in_rows_are_exported_in_rows(many_page: Page, tmp_path: Path) -> None:
    expect(many_page.get_by_role("rowheader").first).to_be_visible()
    with many_page.expect_download() as download:
        many_page.get_by_role("button", name="Export as CSV").click()
    download.value.save_as(tmp_path / "comparison.csv")
    lines = list(csv.DictReader((tmp_path / "comparison.csv").open(encoding="utf-8-sig", newline="")))
    assert [line["run"] for line in lines] == [run.id for run in MANY]
    assert [float(line["metrics.scores.loss"]) for line in lines] == [run.metrics["loss"] for run in MANY]
    assert lines[7]["params.depth"] == "2"


def test_which_way_of_a_metric_is_better_is_said_here(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = make_project(tmp_path / "project")
    write_runs(project, MANY[:3])
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        page.goto(f"{COMPARE}?runs={','.join(run.id for run in MANY[:3])}")
        balance = row(page, "balance").nth(1)
        expect(balance).not_to_contain_text("better")
        page.get_by_role("button", name="balance: no better direction is known").click()
        page.get_by_role("menuitemradio", name="Lower is better").click()
        expect(balance).to_contain_text("worse: +1")
        page.reload()
        expect(balance).to_contain_text("worse: +1")
        page.get_by_role("button", name="balance: lower is better").click()
        page.get_by_role("menuitemradio", name="As its name tells").click()
        expect(balance).not_to_contain_text("worse")


def test_tracked_json_is_compared_entry_by_entry(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND},{OLDER}&view=json")
    expect(row(history_page, "normalize")).to_have_text(["false", "false", re.compile("removed")])
    expect(row(history_page, "copy_X").nth(2)).to_have_text(re.compile("changed: true"))
    nested = history_page.get_by_role("rowheader", name="prec1").first
    expect(nested).to_be_visible()
    history_page.get_by_role("button", name="precision").first.click()
    expect(nested).to_be_hidden()
    history_page.get_by_role("switch", name="Differences only").click(force=True)
    expect(history_page.get_by_role("rowheader", name="model_type")).to_have_count(0)


@pytest.mark.parametrize("width", [1280, 400])
def test_the_tabs_stay_where_they_are_whatever_tools_a_part_has(written_page: Page, width: int) -> None:
    written_page.set_viewport_size({"width": width, "height": 800})
    written_page.goto(WRITTEN)
    tabs = written_page.get_by_role("tablist", name="Parts of the comparison")
    expect(tabs.get_by_role("tab", name="Overview")).to_have_attribute("aria-selected", "true")
    before = place_at_rest(tabs)
    for part in ("Metrics", "Series", "Plots", "JSON", "Code"):
        tab = tabs.get_by_role("tab", name=part)
        tab.click()
        expect(tab).to_have_attribute("aria-selected", "true")
        assert place_at_rest(tabs) == before, part


def test_the_selected_tab_is_in_view_on_a_narrow_screen(written_page: Page) -> None:
    written_page.set_viewport_size({"width": 400, "height": 800})
    written_page.goto(f"{WRITTEN}&view=code")
    tab = written_page.get_by_role("tab", name="Code")
    expect(tab).to_have_attribute("aria-selected", "true")
    expect(tab).to_be_in_viewport(ratio=1)
    tab.press("ArrowLeft")
    expect(written_page.get_by_role("tab", selected=True)).to_be_in_viewport(ratio=1)


def test_real_runs_tell_what_was_changed_between_them(
    browser: Browser, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    project = make_project(tmp_path / "project")
    assert kedro_run(project).returncode == 0
    (registry,) = project.glob("src/*/pipeline_registry.py")
    registry.write_text(registry.read_text().replace("n * n", "n * n + 1").replace('["n",', '["index", "n",'))
    assert kedro_run(project, "--params", "size=5").returncode == 0
    with viz_server(project) as server, watched_page(browser, server.url, picture=picture_of(request)) as page:
        second, first = (run["id"] for run in server.graphql("{ runsList { id } }")["runsList"])
        page.goto(f"{COMPARE}?runs={first},{second}&changes=1")
        expect(row(page, "size")).to_have_text(["4", "5"])
        page.get_by_role("tab", name="Code").click()
        expect(page.get_by_text("1 file changed", exact=True)).to_be_visible()
        page.get_by_role("button", name="pipeline_registry.py").click()
        expect(page.locator("ins")).to_have_text([" + 1", re.compile("index")])
        page.get_by_role("tab", name="JSON").click()
        expect(page.get_by_role("rowheader").filter(has_not=page.get_by_role("link"))).to_have_text(
            ["JSON", re.compile("columns"), re.compile(re.escape("[+0]"))]
        )
        expect(row(page, "[+0]")).to_have_text([NONE, re.compile("added: index")])
        page.get_by_role("tab", name="Data").click()
        expect(row(page, "table")).to_have_text([re.compile("^data A"), re.compile("^data B.*other data$")])
        page.get_by_role("tab", name="Environment").click()
        expect(page.get_by_text("These runs are alike")).to_be_visible()
        page.get_by_role("tab", name="Configuration").click()
        expect(row(page, "runtime_params.size")).to_have_text([NONE, "5"])
