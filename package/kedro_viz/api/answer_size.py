"""Bounds how much one answer holds: all of it is in memory at once, several times over while it is encoded."""

from __future__ import annotations

import threading

from graphql import GraphQLError

from kedro_viz.tracking.content import describe_size

# Files and packages: each is an object of several fields. These are a comparison of a hundred runs of a large project,
# and take the server seconds.
MAX_LISTED = 250_000
MAX_POINTS = 1_000_000
MAX_TEXT_BYTES = 50_000_000


class AnswerSize:
    """What one operation's answer holds by now. May be added to from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._listed = 0
        self._points = 0
        self._bytes = 0

    def add_listed(self, count: int) -> None:
        """Count files or packages.

        Raises:
            GraphQLError: If they are too many for one answer, as for all of these.
        """
        with self._lock:
            self._listed += count
        if self._listed > MAX_LISTED:
            raise GraphQLError(f"The answer has more than {MAX_LISTED:,} files and packages. Ask for fewer runs.")

    def add_points(self, count: int) -> None:
        """Count points of series."""
        with self._lock:
            self._points += count
        if self._points > MAX_POINTS:
            raise GraphQLError(
                f"The answer has more than {MAX_POINTS:,} points of series. Ask for fewer runs, series or points."
            )

    def add_text(self, size: int) -> None:
        """Count bytes of texts and configurations."""
        with self._lock:
            self._bytes += size
        if self._bytes > MAX_TEXT_BYTES:
            raise GraphQLError(f"The answer has more than {describe_size(MAX_TEXT_BYTES)} of text. Ask for fewer runs.")
