"""How smoothly does a page move? Records when it could draw, in the page itself."""

from __future__ import annotations

import itertools
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from playwright.sync_api import CDPSession, Page

# Every animation frame is one that the page could draw: whatever holds it up makes the time to the next one longer.
RECORD = """() => {
  const frames = { times: [], running: true };
  const record = (time) => {
    frames.times.push(time);
    if (frames.running) requestAnimationFrame(record);
  };
  requestAnimationFrame(record);
  window.recordedFrames = frames;
}"""
TAKE = """() => {
  window.recordedFrames.running = false;
  return window.recordedFrames.times;
}"""


@dataclass(frozen=True)
class Frames:
    """The frames of a while.

    Attributes:
        gaps: Milliseconds from one to the next.
        busy: Milliseconds of processor time that the page's main thread took.
    """

    gaps: Sequence[float]
    busy: float

    @property
    def cells(self) -> list[str]:
        """Frames a second; the median, the 95th of a hundred and the longest time between two; the work for one."""
        gaps = sorted(self.gaps)
        rate = 1000 * len(gaps) / sum(gaps)
        late = gaps[min(len(gaps) - 1, round(0.95 * len(gaps)))]
        times = (statistics.median(gaps), late, gaps[-1])
        return [f"{rate:.0f}", *(f"{each:.0f} ms" for each in times), f"{self.busy / len(gaps):.1f} ms"]


def busy_time(devtools: CDPSession) -> float:
    """Milliseconds of processor time that a page's main thread has taken."""
    metrics = devtools.send("Performance.getMetrics")["metrics"]
    return 1000 * float(next(each["value"] for each in metrics if each["name"] == "TaskDuration"))


def record_frames(page: Page, devtools: CDPSession, act: Callable[[], None]) -> Frames:
    """The frames of a page while something is done to it."""
    # Its own processor time, which other programs do not make longer.
    devtools.send("Performance.enable", {"timeDomain": "threadTicks"})
    page.evaluate(RECORD)
    before = busy_time(devtools)
    act()
    busy = busy_time(devtools) - before
    times = page.evaluate(TAKE)
    devtools.send("Performance.disable")
    return Frames([after - before for before, after in itertools.pairwise(times)], busy)


# In milliseconds: whatever takes longer does not come.
LONGEST = 60_000
# Waits for a condition, looked at in every frame, and tells when it was first met after an event.
FROM_EVENT = """([kind, condition, before, most]) => {
  const met = new Function('before', `return ${condition}`);
  window.answered = new Promise((done, fail) => {
    setTimeout(() => fail(new Error(`no ${kind}, or never after it: ${condition}; before: ${before}`)), most);
    const begin = (event) => {
      const look = () => (met(before) ? done(performance.now() - event.timeStamp) : requestAnimationFrame(look));
      requestAnimationFrame(look);
    };
    addEventListener(kind, begin, { capture: true, once: true });
  });
}"""


def time_from_event(page: Page, kind: str, act: Callable[[], None], condition: str, before: object = None) -> float:
    """Milliseconds from an event to the first frame in which a condition holds.

    Args:
        page: Where.
        kind: The event that begins it: "click", "keydown", …
        act: Causes the event.
        condition: An expression of JavaScript, which may use `before`.
        before: What it is compared with.

    Raises:
        playwright.sync_api.Error: It did not hold for a minute.
    """
    page.evaluate(FROM_EVENT, [kind, condition, before, LONGEST])
    act()
    milliseconds: float = page.evaluate("window.answered")
    return milliseconds
