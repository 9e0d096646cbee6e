"""Events are written once or twice and in any order, and the record is the same."""

from __future__ import annotations

import base64
import dataclasses
import json
import math
import random
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing
from itertools import permutations
from pathlib import Path

import pytest

from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    Heartbeat,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunContext,
    RunEnded,
    SeriesLogged,
    SessionSaved,
)
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure, RunStatus
from kedro_viz.tracking.series.series_points import unpack_points
from tests.store.stores import (
    contents_of,
    ended,
    metrics_of,
    query,
    read_as_kedro_viz_10,
    run_ids,
    saved,
    started,
    with_contents,
    write,
)


@pytest.fixture
def writer(location: Path) -> Iterator[SQLiteWriter]:
    with closing(SQLiteWriter(location)) as opened:
        yield opened


FAILED_RUN: list[Event] = [
    started("r", author="ada", parameters=[Parameter("n", "3")]),
    saved("r", a=1, b=2),
    NodeFailed("r", "train", 1500),
    RunEnded("r", 2000, RunStatus.FAILED, RunFailure("ValueError", "bad", "trace")),
    SessionSaved("r", json.dumps({"username": "ada"})),
]
DESCRIBED = (
    "SELECT status, started_at, ended_at, author, error_type, error_message, error_traceback, error_node, blob "
    "FROM runs"
)
FAILED_ROW = (
    *("failed", 1000, 2000, "ada", "ValueError", "bad", "trace", "train"),
    json.dumps(json.dumps({"username": "ada"})),
)


@pytest.mark.parametrize("events", list(permutations(FAILED_RUN)), ids=range(120))
def test_record_is_the_same_in_whatever_order_events_come(location: Path, events: tuple[Event, ...]) -> None:
    write(location, *events)
    assert query(location, DESCRIBED) == [FAILED_ROW]
    assert metrics_of(location, "r") == {"scores.a": 1, "scores.b": 2}
    assert query(location, "SELECT * FROM parameters") == [("r", "n", "3")]


def test_events_written_again_change_nothing(location: Path, writer: SQLiteWriter) -> None:
    writer.apply(FAILED_RUN)
    with closing(sqlite3.connect(location)) as connection:
        before = list(connection.iterdump())
        writer.apply([*FAILED_RUN, *FAILED_RUN])
        assert list(connection.iterdump()) == before


def test_dataset_saved_again_replaces_what_was_there(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("r"), saved("r", a=1, b=2), saved("r", "other", a=7)])
    writer.apply([saved("r", a=3)])
    assert metrics_of(location, "r") == {"scores.a": 3, "other.a": 7}
    assert len(query(location, "SELECT * FROM artifacts WHERE dataset = 'scores'")) == 1
    kind = "tracking.metrics_dataset.MetricsDataset"
    writer.apply([DatasetSaved("r", "scores", kind, "p", document='{"a": "text"}')])
    assert metrics_of(location, "r") == {"other.a": 7}
    assert query(location, "SELECT data FROM tracked_json") == [('{"a": "text"}',)]
    assert query(location, "SELECT * FROM artifacts WHERE dataset = 'scores'") == []


def test_numbers_that_sql_lacks_are_kept(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([saved("r", nan=math.nan, up=math.inf, down=-math.inf, tiny=5e-324)])
    assert metrics_of(location, "r") == {
        "scores.nan": None,
        "scores.up": math.inf,
        "scores.down": -math.inf,
        "scores.tiny": 5e-324,
    }


def test_text_that_no_encoding_can_hold_is_kept_as_far_as_possible(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("r", command="kedro run --params x=\udcff"), saved("r", "scores", **{"a\ud800": 1.0})])
    assert query(location, "SELECT command FROM runs") == [("kedro run --params x=\\udcff",)]
    assert metrics_of(location, "r") == {"scores.a\\ud800": 1}


def test_hostile_names_are_only_text(location: Path, writer: SQLiteWriter) -> None:
    name = "x'); DROP TABLE runs; --\x00\u2028<script>"
    writer.apply([started(name), saved(name, name, **{name: 1.0}), ended(name)])
    assert run_ids(location) == [name]
    assert metrics_of(location, name) == {f"{name}.{name}": 1}


def test_run_is_read_by_kedro_viz_10_from_its_first_moment(location: Path, writer: SQLiteWriter) -> None:
    for event in (NodeFailed("r", "n", 1), RunEnded("r", 1, RunStatus.FAILED)):
        writer.apply([event])
        assert read_as_kedro_viz_10(location)[0] == {"r": {}}
    writer.apply([started("r")])
    assert read_as_kedro_viz_10(location)[0] == {"r": {"session_id": "r"}}


