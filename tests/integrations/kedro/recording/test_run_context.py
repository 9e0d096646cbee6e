"""What a run runs with is gathered beside it and recorded with it: its source, git, environment and configuration."""

from __future__ import annotations

import gc
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from kedro.framework import session as kedro_session
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project
from kedro.runner import ParallelRunner

from kedro_viz.integrations.kedro.recording import run_context
from kedro_viz.integrations.kedro.recording.background import Job, background
from kedro_viz.integrations.kedro.recording.catalog_configurations import CatalogConfigurations, catalog_configurations
from kedro_viz.integrations.kedro.recording.run_context import run_contexts
from kedro_viz.store.sqlite.contents import missing
from kedro_viz.tracking.packed_content import unpack
from kedro_viz.tracking.source.source_snapshot import SourceSnapshot
from kedro_viz.tracking.surroundings.configuration import Configuration
from kedro_viz.tracking.surroundings.environment import Environment
from tests.projects import PARAMETERS, make_project
from tests.reftable import keep_in_reftables
from tests.sessions import run, run_in
from tests.viz_server import kedro_run

# Generous for a busy machine: only reached where what is waited for does not come at all.
SECONDS = 60


@dataclass(frozen=True)
class Context:
    """What is recorded of what a run ran with."""

    git_remote: str | None
    git_diff: str | None
    source: SourceSnapshot | None
    files: Mapping[str, str]
    environment: Environment | None
    configuration: Configuration | None


def contexts_of(project: Path) -> list[Context]:
    """The contexts of a project's runs, the oldest first. All that they name is there."""
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        contents = {name: unpack(data) for name, data in connection.execute("SELECT hash, data FROM contents")}
        rows = connection.execute(
            "SELECT git_remote, git_diff, source, environment, configuration FROM runs ORDER BY started_at, id"
        ).fetchall()
    found = []
    for remote, diff, source, environment, configuration in rows:
        snapshot = None if source is None else SourceSnapshot.from_json(contents[source])
        found.append(
            Context(
                remote,
                None if diff is None else contents[diff].decode(),
                snapshot,
                {file.path: contents[file.hash].decode() for file in (snapshot.files if snapshot else ()) if file.hash},
                None if environment is None else Environment.from_json(contents[environment]),
                None if configuration is None else Configuration.from_json(contents[configuration]),
            )
        )
    return found


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Path]:
    """A project that is set up in this process."""
    path = make_project(tmp_path / "here", package=f"context_of_{tmp_path.name}")
    bootstrap_project(path)
    yield path
    assert run_contexts._gatherings == {}, "nothing is remembered of runs that are over"


def git(folder: Path, *arguments: str) -> None:
    options = ["-c", "user.name=Me", "-c", "user.email=me@example.org", "-c", "init.defaultBranch=main"]
    subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True)


def test_run_is_recorded_with_all_that_it_ran_with(here: Path) -> None:
    git(here, "init", "--quiet")
    git(here, "remote", "add", "origin", "https://me:hunter2@example.org/team/project.git")
    (here / ".gitignore").write_text("data/\n*.tmp\n")
    (here / "notes.tmp").write_text("ignored")
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--message", "one")
    (here / "conf" / "base" / "parameters.yml").write_text(PARAMETERS.replace("0.5", "0.75"))
    (here / "new.txt").write_text("git does not know this one yet")

    run(here, env="local", runtime_params={"size": 3})

    [context] = contexts_of(here)
    assert context.git_remote == "https://example.org/team/project.git"
    assert context.git_diff is not None
    assert "-  rate: 0.5\n+  rate: 0.75\n" in context.git_diff
    assert context.source is not None
    assert context.source.problem is None
    told = {path.relative_to(here).as_posix(): path for path in here.rglob("*") if path.is_file()}
    assert set(context.files) == {
        name
        for name in told
        if not name.startswith((".git/", "data/")) and "__pycache__" not in name and not name.endswith(".tmp")
    }
    assert all(context.files[name] == told[name].read_text() for name in context.files)
    assert context.environment is not None
    assert "kedro" in {package.name for package in context.environment.packages}
    assert context.configuration is not None
    assert context.configuration.run["runtime_params"] == {"size": 3}
    assert context.configuration.parameters == {"size": 3, "model": {"rate": 0.75}}
    assert context.configuration.catalog["scores"] == {
        "type": "tracking.MetricsDataset",
        "filepath": "data/09_tracking/scores.json",
    }


def commit_of(here: Path) -> str:
    """A repository of the project with a commit on the branch `mine`, which has a remote; its hash."""
    git(here, "init", "--quiet")
    git(here, "remote", "add", "origin", "https://example.org/origin.git")
    git(here, "remote", "add", "fork", "https://example.org/fork.git")
    git(here, "checkout", "--quiet", "-b", "mine")
    git(here, "config", "branch.mine.remote", "fork")
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--message", "one")
    return subprocess.check_output(["git", "rev-parse", "HEAD"], cwd=here, text=True).strip()


