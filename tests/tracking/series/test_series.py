"""What node code logs is kept as it was logged, and nothing that it does can fail or hold up the run."""

from __future__ import annotations

import decimal
import fractions
import math
import multiprocessing
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.tracking import log_metric
from kedro_viz.tracking.events import SeriesLogged
from kedro_viz.tracking.recorder import Recorder
from kedro_viz.tracking.run import RunStatus
from kedro_viz.tracking.series import series
from kedro_viz.tracking.series.series import RunSeries, begin_series, end_series, log_here, series_of
from tests.tracking.event_list import EventList


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 1_714_566_645.678

    def __call__(self) -> float:
        return self.now


class Asked:
    """What a run was asked to write, and whether anybody waits for it."""

    def __init__(self) -> None:
        self.within: list[float] = []
        self.at_once = 0

    def write(self) -> None:
        self.at_once += 1


def make_series(run_id: str = "run", clock: Callable[[], float] | None = None, asked: Asked | None = None) -> RunSeries:
    asked = asked or Asked()
    return RunSeries(run_id, clock or Clock(), asked.within.append, asked.write)


@pytest.fixture
def run() -> Iterator[RunSeries]:
    """A run that goes on, with a node in this thread."""
    run = make_series()
    begin_series(run)
    log_here("run")
    yield run
    end_series("run")


def taken(run: RunSeries) -> list[SeriesLogged]:
    with run.taken() as batches:
        return batches


def points(run: RunSeries) -> dict[str, list[tuple[float, float]]]:
    """Steps and values of what is pending, by name."""
    return {batch.name: list(zip(batch.steps, batch.values, strict=True)) for batch in taken(run)}


def test_points_are_kept_as_they_were_logged(run: RunSeries) -> None:
    log_metric("loss", 0.31, step=12)
    log_metric("loss", 0.3, step=13)
    log_metric("accuracy", 0.9, 12.5)
    loss, accuracy = taken(run)
    assert (loss.run_id, loss.name, loss.steps, loss.values) == ("run", "loss", [12, 13], [0.31, 0.3])
    assert loss.times == [1_714_566_645_678] * 2
    assert (accuracy.name, accuracy.steps, accuracy.values) == ("accuracy", [12.5], [0.9])
    assert taken(run) == [], "once"


def test_steps_are_counted_for_each_series(run: RunSeries) -> None:
    for value in (5, 4):
        log_metric("a", value)
    log_metric("b", 1)
    assert points(run) == {"a": [(0, 5), (1, 4)], "b": [(0, 1)]}
    log_metric("a", 3)
    log_metric("a", 2, step=100)
    log_metric("a", 1)
    assert points(run) == {"a": [(2, 3), (100, 2), (3, 1)]}


class TensorOfOne:
    """As PyTorch's: a number by `float()` alone."""

    def __float__(self) -> float:
        return 0.25


@pytest.mark.parametrize(
    ("value", "number"),
    [
        (3, 3.0),
        (True, 1.0),
        (np.float32(0.5), 0.5),
        (np.int64(7), 7.0),
        (np.array(0.125), 0.125),
        (np.bool_(True), 1.0),
        (decimal.Decimal("0.25"), 0.25),
        (fractions.Fraction(1, 4), 0.25),
        (TensorOfOne(), 0.25),
        (math.inf, math.inf),
        (-np.inf, -math.inf),
        (10**400, math.inf),
        (-(10**400), -math.inf),
    ],
)
def test_whatever_is_a_number_is_logged(run: RunSeries, value: float, number: float) -> None:
    log_metric("x", value, step=value if math.isfinite(number) else None)
    assert points(run) == {"x": [(number if math.isfinite(number) else 0, number)]}


def test_nan_is_kept(run: RunSeries) -> None:
    log_metric("x", math.nan)
    log_metric("x", np.float32("nan"))
    assert all(math.isnan(value) for _, value in points(run)["x"])