SOURCE, DIFF = b'{"files": [], "problem": null}', b"diff --git a/x b/x"
CONTEXT = with_contents(
    RunContext(
        "r",
        "https://example.org/x",
        git_diff=content_hash(DIFF),
        source=content_hash(SOURCE),
        git_branch="main",
        git_sha="abc1234",
    ),
    SOURCE,
    DIFF,
)
CONTEXT_COLUMNS = (
    "SELECT git_branch, git_sha, git_remote, git_diff, source, environment, configuration, peak_memory FROM runs"
)
USE = DataUsed("r", "cars", False, "pandas.csv_dataset.CSVDataset", "/data/cars.csv", None, 12, "full:abc")
POINTS = SeriesLogged("r", "loss", "7-0", [0, 1, 2.5], [0.5, math.nan, -math.inf], [1100, 1101, 1103])

# All that can be told of a run that ran once.
WHOLE_RECORD: list[Event] = [
    started("r", 1000, author="ada", parameters=[Parameter("n", "3")], nodes=["split", "train"]),
    CONTEXT,
    USE,
    DataUsed("r", "model", True, "pickle", "/data/model.pkl", "r", 90),
    NodeStarted("r", "split", 1001),
    NodeEnded("r", "split", 1100, peak_memory=300),
    NodeEnded("r", "split", 1150, peak_memory=200),
    NodeStarted("r", "train", 1151),
    POINTS,
    SeriesLogged("r", "loss", "7-1", [3.0], [0.25], [1200]),
    saved("r", a=1, b=2),
    NodeFailed("r", "train", 1500),
    RunEnded("r", 2000, RunStatus.FAILED, RunFailure("ValueError", "bad", "trace"), peak_memory=400),
    SessionSaved("r", json.dumps({"username": "ada"})),
]


def dump(location: Path) -> list[str]:
    """All rows of a store, whatever the order in which they were written."""
    with closing(sqlite3.connect(location)) as connection:
        return sorted(connection.iterdump())


@pytest.mark.parametrize("seed", range(25))
def test_any_part_of_a_record_written_twice_in_any_order_is_the_same_record(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    events = chance.sample(WHOLE_RECORD, chance.randint(2, len(WHOLE_RECORD)))
    for name, sequence in {
        "once": events,
        "again": events + events,
        "each twice": [event for event in events for _ in range(2)],
    }.items():
        write(tmp_path / name, *sequence)
    assert dump(tmp_path / "again") == dump(tmp_path / "once")
    assert dump(tmp_path / "each twice") == dump(tmp_path / "once")


@pytest.mark.parametrize("seed", range(25))
def test_whole_record_is_the_same_in_whatever_order_it_comes(location: Path, seed: int) -> None:
    events = list(WHOLE_RECORD)
    random.Random(seed).shuffle(events)
    write(location, *events)
    assert query(location, "SELECT status, started_at, ended_at, error_type, error_node FROM runs") == [
        ("failed", 1000, 2000, "ValueError", "train")
    ]
    assert query(location, CONTEXT_COLUMNS) == [
        ("main", "abc1234", "https://example.org/x", content_hash(DIFF), content_hash(SOURCE), None, None, 400)
    ]
    assert contents_of(location) == {content_hash(SOURCE): SOURCE, content_hash(DIFF): DIFF}
    assert query(location, "SELECT * FROM data_uses ORDER BY dataset") == [
        ("r", "cars", 0, "pandas.csv_dataset.CSVDataset", "/data/cars.csv", None, 12, "full:abc"),
        ("r", "model", 1, "pickle", "/data/model.pkl", "r", 90, None),
    ]
    assert query(location, "SELECT node, position, started_at, failed, peak_memory FROM node_runs") == [
        ("split", 0, 1001, None, 300),
        ("train", 1, 1151, 1, None),
    ]
    assert query(location, "SELECT name, batch, first_at, count FROM series_chunks ORDER BY batch") == [
        ("loss", "7-0", 1100, 3),
        ("loss", "7-1", 1200, 1),
    ]


def test_points_of_a_series_are_kept_as_they_were_logged(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("r"), POINTS, SeriesLogged("r", "loss", "empty", [], [], [])])
    [(count, packed)] = query(location, "SELECT count, points FROM series_chunks")
    points = unpack_points(packed, count)
    assert list(points.steps) == POINTS.steps
    assert str(list(points.values)) == str(POINTS.values)
    assert list(points.times) == POINTS.times


def test_context_may_come_bit_by_bit(location: Path, writer: SQLiteWriter) -> None:
    for event in (started("r"), with_contents(RunContext("r"), SOURCE), RunContext("r", "remote"), RunContext("r")):
        writer.apply([event])
    assert contents_of(location) == {content_hash(SOURCE): SOURCE}
    assert query(location, "SELECT git_remote FROM runs") == [("remote",)]


def test_content_that_many_runs_have_is_kept_once(location: Path, writer: SQLiteWriter) -> None:
    for run in ("a", "b", "c"):
        writer.apply([with_contents(RunContext(run, source=content_hash(SOURCE)), SOURCE)])
    assert contents_of(location) == {content_hash(SOURCE): SOURCE}
    assert query(location, "SELECT size FROM contents") == [(len(SOURCE),)]
    assert query(location, "SELECT DISTINCT source FROM runs") == [(content_hash(SOURCE),)]


