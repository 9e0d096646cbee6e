"""Runs beside each other: columns, baseline, differences, plots."""

from __future__ import annotations

import csv
import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

pytestmark = pytest.mark.browser

NEWEST, SECOND, OLDER = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z", "2022-04-24T21.03.25.671Z"
COMPARE = "/experiment-tracking/compare"


def row(page: Page, label: str) -> Locator:
    """The cells of one property, a run each."""
    header = page.get_by_role("rowheader", name=re.compile(rf"^(differs: )?{re.escape(label)}$")).first
    return header.locator("xpath=..").get_by_role("cell")


def test_runs_chosen_in_the_list_are_compared_in_columns(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    history_page.get_by_role("button", name="Compare runs").click()
    for run in (NEWEST, SECOND, OLDER):
        history_page.get_by_role("checkbox", name=f"Select {run}").click()
    history_page.get_by_role("link", name="Compare 3 runs").click()
    expect(history_page.get_by_role("heading", name="Comparison")).to_be_visible()
    expect(history_page.get_by_role("columnheader").get_by_role("link")).to_have_text([NEWEST, SECOND, OLDER])
    expect(row(history_page, "a2_score")).to_have_text([re.compile(f"^{value}") for value in ("3.6", "8", "2.8")])
    expect(history_page).to_have_url(re.compile(f"runs={NEWEST},{SECOND},{OLDER}"))


def test_deltas_are_against_the_pinned_baseline(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND}")
    values = row(history_page, "a2_score")
    expect(values).to_have_text([re.compile(r"^3\.60*$"), re.compile(r"^8(\.0+)?\s*\+4\.40*\s*\+122 %$")])
    history_page.get_by_role("button", name=f"Pin {SECOND} as baseline").click()
    expect(values).to_have_text([re.compile(r"^3\.60*\s*−4\.40*\s*−55 %$"), re.compile(r"^8(\.0+)?$")])
    expect(history_page).to_have_url(re.compile(f"baseline={SECOND}"))
    history_page.reload()
    expect(history_page.get_by_role("button", name=f"Baseline: {SECOND}")).to_have_attribute("aria-pressed", "true")


def test_show_changes_leaves_only_what_differs(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},{SECOND}")
    same = history_page.get_by_role("rowheader", name="r2_score", exact=True)
    expect(same).to_be_visible()
    history_page.get_by_role("switch", name="Show changes").click(force=True)
    expect(same).to_be_hidden()
    expect(history_page.get_by_role("rowheader", name="differs: r2_score", exact=True)).to_be_visible()


def test_all_runs_can_be_compared_not_only_three(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    expect(history_page.get_by_role("table", name="Runs").get_by_role("link").first).to_be_visible()
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
    expect(history_page.get_by_role("table", name="Comparison of runs")).to_have_attribute("aria-colcount", "23")


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
    expect(history_page.get_by_role("columnheader").get_by_role("link")).to_have_text([NEWEST, SECOND])


def test_a_run_that_does_not_exist_is_named_and_can_be_taken_out(history_page: Page) -> None:
    history_page.goto(f"{COMPARE}?runs={NEWEST},2000-01-01T00.00.00.000Z")
    expect(history_page.get_by_text("1 run is not in this project’s session store")).to_be_visible()
    history_page.get_by_role("button", name="Take out", exact=True).click()
    expect(history_page).not_to_have_url(re.compile("2000-01-01"))
