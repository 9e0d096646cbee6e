"""Whoever asked hears that flowcharts changed."""

from __future__ import annotations

from kedro_viz.flowchart.model import LoadError
from kedro_viz.flowchart.source import FlowchartFeed, FlowchartSnapshot, FlowchartState

READY = FlowchartSnapshot(FlowchartState.READY)
FAILED = FlowchartSnapshot(FlowchartState.FAILED, LoadError("ValueError", "no"))


def test_a_feed_is_loading_until_it_is_told_more() -> None:
    assert FlowchartFeed().snapshot().state is FlowchartState.LOADING


def test_all_who_asked_hear_of_each_change_and_see_it() -> None:
    feed = FlowchartFeed()
    seen: list[FlowchartSnapshot] = []
    feed.on_change(lambda: seen.append(feed.snapshot()))
    feed.on_change(lambda: seen.append(feed.snapshot()))

    feed.tell(READY)
    feed.tell(FAILED)

    assert seen == [READY, READY, FAILED, FAILED]


def test_who_ended_it_hears_no_more() -> None:
    feed = FlowchartFeed()
    heard: list[int] = []
    end = feed.on_change(lambda: heard.append(1))

    end()
    end()
    feed.tell(READY)

    assert heard == []


def test_a_listener_that_fails_does_not_keep_the_others_from_hearing() -> None:
    feed = FlowchartFeed()
    heard: list[int] = []

    def fail() -> None:
        raise RuntimeError

    feed.on_change(fail)
    feed.on_change(lambda: heard.append(1))
    feed.tell(READY)

    assert heard == [1]
