"""Metrics of all runs in charts: over time and in parallel coordinates."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NEWEST, SECOND = "2022-12-24T21.05.59.296Z", "2022-10-05T12.22.35.825Z"
LINEAR = "train_evaluation.linear_regression.r2_score"


def test_each_metric_has_a_time_series_over_all_runs(history_page: Page) -> None:
    history_page.goto("/experiment-tracking")
    history_page.get_by_role("tab", name="Metrics").click()
    charts = history_page.get_by_role("img", name=re.compile("over time: 22 runs"))
    expect(charts).to_have_count(6)
    expect(charts.first.locator("canvas")).to_be_visible()
    expect(history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.a2_score over time"))).to_have_attribute(
        "aria-label", re.compile(r"lowest 1\.0+, highest 9\.70*, latest 3\.60*")
    )


def test_metrics_are_shown_and_hidden_in_the_list_and_the_address_keeps_it(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    charts = history_page.get_by_role("img", name=re.compile("over time"))
    expect(charts).to_have_count(6)
    history_page.get_by_role("region", name=LINEAR, exact=True).get_by_role("checkbox", name="a2_score").uncheck(
        force=True
    )
    expect(charts).to_have_count(5)
    history_page.reload()
    expect(charts).to_have_count(5)
    expect(history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.a2_score over time"))).to_have_count(0)


def test_compared_runs_are_marked_in_both_charts(history_page: Page) -> None:
    history_page.goto(f"/experiment-tracking/compare?runs={NEWEST},{SECOND}&view=metrics")
    legend = history_page.get_by_role("list", name="Compared runs").get_by_role("button")
    expect(legend).to_have_text([re.compile(f"1.*{NEWEST}"), re.compile(f"2.*{SECOND}")])
    expect(history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.a2_score over time"))).to_have_attribute(
        "aria-label", re.compile(rf"1 {NEWEST}: 3\.60*, 2 {SECOND}: 8\.0+")
    )
    history_page.get_by_text("Parallel coordinates", exact=True).click()
    expect(
        history_page.get_by_role("img", name=re.compile("Parallel coordinates of 6 metrics and 22 runs"))
    ).to_be_visible()
    expect(legend).to_have_count(2)
    expect(history_page).to_have_url(re.compile("chart=parallel"))


def test_a_click_on_a_point_selects_its_run(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    chart = history_page.get_by_role("img", name=re.compile(rf"{LINEAR}\.r2_score over time"))
    box = chart.bounding_box()
    assert box is not None
    # Its newest run is the point at the right end, and the lowest.
    legend = history_page.get_by_role("list", name="Compared runs")
    for across in range(4, 60, 4):
        for up in range(10, 60, 6):
            history_page.mouse.click(box["x"] + box["width"] - across, box["y"] + box["height"] - up)
            if legend.count():
                break
        if legend.count():
            break
    expect(legend.get_by_role("button")).to_have_count(1)


def test_every_value_can_be_read_in_a_table(history_page: Page) -> None:
    history_page.goto("/experiment-tracking?tab=metrics")
    history_page.get_by_role("switch", name="Table").click(force=True)
    table = history_page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", "24")  # 22 runs below two lines of names
    expect(table.get_by_role("row").filter(has_text=NEWEST)).to_contain_text("3.6")
