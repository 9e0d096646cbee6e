"""When each run of the story took place, and on which commit."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta, timezone

from demo_project.history.story import LAST_DAY, Experiment

# Between two runs passes at least this much, so that a run has ended before the next begins.
_PAUSE = timedelta(minutes=6)
_SATURDAY = 5


@dataclass(frozen=True)
class Commit:
    """What was checked out: Kedro records the same of a real repository."""

    sha: str
    branch: str
    dirty: bool


@dataclass(frozen=True)
class PlannedRun:
    """An experiment with its time and its commit."""

    experiment: Experiment
    started: datetime
    commit: Commit

    @property
    def run_id(self) -> str:
        """The id that Kedro would have given to the session at that moment."""
        return f"{self.started:%Y-%m-%dT%H.%M.%S}.{self.started.microsecond // 1000:03d}Z"


def plan(experiments: Sequence[Experiment], seed: int, now: datetime) -> list[PlannedRun]:
    """Give each experiment a time and a commit.

    Args:
        experiments: In the order of their days.
        seed: The same seed makes the same commits and the same times of day.
        now: The story ends shortly before.

    Returns:
        The runs, oldest first, each at a time of its own, on working days as far as the story's end allows.
    """
    rng = random.Random(seed)
    times = _times([experiment.day for experiment in experiments], rng, now)
    commits = _commits(experiments, rng)
    return [PlannedRun(*run) for run in zip(experiments, times, commits, strict=True)]


def _times(days: Sequence[int], rng: random.Random, now: datetime) -> list[datetime]:
    drawn = sorted(_working_time(now, day, rng) for day in days)
    times: list[datetime] = []
    latest = now - timedelta(minutes=rng.uniform(20, 50))
    for moment in reversed(drawn):
        times.append(min(moment, latest))
        latest = times[-1] - _PAUSE - timedelta(seconds=rng.uniform(0, 240))
    return times[::-1]


def _working_time(now: datetime, day: int, rng: random.Random) -> datetime:
    date = now.date() - timedelta(days=LAST_DAY - day)
    if date.weekday() >= _SATURDAY:
        date -= timedelta(days=date.weekday() - _SATURDAY + 1)
    nine_o_clock = datetime.combine(date, time(9), tzinfo=timezone.utc)
    return nine_o_clock + timedelta(milliseconds=rng.randrange(9 * 3_600_000))


def _commits(experiments: Sequence[Experiment], rng: random.Random) -> list[Commit]:
    commits: list[Commit] = []
    for experiment in experiments:
        previous = commits[-1] if commits else None
        # Every other run of a branch is made before anything new is committed.
        goes_on = previous is not None and previous.branch == experiment.branch and rng.random() < 0.5
        sha = previous.sha if previous and goes_on else f"{rng.randrange(16**7):07x}"
        commits.append(Commit(sha, experiment.branch, dirty=rng.random() < 0.25))
    return commits
