"""Recorded runs as a DataFrame."""

from __future__ import annotations

import math
from pathlib import Path

import pandas as pd
import pytest

from kedro_viz.analysis.run_columns import RUN_FIELDS
from kedro_viz.experiments import ExperimentsError, load_runs
from kedro_viz.tracking.parameters import Parameter
from tests.projects import make_project
from tests.store.stores import ended, saved, started, write


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with three runs of which not all have everything."""
    project = make_project(tmp_path_factory.mktemp("frames") / "project")
    write(
        project / "data" / "session_store.db",
        *(
            started("a", 1_000, author="ada", parameters=[Parameter("n", "1"), Parameter("kind", '"x"')]),
            ended("a", 3_500),
        ),
        *(started("b", 2_000, parameters=[Parameter("n", "2.5")]), saved("b", r2=0.5, loss=math.nan)),
        *(started("c", 3_000), saved("c", r2=0.9), ended("c", 4_000)),
    )
    return project


def test_all_runs_come_with_all_columns_newest_first(project: Path) -> None:
    runs = load_runs(project)
    assert list(runs.index) == ["c", "b", "a"]
    assert runs.index.name == "id"
    assert list(runs.columns) == [
        *(name for name in RUN_FIELDS if name != "id"),
        *("metrics.scores.r2", "metrics.scores.loss", "params.kind", "params.n"),
    ]


def test_columns_are_of_the_kinds_that_pandas_calculates_with(project: Path) -> None:
    runs = load_runs(str(project), sort="started")
    assert runs["started"]["a"] == pd.Timestamp("1970-01-01T00:00:01Z")
    assert (runs["ended"] - runs["started"])["a"] == pd.Timedelta(seconds=2.5)
    assert runs["duration"].sum() == 3.5
    assert pd.isna(runs["metrics.scores.r2"]["a"])
    assert runs["metrics.scores.r2"].dtype == "float64"
    assert runs["metrics.scores.r2"].mean() == 0.7
    assert runs["params.n"].dtype == "float64"
    assert runs["params.kind"]["a"] == "x"
    assert runs["author"]["a"] == "ada"
    assert not runs["bookmarked"].any()
    assert runs["tags"]["a"] == []


def test_the_filter_is_that_of_the_app(project: Path) -> None:
    assert list(load_runs(project, filter='metrics["scores.r2"] > 0.6').index) == ["c"]
    assert list(load_runs(project, filter="n=1").index) == ["a"]


def test_columns_sorts_and_a_limit_can_be_chosen(project: Path) -> None:
    runs = load_runs(project, columns=["metrics.scores.r2", "status"], sort=["-metrics.scores.r2", "started"], limit=2)
    assert list(runs.index) == ["c", "b"]
    assert list(runs.columns) == ["metrics.scores.r2", "status"]
    assert list(runs["status"]) == ["succeeded", "lost"]


def test_no_run_is_an_empty_frame_with_its_columns(project: Path) -> None:
    runs = load_runs(project, filter="no-such-thing", columns=["started", "metrics.scores.r2", "params.n"])
    assert runs.empty
    assert list(runs.columns) == ["started", "metrics.scores.r2", "params.n"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"filter": "metrics.scores.r2 >"}, "."),
        ({"columns": ["autor"]}, "Did you mean author"),
        ({"sort": "-autor"}, "There is no column 'autor'"),
        ({"sort": [f"params.{n}" for n in range(100)]}, "up to 8"),
    ],
)
def test_what_cannot_be_understood_is_told(project: Path, arguments: dict[str, str], message: str) -> None:
    with pytest.raises(ExperimentsError, match=message):
        load_runs(project, **arguments)  # type: ignore[arg-type]  # arguments of several types


def test_a_folder_without_a_project_or_runs_is_told(tmp_path: Path) -> None:
    with pytest.raises(ExperimentsError, match="There is no Kedro project in"):
        load_runs(tmp_path)
    empty = make_project(tmp_path / "empty")
    with pytest.raises(ExperimentsError, match="There are no runs yet: `kedro run`"):
        load_runs(empty)
    untracked = make_project(tmp_path / "untracked", settings="")
    with pytest.raises(ExperimentsError, match="does not record its runs"):
        load_runs(untracked)


def test_a_second_project_whose_package_has_the_same_name_is_told(project: Path, tmp_path: Path) -> None:
    assert len(load_runs(project)) == 3
    (package,) = (folder.name for folder in (project / "src").iterdir())
    second = make_project(tmp_path / "second", package=package)
    write(second / "data" / "session_store.db", started("z", 1_000))
    with pytest.raises(ExperimentsError, match=f"has a package '{package}', and so has another, whose settings"):
        load_runs(second)
    assert len(load_runs(project)) == 3


def test_the_project_of_the_current_folder_is_the_default(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(project / "conf")
    assert len(load_runs()) == 3
