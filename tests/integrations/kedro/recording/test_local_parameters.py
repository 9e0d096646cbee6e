"""Parameters that only `conf/local` has are found, and overrides are told apart from them."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from kedro.config import OmegaConfigLoader

from kedro_viz.integrations.kedro.recording.local_parameters import parameters_only_in_local, without_values_of

BASE = """
# A comment.
size: 4
model: {rate: 0.5, depth: 3}
nested:
  # Inside.
  a: 1

  deep:
    b: 2
"quoted": 1
defaults: &defaults
  x: 1
derived:
  <<: *defaults
  y: 2
"""


def loader(folder: Path, local: str, base: str = BASE, **arguments: Any) -> OmegaConfigLoader:
    for env, text in ("base", base), ("local", local), ("prod", "size: 5"):
        (folder / env).mkdir(parents=True, exist_ok=True)
        (folder / env / "parameters.yml").write_text(dedent(text))
    return OmegaConfigLoader(str(folder), **{"base_env": "base", "default_run_env": "local", **arguments})


@pytest.mark.parametrize(
    ("local", "expected"),
    [
        ("", []),
        ("size: 5", []),
        ("mine: 1", [("mine",)]),
        ("siz: 1", [("siz",)]),
        ("model: {rate: 0.1, secret_sauce: 2}", [("model", "secret_sauce")]),
        ("nested: {deep: {b: 3, c: 4}, a: 2}", [("nested", "deep", "c")]),
        ("nested: {a: {was: a number}}", []),
        ("mine: {a: 1, b: {c: 2}}", [("mine",)]),
        ("quoted: 2", []),
        ("b: 1", [("b",)]),
        ("derived: {x: 5, y: 3, z: 4}", [("derived", "z")]),
        ("mine: ${oc.env:HOME}\nsize: 1", [("mine",)]),
        ("not: [yaml", []),
        ("- a list", []),
    ],
)
def test_parameter_is_local_if_the_base_configuration_has_none(
    tmp_path: Path, local: str, expected: list[tuple[str, ...]]
) -> None:
    assert parameters_only_in_local(loader(tmp_path, local), {}) == expected


def test_all_files_of_parameters_are_looked_at(tmp_path: Path) -> None:
    of_project = loader(tmp_path, "mine: 1")
    for path, text in {
        "base/parameters/science.yml": "of_folder: 1",
        "base/team/parameters_team.yaml": "of_team: 1",
        "base/parameters_more.json": '{"of_json": 1}',
        "local/parameters_other.yml": "of_folder: 2\nof_team: 2\nof_json: 2\nother: 3",
        "local/catalog.yml": "no_parameter: 1",
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert sorted(parameters_only_in_local(of_project, {})) == [("mine",), ("other",)]


def test_what_the_command_line_sets_is_not_hidden(tmp_path: Path) -> None:
    of_project = loader(tmp_path, "mine: 1\nother: {a: 1, b: 2}\nmodel: {new: 1}")
    by_command = {"mine": 2, "model": {"new": 3}}
    assert parameters_only_in_local(of_project, by_command) == [("other",)]


def test_runs_in_another_environment_hide_nothing(tmp_path: Path) -> None:
    assert parameters_only_in_local(loader(tmp_path, "mine: 1", env="prod"), {}) == []
    assert parameters_only_in_local(loader(tmp_path, "mine: 1", env="local"), {}) == [("mine",)]


def test_local_is_told_apart_without_a_base_environment(tmp_path: Path) -> None:
    # Settings that replace Kedro's arguments of the loader leave it without one: all below `conf` is read.
    of_project = loader(tmp_path, "mine: 1", base_env="", default_run_env="")
    assert parameters_only_in_local(of_project, {}) == [("mine",)]


def test_loader_that_is_unknown_or_missing_hides_nothing() -> None:
    assert parameters_only_in_local(None, {}) == []
    assert parameters_only_in_local(object(), {}) == []


def test_values_are_hidden_and_names_stay() -> None:
    parameters = {"a": 1, "b": {"c": [1, 2], "d": {"e": None, "f": "x"}}, "g": 2}
    hidden = without_values_of(parameters, [("b", "d"), ("b", "c"), ("missing", "x"), ("g",)])
    mark = "[redacted]"
    assert hidden == {"a": 1, "b": {"c": mark, "d": {"e": None, "f": mark}}, "g": mark}
    assert parameters["g"] == 2, "the run's own parameters are not changed"
    assert without_values_of(parameters, []) is parameters