@pytest.mark.parametrize(
    "text",
    [
        base64.b64encode(pack(b"something else")).decode(),
        base64.b64encode(b"not compressed").decode(),
        base64.b64encode(zlib.compress(SOURCE)[:-4]).decode(),
        base64.b64encode(zlib.compress(bytes(70_000_000))).decode(),
        "no base64!",
        "\ud800",
    ],
    ids=["other", "not packed", "torn", "bomb", "no base64", "no text"],
)
def test_content_that_is_not_what_its_name_says_is_not_kept(location: Path, writer: SQLiteWriter, text: str) -> None:
    name = content_hash(SOURCE)
    writer.apply(
        [RunContext("r", "remote", source=name, contents={name: text, **with_contents(CONTEXT, DIFF).contents})]
    )
    assert contents_of(location) == {content_hash(DIFF): DIFF}
    assert query(location, "SELECT git_remote, source FROM runs") == [("remote", name)]


def test_context_makes_a_running_run_where_the_start_comes_later(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([CONTEXT])
    assert query(location, "SELECT status FROM runs") == [("running",)]
    assert read_as_kedro_viz_10(location)[0] == {"r": {}}
    writer.apply([started("r")])
    assert query(location, "SELECT git_branch, git_sha, git_remote, started_at FROM runs") == [
        ("main", "abc1234", "https://example.org/x", 1000)
    ]


def test_branch_that_the_start_named_stays(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("r", git_branch="feature"), CONTEXT])
    assert query(location, "SELECT git_branch, git_sha FROM runs") == [("feature", "abc1234")]


def test_session_that_is_run_again_forgets_its_earlier_try(location: Path, writer: SQLiteWriter) -> None:
    writer.apply(WHOLE_RECORD)
    writer.apply([started("r", 3000, nodes=["split"])])
    assert query(location, "SELECT status, started_at, ended_at, error_type, error_node FROM runs") == [
        ("running", 3000, None, None, None)
    ]
    assert query(location, CONTEXT_COLUMNS) == [(None,) * 8]
    assert query(location, "SELECT node, started_at FROM node_runs") == [("split", None)]
    assert query(location, "SELECT * FROM data_uses") == query(location, "SELECT * FROM series_chunks") == []


def test_start_that_comes_again_of_a_run_taken_for_lost_makes_nothing_forgotten(
    location: Path, writer: SQLiteWriter
) -> None:
    writer.apply([started("r", 1000)])
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("UPDATE runs SET status = 'lost', ended_at = heartbeat_at")
        connection.commit()
    # The store could not take the rest, which was kept in two places.
    writer.apply([NodeStarted("r", "train", 1000), DataUsed("r", "table", saved=True, type="t")])
    writer.apply([started("r", 1000), ended("r")])
    assert query(location, "SELECT status FROM runs") == [("succeeded",)]
    assert query(location, "SELECT dataset FROM data_uses") == [("table",)]
    assert query(location, "SELECT node FROM node_runs") == [("train",)]


def test_what_workers_told_of_the_new_try_before_its_start_was_taken_in_stays(
    location: Path, writer: SQLiteWriter
) -> None:
    writer.apply(WHOLE_RECORD)
    writer.apply([NodeStarted("r", "train", 3100), SeriesLogged("r", "loss", "9-0", [0], [1], [3200])])
    writer.apply([started("r", 3000, nodes=["split", "train"])])
    assert query(location, "SELECT node, started_at FROM node_runs") == [("split", None), ("train", 3100)]
    assert query(location, "SELECT batch FROM series_chunks") == [("9-0",)]


def test_heartbeats_bring_a_run_back_that_was_taken_for_lost_and_no_other(location: Path, writer: SQLiteWriter) -> None:
    for status in RunStatus:
        writer.apply([started(status.value), RunEnded(status.value, 2000, status)])
        writer.apply([Heartbeat(status.value, 3000), Heartbeat(status.value, 2500), Heartbeat("unknown", 3000)])
    assert query(location, "SELECT id, heartbeat_at, ended_at FROM runs WHERE status = 'running' ORDER BY id") == [
        ("lost", 3000, None),
        ("running", 3000, None),
    ]
    assert "unknown" not in run_ids(location)
    writer.apply([started("running")])
    assert query(location, "SELECT heartbeat_at FROM runs WHERE id = 'running'") == [(3000,)]


def test_deleted_run_stays_deleted_whoever_still_tells_of_it(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("other")])
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("INSERT INTO deleted_runs VALUES ('r', 5000)")
        connection.commit()
    before = dump(location)
    for event in WHOLE_RECORD:
        # What others may share is no part of the run.
        writer.apply([dataclasses.replace(event, contents={}) if isinstance(event, RunContext) else event])
    assert dump(location) == before


def test_deleted_run_that_is_run_again_is_there_again(location: Path, writer: SQLiteWriter) -> None:
    writer.apply([started("other")])
    with closing(sqlite3.connect(location)) as connection:
        connection.execute("INSERT INTO deleted_runs VALUES ('r', 5000)")
        connection.commit()
    writer.apply([started("r", 5001), ended("r", 5002)])
    assert run_ids(location) == ["other", "r"]
    assert query(location, "SELECT * FROM deleted_runs") == []
