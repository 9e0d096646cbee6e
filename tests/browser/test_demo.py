"""The demo project's runs, which have what old histories lack: parameters, durations, nodes."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.viz_server import VizServer

pytestmark = pytest.mark.browser


def test_a_run_shows_the_parameters_it_was_made_with(demo: VizServer, demo_page: Page) -> None:
    run = demo.graphql("{ runs(first: 1) { edges { node { id parameters { name value } } } } }")["runs"]["edges"][0][
        "node"
    ]
    demo_page.goto(f"/experiment-tracking/runs/{run['id']}")
    names = [parameter["name"] for parameter in run["parameters"]]
    assert len(names) > 5
    expect(demo_page.get_by_role("heading", name=f"Parameters {len(names)}")).to_be_visible()
    expect(demo_page.get_by_role("term").filter(has_text=names[0])).to_be_visible()


def test_a_comparison_shows_which_parameters_differ(demo: VizServer, demo_page: Page) -> None:
    runs = demo.graphql("{ runs { edges { node { id parameters { name value } } } } }")["runs"]["edges"]
    values = [{parameter["name"]: parameter["value"] for parameter in run["node"]["parameters"]} for run in runs]
    same = next(name for name in values[0] if all(name in one and one[name] == values[0][name] for one in values))
    ids = ",".join(run["node"]["id"] for run in runs)
    demo_page.goto(f"/experiment-tracking/compare?runs={ids}&changes=1")
    expect(demo_page.get_by_role("columnheader").get_by_role("link")).to_have_count(len(runs))
    expect(demo_page.get_by_role("rowheader", name=re.compile("^differs: ")).first).to_be_visible()
    expect(demo_page.get_by_role("rowheader", name=same, exact=True)).to_have_count(0)
