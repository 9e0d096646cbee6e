"""Series inside a run: numbers that node code logs while it goes on, such as the loss after each step of a training.

`log_metric` only puts a point aside. The points of a run are written together, in the background, by what records the
run: here is no more than node code needs, so that importing it costs next to nothing.
"""

from __future__ import annotations

import contextlib
import logging
import math
import os
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, SupportsFloat, SupportsIndex, TypeAlias

if TYPE_CHECKING:
    from kedro_viz.tracking.events import SeriesLogged

# Whatever `float()` takes, but texts.
Number: TypeAlias = "SupportsFloat | SupportsIndex"

logger = logging.getLogger("kedro_viz.tracking")

MAX_NAME_CHARACTERS = 200
MAX_SERIES = 1_000
MAX_POINTS = 10_000_000

# Points wait so long for others, in seconds; in a long run longer, so that its log has no more rows than one can read.
WRITE_WITHIN = 1.0
WRITE_LATER_WITHIN = 5.0
LATER_AFTER = 300.0

# With so many points waiting, who logs the next one writes them: memory is bounded.
MAX_PENDING = 200_000
# Where a write goes on, another one waits so long for it.
_WAIT_SECONDS = 2.0
# What is wrong may be wrong with each of a million points.
_MAX_WARNINGS = 20


def log_metric(name: str, value: Number, step: Number | None = None) -> None:
    """Log a number of a series in the run that goes on here. Outside of a recorded run this does nothing.

    To be called by node code, from any thread, as often as once in some microseconds. Never raises: a value that is no
    number costs a warning and is left out.

    Args:
        name: The series: any text of up to 200 characters, such as `loss` or `validation/accuracy`.
        value: A number, or what `float()` makes one of, such as a NumPy scalar or a tensor of one element. NaN and
            infinities are kept.
        step: Where in the series it stands, such as the epoch; by default counted: 0, 1, 2, …
    """
    try:
        series = _series_here()
        if series is not None:
            series.log(name, value, step)
    except Exception as error:
        logger.debug("log_metric: A point is left out: %s", error, exc_info=True)


class RunSeries:
    """What this process logs in one run, until it is written.

    Args:
        run_id: The run.
        clock: Seconds since 1970.
        write_within: Asks for what is pending to be written within so many seconds. Must not wait.
        write: Writes what is pending.
    """

    def __init__(
        self,
        run_id: str,
        clock: Callable[[], float],
        write_within: Callable[[float], None],
        write: Callable[[], None],
    ) -> None:
        self.run_id = run_id
        self.is_over = False
        self._clock = clock
        self._write_within = write_within
        self._write = write
        self._began = clock()
        self.begin_anew()

    def begin_anew(self) -> None:
        """Forget what is pending: it is of the process that this one was forked from."""
        # A point is a name, a value, a step and seconds since 1970. A list grows and shrinks at once: it needs no lock.
        self._pending: list[tuple[str, float, float | None, float]] = []
        self._is_awaited = False
        # How many points each series has had, and how many of them without a step.
        self._counts: dict[str, int] = {}
        self._points = 0
        self._warned: set[str] = set()
        self._process = os.urandom(6).hex()
        self._batches = 0
        self._taking = threading.Lock()

    def log(self, name: str, value: Number, step: Number | None = None) -> None:
        """See `log_metric`."""
        at = self._clock()
        # What a caller hands over may change once this has returned.
        number = value if type(value) is float else _number(value)
        position = step if step is None or type(step) is float else _number(step)
        text = name if type(name) is str else _text(name)
        if text is None:
            self._warn("names", "The name of a series must be a text: the point is left out.")
            return
        if number is None:
            self._warn(f"value {text}", f"A value of the series {text!r:.200} is no number: the point is left out.")
            return
        if (position is None) is not (step is None) or (position is not None and not math.isfinite(position)):
            self._warn(f"step {text}", f"A step of the series {text!r:.200} is no number: the point is left out.")
            return
        self._pending.append((text, number, position, at))
        # In this order: who takes the points says first that none is awaited any more.
        if not self._is_awaited:
            self._is_awaited = True
            self._write_within(WRITE_WITHIN if at - self._began < LATER_AFTER else WRITE_LATER_WITHIN)
        if len(self._pending) >= MAX_PENDING and not self._taking.locked():
            self._write()

    @contextlib.contextmanager
    def taken(self) -> Iterator[list[SeriesLogged]]:
        """Take all that is pending, to be written in the block.

        Waits for another one's block: when this is left, all that was logged before is written.
        """
        taking = self._taking
        if not taking.acquire(timeout=_WAIT_SECONDS):
            yield []
            return
        try:
            yield self._take() if self._pending else []
        finally:
            taking.release()

    def _take(self) -> list[SeriesLogged]:
        # Where something is written, this is imported already.
        from kedro_viz.tracking.events import SeriesLogged

        self._is_awaited = False
        count = len(self._pending)
        points = self._pending[:count]
        del self._pending[:count]
        if self._points + count > MAX_POINTS:
            self._warn("points", f"A run keeps {MAX_POINTS:,} points of series: further ones are left out.")
            points = points[: MAX_POINTS - self._points]
        self._points += len(points)
        columns: dict[str, tuple[list[float], list[float], list[int]]] = {}
        for name, value, step, at in points:
            if name not in columns:
                if not self._is_welcome(name):
                    continue
                columns[name] = ([], [], [])
            steps, values, times = columns[name]
            if step is None:
                step = float(self._counts[name])  # noqa: PLW2901 - the step that was left to us
                self._counts[name] += 1
            steps.append(step)
            values.append(value)
            times.append(int(at * 1000))
        self._batches += 1
        batch = f"{self._process}-{self._batches}"
        return [SeriesLogged(self.run_id, name, batch, *lists) for name, lists in columns.items()]

    def _is_welcome(self, name: str) -> bool:
        """Whether points of this name are kept."""
        if name in self._counts:
            return True
        if not 0 < len(name) <= MAX_NAME_CHARACTERS:
            self._warn(
                "length", f"The name of a series has 1 to {MAX_NAME_CHARACTERS} characters: {name!r:.100} is left out."
            )
            return False
        if len(self._counts) >= MAX_SERIES:
            self._warn("series", f"A run keeps {MAX_SERIES:,} series: further ones, such as {name!r}, are left out.")
            return False
        self._counts[name] = 0
        return True

    def _warn(self, subject: str, message: str) -> None:
        """Warn of something once."""
        if subject not in self._warned and len(self._warned) < _MAX_WARNINGS:
            self._warned.add(subject)
            logger.warning("log_metric: %s", message)


