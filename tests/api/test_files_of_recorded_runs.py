"""Files of runs that were started otherwise than the app are found; a record from elsewhere alone finds none."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import fsspec
import pytest
from kedro.framework.startup import bootstrap_project
from kedro.io import DatasetError

from kedro_viz.api.artifact_files import artifact_url
from kedro_viz.experiments import ExperimentsError, load_run
from kedro_viz.integrations.kedro.project.project import open_project
from tests.api.serving import Api, opened
from tests.cli.run_commands import viz_runs
from tests.projects import make_project
from tests.sessions import run

CATALOG = """
plain: {type: tracking.JSONDataset, filepath: data/base/plain.json}
by_environment: {type: tracking.JSONDataset, filepath: data/base/by_environment.json}
by_parameter: {type: tracking.JSONDataset, filepath: "data/${runtime_params:name,none}/by_parameter.json"}
elsewhere: {type: tracking.JSONDataset, filepath: "${runtime_params:folder,data}/elsewhere.json"}
"{name}_made": {type: tracking.JSONDataset, filepath: "data/made/{name}.json"}
"""
OF_PROD = "by_environment: {type: tracking.JSONDataset, filepath: data/prod/by_environment.json}\n"
NAMES = ["plain", "by_environment", "by_parameter", "elsewhere", "price_made"]
PIPELINE = f"""
from kedro.pipeline import Pipeline, node

def register_pipelines():
    names = {NAMES}
    return {{"__default__": Pipeline([node(lambda n=n: {{"name": n}}, None, n, name=n) for n in names])}}
