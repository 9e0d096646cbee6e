"""What is done beside a run: called when it is due, done step by step, not there while the process forks."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from kedro_viz.integrations.kedro.recording.background import Background

# Generous for a busy machine: only reached where what is waited for does not come at all.
SECONDS = 60


@pytest.fixture
def background() -> Iterator[Background]:
    made = Background()
    yield made
    made._calls.clear()
    made._give_up_jobs()
    with made._changed:
        made._changed.notify_all()


def once(events: dict[str, threading.Event], name: str) -> Callable[[], None]:
    events[name] = threading.Event()
    return events[name].set


def test_call_comes_again_and_again_until_it_is_stopped(background: Background) -> None:
    thrice = threading.Semaphore(0)
    background.call_every(0.001, thrice.release)
    for _ in range(3):
        assert thrice.acquire(timeout=SECONDS)
    thread = background._thread
    assert thread is not None
    background.stop_calling(thrice.release)
    thread.join(SECONDS)
    assert not thread.is_alive(), "no thread stays where there is nothing to do"


def test_call_may_stop_itself(background: Background) -> None:
    called = threading.Event()

    def call() -> None:
        background.stop_calling(call)
        called.set()

    background.call_every(0.001, call)
    thread = background._thread
    assert called.wait(SECONDS)
    assert thread is not None
    thread.join(SECONDS)
    assert background._calls == {}


def test_call_within_some_time_comes_once_at_the_earliest_time_asked_for(background: Background) -> None:
    calls: list[str] = []
    events: dict[str, threading.Event] = {}
    last = once(events, "last")

    def call() -> None:
        calls.append("call")

    background.call_within(1000, call)
    background.call_within(0.001, call)
    background.call_within(1000, call)
    background.call_within(0.05, last)
    assert events["last"].wait(SECONDS)
    assert calls == ["call"]


def test_job_is_done_step_by_step_and_calls_come_in_between(background: Background) -> None:
    events: dict[str, threading.Event] = {}
    call = once(events, "call")
    order: list[str] = []

    def steps() -> Iterator[None]:
        order.append("first")
        background.call_within(0, call)
        yield
        order.append("called" if events["call"].is_set() else "not called")

    assert background.finish(background.submit(steps()), SECONDS)
    assert order == ["first", "called"]


def test_jobs_are_done_one_after_the_other_whatever_they_raise(background: Background) -> None:
    done: list[int] = []

    def steps(number: int) -> Iterator[None]:
        yield
        done.append(number)
        if number == 1:
            raise ValueError("a fault of ours")

    def failing_call() -> None:
        raise ValueError("a fault of ours")

    background.call_within(0, failing_call)
    jobs = [background.submit(steps(number)) for number in range(3)]
    assert all(background.finish(job, SECONDS) for job in jobs)
    assert done == [0, 1, 2]


def test_what_a_job_gathered_is_let_go_of(background: Background) -> None:
    freed = threading.Event()

    class Gathered:
        def __del__(self) -> None:
            freed.set()

    def steps(gathered: Gathered) -> Iterator[None]:
        yield
        assert gathered

    job = background.submit(steps(Gathered()))
    assert background.finish(job, SECONDS)
    assert freed.wait(SECONDS)


def test_waiting_for_a_job_ends_in_time(background: Background) -> None:
    go_on = threading.Event()

    def steps() -> Iterator[None]:
        go_on.wait(SECONDS)
        yield

    job = background.submit(steps())
    assert not background.finish(job, 0.001)
    go_on.set()
    assert background.finish(job, SECONDS)


def test_nothing_is_raised_where_no_thread_can_be_started(
    background: Background, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(thread: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    monkeypatch.setattr(threading.Thread, "start", refuse)
    assert background.finish(background.submit(iter([None])), SECONDS), "nobody waits for what will not be done"
    background.call_every(1, lambda: None)


needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")


# Run by a Python of its own: a test's process may have other threads, of which Python warns at a fork.
FORK = """
import os, threading
from kedro_viz.integrations.kedro.recording.background import background

called = threading.Semaphore(0)
threads, go_on = set(), threading.Event()
stepped = [threading.Event(), threading.Event()]

def steps():
    while not go_on.is_set():
        threads.add(threading.current_thread())
        stepped[len(threads) - 1].set()
        yield

background.call_every(0.001, called.release)
job = background.submit(steps())
assert stepped[0].wait(60)

child = os.fork()
if child == 0:
    assert threading.active_count() == 1
    assert not background._calls and not background._jobs, "what is to be done is its parent's"
    assert background.finish(job, 0), "nobody waits for it here"
    assert background.finish(background.submit(iter([None, None])), 60), "it has a background of its own"
    os._exit(0)
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0

assert stepped[1].wait(60), "the job goes on in another thread, because the first was not there at the fork"
go_on.set()
assert background.finish(job, 60)
while called.acquire(blocking=False): pass
assert called.acquire(timeout=60), "calls go on, too"
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_no_thread_is_there_while_the_process_forks_and_all_goes_on_afterwards() -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", FORK], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_process_ends_though_something_is_to_be_done() -> None:
    code = (
        "from kedro_viz.integrations.kedro.recording.background import background\n"
        "import itertools\n"
        "background.call_every(1000, print)\n"
        "background.submit(itertools.repeat(None))\n"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=SECONDS, check=False).returncode == 0
