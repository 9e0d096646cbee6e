"""How do we compare with the tools that people would use instead?

Makes one history of runs for Kedro-Viz 10.2 (the last with experiment tracking), MLflow and ours, starts each tool's
own server on it, and measures what people wait for: the list of runs, the first hundred by a filter and a sort, the
metrics of all runs, and the time until the page of runs can be used in Chromium. Peers are installed into environments
of their own, in `benchmarks/.peers`. "first" is the first request of its kind to a server that has just started,
"again" the median of the next ones. Bytes are as they are sent, compressed where the server compresses.
"""

from __future__ import annotations

import argparse
import http.client
import os
import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, Error, sync_playwright

from api import make_project
from api_questions import METRICS, Question
from peer_stores import write_versioned_files
from peer_tools import ALL_METRICS, FILTER, LIST, MINUTES, Tool, kedro_viz_10, log_of, mlflow, ours, serving
from table import print_table
from tests.browser.chromium import launch_chromium

PAGE = "page of runs in Chromium"
JSON = {"Content-Type": "application/json"}


def ask(port: int, question: Question, number: int) -> tuple[float, int]:
    """Ask once.

    Args:
        port: The server's.
        question: What to ask.
        number: How often it has been asked of this server.

    Returns:
        Milliseconds, and bytes of the answer as it was sent.

    Raises:
        SystemExit: If the answer is an error.
    """
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60 * MINUTES)
    started = time.perf_counter()
    connection.request("POST", question.path, question.body(number), {**JSON, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    body = answer.read()
    milliseconds = (time.perf_counter() - started) * 1000
    connection.close()
    if answer.status != 200:
        raise SystemExit(f"{question.path} {question.body(number)}\n{answer.status} {body[:2_000]!r}")
    return milliseconds, len(body)


def time_to_page(browser: Browser, tool: Tool, port: int) -> tuple[float, int]:
    """How long a new visitor waits for the runs.

    Returns:
        Milliseconds from the start of navigation until a run is on the page and the main thread is free, and bytes that
        were sent for it.

    Raises:
        SystemExit: There was no run on the page for minutes.
    """
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    client = context.new_cdp_session(page)
    client.send("Network.enable")
    sent: list[int] = []
    client.on("Network.loadingFinished", lambda event: sent.append(int(event["encodedDataLength"])))
    started = time.perf_counter()
    try:
        page.goto(f"http://127.0.0.1:{port}{tool.page}", wait_until="commit")
        page.wait_for_selector(tool.ready, timeout=60_000 * MINUTES)
        # Whoever clicks now is answered once what is being done is done.
        page.evaluate("() => new Promise(done => requestAnimationFrame(() => setTimeout(done)))")
    except Error as error:
        shown = page.locator("body").inner_text()[:1_000]
        raise SystemExit(f"{tool.name}: {error}\nThe page: {shown}\nThe server:\n{log_of(tool)}") from error
    milliseconds = (time.perf_counter() - started) * 1000
    context.close()
    return milliseconds, sum(sent)


def cell(first: float, again: float, size: int) -> str:
    """What is told of something that was asked for several times."""
    return f"{first:,.0f}, {again:,.0f} ms, {size / 1000:,.0f} kB"


def measure(tool: Tool, browser: Browser, times: int) -> dict[str, str]:
    """All that is measured of a tool, as cells by what they are about."""
    cells = {}
    for question in tool.questions:
        with serving(tool) as port:
            first, size = ask(port, question, 0)
            again = statistics.median(ask(port, question, 1 + number)[0] for number in range(times))
        cells[question.name] = cell(first, again, size)
    with serving(tool) as port:
        first, size = time_to_page(browser, tool, port)
        again = statistics.median(time_to_page(browser, tool, port)[0] for _ in range(3))
        cells[PAGE] = cell(first, again, size)
    return cells


def compare(runs: int, *, with_peers: bool, times: int, browser: Browser) -> None:
    """Make a history of so many runs, measure the tools with it, and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = make_project(folder / "project", runs, len(METRICS))
        tools = [ours(project)]
        if with_peers:
            old = make_project(folder / "old", runs, len(METRICS), kedro="0.19.12")
            write_versioned_files(old)
            store = project / "data" / "session_store.db"
            tools += [kedro_viz_10(old, runs), mlflow(store, folder / "mlflow", runs)]
        results = {tool.name: measure(tool, browser, times) for tool in tools}
    rows = [
        [about, *(cells.get(about, "-") for cells in results.values())] for about in (LIST, FILTER, ALL_METRICS, PAGE)
    ]
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    title = f"{runs:,} runs with {len(METRICS)} metrics each: first, again, bytes sent; load of the machine: {load}"
    print_table(title, ["", *results], rows)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--runs", type=int, nargs="*", default=[10, 1_000, 10_000], help="how many runs (default: %(default)s)"
    )
    parser.add_argument("--ours", type=int, nargs="*", default=[100_000], help="how many for ours alone")
    parser.add_argument("--times", type=int, default=5, help="how often to ask again (default: %(default)s)")
    arguments = parser.parse_args()
    with sync_playwright() as playwright:
        browser = launch_chromium(playwright)
        for runs in sorted({*arguments.runs, *arguments.ours}):
            compare(runs, with_peers=runs in arguments.runs, times=arguments.times, browser=browser)


if __name__ == "__main__":
    main()
