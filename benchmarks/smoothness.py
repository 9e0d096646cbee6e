"""Do the pages of runs move smoothly with many runs?

Makes stores with `generate_store.py`, serves them with `kedro viz`, and does in Chromium what people do: scrolls the
list, down and sideways over thousands of columns, jumps in it, sorts and searches, brushes parallel coordinates and
points at time series. Told are the frames that the page could draw meanwhile, and how long one waits for an answer.
A screen has 60 frames a second, one every 17 ms. The first row, where nothing happens, says what is possible here.
"work" is the processor time that the page's own thread took for a frame: other programs make frames late, but not that.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser, CDPSession, FloatRect, Page, ViewportSize, sync_playwright

from api import make_project
from api_questions import METRICS
from frames import record_frames, time_from_event
from generate_store import DATASETS
from server import kedro_viz
from table import print_table
from tests.browser.chromium import launch_chromium

SIZE: ViewportSize = {"width": 1440, "height": 900}
LIST = "/experiment-tracking"
CHARTS = "/experiment-tracking?tab=metrics"
PARALLEL = f"{CHARTS}&chart=parallel"
GRID = '[role="grid"][aria-label="Runs"]'
ROW = f'{GRID} [role="row"] a[href*="/runs/"]'
CHART = 'canvas[role="img"]'
# In pixels a second: faster than anybody reads, as one flicks.
SPEED = 6_000
SECONDS = 4
JUMPS = 12
# The axis that is brushed: among those that have others on both sides.
AXIS = 4
# The first of the rows that are there, how many there are in all, and whether those in view are there.
FIRST_ROW = f"document.querySelector('{ROW}')?.getAttribute('href')"
COUNT = f"document.querySelector('{GRID}')?.getAttribute('aria-rowcount')"
SETTLED = (
    f"""document.querySelector('{GRID}[aria-busy="false"]') && !document.querySelector('{GRID} [data-skeleton]')"""
)

SCROLLED = f"(({{ scrollLeft, scrollTop }}) => [scrollLeft, scrollTop])(document.querySelector('{GRID}'))"

SCROLL_TO = f"""(share) => {{
  const grid = document.querySelector('{GRID}');
  grid.scrollTop = share * grid.scrollHeight;
}}"""

SCROLL_SIDEWAYS = f"""(share) => {{
  const grid = document.querySelector('{GRID}');
  grid.scrollLeft = share * grid.scrollWidth;
}}"""


class Visit:
    """A page that is looked at, and what was measured of it."""

    def __init__(self, page: Page, profiles: Path | None) -> None:
        """Look at a page.

        Args:
            page: The page.
            profiles: Where to write a profile of each thing that is done, for the browser's developer tools.
        """
        self.page = page
        self.moves: list[list[str]] = []
        self.waits: list[list[str]] = []
        self._devtools: CDPSession = page.context.new_cdp_session(page)
        self._profiles = profiles

    def move(self, name: str, act: Callable[[], None]) -> None:
        """Record the frames while something moves."""
        with self._profiled(name):
            frames = record_frames(self.page, self._devtools, act)
        self.moves.append([name, *frames.cells])

    def wait(self, name: str, milliseconds: Sequence[float]) -> None:
        """Keep how long answers took."""
        cells = (statistics.median(milliseconds), min(milliseconds), max(milliseconds))
        self.waits.append([name, *(f"{each:,.0f} ms" for each in cells)])

    def scroll(self, *, down: float = 0, right: float = 0) -> None:
        """Turn the wheel over the list, until it has moved so many pixels.

        Raises:
            SystemExit: It has not moved.
        """
        before = self.page.evaluate(SCROLLED)
        gesture = {"xDistance": -right, "yDistance": -down, "speed": SPEED, "gestureSourceType": "mouse"}
        self._devtools.send("Input.synthesizeScrollGesture", {"x": 900, "y": 500, "preventFling": True, **gesture})
        if self.page.evaluate(SCROLLED) == before:
            raise SystemExit("The list does not scroll.")

    def tell(self) -> None:
        """Print what was measured."""
        load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
        heads = ["", "a second", "median", "95th", "longest", "work"]
        print_table(f"Frames; load of the machine: {load}", heads, self.moves)
        print_table("Waits", ["", "median", "shortest", "longest"], self.waits)

    @contextlib.contextmanager
    def _profiled(self, name: str) -> Iterator[None]:
        if self._profiles is None:
            yield
            return
        self._devtools.send("Profiler.enable")
        self._devtools.send("Profiler.start")
        yield
        profile = self._devtools.send("Profiler.stop")["profile"]
        (self._profiles / f"{name.replace(' ', '-')}.cpuprofile").write_text(json.dumps(profile))


@contextlib.contextmanager
def visiting(browser: Browser, project: Path, profiles: Path | None) -> Iterator[tuple[Visit, str]]:
    """A page of a project's Kedro-Viz, and its address."""
    with kedro_viz(project) as port:
        context = browser.new_context(viewport=SIZE)
        page = context.new_page()
        page.set_default_timeout(120_000)
        yield Visit(page, profiles), f"http://127.0.0.1:{port}"
        context.close()


