"""Where the app gets the flowcharts from, and how it hears that they changed."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from threading import Lock
from typing import Protocol

from kedro_viz.flowchart.model import FlowchartGraph, Flowcharts, LoadError, RegisteredPipeline

logger = logging.getLogger(__name__)


class FlowchartState(str, Enum):
    """How far the loading of pipelines is."""

    LOADING = "loading"
    READY = "ready"
    FAILED = "failed"


@dataclass(frozen=True)
class FlowchartSnapshot:
    """The flowcharts at one moment.

    Attributes:
        state: LOADING while pipelines are being read, also again after a change; READY; or FAILED.
        error: Why it failed; None in any other state.
        flowcharts: The last that could be read. FAILED and LOADING keep them, so that something is shown.
    """

    state: FlowchartState = FlowchartState.LOADING
    error: LoadError | None = None
    flowcharts: Flowcharts = field(default_factory=Flowcharts)

    @property
    def pipelines(self) -> tuple[RegisteredPipeline, ...]:
        """The registered pipelines."""
        return self.flowcharts.pipelines

    def graph_of(self, pipeline_id: str) -> FlowchartGraph | None:
        """The graph of the pipeline of that id; None if there is no such pipeline."""
        return self.flowcharts.graphs.get(pipeline_id)


class FlowchartSource(Protocol):
    """What the API reads flowcharts from."""

    def snapshot(self) -> FlowchartSnapshot:
        """What is known now. Never waits."""

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback` called after each change, from whatever thread made it; returns what ends that."""


class FlowchartFeed:
    """A `FlowchartSource` that tells what it was told last."""

    def __init__(self, snapshot: FlowchartSnapshot | None = None) -> None:
        self._snapshot = snapshot or FlowchartSnapshot()
        self._callbacks: list[Callable[[], None]] = []
        self._lock = Lock()

    def snapshot(self) -> FlowchartSnapshot:
        """What was told last."""
        return self._snapshot

    def on_change(self, callback: Callable[[], None]) -> Callable[[], None]:
        """Have `callback` called after each change, from the thread that made it; returns what ends that."""
        with self._lock:
            self._callbacks.append(callback)

        def end() -> None:
            with self._lock:
                if callback in self._callbacks:
                    self._callbacks.remove(callback)

        return end

    def tell(self, snapshot: FlowchartSnapshot) -> None:
        """Tell what is known now to all who asked."""
        with self._lock:
            self._snapshot = snapshot
            callbacks = list(self._callbacks)
        for callback in callbacks:
            _call(callback)


def _call(callback: Callable[[], None]) -> None:
    try:
        callback()
    except Exception:  # one listener's fault must not keep the others from hearing
        logger.warning("A listener to flowchart changes failed.", exc_info=True)
