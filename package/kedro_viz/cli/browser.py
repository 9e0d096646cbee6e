"""Opens the page in the user's browser."""

from __future__ import annotations

import os
import sys
import threading
import webbrowser


def open_browser(url: str) -> None:
    """Open a page, without waiting for the browser. Does nothing where there is none with a window."""
    # On Linux without a display Python would take a browser for the terminal, and with it the terminal itself.
    windowless = sys.platform.startswith("linux") and not (
        os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY") or os.environ.get("BROWSER")
    )
    if not windowless:
        threading.Thread(target=webbrowser.open, args=[url], name="kedro-viz-browser", daemon=True).start()
