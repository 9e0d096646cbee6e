"""One recorded run, with what it saved: loaded through the catalog of a real project."""

from __future__ import annotations

import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timezone
from pathlib import Path

import pytest

from kedro_viz.experiments import ExperimentsError, load_run, load_runs
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


def test_a_dataset_that_is_not_versioned_any_more_is_told(tracked_project: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(tracked_project, tmp_path / "project"))
    catalog = project / "conf" / "base" / "catalog.yml"
    catalog.write_text(catalog.read_text(encoding="utf-8").replace("versioned: true", "versioned: false"), "utf-8")
    with pytest.raises(ExperimentsError, match="'weights' is not versioned in the catalog any more"):
        load_run("latest", project).load("weights")


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


def test_no_version_of_a_shared_store_leads_out_of_its_folder(tracked_project: Path, tmp_path: Path) -> None:
    project = Path(shutil.copytree(tracked_project, tmp_path / "project"))
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        connection.execute("UPDATE data_uses SET version = '../../elsewhere'")
        connection.execute("DELETE FROM artifacts")
        connection.execute("UPDATE runs SET status = 'succeeded'")
        connection.commit()
    assert "../../elsewhere" not in load_run("latest", project).datasets.values()
