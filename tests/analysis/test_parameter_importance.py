"""Importance of parameters, where it is known which ones the metric was made of."""

from __future__ import annotations

import math
import random
import sys
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest

from kedro_viz.analysis.column_values import CategoryValues, ColumnValues, NumberValues
from kedro_viz.analysis.parameter_importance import (
    ImportanceMethod,
    ImportantParameter,
    ParameterImportance,
    parameter_importance,
)


def numbers(name: str, values: Sequence[float]) -> NumberValues:
    return NumberValues(name, array("d", values))


def categories(name: str, values: Sequence[str | None]) -> CategoryValues:
    labels = sorted({value for value in values if value is not None})
    return CategoryValues(
        name, array("i", [labels.index(value) if value is not None else -1 for value in values]), labels
    )


@contextmanager
def without_scikit_learn(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    with monkeypatch.context() as patched:
        patched.setitem(sys.modules, "sklearn.ensemble", None)
        yield


def by_name(found: ParameterImportance) -> Mapping[str, ImportantParameter]:
    return {each.name: each for each in found.parameters}


def planted(runs: int) -> tuple[NumberValues, list[ColumnValues]]:
    """A metric of a number, a text and two that count only together; and parameters that it does not depend on."""
    chance = random.Random(1)
    depth = [chance.randint(1, 20) for _ in range(runs)]
    model = [chance.choice(["forest", "linear", "boosted"]) for _ in range(runs)]
    first, second = ([chance.choice([-1.0, 1.0]) for _ in range(runs)] for _ in range(2))
    effect = {"forest": 3.0, "linear": 0.0, "boosted": 9.0}
    metric = [
        effect[model[run]] - 0.5 * depth[run] + 8 * (first[run] + second[run] == 2) + chance.gauss(0, 0.3)
        for run in range(runs)
    ]
    return numbers("metrics.score", metric), [
        numbers("params.depth", depth),
        categories("params.model", model),
        numbers("params.first", first),
        numbers("params.second", second),
        numbers("params.noise", [chance.random() for _ in range(runs)]),
        numbers("params.seed", range(runs)),
        categories("params.name", [f"run {run}" for run in range(runs)]),
        numbers("params.constant", [1.0] * runs),
    ]


def test_a_forest_finds_what_the_metric_depends_on() -> None:
    found = parameter_importance(*planted(300))
    assert found.method is ImportanceMethod.FOREST
    assert found.runs == 300
    told = by_name(found)
    assert {each.name for each in found.parameters[:4]} == {"depth", "model", "first", "second"}
    assert min(told[name].importance for name in ("depth", "model", "first", "second")) > 0.05
    assert max(told[name].importance for name in ("noise", "seed", "name")) < 0.02
    assert "constant" not in told
    assert found.explained is not None
    assert found.explained > 0.7
    assert told["depth"].correlation == pytest.approx(-0.5, abs=0.2)
    assert told["model"].correlation is None
    assert "association, not cause" in found.note


def test_the_same_runs_always_give_the_same() -> None:
    assert parameter_importance(*planted(80)) == parameter_importance(*planted(80))


def test_without_scikit_learn_each_parameter_is_taken_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    with without_scikit_learn(monkeypatch):
        found = parameter_importance(*planted(300))
    assert found.method is ImportanceMethod.CORRELATION
    assert found.explained is None
    told = by_name(found)
    assert {each.name for each in found.parameters[:2]} == {"depth", "model"}
    # A name that each run has for itself tells nothing.
    assert max(told[name].importance for name in ("noise", "seed", "name")) < 0.2
    assert told["depth"].importance == -(told["depth"].correlation or 0)
    assert "scikit-learn" in found.note
    assert "association, not cause" in found.note


def test_a_forest_that_learns_nothing_says_so() -> None:
    chance = random.Random(2)
    metric = numbers("metrics.score", [chance.random() for _ in range(100)])
    found = parameter_importance(metric, [numbers("params.noise", [chance.random() for _ in range(100)])])
    assert found.explained == 0
    assert "next to nothing" in found.note


@pytest.mark.filterwarnings("error::RuntimeWarning")
@pytest.mark.parametrize("wins", [1, 4])
def test_thirds_of_the_runs_that_are_all_alike_count_for_nothing(wins: int) -> None:
    # Whichever runs they are: of few that differ, most thirds that a forest is tried on have none.
    for first in range(0, 48, 12):
        won = [float(first <= run < first + wins) for run in range(48)]
        noise = numbers("params.noise", [float(run * 7 % 48) for run in range(48)])
        found = parameter_importance(numbers("metrics.score", won), [numbers("params.won", won), noise])
        assert found.explained is not None
        assert math.isfinite(found.explained)
        assert all(math.isfinite(each.importance) for each in found.parameters)
        if wins > 1:
            assert found.parameters[0].name == "won"
            assert found.parameters[0].importance > 0.1


def test_too_few_runs_give_none() -> None:
    values = [float(run) for run in range(9)] + [math.nan, math.inf]
    found = parameter_importance(numbers("metrics.score", values), [numbers("params.depth", range(11))])
    assert (found.method, found.parameters, found.runs) == (ImportanceMethod.NONE, [], 9)
    assert found.note == "At least 10 runs with this metric are needed; 9 match."


def test_a_metric_or_parameters_that_never_change_give_none() -> None:
    metric = numbers("metrics.score", range(12))
    same = parameter_importance(numbers("metrics.score", [1.0] * 12), [numbers("params.depth", range(12))])
    assert (same.method, same.note) == (ImportanceMethod.NONE, "The metric is the same in all of these runs.")
    nothing: list[list[ColumnValues]] = [[], [numbers("params.a", [2.0] * 12), categories("params.b", ["x"] * 12)]]
    for parameters in nothing:
        found = parameter_importance(metric, parameters)
        assert (found.method, found.note) == (
            ImportanceMethod.NONE,
            "No recorded parameter differs between these runs.",
        )


@pytest.mark.parametrize("has_scikit_learn", [True, False])
def test_values_that_are_missing_or_beyond_all_bounds_are_taken(
    monkeypatch: pytest.MonkeyPatch, has_scikit_learn: bool
) -> None:
    runs = 120
    metric = numbers("metrics.score", [1e308 if run % 3 else -1e308 * (run % 2) for run in range(runs)])
    parameters: list[ColumnValues] = [
        numbers("params.huge", [(math.inf, -math.inf, 1e308, math.nan)[run % 4] for run in range(runs)]),
        numbers("params.third", [float(run % 3 > 0) if run % 5 else math.nan for run in range(runs)]),
        categories("params.rare", ["a" if run == 7 else None for run in range(runs)]),
        numbers("params.none", [math.nan] * runs),
    ]
    if has_scikit_learn:
        found = parameter_importance(metric, parameters)
    else:
        with without_scikit_learn(monkeypatch):
            found = parameter_importance(metric, parameters)
    assert found.parameters[0].name == "third"
    assert {each.name for each in found.parameters} == {"huge", "third", "rare"}
    assert all(math.isfinite(each.importance) for each in found.parameters)


def test_booleans_have_a_direction() -> None:
    flag = categories("params.flag", ["true" if run % 2 else "false" for run in range(50)])
    metric = numbers("metrics.score", [float(run % 2) + run / 1000 for run in range(50)])
    (found,) = parameter_importance(metric, [flag]).parameters
    assert found.correlation == pytest.approx(0.87, abs=0.02)


def test_many_runs_and_parameters_are_bounded() -> None:
    chance = random.Random(3)
    runs, wanted = 6_000, [chance.random() for _ in range(6_000)]
    parameters = [numbers(f"params.{place}", [chance.random() for _ in range(runs)]) for place in range(202)]
    found = parameter_importance(numbers("metrics.score", wanted), [*parameters, numbers("params.wanted", wanted)])
    assert len(found.parameters) == 200
    assert found.runs == 1_000
    assert found.parameters[0].name == "wanted"
    assert "3 parameters" in found.note
