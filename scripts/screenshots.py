"""Make the pictures of the README from the demo project, so that they show what there is: `make screenshot`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parents[1]
sys.path.insert(0, str(REPOSITORY))

from playwright.sync_api import Browser, Page, expect, sync_playwright  # noqa: E402  # after the path that the next ones need

from tests.browser.chromium import launch_chromium, watched_page  # noqa: E402
from tests.viz_server import VizServer, viz_server  # noqa: E402

SIZE = (1280, 800)
# README pages are read over slow lines, too.
LARGEST_BYTES = 300_000


def compared_runs(server: VizServer) -> str:
    """Ids of three of the demo's runs: the best by its first metric, a good and a poor one; joined as addresses do."""
    metric = server.graphql("{ metricColumns { id } }")["metricColumns"][0]["id"]
    by_metric = server.graphql(
        "query ($column: String!) { runs(first: 36, orderBy: [{column: $column}]) { edges { node { id } } } }",
        column=f"metrics.{metric}",
    )
    ids = [edge["node"]["id"] for edge in by_metric["runs"]["edges"]]
    return ",".join((ids[0], ids[len(ids) // 2], ids[-1]))


def take(browser: Browser, server: VizServer, folder: Path) -> None:
    """Take each picture."""
    compared = compared_runs(server)
    # Name, address, whether dark, and what is there once the page is drawn.
    pictures = (
        ("experiments", "/experiment-tracking", False, "[role=gridcell]"),
        ("comparison", f"/experiment-tracking/compare?runs={compared}&changes=1", False, "[role=cell]"),
        ("metrics", f"/experiment-tracking?tab=metrics&chart=parallel&selected={compared}", True, "canvas"),
        ("plots", f"/experiment-tracking/compare?runs={compared}&view=plots", False, "article img, article iframe"),
    )
    for name, address, dark, drawn in pictures:
        with watched_page(browser, server.url, size=SIZE, dark=dark) as page:
            page.goto(address)
            page.locator(drawn).first.wait_for()
            settle(page)
            path = folder / f"{name}.png"
            page.screenshot(path=path)
            size = path.stat().st_size
            print(f"{path.relative_to(REPOSITORY)}: {size / 1000:.0f} kB")
            if size > LARGEST_BYTES:
                raise SystemExit(f"{path.name} is larger than {LARGEST_BYTES / 1000:.0f} kB.")


def settle(page: Page) -> None:
    """Wait until nothing is loaded or drawn any more: two pictures that are alike."""
    page.wait_for_load_state("networkidle")
    expect(page.get_by_text("Drawing the figure")).to_have_count(0, timeout=30_000)
    before = b""
    while (now := page.screenshot()) != before:
        before = now
        page.wait_for_timeout(500)


def main() -> None:
    """Serve the demo and take the pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, default=REPOSITORY / "docs" / "images", help="where they go")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with (
        viz_server(REPOSITORY / "demo-project") as server,
        sync_playwright() as playwright,
    ):
        browser = launch_chromium(playwright)
        take(browser, server, folder)
        browser.close()


if __name__ == "__main__":
    main()
