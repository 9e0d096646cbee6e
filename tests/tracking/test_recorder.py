"""The recorder makes events of what Kedro reports, without secrets and of bounded size."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunContext,
    RunEnded,
    RunStarted,
    SessionSaved,
    TrackedFile,
    to_json,
)
from kedro_viz.tracking.packed_content import content_hash
from kedro_viz.tracking.recorder import MAX_MESSAGE_CHARACTERS, MAX_TRACEBACK_CHARACTERS, Recorder, failure_of
from kedro_viz.tracking.run import Run, RunFailure, RunStatus, time_of_run_id
from kedro_viz.tracking.source.source_files import SourceFiles
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from tests.tracking.event_list import EventList


@pytest.fixture
def sink() -> EventList:
    return EventList()


@pytest.fixture
def recorder(sink: EventList) -> Recorder:
    return Recorder(sink, clock=lambda: 1714566645.6784)


# Any: what Kedro passes.
def start(recorder: Recorder, sink: EventList, session: dict[str, Any], run_params: dict[str, Any]) -> RunStarted:
    recorder.run_started("run", session, run_params, {"n": 3})
    [event] = sink.events
    assert isinstance(event, RunStarted)
    return event


def test_start_of_a_run_tells_all_that_is_known(recorder: Recorder, sink: EventList) -> None:
    session = {
        "username": "ada",
        "git": {"commit_sha": "abc1234", "dirty": True, "branch": "main"},
        "cli": {"command_path": "kedro run --params=password=hunter2"},
    }
    event = start(
        recorder,
        sink,
        session,
        {"pipeline_names": ["a", "b"], "env": "prod", "runner": "ThreadRunner", "kedro_version": "1.7.0"},
    )
    assert event.started_at == 1714566645678
    assert (event.author, event.git_sha, event.git_branch, event.git_dirty) == ("ada", "abc1234", "main", True)
    assert event.command == "kedro run --params=password=[redacted]"
    assert (event.pipeline, event.env, event.runner, event.kedro_version) == ("a, b", "prod", "ThreadRunner", "1.7.0")
    assert json.loads(event.blob)["username"] == "ada"
    assert "hunter2" not in to_json(event)


def test_start_of_a_run_of_which_nothing_is_known(recorder: Recorder, sink: EventList) -> None:
    event = start(recorder, sink, {}, {})
    assert event.pipeline == "__default__"
    assert (event.author, event.command, event.git_sha) == (None, None, None)


def test_run_of_kedro_1_0_names_its_one_pipeline(recorder: Recorder, sink: EventList) -> None:
    assert start(recorder, sink, {}, {"pipeline_name": "data"}).pipeline == "data"


@pytest.mark.parametrize(
    ("runner", "name"),
    [
        (None, "SequentialRunner"),
        ("None", "SequentialRunner"),
        ("ThreadRunner", "ThreadRunner"),
        ("<kedro.runner.thread_runner.ThreadRunner object at 0x7f>", "ThreadRunner"),
        ("my.package.OwnRunner", "OwnRunner"),
    ],
)
def test_runner_is_named_by_its_class(recorder: Recorder, sink: EventList, runner: str | None, name: str) -> None:
    assert start(recorder, sink, {}, {"runner": runner}).runner == name


def test_session_of_odd_objects_is_text(recorder: Recorder, sink: EventList) -> None:
    loop: dict[str, object] = {}
    loop["loop"] = loop
    event = start(recorder, sink, {"runtime_params": {("a", 1): {1, 2}, "x": object(), "loop": loop}}, {})
    assert set(json.loads(event.blob)["runtime_params"]) == {"('a', 1)", "x", "loop"}


def test_failure_is_kept_without_secrets_and_with_bounded_size(recorder: Recorder, sink: EventList) -> None:
    password_cut_in_half = "password='" + "hunter2" * 10_000 + "'"
    trace = "first\n" * 20_000 + password_cut_in_half + "\nlast line"
    recorder.run_ended("run", RunStatus.FAILED, RunFailure("E", "token=hunter2 " + "x" * 50_000, trace))
    [event] = sink.events
    assert isinstance(event, RunEnded)
    assert event.failure is not None
    assert len(event.failure.message) <= MAX_MESSAGE_CHARACTERS + 100
    assert len(event.failure.traceback) <= MAX_TRACEBACK_CHARACTERS
    assert event.failure.traceback.endswith("last line")
    assert "hunter2" not in to_json(event)


def test_code_that_a_traceback_quotes_is_kept_without_secrets(recorder: Recorder, sink: EventList) -> None:
    line = '  File "nodes.py", line 3, in load\n    os.environ.setdefault("DB_PASSWORD", "hunter2")\n'
    kept = line.replace("hunter2", "[redacted]")
    recorder.run_ended("run", RunStatus.FAILED, RunFailure("E", "wrong", line))
    recorder.session_saved("run", {"exception": {"type": "E", "value": "wrong", "traceback": [line]}})
    ended, saved = sink.events
    assert isinstance(ended, RunEnded)
    assert ended.failure is not None
    assert ended.failure.traceback == kept
    assert isinstance(saved, SessionSaved)
    assert json.loads(saved.blob)["exception"]["traceback"] == [kept]


def test_saved_session_is_bounded_too(recorder: Recorder, sink: EventList) -> None:
    recorder.session_saved("run", {"exception": {"type": "E", "value": "x" * 10**6, "traceback": ["api_key=hunter2"]}})
    [event] = sink.events
    assert isinstance(event, SessionSaved)
    assert len(event.blob) < 2 * MAX_MESSAGE_CHARACTERS
    assert "hunter2" not in event.blob


def test_node_begins_with_the_data_that_it_has_loaded(recorder: Recorder, sink: EventList) -> None:
    recorder.node_started("run", "train", [DataUse("table", False, "pandas.csv_dataset.CSVDataset", path="t.csv")], 17)
    assert sink.writes == [
        (
            NodeStarted("run", "train", 17),
            DataUsed("run", "table", False, "pandas.csv_dataset.CSVDataset", path="t.csv"),
        )
    ], "written together"


def test_end_of_a_node_is_written_with_what_it_saved_last(recorder: Recorder, sink: EventList) -> None:
    version = DatasetSaved("run", "scores", "tracking.metrics_dataset.MetricsDataset", "p", [TrackedFile("f", 1)])
    use = DataUse("scores", True, "tracking.metrics_dataset.MetricsDataset", size=1, fingerprint="full:0")
    recorder.node_saved("run", "train", [use], version, ended_at=18)
    [events] = sink.writes
    assert events[:2] == (DataUsed("run", **vars(use)), version)
    [ended] = events[2:]
    assert isinstance(ended, NodeEnded)
    assert (ended.node, ended.at) == ("train", 18)
    assert ended.peak_memory is not None
    assert ended.peak_memory > 1_000_000


def test_saving_that_leaves_nothing_behind_is_no_event(recorder: Recorder, sink: EventList) -> None:
    recorder.node_saved("run", "train")
    assert sink.events == []


def test_node_that_fails_has_its_memory_told(recorder: Recorder, sink: EventList) -> None:
    recorder.node_failed("run", "train")
    [(ended, failed)] = sink.writes
    assert isinstance(ended, NodeEnded)
    assert ended.peak_memory is not None
    assert failed == NodeFailed("run", "train", 1714566645678)


def test_end_of_a_run_tells_its_memory(recorder: Recorder, sink: EventList) -> None:
    recorder.run_ended("run", RunStatus.SUCCEEDED)
    [event] = sink.events
    assert isinstance(event, RunEnded)
    assert event.peak_memory is not None
    assert event.peak_memory > 1_000_000


class MuteError(Exception):
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_exceptions_are_described_whatever_they_are() -> None:
    assert failure_of(ValueError("bad")).type == "ValueError"
    assert failure_of(MuteError()).type.endswith(".MuteError")
    assert failure_of(MuteError()).message
    with pytest.raises(ZeroDivisionError) as raised:
        _ = 1 / 0
    assert "test_recorder.py" in failure_of(raised.value).traceback


@pytest.mark.parametrize(
    ("run_id", "milliseconds"),
    [
        ("2024-05-01T12.30.45.678Z", 1714566645678),
        ("1970-01-01T00.00.00.000Z", 0),
        ("2024-05-01", None),
        ("my own id", None),
        ("", None),
        ("2024-13-45T99.99.99.999Z", None),
    ],
)
def test_run_ids_of_kedro_tell_their_time(run_id: str, milliseconds: int | None) -> None:
    assert time_of_run_id(run_id) == milliseconds


def test_duration_is_known_once_the_run_has_ended() -> None:
    def lasting(started_at: int | None, ended_at: int | None) -> float | None:
        texts = dict.fromkeys(
            [
                "author",
                "command",
                "pipeline",
                "env",
                "runner",
                "kedro_version",
                "project",
                "git_sha",
                "git_branch",
                "git_remote",
            ]
        )
        return Run(
            id="r",
            title="r",
            notes="",
            bookmark=False,
            status=RunStatus.RUNNING,
            started_at=started_at,
            ended_at=ended_at,
            git_dirty=None,
            archived=False,
            **texts,
        ).duration

    assert lasting(1000, 3500) == 2.5
    assert lasting(1000, 500) == 0, "a clock that was set back makes no negative times"
    assert lasting(1000, None) is None
    assert lasting(None, 1000) is None


def test_contents_are_recorded_bit_by_bit_and_before_what_refers_to_them(recorder: Recorder, sink: EventList) -> None:
    texts = [random.Random(number).randbytes(100_000) for number in range(8)]
    contents = {content_hash(text): text for text in texts}
    files = [SourceFile(f"{number}.py", 100_000, name) for number, name in enumerate(contents)]
    for _step in recorder.run_context("run", source=SourceFiles(SourceSnapshot(files), contents), git_remote="remote"):
        pass
    contexts = [event for event in sink.events if isinstance(event, RunContext)]
    assert all(len(context.contents) <= 3 for context in contexts)
    assert set(contents) < {name for context in contexts for name in context.contents}
    assert [context.source is not None for context in contexts] == [False] * (len(contexts) - 1) + [True]
    assert contexts[-1].git_remote == "remote"
