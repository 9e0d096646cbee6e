"""One recorded run, with what it saved: loaded through the catalog of a real project."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from datetime import timezone
from pathlib import Path

import pytest

from kedro_viz.experiments import ExperimentsError, load_run, load_runs
from tests.full_project import PACKAGE
from tests.store.stores import query


def test_a_run_tells_what_it_was(tracked_project: Path) -> None:
    run = load_run("latest", tracked_project)
    assert run.status == "failed"
    assert run.params["size"] == 6
    assert run.params["model.rate"] == 0.5
    assert run.metrics == {"scores.mean": 55 / 6, "scores.rate": 0.5}
    assert run.json == {"columns": {"columns": ["n", "square"]}}
    assert run.started is not None
    assert run.started.tzinfo is timezone.utc
    assert run.ended is not None
    assert run.ended >= run.started


def test_a_dataset_is_loaded_in_the_version_of_the_run(tracked_project: Path) -> None:
    newer, older = (load_run(run_id, tracked_project) for run_id in load_runs(tracked_project).index)
    assert older.load("weights") == [0, 1, 4, 9]
    assert newer.load("weights") == [0, 1, 4, 9, 16, 25]
    assert older.load("scores") == {"mean": 3.5, "rate": 0.5}


def test_loading_records_no_run(tracked_project: Path) -> None:
    store = tracked_project / "data" / "session_store.db"
    before = query(store, "SELECT id, blob FROM runs ORDER BY id")
    load_run("latest", tracked_project).load("weights")
    assert query(store, "SELECT id, blob FROM runs ORDER BY id") == before


def test_series_have_all_points_in_the_order_of_steps(tracked_project: Path) -> None:
    run = load_run("latest", tracked_project)
    assert run.series("loss") == [(step, 1 / (step + 1)) for step in range(20)]
    with pytest.raises(ExperimentsError, match=r"logged no series 'los'. It logged loss, mean"):
        run.series("los")


def test_a_dataset_that_the_run_did_not_version_is_told(tracked_project: Path) -> None:
    run = load_run("latest", tracked_project)
    with pytest.raises(ExperimentsError, match=r"no version of a dataset 'table'. It has columns, scores, weights"):
        run.load("table")


def test_a_run_that_is_not_there_is_told_with_those_that_are(tracked_project: Path) -> None:
    with pytest.raises(ExperimentsError, match=r"There is no run '1999'. The nearest are 20"):
        load_run("1999", tracked_project)
    with pytest.raises(ExperimentsError, match="2 runs have an id that begins with '20'"):
        load_run("20", tracked_project)


def test_runs_are_loaded_without_the_web_server(tracked_project: Path) -> None:
    code = (
        "import sys\nfrom kedro_viz.experiments import load_runs\n"
        f"assert len(load_runs({str(tracked_project)!r})) == 2\n"
        "print(sorted({'fastapi', 'strawberry', 'uvicorn'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("[]")


@pytest.fixture
def changed(tracked_project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Path]:
    """Makes the project over a store into which somebody else has written, by SQL."""

    def change(*statements: str) -> Path:
        project = Path(shutil.copytree(tracked_project, tmp_path / "project", dirs_exist_ok=True))
        with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
            for statement in statements:
                connection.execute(statement)
            connection.commit()
        # Its settings name the store beside them, and Python has those of the other project.
        for name in [name for name in sys.modules if name.partition(".")[0] == PACKAGE]:
            monkeypatch.delitem(sys.modules, name)
        monkeypatch.syspath_prepend(project / "src")
        return project

    return change


def test_a_dataset_that_is_not_versioned_any_more_is_told(changed: Callable[..., Path]) -> None:
    project = changed()
    catalog = project / "conf" / "base" / "catalog.yml"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("versioned: true", "versioned: false"), "utf-8")
    with pytest.raises(ExperimentsError, match="'weights' is not versioned in the catalog any more"):
        load_run("latest", project).load("weights")


def test_no_version_of_a_shared_store_leads_out_of_its_folder(changed: Callable[..., Path]) -> None:
    use = "INSERT INTO data_uses (run_id, dataset, saved, type, version) SELECT id, '{}', false, 'x', '{}' FROM runs"
    uses = {"good": "2024", "up": "../../elsewhere", "rooted": "/elsewhere", "other": "..\\elsewhere", "same": "."}
    project = changed(*(use.format(*each) for each in uses.items()))
    assert {"good": "2024"}.items() <= load_run("latest", project).datasets.items()
    assert not load_run("latest", project).datasets.keys() & {*uses} - {"good"}


def test_no_id_of_a_shared_store_leads_out_of_a_datasets_folder(changed: Callable[..., Path]) -> None:
    newest = "(SELECT max(id) FROM runs WHERE id LIKE '2%')"
    tables = {"artifacts": "run_id", "metrics": "run_id", "runs": "id"}
    project = changed(
        "DELETE FROM data_uses",
        *(f"UPDATE {table} SET {key} = '../elsewhere' WHERE {key} = {newest}" for table, key in tables.items()),
    )
    run = load_run("../elsewhere", project)
    assert run.metrics == {"scores.mean": 55 / 6, "scores.rate": 0.5}
    assert run.datasets == {}


@pytest.mark.parametrize("env", ["../../evil", "/evil", "..\\evil", "C:evil"])
def test_no_environment_of_a_shared_store_leads_out_of_the_configuration(
    changed: Callable[..., Path], env: str
) -> None:
    run = load_run("latest", changed(f"UPDATE runs SET env = '{env}'"))
    with pytest.raises(ExperimentsError, match="names an environment outside of the project's configuration"):
        run.load("weights")
    assert run.load("weights", env="local") == [0, 1, 4, 9, 16, 25]


def test_a_value_that_is_no_json_keeps_nothing_else_of_a_run_from_being_read(changed: Callable[..., Path]) -> None:
    deep = "[" * 5_000
    run = load_run(
        "latest",
        changed(
            "UPDATE parameters SET value = '[1' WHERE name = 'size'",
            f"UPDATE tracked_json SET data = '{deep}'",
        ),
    )
    assert run.params["size"] == "[1"
    assert run.params["model.rate"] == 0.5
    assert run.json == {"columns": deep}