def head_recorded(project: Path) -> tuple[object, ...]:
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        [found] = connection.execute("SELECT git_branch, git_sha, git_remote FROM runs").fetchall()
    return tuple(found)


def test_branch_of_a_repository_with_reftables_is_recorded(
    here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = commit_of(here)
    (here / "conf" / "base" / "parameters.yml").write_text(PARAMETERS.replace("0.5", "0.75"))
    keep_in_reftables(here, tmp_path / "bin", monkeypatch)
    run(here)
    assert head_recorded(here) == ("mine", commit[:7], "https://example.org/fork.git")
    [context] = contexts_of(here)
    assert context.git_diff is not None
    assert "+  rate: 0.75\n" in context.git_diff


def test_files_tell_of_git_where_git_refuses_to(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container, where the files belong to somebody else; or where git is not installed."""
    commit = commit_of(here)
    (tmp_path / "git").write_text("#!/bin/sh\necho fatal: detected dubious ownership >&2\nexit 128\n")
    (tmp_path / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    run(here)
    assert head_recorded(here) == ("mine", commit[:7], "https://example.org/fork.git")


def test_run_outside_of_git_is_recorded_with_its_source(here: Path) -> None:
    run(here)
    [context] = contexts_of(here)
    assert (context.git_remote, context.git_diff) == (None, None)
    assert "pyproject.toml" in context.files


def test_git_is_not_asked_for_changes_where_there_are_none(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git(here, "init", "--quiet")
    (here / ".gitignore").write_text("*.pyc\ndata/\n")
    git(here, "add", "--all")
    git(here, "commit", "--quiet", "--message", "one")
    monkeypatch.setattr("kedro_viz.tracking.source.git.subprocess.Popen", None)
    run(here)
    [context] = contexts_of(here)
    assert context.git_diff is None
    assert context.files


def count_of_contents(project: Path) -> int:
    with closing(sqlite3.connect(project / "data" / "session_store.db")) as connection:
        (count,) = connection.execute("SELECT count(*) FROM contents").fetchone()
    return int(count)


def test_what_runs_have_in_common_is_stored_once(here: Path) -> None:
    run(here)
    count = count_of_contents(here)
    run(here)
    assert count_of_contents(here) == count
    first, second = contexts_of(here)
    assert first == second
    (here / "README.md").write_text("Read me")
    run(here)
    assert count_of_contents(here) == count + 2, "the new file and the list of files"


def test_run_that_fails_before_its_first_node_is_recorded_with_its_source(here: Path) -> None:
    assert kedro_run(here, "--nodes", "no_such_node").returncode != 0
    [context] = contexts_of(here)
    assert "pyproject.toml" in context.files
    assert context.environment is not None
    assert context.configuration is None, "it is not known"


def test_failing_run_is_recorded_with_all_that_it_ran_with(here: Path) -> None:
    (here / "src" / f"context_of_{here.parent.name}" / "pipeline_registry.py").write_text(
        "from kedro.pipeline import Pipeline, node\n"
        "def fail(size):\n    raise KeyboardInterrupt if size == 4 else ArithmeticError\n"
        "def register_pipelines():\n    return {'__default__': Pipeline([node(fail, 'params:size', 'out')])}\n"
    )
    with pytest.raises(KeyboardInterrupt):
        run(here)
    with pytest.raises(ArithmeticError):
        run(here, runtime_params={"size": 5})
    assert len([context for context in contexts_of(here) if context.files and context.configuration]) == 2


def test_runs_of_one_process_have_configurations_of_their_own(here: Path) -> None:
    """As in a notebook: one after the other, and one that only looked at the catalog in between."""
    run(here)
    catalog = here / "conf" / "base" / "catalog.yml"
    catalog.write_text(catalog.read_text().replace("scores.json", "other_scores.json"))
    session: Any
    with KedroSession.create(project_path=here, env="local") as session:
        looked_at = session.load_context().catalog
        catalog.write_text(catalog.read_text().replace("other_scores.json", "last_scores.json"))
        run_in(session)
    del looked_at
    names = [
        context.configuration.catalog["scores"]["filepath"] for context in contexts_of(here) if context.configuration
    ]
    assert names == ["data/09_tracking/scores.json", "data/09_tracking/last_scores.json"]


def test_runs_at_the_same_time_have_configurations_of_their_own(here: Path) -> None:
    """As in Kedro's HTTP server."""
    service_class = getattr(kedro_session, "KedroServiceSession", None)
    if service_class is None:
        pytest.skip("this Kedro has no service session")
    service = service_class.create(project_path=here, serving_mode=True)

    def work(size: int) -> None:
        service.run(run_id=f"run-{size}", pipeline_names=["data"], runtime_params={"size": size})

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(work, range(1, 9)))
    told = [context.configuration for context in contexts_of(here)]
    assert sorted(each.parameters["size"] for each in told if each) == [*range(1, 9)]
    assert all(each.run["runtime_params"] == {"size": each.parameters["size"]} for each in told if each)


def test_nothing_of_a_run_is_kept_alive_after_it(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    catalogs: list[weakref.ref[Any]] = []
    remember = CatalogConfigurations.remember

    def watch(self: CatalogConfigurations, catalog: Any, configuration: Any) -> None:
        catalogs.append(weakref.ref(catalog))
        remember(self, catalog, configuration)

    monkeypatch.setattr(CatalogConfigurations, "remember", watch)
    run(here)
    gc.collect()
    assert [catalog() for catalog in catalogs] == [None]
    assert catalog_configurations._by_identity == {}
    assert not background._jobs


def test_catalog_that_does_not_allow_it_is_not_remembered() -> None:
    class Catalog:
        __slots__ = ()

    configurations = CatalogConfigurations()
    catalog: Any = Catalog()
    configurations.remember(catalog, {"cars": {}})
    assert configurations.of(catalog) is None


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
def test_forked_workers_gather_nothing(here: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KEDRO_MP_CONTEXT", "fork")
    gathered = tmp_path / "gathered"
    gather = run_context._source_files

    def tell(*arguments: Any) -> Any:
        with gathered.open("a") as file:
            file.write(f"{os.getpid()}\n")
        return gather(*arguments)

    monkeypatch.setattr(run_context, "_source_files", tell)
    run(here, runner=ParallelRunner())
    assert gathered.read_text() == f"{os.getpid()}\n"
    [context] = contexts_of(here)
    assert context.files
    assert context.configuration


def test_part_that_cannot_be_gathered_costs_no_other(
    here: Path, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> Any:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("kedro_viz.tracking.surroundings.environment.current_environment", broken)
    monkeypatch.setattr(run_context, "_source_roots", broken)
    run(here)
    [context] = contexts_of(here)
    assert (context.source, context.environment) == (None, None)
    assert context.configuration is not None
    assert told == []


def test_run_ends_though_its_context_takes_long(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    gather = run_context._source_files

    def take_long(*arguments: Any) -> Any:
        go_on.wait(SECONDS)
        return (yield from gather(*arguments))

    monkeypatch.setattr(run_context, "_source_files", take_long)
    monkeypatch.setattr(run_context, "FINISH_SECONDS", 0.01)
    run(here)
    assert [context.source for context in contexts_of(here)] == [None]
    job = background.submit(iter([]))
    go_on.set()
    assert background.finish(job, SECONDS)
    [context] = contexts_of(here)
    assert context.files, "it is recorded behind the run"


def test_end_of_a_run_is_recorded_before_its_context_is_waited_for(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that is killed while it waits has had a run that succeeded."""
    statuses: list[str] = []
    finish = background.finish

    def look_and_finish(job: Job, timeout: float) -> bool:
        with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
            statuses.extend(status for (status,) in connection.execute("SELECT status FROM runs"))
        return finish(job, timeout)

    monkeypatch.setattr(background, "finish", look_and_finish)
    run(here)
    assert statuses == ["succeeded"]


def test_store_that_has_all_contents_is_asked_for_none(here: Path) -> None:
    run(here)
    with closing(sqlite3.connect(here / "data" / "session_store.db")) as connection:
        names = [name for (name,) in connection.execute("SELECT hash FROM contents")]
        assert missing(connection, [*names, "0" * 64]) == {"0" * 64}


def test_packaged_project_is_recorded_with_the_package_that_ran(tmp_path: Path) -> None:
    """Its package is installed elsewhere, and what lies in the folder where it runs is none of ours."""
    project = make_project(tmp_path / "project")
    [package] = [path.name for path in (project / "src").iterdir()]
    shutil.move(project / "src", tmp_path / "lib")
    (project / "pyproject.toml").unlink()
    (project / "private.txt").write_text("a letter")
    code = (
        "from kedro.framework.project import configure_project\n"
        "from kedro.framework.session import KedroSession\n"
        f"configure_project({package!r})\n"
        "with KedroSession.create() as session: session.run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=project,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    # `Path(__file__).parents[2]` in settings.py is what holds the installed package here.
    [context] = contexts_of(tmp_path)
    assert sorted(context.files) == [
        "conf/base/catalog.yml",
        "conf/base/parameters.yml",
        *(f"src/{package}/{name}.py" for name in ("__init__", "pipeline_registry", "settings")),
    ]


def test_package_from_elsewhere_stands_for_the_one_in_the_project(here: Path, tmp_path: Path) -> None:
    package = f"context_of_{here.parent.name}"
    installed = tmp_path / "site" / package
    shutil.copytree(here / "src" / package, installed)
    (here / "src" / package / "unused.py").write_text("")
    code = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from kedro.framework.project import configure_project\n"
        "from kedro.framework.session import KedroSession\n"
        "configure_project(sys.argv[2])\n"
        "with KedroSession.create() as session: session.run()\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(installed.parent), package],
        cwd=here, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    [context] = contexts_of(tmp_path)
    assert {"pyproject.toml", f"src/{package}/settings.py"} <= set(context.files)
    assert f"src/{package}/unused.py" not in context.files