def test_value_is_that_of_its_moment(run: RunSeries) -> None:
    value, step = np.array(1.0), np.array(1.0)
    log_metric("x", value, step)
    value += 1
    step += 1
    assert points(run) == {"x": [(1, 1)]}


class Unwilling:
    """Raises whatever is asked of it."""

    def __float__(self) -> float:
        raise RuntimeError("no number")

    def __repr__(self) -> str:
        raise RuntimeError("no text")


@pytest.mark.parametrize("value", [None, "0.5", b"1", [1], 1j, np.array([1, 2]), object(), Unwilling()])
def test_what_is_no_number_is_one_warning(run: RunSeries, value: float, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        log_metric("loss", value)
    log_metric("loss", 1)
    assert points(run) == {"loss": [(0, 1)]}
    assert [record.message for record in caplog.records] == [
        "log_metric: A value of the series 'loss' is no number: the point is left out."
    ]


@pytest.mark.parametrize("step", ["1", [1], math.nan, math.inf, object(), 10**400])
def test_what_is_no_step_is_one_warning(run: RunSeries, step: float, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        log_metric("loss", 1, step=step)
    assert points(run) == {}
    assert [record.message for record in caplog.records] == [
        "log_metric: A step of the series 'loss' is no number: the point is left out."
    ]


class OwnText(str):
    """Behaves in a way of its own."""

    __slots__ = ()

    def __hash__(self) -> int:
        raise RuntimeError("no hash")

    def __str__(self) -> str:
        return "another"


def test_name_may_be_any_text(run: RunSeries) -> None:
    names = [
        "validation/loss",
        "Größe % <b>",
        "a\nb\0c",
        "'; DROP TABLE runs",
        "\ud800",
        "x" * series.MAX_NAME_CHARACTERS,
    ]
    for name in names:
        log_metric(name, 1)
    log_metric(OwnText("own"), 1)
    log_metric(np.str_("numpy"), 1)
    assert list(points(run)) == [*names, "own", "numpy"]


@pytest.mark.parametrize("name", ["", "x" * (series.MAX_NAME_CHARACTERS + 1), 7, None, ["loss"], b"loss"])
def test_what_is_no_name_is_one_warning(run: RunSeries, name: str, caplog: pytest.LogCaptureFixture) -> None:
    for _ in range(3):
        log_metric(name, 1)
        assert points(run) == {}
    assert len(caplog.records) == 1


def test_warnings_are_bounded(run: RunSeries, caplog: pytest.LogCaptureFixture) -> None:
    for number in range(1_000):
        log_metric(f"loss {number}", object())  # type: ignore[arg-type]  # what is warned of
    assert len(caplog.records) <= 20


def test_number_of_series_is_bounded(
    run: RunSeries, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MAX_SERIES", 3)
    for _ in range(2):
        for name in "abcde":
            log_metric(name, 1)
        assert list(points(run)) == ["a", "b", "c"]
    assert [record.message for record in caplog.records] == [
        "log_metric: A run keeps 3 series: further ones, such as 'd', are left out."
    ]


def test_number_of_points_is_bounded(
    run: RunSeries, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MAX_POINTS", 5)
    kept = 0
    for _ in range(3):
        for _ in range(2):
            log_metric("a", 1)
        kept += len(points(run).get("a", []))
    log_metric("a", 1)
    assert points(run) == {}
    assert kept == 5
    assert len(caplog.records) == 1


def test_nothing_happens_outside_of_a_run(run: RunSeries, caplog: pytest.LogCaptureFixture) -> None:
    end_series("run")
    log_metric("loss", 1)
    log_metric("loss", "no number")  # type: ignore[arg-type]  # nobody asks for it
    assert points(run) == {}
    assert caplog.records == []


def in_a_thread(action: Callable[[], None]) -> None:
    thread = threading.Thread(target=action)
    thread.start()
    thread.join()


def test_thread_of_node_codes_own_belongs_to_the_only_run(run: RunSeries) -> None:
    in_a_thread(lambda: log_metric("loss", 1))
    assert points(run) == {"loss": [(0, 1)]}


def test_runs_that_go_on_together_are_told_apart_by_their_threads(run: RunSeries) -> None:
    other = make_series("other")
    begin_series(other)

    def node_of_the_other() -> None:
        log_here("other")
        log_metric("loss", 2)

    log_metric("loss", 1)
    in_a_thread(node_of_the_other)
    in_a_thread(lambda: log_metric("loss", 3))
    end_series("other")
    assert points(run) == {"loss": [(0, 1)]}
    assert points(other) == {"loss": [(0, 2)]}


def test_thread_whose_run_is_over_logs_into_no_other_run(run: RunSeries) -> None:
    end_series("run")
    other = make_series("other")
    begin_series(other)
    log_metric("loss", 1)
    in_a_thread(lambda: log_metric("loss", 2))
    end_series("other")
    assert points(run) == {}
    assert points(other) == {"loss": [(0, 2)]}


def test_node_that_runs_another_session_logs_into_its_own_run_before_and_after(run: RunSeries) -> None:
    bystander, inner = make_series("bystander"), make_series("inner")
    begin_series(bystander)
    log_metric("loss", 1)
    begin_series(inner)
    log_here("inner")
    log_metric("loss", 2)
    log_here("inner")
    end_series("inner")
    log_metric("loss", 3)
    end_series("bystander")
    assert points(inner) == {"loss": [(0, 2)]}
    assert points(run) == {"loss": [(0, 1), (1, 3)]}
    assert points(bystander) == {}


def test_write_is_asked_for_once_for_many_points_and_later_in_a_long_run() -> None:
    asked, clock = Asked(), Clock()
    run = make_series(clock=clock, asked=asked)
    for _ in range(5):
        run.log("loss", 1)
    assert asked.within == [series.WRITE_WITHIN]
    taken(run)
    assert asked.within == [series.WRITE_WITHIN], "nothing is pending"
    clock.now += series.LATER_AFTER
    run.log("loss", 1)
    assert asked.within == [series.WRITE_WITHIN, series.WRITE_LATER_WITHIN]


def test_what_is_pending_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(series, "MAX_PENDING", 10)
    asked = Asked()
    run = make_series(asked=asked)
    for _ in range(9):
        run.log("loss", 1)
    assert asked.at_once == 0
    run.log("loss", 1)
    assert asked.at_once == 1
    with run.taken():
        for _ in range(20):
            run.log("loss", 1)
        assert asked.at_once == 1, "who writes now will write them, too"
    assert len(points(run)["loss"]) == 20


def test_who_takes_later_waits_until_what_was_taken_is_written(run: RunSeries) -> None:
    order: list[str] = []
    inside, waits = threading.Event(), threading.Event()

    def writes() -> None:
        with run.taken() as batches:
            inside.set()
            waits.wait()
            order.append(f"wrote {len(batches)}")

    log_metric("loss", 1)
    writer = threading.Thread(target=writes)
    writer.start()
    inside.wait()

    def ends() -> None:
        with run.taken() as batches:
            order.append(f"ended with {len(batches)}")

    ending = threading.Thread(target=ends)
    ending.start()
    waits.set()
    writer.join()
    ending.join()
    assert order == ["wrote 1", "ended with 0"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["a", "b"]),
            st.floats(),
            st.none() | st.floats(allow_nan=False, allow_infinity=False) | st.integers(-(2**60), 2**60),
            st.booleans(),
        )
    )
)
def test_nothing_is_lost_or_doubled_or_changed(logged: list[tuple[str, float, float | None, bool]]) -> None:
    run = make_series()
    written: list[SeriesLogged] = []
    expected: dict[str, list[tuple[str, str]]] = {}
    counts = {"a": 0, "b": 0}
    for name, value, step, takes in logged:
        run.log(name, value, step)
        position = float(counts[name] if step is None else step)
        counts[name] += step is None
        # As text, because NaN equals nothing.
        expected.setdefault(name, []).append((repr(position), repr(value)))
        if takes:
            written += taken(run)
    written += taken(run)
    found: dict[str, list[tuple[str, str]]] = {}
    for batch in written:
        found.setdefault(batch.name, []).extend(
            (repr(step), repr(value)) for step, value in zip(batch.steps, batch.values, strict=True)
        )
    assert found == expected
    assert len({(batch.name, batch.batch) for batch in written}) == len(written), "each batch has a name of its own"


@pytest.fixture
def threads_that_take_turns_often() -> Iterator[None]:
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(usual)


def test_threads_lose_nothing_while_it_is_written(threads_that_take_turns_often: None) -> None:
    run = make_series()
    begin_series(run)
    done = threading.Event()
    written: list[SeriesLogged] = []

    def take_all_the_time() -> None:
        while not done.is_set():
            written.extend(taken(run))

    def log_much(thread: int) -> None:
        for number in range(20_000):
            log_metric("x", thread, number)

    taking = threading.Thread(target=take_all_the_time)
    logging_threads = [threading.Thread(target=log_much, args=[thread]) for thread in range(4)]
    for thread in (taking, *logging_threads):
        thread.start()
    for thread in logging_threads:
        thread.join()
    done.set()
    taking.join()
    end_series("run")
    written += taken(run)
    by_thread: dict[float, list[float]] = {}
    for batch in written:
        for step, value in zip(batch.steps, batch.values, strict=True):
            by_thread.setdefault(value, []).append(step)
    assert by_thread == {float(thread): list(map(float, range(20_000))) for thread in range(4)}


@pytest.mark.skipif("fork" not in multiprocessing.get_all_start_methods(), reason="this system cannot fork")
def test_forked_process_has_points_of_its_own(run: RunSeries) -> None:
    log_metric("parent", 1)
    [before] = taken(run)
    log_metric("parent", 2)
    context = multiprocessing.get_context("fork")
    receiving, sending = context.Pipe()
    with run.taken():
        # The lock that is held here is not the child's.
        log_metric("parent", 3)
        child = context.Process(target=_log_in_child, args=[sending])
        child.start()
        batches: list[SeriesLogged] = receiving.recv()
        child.join()
    assert [(batch.name, batch.steps, batch.values) for batch in batches] == [("child", [0], [7])]
    assert batches[0].batch != before.batch
    assert points(run) == {"parent": [(2, 3)]}


def _log_in_child(sending: Connection) -> None:
    log_metric("child", 7)
    run = series_of("run")
    assert run is not None
    sending.send(taken(run))


def test_points_are_written_with_the_end_of_node_and_run(run: RunSeries) -> None:
    sink = EventList()
    recorder = Recorder(sink, clock=Clock())
    log_metric("loss", 1)
    recorder.node_saved("run", "train", ended_at=18)
    log_metric("loss", 2)
    recorder.node_failed("run", "train")
    log_metric("loss", 3)
    recorder.write_series("run")
    log_metric("loss", 4)
    recorder.run_ended("run", RunStatus.FAILED)
    recorder.write_series("run")
    assert [[type(event).__name__ for event in events] for events in sink.writes] == [
        ["SeriesLogged", "NodeEnded"],
        ["SeriesLogged", "NodeEnded", "NodeFailed"],
        ["SeriesLogged"],
        ["SeriesLogged", "RunEnded"],
    ]


def test_importing_it_costs_node_code_next_to_nothing() -> None:
    code = (
        "import sys; from kedro_viz.tracking import log_metric; log_metric('loss', 1)\n"
        "print(sorted(name for name in sys.modules if name.startswith(('kedro', 'sqlite', 'dataclasses'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(
        ["kedro_viz", "kedro_viz.tracking", "kedro_viz.tracking.series", "kedro_viz.tracking.series.series"]
    )
