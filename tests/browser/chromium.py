"""A real Chromium, and pages of it that tell what went wrong in them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, FloatRect, Locator, Page, Playwright

WIDE = (1440, 900)
_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_FLAGS = (
    "--no-sandbox",  # tests also run as root, in containers
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def launch_chromium(playwright: Playwright) -> Browser:
    """Start the Chromium that CHROMIUM names, one on PATH, or else Playwright's own.

    Raises:
        playwright.sync_api.Error: There is none; `make pytest` installs one.
    """
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, _NAMES)), None)
    return playwright.chromium.launch(executable_path=path, args=list(_FLAGS))


@contextmanager
def watched_page(
    browser: Browser,
    base_url: str,
    *,
    size: tuple[int, int] = WIDE,
    dark: bool = False,
    touch: bool = False,
    picture: Path | None = None,
) -> Iterator[Page]:
    """A page of its own session that fails the test for whatever the browser complains of.

    Args:
        browser: Where to open it.
        base_url: The server; pages are then opened by path.
        size: Of the window, in pixels.
        dark: Whether the person prefers dark pages.
        touch: Whether the person has a screen to touch, and no mouse.
        picture: Where to put a screenshot if the test fails.

    Raises:
        AssertionError: At the end, if scripts failed, the console showed errors (a breach of the content security
            policy is one), or anything was asked of another server.
    """
    context = browser.new_context(
        base_url=base_url,
        viewport={"width": size[0], "height": size[1]},
        color_scheme="dark" if dark else "light",
        has_touch=touch,
        is_mobile=touch,
        reduced_motion="reduce",
        accept_downloads=True,
        locale="en-GB",
        timezone_id="UTC",
    )
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(f"script failed: {error.message}"))
    page.on("console", lambda line: complaints.append(f"console: {line.text}") if line.type == "error" else None)
    context.on(
        "request",
        lambda request: (
            complaints.append(f"asked another server: {request.url}")
            if not request.url.startswith((base_url, base_url.replace("http", "ws", 1), "data:", "blob:"))
            else None
        ),
    )
    try:
        yield page
    except BaseException:
        if picture is not None:
            picture.parent.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=picture)
        if complaints:
            print("The browser complained:", *complaints, sep="\n  ")  # noqa: T201  # pytest shows it with the failure
        raise
    finally:
        context.close()
    assert complaints == []


def place_at_rest(locator: Locator) -> FloatRect:
    """Where an element stands once it moves no more: what has just come into a page moves others."""
    locator.element_handle().wait_for_element_state("stable")
    place = locator.bounding_box()
    assert place is not None
    return place
