"""The tutorial's section "Collaborative experiment tracking": two people, one bucket, one list of runs."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import pytest
import s3fs
from moto.server import ThreadedMotoServer

from tests.projects import make_project
from tests.tutorial.recorded import recorded_runs
from tests.viz_server import VizServer, kedro_run, viz_server

# As printed.
SETTINGS = """\
from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from pathlib import Path

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {
    "path": str(Path(__file__).parents[2] / "data"),
    "remote_path": "s3://my-bucket-name/path/to/experiments",
}
"""
FOLDER = "my-bucket-name/path/to/experiments"
FETCH_SECONDS = 60


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[s3fs.S3FileSystem]:
    """A server that speaks S3, with the tutorial's bucket; the environment as the tutorial exports it."""
    server = ThreadedMotoServer(port=0)
    server.start()
    host, port = server.get_host_and_port()
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "your_access_key_id")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "your_secret_access_key")
    monkeypatch.setenv("AWS_REGION", "eu-west-2")
    files = s3fs.S3FileSystem(skip_instance_cache=True)
    files.mkdir("my-bucket-name")
    yield files
    # The server keeps its buckets for the next one that this process starts.
    urlopen(Request(f"http://{host}:{port}/moto-api/reset", method="POST")).close()
    server.stop()


def runs_listed(viz: VizServer, at_least: int) -> list[dict[str, str]]:
    """The runs that the server lists, once it has fetched that many. What it has in the end, if it never does."""
    deadline = time.monotonic() + FETCH_SECONDS
    while True:
        runs: list[dict[str, str]] = viz.graphql("{ runsList { id author } }")["runsList"]
        if len(runs) >= at_least or time.monotonic() > deadline:
            return runs


def test_each_sees_the_others_runs(tmp_path: Path, bucket: s3fs.S3FileSystem, monkeypatch: pytest.MonkeyPatch) -> None:
    first = make_project(tmp_path / "ada" / "project", package="shared_project", settings=SETTINGS)
    second = Path(shutil.copytree(first, tmp_path / "grace" / "project"))
    for user, project in (("ada", first), ("grace", second)):
        monkeypatch.setenv("KEDRO_SQLITE_STORE_USERNAME", user)
        run = kedro_run(project)
        assert run.returncode == 0, run.stderr + run.stdout
    bucket.invalidate_cache()
    assert sorted(bucket.ls(FOLDER, detail=False)) == [f"{FOLDER}/ada.db", f"{FOLDER}/grace.db"]

    [hers], [other] = recorded_runs(first), recorded_runs(second)
    monkeypatch.setenv("KEDRO_SQLITE_STORE_USERNAME", "ada")
    with viz_server(first) as viz:
        assert [run["id"] for run in runs_listed(viz, 2)] == [other.id, hers.id]
        [scores] = viz.graphql(
            "query both($ids: [ID!]!) { runTrackingData(runIds: $ids, group: METRIC) { data } }",
            ids=[hers.id, other.id],
        )["runTrackingData"]
    assert [value["runId"] for value in scores["data"]["mean"]] == [hers.id, other.id]


def test_bucket_out_of_reach_costs_a_warning_and_no_run(tmp_path: Path, bucket: s3fs.S3FileSystem) -> None:
    project = make_project(
        tmp_path / "project",
        settings=SETTINGS.replace("my-bucket-name", "another-bucket"),
    )
    run = kedro_run(project)
    assert run.returncode == 0, run.stderr + run.stdout
    assert "another-bucket" in " ".join((run.stdout + run.stderr).split())
    [recorded] = recorded_runs(project)
    assert recorded.status == "succeeded"