def open_page(page: Page, address: str, ready: str) -> float:
    """Milliseconds until something is on a page, and its main thread is free."""
    page.goto("about:blank")
    started = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_selector(ready)
    page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    return (time.perf_counter() - started) * 1000


def measure_list(visit: Visit, address: str, runs: int) -> None:
    """Scroll, jump, sort and search in the list of all runs."""
    page = visit.page
    visit.wait(f"open the list of {runs:,} runs", [open_page(page, address + LIST, ROW) for _ in range(3)])
    visit.move("nothing happens", lambda: page.wait_for_timeout(2_000))
    visit.move("the list, down by the wheel", lambda: visit.scroll(down=SPEED * SECONDS))
    visit.move("the list, up again", lambda: visit.scroll(down=-SPEED * SECONDS))
    jumps: list[float] = []

    def jump() -> None:
        for place in range(JUMPS):
            # Up and down through the whole list, each time to where one has not been.
            to = (place * 0.37 + 0.11) % 1
            jumps.append(time_from_event(page, "scroll", partial(page.evaluate, SCROLL_TO, to), SETTLED))

    visit.move("the list, jumps with the scroll bar", jump)
    visit.wait("rows after a jump", jumps)
    sort_and_search(visit)


def sort_and_search(visit: Visit) -> None:
    """Click the head of a metric, and search for runs."""
    page = visit.page
    page.evaluate(SCROLL_TO, 0)
    page.wait_for_function(SETTLED)
    head = page.locator(f'[role="columnheader"][data-column="metrics.{METRICS[0]}"] button').first
    times = []
    for _ in range(4):
        before = page.evaluate(FIRST_ROW)
        times.append(time_from_event(page, "click", head.click, f"{FIRST_ROW} !== before && {SETTLED}", before))
        page.wait_for_timeout(200)
    visit.wait("rows after a click on a metric to sort by it", times)
    times = []
    for least in (0.8, 0.6, 0.9, 0.7):
        page.get_by_label("Search runs").click()
        page.keyboard.press("Control+A")
        page.keyboard.insert_text(f'metrics["{METRICS[1]}"] < {1 - least:.1f} and params.model_options.depth > 10')
        before = page.evaluate(COUNT)
        press = partial(page.keyboard.press, "Enter")
        times.append(time_from_event(page, "keydown", press, f"{COUNT} !== before && {SETTLED}", before))
        page.wait_for_timeout(200)
    visit.wait("rows after a query, sorted by a metric", times)


def measure_columns(visit: Visit, address: str, columns: int) -> None:
    """Scroll sideways over as many columns as there are."""
    page = visit.page
    open_page(page, address + LIST, ROW)
    show_all_columns(page)
    visit.move(f"{columns:,} metric columns, sideways", lambda: visit.scroll(right=SPEED * SECONDS))
    visit.move(f"{columns:,} metric columns, down", lambda: visit.scroll(down=SPEED * SECONDS))
    jumps = [
        time_from_event(page, "scroll", partial(page.evaluate, SCROLL_SIDEWAYS, to), SETTLED)
        for to in (0.9, 0.1, 0.7, 0.3)
    ]
    visit.wait("values after a jump sideways", jumps)


