"""Slows down the guessing of tokens."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

MOST_WRONG = 10
WINDOW_SECONDS = 60.0

# Addresses that are remembered. Who has more than these guesses from ten each.
_MOST_ADDRESSES = 1_000


class Attempts:
    """Counts wrong tokens by the address that they come from, for a minute.

    Args:
        clock: Seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._wrong: OrderedDict[str, list[float]] = OrderedDict()

    def seconds_to_wait(self, address: str) -> float:
        """How long an address has to wait for its next attempt; 0 if it need not."""
        recent = self._recent(address)
        return recent[0] + WINDOW_SECONDS - self._clock() if len(recent) >= MOST_WRONG else 0.0

    def note_wrong(self, address: str) -> None:
        """Remember a wrong token."""
        recent = self._recent(address)
        self._wrong[address] = [*recent, self._clock()][-MOST_WRONG:]
        self._wrong.move_to_end(address)
        while len(self._wrong) > _MOST_ADDRESSES:
            self._wrong.popitem(last=False)

    def _recent(self, address: str) -> list[float]:
        since = self._clock() - WINDOW_SECONDS
        return [at for at in self._wrong.get(address, ()) if at > since]
