"""Which data a run read that it had not made itself, and whether that is still what it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from kedro_viz.integrations.kedro.reproduction.copy_rules import CopyRules
from kedro_viz.integrations.kedro.reproduction.input_data import (
    InputState,
    input_data,
    loaded_versions,
    outputs_outside,
)
from kedro_viz.integrations.kedro.reproduction.path_in_project import path_in_project
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.fingerprint import fingerprint

# Where the project was when it ran: on a colleague's machine.
THERE = "/home/ada/project"


def use(
    dataset: str, path: str | None, *, saved: bool = False, version: str | None = None, of: str | None = None
) -> DataUse:
    return DataUse(dataset, saved, "text.TextDataset", path, version, 3, of)


def made(project: Path, path: str, text: str = "data") -> str:
    """Write a file, and tell its fingerprint."""
    file = project / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    found = fingerprint(file)
    assert found is not None
    return found.text


def rules_of(project: Path) -> CopyRules:
    """The rules of a project whose catalog names all that these tests take for data."""
    return CopyRules(project, catalog=frozenset({"data"}))


def states(uses: list[DataUse], project: Path) -> dict[str, tuple[InputState, str | None]]:
    found = input_data(uses, THERE, rules_of(project))
    return {each.use.dataset: (each.state, each.path) for each in found}


def test_inputs_are_found_in_the_project_as_it_is_here(tmp_path: Path) -> None:
    same, other = made(tmp_path, "data/a.txt"), made(tmp_path, "data/b.txt", "more")
    uses = [
        use("same", f"{THERE}/data/a.txt", of=same),
        use("relative", "data/a.txt", of=same),
        use("changed", f"{THERE}/data/b.txt", of=same),
        use("gone", f"{THERE}/data/c.txt", of=other),
        use("unknown", f"{THERE}/data/a.txt"),
        use("table", None),
        use("remote", "s3://bucket/x.csv"),
    ]

    assert states(uses, tmp_path) == {
        "same": (InputState.SAME, "data/a.txt"),
        "relative": (InputState.SAME, "data/a.txt"),
        "changed": (InputState.CHANGED, "data/b.txt"),
        "gone": (InputState.GONE, "data/c.txt"),
        "unknown": (InputState.UNKNOWN, "data/a.txt"),
        "table": (InputState.ELSEWHERE, None),
        "remote": (InputState.ELSEWHERE, None),
    }


def test_data_outside_of_the_project_is_looked_at_where_it_is(tmp_path: Path) -> None:
    text = made(tmp_path / "shared", "x.txt")

    found = input_data([use("x", str(tmp_path / "shared" / "x.txt"), of=text)], THERE, rules_of(tmp_path / "project"))

    assert [(each.state, each.path, each.source) for each in found] == [
        (InputState.SAME, None, tmp_path / "shared" / "x.txt")
    ]


def test_what_the_run_made_itself_is_no_input(tmp_path: Path) -> None:
    uses = [
        use("table", f"{THERE}/data/t.pkl", of="full:1"),
        use("table", f"{THERE}/data/t.pkl", saved=True, of="full:1"),
        use("frame@pandas", f"{THERE}/data/f.pq", of="full:2"),
        use("frame@spark", f"{THERE}/data/f.pq", saved=True, of="full:2"),
        use("rows@pandas", None),
        use("rows@spark", None, saved=True),
    ]

    assert input_data(uses, THERE, rules_of(tmp_path)) == []


def test_what_the_run_read_and_then_replaced_is_an_input(tmp_path: Path) -> None:
    after = made(tmp_path, "data/log.txt", "before and after")
    uses = [
        use("log", f"{THERE}/data/log.txt", of="full:before"),
        use("log", f"{THERE}/data/log.txt", saved=True, of=after),
    ]

    assert states(uses, tmp_path) == {"log": (InputState.CHANGED, "data/log.txt")}


@pytest.mark.parametrize(
    "path",
    [
        *(f"{THERE}/../other/x.txt", f"{THERE}/a/../../x", "../x", "/etc/hostname", THERE, f"{THERE}2/x"),
        *("s3://bucket/x", "file:///x", "//host/share/x", "\\\\host\\share\\x"),
    ],
)
def test_what_is_outside_is_not_in_the_project(path: str) -> None:
    assert path_in_project(path, THERE) is None


@pytest.mark.parametrize("run_project", ["/", "", "."])
def test_no_project_is_the_whole_disk(run_project: str) -> None:
    assert path_in_project("/etc/hostname", run_project) is None


def test_paths_of_windows_are_understood() -> None:
    assert path_in_project("C:/code/project/data/x.csv", "C:\\code\\project") == "data/x.csv"
    assert path_in_project("C:\\code\\project\\data\\x.csv", "C:/code/project") == "data/x.csv"
    assert path_in_project("D:/code/project/data/x.csv", "C:/code/project") is None


def test_what_may_not_be_copied_is_not_looked_at_either(tmp_path: Path) -> None:
    text = made(tmp_path, "conf/local/credentials.yml", "secret")

    [found] = input_data([use("x", f"{THERE}/conf/local/credentials.yml", of=text)], THERE, rules_of(tmp_path))

    assert (found.state, found.files, found.source) == (InputState.REFUSED, None, None)
    assert found.refusal == "it is configuration, which may hold credentials"


def test_a_path_on_another_machine_is_not_asked_for(tmp_path: Path) -> None:
    assert states([use("x", "//host/share/x"), use("y", "\\\\host\\share\\y")], tmp_path) == {
        "x": (InputState.ELSEWHERE, None),
        "y": (InputState.ELSEWHERE, None),
    }


def test_versions_that_were_loaded_are_told_but_the_runs_own() -> None:
    uses = [
        use("old", "a", version="2023"),
        use("own", "b", version="run"),
        use("both", "c", version="2022"),
        use("both", "c", version="run", saved=True),
        use("plain", "d"),
    ]

    assert loaded_versions(uses, "run") == {"old": "2023"}


def test_outputs_elsewhere_are_told() -> None:
    uses = [
        use("here", f"{THERE}/data/x", saved=True),
        use("disk", "/mnt/models/x", saved=True),
        use("cloud", "s3://bucket/x", saved=True),
        use("table", None, saved=True),
        use("read", "/mnt/y"),
    ]

    assert [each.dataset for each in outputs_outside(uses, THERE)] == ["disk", "cloud", "table"]
