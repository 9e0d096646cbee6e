"""The plan of the history: what is tried, when, and how it would be typed."""

from __future__ import annotations

import shlex
from datetime import datetime, timedelta, timezone
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from demo_project.history.recording import command_of
from demo_project.history.schedule import plan
from demo_project.history.story import STORY_LENGTH, experiments
from demo_project.pipelines.data_ingestion.nodes import DataQualityError
from demo_project.pipelines.feature_engineering.nodes import UnknownFeatureError
from kedro_viz.tracking.run import time_of_run_id

PARAMETERS = Path(__file__).parents[2] / "demo-project" / "conf" / "base" / "parameters.yml"
A_WEDNESDAY = datetime(2026, 3, 4, 11, 30, tzinfo=timezone.utc)
# Each day of a week, in the dead of night, at noon and late.
MOMENTS = [A_WEDNESDAY.replace(hour=hour) + timedelta(days=day) for day in range(7) for hour in (0, 12, 23)]


def test_the_story_has_forty_runs_of_which_two_fail_for_different_reasons() -> None:
    story = experiments(STORY_LENGTH, seed=7)
    assert len(story) == 40
    assert [experiment.fails for experiment in story if experiment.fails] == [DataQualityError, UnknownFeatureError]


@pytest.mark.parametrize("count", [1, 2, 3, 10, 39, 40, 41, 100])
def test_a_history_has_as_many_runs_as_asked_in_the_order_of_their_days(count: int) -> None:
    days = [experiment.day for experiment in experiments(count, seed=7)]
    assert len(days) == count
    assert days == sorted(days)


def test_every_change_is_of_a_parameter_that_there_is() -> None:
    parameters = yaml.safe_load(PARAMETERS.read_text(encoding="utf-8"))
    for experiment in experiments(60, seed=1):
        for name in experiment.changes:
            place = parameters
            for part in name.split("."):
                assert part in place, name
                place = place[part]


@pytest.mark.parametrize("now", MOMENTS, ids=lambda now: f"{now:%a-%H}")
def test_runs_lie_in_the_past_in_order_and_over_three_months(now: datetime) -> None:
    runs = plan(experiments(40, seed=7), seed=7, now=now)
    times = [run.started for run in runs]
    assert all(later - earlier >= timedelta(minutes=5) for earlier, later in pairwise(times))
    assert now - times[-1] < timedelta(days=3)
    assert times[-1] < now
    assert timedelta(days=85) < times[-1] - times[0] < timedelta(days=95)


def test_a_runs_id_tells_its_time() -> None:
    for run in plan(experiments(40, seed=7), seed=7, now=A_WEDNESDAY):
        assert time_of_run_id(run.run_id) == int(run.started.timestamp() * 1000)


def test_the_same_seed_plans_the_same_history() -> None:
    first, second = (plan(experiments(50, seed=5), seed=5, now=A_WEDNESDAY) for _ in range(2))
    assert first == second
    assert first != plan(experiments(50, seed=6), seed=6, now=A_WEDNESDAY)


def test_a_commit_belongs_to_one_branch() -> None:
    runs = plan(experiments(40, seed=7), seed=7, now=A_WEDNESDAY)
    branches = {(run.commit.sha, run.commit.branch) for run in runs}
    assert len(branches) == len({run.commit.sha for run in runs})


def test_a_command_can_be_typed_into_a_shell() -> None:
    for experiment in experiments(40, seed=7):
        command = command_of(experiment)
        assert shlex.split(shlex.join(command)) == command
        assert command[:2] == ["kedro", "run"]
