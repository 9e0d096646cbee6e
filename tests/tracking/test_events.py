"""Events can be written as a line of JSON and read back, whatever they hold."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.tracking.events import (
    DatasetSaved,
    Event,
    Heartbeat,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunEnded,
    RunStarted,
    SessionSaved,
    TrackedFile,
    from_json,
    to_json,
    without_surrogates,
)
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure, RunStatus
from kedro_viz.tracking.run_id import is_run_id

# Every character that Python knows, those that no encoding can hold included.
TEXT = st.text(st.characters())
MAYBE = st.none() | TEXT
RUN_IDS = st.from_regex(r"[A-Za-z0-9_][\w.:+@=,-]{0,60}", fullmatch=True).filter(is_run_id)
TIMES = st.integers(0, 2**53)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        RunStarted,
        run_id=RUN_IDS,
        started_at=TIMES,
        blob=TEXT,
        author=MAYBE,
        command=MAYBE,
        pipeline=MAYBE,
        git_dirty=st.none() | st.booleans(),
        parameters=st.lists(st.builds(Parameter, TEXT, TEXT)),
    ),
    st.builds(
        DatasetSaved,
        run_id=RUN_IDS,
        dataset=TEXT,
        type=TEXT,
        path=TEXT,
        files=st.lists(st.builds(TrackedFile, TEXT, st.none() | TIMES)),
        metrics=st.dictionaries(TEXT, st.floats(allow_nan=False)),
        document=MAYBE,
        problem=MAYBE,
    ),
    st.builds(Heartbeat, run_id=RUN_IDS, at=TIMES),
    st.builds(NodeStarted, run_id=RUN_IDS, node=TEXT, at=TIMES),
    st.builds(NodeEnded, run_id=RUN_IDS, node=TEXT, at=TIMES),
    st.builds(NodeFailed, run_id=RUN_IDS, node=TEXT, at=TIMES),
    st.builds(
        RunEnded,
        run_id=RUN_IDS,
        ended_at=TIMES,
        status=st.sampled_from(RunStatus),
        failure=st.none() | st.builds(RunFailure, TEXT, TEXT, TEXT),
    ),
    st.builds(SessionSaved, run_id=RUN_IDS, blob=TEXT),
)


@given(EVENTS)
def test_event_is_one_line_and_reads_back_as_it_was(event: Event) -> None:
    line = to_json(event)
    assert len(line.splitlines()) == 1
    assert line.isascii()
    assert from_json(line) == event


@given(EVENTS)
def test_event_without_surrogates_can_be_encoded(event: Event) -> None:
    clean = without_surrogates(event)
    assert type(clean) is type(event)
    repr(clean).encode("utf-8")
    if "\\ud" not in to_json(event):
        assert clean == event


def test_numbers_that_json_lacks_come_back() -> None:
    event = DatasetSaved("r", "d", "t", "p", metrics={"a": math.nan, "b": math.inf, "c": -math.inf})
    back = from_json(to_json(event))
    assert isinstance(back, DatasetSaved)
    assert math.isnan(back.metrics["a"])
    assert (back.metrics["b"], back.metrics["c"]) == (math.inf, -math.inf)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "no json",
        "[]",
        "{}",
        '{"event": "Unknown"}',
        '{"event": ["NodeFailed"]}',
        '{"event": "NodeFailed", "run_id": "r"}',
        '{"event": "NodeFailed", "run_id": "r", "node": "n", "at": 1, "more": 1}',
        '{"event": "RunEnded", "run_id": "r", "ended_at": 1, "status": "unheard of"}',
        '{"event": "RunStarted", "run_id": "r", "started_at": 1, "blob": "", "parameters": [1]}',
        '{"event": "RunStarted", "run_id": "r", "started_at": 1, "blob": "", "parameters": 7}',
        to_json(NodeFailed("run", "node", 1))[:-5],
        to_json(NodeFailed("../run; rm -rf .", "node", 1)),
        '{"event": "NodeFailed", "run_id": ["r"], "node": "n", "at": 1}',
    ],
)
def test_line_that_is_no_whole_event_is_refused(line: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        from_json(line)