"""


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, Path]]:
    """A project, its run in another environment and with parameters, and the folder outside that it wrote to."""
    folder = tmp_path_factory.mktemp("recorded")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_DATA_HOME", str(folder / "home"))
        patch.setenv("LOCALAPPDATA", str(folder / "home"))
        patch.delenv("KEDRO_ENV", raising=False)
        project = make_project(
            folder / "project", catalog=CATALOG, pipeline_code=PIPELINE, files={"conf/prod/catalog.yml": OF_PROD}
        )
        (project / "conf/local/credentials.yml").write_text("team:\n  password: hunter2\n")
        patch.chdir(project)
        bootstrap_project(project)
        outside = folder / "outside"
        yield project, run(project, env="prod", runtime_params={"name": "x", "folder": outside.as_posix()}), outside


@pytest.fixture
def api(recorded: tuple[Path, str, Path]) -> Iterator[Api]:
    with opened(open_project(recorded[0])) as api:
        yield api


def store_of(project: Path) -> sqlite3.Connection:
    return sqlite3.connect(project / "data/session_store.db")


def get(api: Api, run_id: str, dataset: str, name: str | None = None) -> Any:
    return api.client.get(artifact_url(run_id, dataset, name or f"{dataset}.json"))


@pytest.mark.parametrize("dataset", NAMES)
def test_the_file_of_a_run_is_served_wherever_it_was_saved(
    api: Api, recorded: tuple[Path, str, Path], dataset: str
) -> None:
    project, run_id, outside = recorded
    name = {"price_made": "price"}.get(dataset, dataset)
    folder = {
        "by_environment": project / "data/prod",
        "by_parameter": project / "data/x",
        "elsewhere": outside,
        "price_made": project / "data/made",
    }.get(dataset, project / "data/base")
    # Where the run has saved it: else this would be a test of nothing.
    assert (folder / f"{name}.json" / run_id / f"{name}.json").is_file()

    answer = get(api, run_id, dataset, f"{name}.json")

    assert (answer.status_code, answer.json()) == (200, {"name": dataset})


@pytest.mark.parametrize("dataset", NAMES)
def test_a_version_is_loaded_from_wherever_it_was_saved(recorded: tuple[Path, str, Path], dataset: str) -> None:
    project, run_id, _ = recorded

    assert load_run(run_id, project).load(dataset) == {"name": dataset}


def test_a_path_that_only_a_record_tells_is_not_served(
    api: Api, recorded: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, run_id, outside = recorded
    hostile = "2024-01-01T00.00.00.000Z"
    secret = outside / "secret.txt" / hostile / "secret.txt"
    secret.parent.mkdir(parents=True)
    secret.write_text('"hunter2"')
    (project / "data/base/plain.json").mkdir(parents=True, exist_ok=True)
    (project / "data/base/plain.json" / hostile).symlink_to(project / "conf/local")
    (project / "conf/local/plain.json").mkdir()
    (project / "conf/local/plain.json/credentials.yml").write_text('"hunter2"')
    with closing(store_of(project)) as store:
        own_path, own_signature = store.execute(
            "SELECT path, signature FROM artifacts WHERE dataset = 'elsewhere' AND run_id = ?", (run_id,)
        ).fetchone()
        assert own_signature
        paths = {
            "passwd": "/etc/passwd",
            "credentials": str(project / "conf/local/credentials.yml"),
            "shaped": str(secret),
            "up": f"{project}/data/base/plain.json/../../../conf/local/credentials.yml",
            "web": f"http://169.254.169.254/x/{hostile}/x",
            "bucket": f"s3://of-others/x/{hostile}/x",
            "replayed": own_path,
            "elsewhere": str(secret),
            "plain": "/etc/passwd",
            "../../../conf/local_made": "/etc/passwd",
        }
        session = {"env": "prod", "runtime_params": {"folder": outside.as_posix(), "name": "../../conf"}}
        store.execute(
            "INSERT INTO runs (id, blob, status, env, host) SELECT ?, ?, 'succeeded', 'prod', host FROM runs LIMIT 1",
            (hostile, json.dumps(json.dumps(session))),
        )
        store.executemany(
            "INSERT INTO artifacts (run_id, dataset, name, type, path, signature) VALUES (?, ?, ?, ?, ?, ?)",
            [(hostile, name, Path(path).name, "x", path, own_signature) for name, path in paths.items()],
        )
        store.commit()
    protocols: list[str] = []
    real = fsspec.filesystem

    def watched(protocol: str, **options: Any) -> Any:
        protocols.append(protocol)
        return real(protocol, **options)

    monkeypatch.setattr(fsspec, "filesystem", watched)
    try:
        for dataset, path in paths.items():
            names = {Path(path).name, "secret.txt", "credentials.yml", "plain.json", "elsewhere.json"}
            for name in names:
                answer = get(api, hostile, dataset, name)
                assert (dataset, name, answer.status_code) == (dataset, name, 404)
                assert "hunter2" not in answer.text
            with pytest.raises((ExperimentsError, DatasetError)):
                load_run(hostile, project).load(dataset)
        assert set(protocols) <= {"file"}
    finally:
        (project / "data/base/plain.json" / hostile).unlink()
        with closing(store_of(project)) as store:
            store.execute("DELETE FROM runs WHERE id = ?", (hostile,))
            store.execute("DELETE FROM artifacts WHERE run_id = ?", (hostile,))
            store.commit()


def test_a_record_with_a_signature_of_somebody_else_is_none_of_ones_own(
    api: Api, recorded: tuple[Path, str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "colleague"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "colleague"))
    _, run_id, _ = recorded

    assert get(api, run_id, "elsewhere").status_code == 404
    # What the project's own catalog says needs no signature.
    assert get(api, run_id, "by_environment").status_code == 200


def test_a_run_that_came_without_its_files_is_indexed_by_its_own_environment(recorded: tuple[Path, str, Path]) -> None:
    project, _, _ = recorded
    old = "2023-01-01T00.00.00.000Z"
    for folder in ("prod", "base"):
        file = (
            project
            / f"data/{folder}/by_environment.json"
            / (old if folder == "prod" else "2022")
            / "by_environment.json"
        )
        file.parent.mkdir(parents=True)
        file.write_text(f'{{"of": "{folder}"}}')
    with closing(store_of(project)) as store:
        store.execute("INSERT INTO runs (id, blob) VALUES (?, ?)", (old, json.dumps(json.dumps({"env": "prod"}))))
        store.commit()
    try:
        assert load_run(old, project).json == {"by_environment": {"of": "prod"}}
    finally:
        with closing(store_of(project)) as store:
            store.execute("DELETE FROM runs WHERE id = ?", (old,))
            store.commit()


def test_files_are_deleted_wherever_a_run_has_saved_them(
    recorded: tuple[Path, str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    project, _, outside = recorded
    monkeypatch.chdir(project)
    run_id = run(project, env="prod", runtime_params={"name": "y", "folder": outside.as_posix()})
    saved = [*project.glob(f"data/*/*/{run_id}"), *outside.glob(f"*/{run_id}")]
    assert len(saved) == len(NAMES)

    result = viz_runs("delete", run_id, "--with-files", "--yes")

    assert result.exit_code == 0, result.output
    assert "5 versions of datasets" in result.output
    assert [each for each in saved if each.exists()] == []