def _text(value: object) -> str | None:
    # Classes derived from `str`, such as NumPy's, may behave in ways of their own.
    return str.__str__(value) if isinstance(value, str) else None


# Any: to find out whether it is a number.
def _number(value: Any) -> float | None:
    if isinstance(value, (str, bytes, bytearray)):
        # `float` would read one, and take `nan` for a number that somebody measured.
        return None
    try:
        return float(value)
    except OverflowError:
        # An integer that is too large.
        return math.inf if value > 0 else -math.inf
    except Exception:  # noqa: BLE001 - a user's object may raise anything
        return None


class _Here(threading.local):
    """The runs whose nodes this thread is running: the last one within a node of the one before it, and so on."""

    # None: it has never run a node.
    running: list[RunSeries] | None = None


_here = _Here()
# The runs that go on in this process.
_series: dict[str, RunSeries] = {}


def _series_here() -> RunSeries | None:
    """The run that a point is of which is logged in this thread; None if that cannot be told."""
    running = _here.running
    if running is None:
        # A thread that node code has started is of the one run that goes on.
        going_on = list(_series.values())
        return going_on[0] if len(going_on) == 1 else None
    # A node may have run another session, which is over now, while its own run goes on.
    while running and running[-1].is_over:
        running.pop()
    return running[-1] if running else None


def begin_series(series: RunSeries) -> None:
    """A run begins in this process."""
    _series[series.run_id] = series


def series_of(run_id: str) -> RunSeries | None:
    """The points of a run that goes on in this process."""
    return _series.get(run_id)


def log_here(run_id: str) -> None:
    """A node of this run begins in this thread."""
    series = _series.get(run_id)
    if series is not None:
        others = [each for each in _here.running or () if each is not series and not each.is_over]
        _here.running = [*others, series]


def end_series(run_id: str) -> None:
    """A run is over: what is logged from now on is nobody's."""
    series = _series.pop(run_id, None)
    if series is not None:
        series.is_over = True


def runs_with_series() -> list[str]:
    """The runs that go on in this process."""
    return list(_series)


def _begin_child() -> None:
    for series in _series.values():
        series.begin_anew()


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_begin_child)