def show_all_columns(page: Page) -> None:
    """Choose every metric in the picker."""
    page.get_by_role("button", name=re.compile("^Columns")).click()
    for dataset in DATASETS:
        page.get_by_label("Search columns").fill(dataset)
        page.get_by_role("button", name=f"Show all of {dataset}").click()
    page.keyboard.press("Escape")
    page.get_by_label("Columns of the table").wait_for(state="hidden")
    page.wait_for_function(SETTLED)


def measure_charts(visit: Visit, address: str, runs: int) -> None:
    """Open the charts of so many runs, brush and point."""
    page = visit.page
    visit.wait(f"open the time series of {runs:,} runs", [open_page(page, address + CHARTS, CHART) for _ in range(3)])
    box = box_of(page)
    visit.move(f"{runs:,} runs, pointing at time series", lambda: sweep(page, box))
    visit.wait(
        f"open the parallel coordinates of {runs:,} runs",
        [open_page(page, address + PARALLEL, CHART) for _ in range(3)],
    )
    box = box_of(page)
    visit.move(f"{runs:,} runs, pointing at parallel coordinates", lambda: sweep(page, box))
    visit.move(f"{runs:,} runs, brushing parallel coordinates", lambda: brush(page))


def box_of(page: Page) -> FloatRect:
    """Where the first chart is."""
    box = page.locator(CHART).first.bounding_box()
    if box is None:
        raise SystemExit("No chart is on the page.")
    return box


def sweep(page: Page, box: FloatRect) -> None:
    """Move the pointer over a chart, there and back."""
    x, y, width, height = (box[side] for side in ("x", "y", "width", "height"))
    page.mouse.move(x + 5, y + height / 2)
    page.mouse.move(x + width - 5, y + height / 3, steps=120)
    page.mouse.move(x + 5, y + height / 2, steps=120)


def brush(page: Page) -> None:
    """Draw a brush along an axis, and move its ends up and down."""
    highest = page.get_by_role("slider", name="Highest").nth(AXIS).bounding_box()
    lowest = page.get_by_role("slider", name="Lowest").nth(AXIS).bounding_box()
    if highest is None or lowest is None:
        raise SystemExit("The axes of the parallel coordinates are not there.")
    x, top, height = highest["x"] + highest["width"] / 2, highest["y"], lowest["y"] - highest["y"]
    page.mouse.move(x, top + 0.3 * height)
    page.mouse.down()
    for share in (0.9, 0.4, 0.8):
        page.mouse.move(x, top + share * height, steps=60)
    page.mouse.up()


def project_of(folder: Path, runs: int, columns: int = 0) -> Path:
    """A project with so many runs; made if it is not there yet."""
    project = folder / f"{runs}-{columns}"
    return project if project.exists() else make_project(project, runs, len(METRICS), columns=columns)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=100_000, help="in the list (default: %(default)s)")
    parser.add_argument(
        "--charted", type=int, nargs="*", default=[10_000, 100_000], help="in the charts (default: %(default)s)"
    )
    parser.add_argument("--columns", type=int, default=2_000, help="metrics in all (default: %(default)s)")
    parser.add_argument("--wide", type=int, default=10_000, help="runs that have them (default: %(default)s)")
    parser.add_argument(
        "--folder", type=Path, help="where projects are made, and found again (default: made each time)"
    )
    parser.add_argument("--profiles", type=Path, help="write a profile of each movement into this folder")
    arguments = parser.parse_args()
    if arguments.profiles:
        arguments.profiles.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made, sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        folder = arguments.folder or Path(made)
        tasks: list[tuple[Path, Callable[[Visit, str, int], None], int]] = []
        if arguments.runs:
            tasks.append((project_of(folder, arguments.runs), measure_list, arguments.runs))
        if arguments.columns:
            wide = project_of(folder, arguments.wide, arguments.columns)
            tasks.append((wide, measure_columns, arguments.columns))
        tasks += [(project_of(folder, runs), measure_charts, runs) for runs in arguments.charted]
        for project, look, many in tasks:
            with visiting(browser, project, arguments.profiles) as (visit, address):
                look(visit, address, many)
            visit.tell()


if __name__ == "__main__":
    main()
