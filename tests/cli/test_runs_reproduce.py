"""`kedro viz runs reproduce`: runs, really run again from their record after everything has changed."""

from __future__ import annotations

import base64
import dataclasses
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from kedro_viz.tracking.events import DatasetSaved, DataUsed, Event, RunContext, SessionSaved
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.source.source_snapshot import SourceFile, SourceSnapshot
from tests.cli.run_commands import STORE, kedro, project_in, refused, viz_runs
from tests.notebook import execute, notebook
from tests.projects import CATALOG, STORE_SETTINGS, make_project
from tests.run_records import RunRecord, records_in, records_of
from tests.sessions import PIPELINE_OPTION
from tests.store.stores import METRICS_TYPE, ended, started, write

INPUTS = """
raw:
  type: text.TextDataset
  filepath: data/01_raw/raw.txt

weights:
  type: text.TextDataset
  filepath: weights.csv

history:
  type: text.TextDataset
  filepath: data/03_primary/history.txt
  versioned: true
"""

NODES = """
FACTOR = 3


def make_table(raw, history, size):
    return [[n, n * len(raw) * FACTOR + len(history)] for n in range(size)], {"columns": ["n", "square"]}


def score(table, weights, parameters):
    mean = sum(row[1] for row in table) / len(table)
    secret = len(parameters.get("api", {}).get("token", ""))
    return {"mean": mean, "rate": parameters["model"]["rate"], "weight": float(weights), "secret": secret}
"""

PIPELINES = """
from kedro.pipeline import Pipeline, node

from .nodes import make_table, score


def register_pipelines():
    data = Pipeline([node(make_table, ["raw", "history", "params:size"], ["table", "columns"], name="make_table")])
    science = Pipeline([node(score, ["table", "weights", "parameters"], "scores", name="score")])
    return {"__default__": data + science, "data": data, "science": science}
"""

FILES = {
    "src/{package}/nodes.py": NODES,
    "data/01_raw/raw.txt": "some raw text",
    "data/03_primary/history.txt/2023-01-01T00.00.00.000Z/history.txt": "long ago",
    "weights.csv": "0.25",
    "conf/local/parameters.yml": "size: 7\n",
    "conf/prod/parameters.yml": "size: 5\nmodel:\n  rate: 0.125\n",
    "conf/local/catalog.yml": "table:\n  type: pickle.PickleDataset\n  filepath: data/02_intermediate/mine.pkl\n",
}


def project_of(folder: Path, **more: str) -> Path:
    """A project whose metrics depend on its code, its parameters, its configuration and its data."""
    return make_project(
        folder,
        catalog=CATALOG + INPUTS,
        pipeline_code=PIPELINES,
        settings=more.pop("settings", STORE_SETTINGS),
        files={**FILES, **more},
    )


def package_of(project: Path) -> Path:
    [package] = (project / "src").iterdir()
    return package


def change_everything(project: Path) -> None:
    """What happens in a project after a run: but its data stays."""
    package = package_of(project)
    (package / "nodes.py").write_text((package / "nodes.py").read_text().replace("FACTOR = 3", "FACTOR = 4"))
    (package / "pipeline_registry.py").write_text("raise RuntimeError('is not of that run')")
    (project / "conf" / "base" / "parameters.yml").write_text("size: 1\nmodel: {rate: 9}\n")
    (project / "conf" / "base" / "catalog.yml").write_text(INPUTS)
    shutil.rmtree(project / "conf" / "local")
    shutil.rmtree(project / "conf" / "prod")
    (project / "conf" / "local").mkdir()


def run(project: Path, *arguments: str, **environment: str) -> None:
    done = kedro(project, "run", *arguments, **environment)
    assert done.returncode == 0, done.stdout + done.stderr


def reproduced(project: Path, *arguments: str) -> tuple[Path, str]:
    """The folder of the latest run, reproduced, and what the command told."""
    target = project.parent / "again"
    with chdir(project):
        result = viz_runs("reproduce", "latest", "--to", str(target), "--yes", *arguments)
    assert result.exit_code == 0, result.output
    return target, result.stdout


@contextmanager
def chdir(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    yield
    os.chdir(before)


def run_again(folder: Path, **environment: str) -> None:
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        [folder / "run.sh"],
        cwd="/",
        env={**os.environ, "PATH": path, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def metrics_of_the_only_run(project: Path) -> dict[str, float]:
    [record] = records_of(project)
    assert record.status == "succeeded"
    return record.metrics


def make_repository(project: Path) -> None:
    (project / ".gitignore").write_text("data/\nconf/local/\n")
    for arguments in (
        ["init", "-q"],
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@b", "commit", "-q", "-m", "First"],
    ):
        subprocess.run(["git", *arguments], cwd=project, check=True)
    # What runs is not what was committed.
    nodes = package_of(project) / "nodes.py"
    nodes.write_text(nodes.read_text() + "\nFACTOR = 30\n")


@pytest.mark.parametrize(
    ("options", "environment", "with_git"),
    [
        ([], {}, False),
        (["--params", "model.rate=0.75,note=two words"], {}, True),
        (["--env", "prod"], {}, False),
        ([], {"KEDRO_ENV": "prod"}, False),
        (["--nodes", "make_table,score", "--runner", "ThreadRunner"], {}, False),
    ],
    ids=["plain", "git, --params", "--env", "KEDRO_ENV", "nodes and runner"],
)
def test_a_run_gives_the_same_metrics_again(
    tmp_path: Path, options: list[str], environment: Mapping[str, str], with_git: bool
) -> None:
    project = project_of(tmp_path / "project")
    if with_git:
        make_repository(project)
    run(project, *options, **environment)
    metrics = metrics_of_the_only_run(project)
    change_everything(project)

    folder, told = reproduced(project)
    # What the one who runs it again has set is no part of the run.
    run_again(folder, KEDRO_ENV="base")

    assert metrics_of_the_only_run(folder) == metrics
    assert metrics["scores.mean"] > 0
    assert len(records_of(project)) == 1, "the project's own store does not change"
    assert "kedro run" in told
    guide = (folder / "REPRODUCE.md").read_text()
    assert "| `scores.mean` |" in guide
    assert "is not here" not in guide, "all that is needed is there"


def test_the_command_is_one_of_kedro_in_a_process_of_its_own(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    run(project)

    done = kedro(project, "viz", "runs", "reproduce", "latest", "--to", "../again", "--no-data")

    assert done.returncode == 0, done.stdout + done.stderr
    folder = tmp_path / "again"
    assert f"is in {folder}" in done.stdout.replace("\n", "")
    assert not (folder / "weights.csv").exists()
    assert "was not copied, as you asked" in (folder / "REPRODUCE.md").read_text()


def test_a_run_of_an_installed_package_becomes_a_project(tmp_path: Path) -> None:
    settings = STORE_SETTINGS + f'SESSION_STORE_ARGS = {{"path": {str(tmp_path / "store")!r}}}\n'
    project = project_of(tmp_path / "project", settings=settings, **{"src/{package}/__main__.py": MAIN})
    package, deployed = package_of(project), tmp_path / "deployed"
    shutil.copytree(package, tmp_path / "lib" / package.name)
    for name in ("conf", "data", "weights.csv"):
        (shutil.copytree if (project / name).is_dir() else shutil.copy)(project / name, deployed / name)
    done = subprocess.run(
        [sys.executable, "-m", package.name, "--params", "model.rate=0.25"],
        cwd=deployed,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "lib")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    [record] = records_in(tmp_path / "store" / "session_store.db").values()
    change_everything(project)

    folder, told = reproduced(project)
    run_again(folder)

    assert metrics_of_the_only_run(folder) == record.metrics
    assert record.metrics["scores.rate"] == 0.25
    assert "--params=model.rate=0.25" in told
    assert "was started from an installed package" in (folder / "REPRODUCE.md").read_text()


def test_a_part_of_the_pipelines_reads_what_others_had_made(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    run(project, PIPELINE_OPTION, "data")
    run(project, PIPELINE_OPTION, "science")
    metrics = records_of(project)[1].metrics
    change_everything(project)

    # The catalog does not name the table any more.
    folder, told = reproduced(project, "--recorded-data")
    run_again(folder)

    assert metrics_of_the_only_run(folder) == metrics
    assert "2 datasets" in told, "the table that the run before made, and the weights"
    assert not (folder / "data" / "01_raw").exists()


def test_a_secret_parameter_is_not_in_the_folder_and_has_to_be_given(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    run(project, "--params", "api.token=hunter2,model.rate=0.5")
    metrics = metrics_of_the_only_run(project)
    assert metrics["scores.secret"] == len("hunter2")

    folder, told = reproduced(project)

    assert "api.token" in told
    assert "PARAM_API_TOKEN" in (folder / "REPRODUCE.md").read_text()
    assert not [path for path in folder.rglob("*") if path.is_file() and b"hunter2" in path.read_bytes()]
    refusal = subprocess.run([folder / "run.sh"], capture_output=True, text=True, check=False)
    assert refusal.returncode != 0
    assert "api.token" in refusal.stderr
    run_again(folder, PARAM_API_TOKEN="hunter2")
    assert metrics_of_the_only_run(folder) == metrics


def test_secrets_in_files_are_not_in_the_folder_and_have_to_be_filled_in(tmp_path: Path) -> None:
    secret = {"conf/base/parameters_api.yml": "api:\n  token: hunter3\n"}
    project = project_of(tmp_path / "project", **secret)
    run(project)
    metrics = metrics_of_the_only_run(project)
    assert metrics["scores.secret"] == len("hunter3")

    folder, told = reproduced(project)

    assert "secrets in it were replaced: conf/base/parameters_api.yml" in told
    assert not [path for path in folder.rglob("*") if path.is_file() and b"hunter3" in path.read_bytes()]
    to_fill_in = folder / "conf" / "base" / "parameters_api.yml"
    to_fill_in.write_text(to_fill_in.read_text().replace("[redacted]", "hunter3"))
    run_again(folder)
    assert metrics_of_the_only_run(folder) == metrics


def test_data_that_changed_or_is_gone_is_told_and_not_copied(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    run(project)
    (project / "data" / "01_raw" / "raw.txt").write_text("another text")
    (project / "weights.csv").unlink()

    folder, told = reproduced(project)

    assert "data is changed: raw (data/01_raw/raw.txt)" in told
    assert "data is gone: weights (weights.csv)" in told
    assert not (folder / "data" / "01_raw" / "raw.txt").exists()
    assert not (folder / "weights.csv").exists()
    guide = (folder / "REPRODUCE.md").read_text()
    assert "`raw` (`data/01_raw/raw.txt`) has **changed**" in guide
    assert "`history`" in guide


def test_a_version_that_was_loaded_is_loaded_again(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    run(project)
    metrics = metrics_of_the_only_run(project)
    newer = project / "data" / "03_primary" / "history.txt" / "2024-01-01T00.00.00.000Z"
    newer.mkdir()
    (newer / "history.txt").write_text("not so long ago")

    folder, told = reproduced(project)
    run_again(folder)

    assert "--load-versions=history:2023-01-01T00.00.00.000Z" in told
    assert metrics_of_the_only_run(folder) == metrics


def test_the_new_project_neither_shares_its_runs_nor_writes_into_the_store_of_the_old(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    store_of_all = tmp_path / "store of all"
    args = f'SESSION_STORE_ARGS = {{"path": {str(store_of_all)!r}, "remote_path": {str(shared)!r}}}'
    project = project_of(tmp_path / "project", settings=f"{STORE_SETTINGS}\n{args}\n")
    run(project)
    before = {path: path.read_bytes() for path in shared.rglob("*")}
    [record] = records_of_store(store_of_all)
    assert before

    folder, _ = reproduced(project)
    run_again(folder)
    # Also without the script, and in a session that was started elsewhere.
    run(folder)
    with notebook(tmp_path) as kernel:
        execute(kernel, SESSION.format(project=str(folder)))

    assert len(records_of(folder)) == 3
    assert records_of_store(store_of_all) == [record]
    assert {path: path.read_bytes() for path in shared.rglob("*")} == before


def records_of_store(folder: Path) -> list[RunRecord]:
    return list(records_in(folder / "session_store.db").values())


# As Kedro writes it into a project.
MAIN = """
import sys
from pathlib import Path

from kedro.framework.cli.utils import find_run_command
from kedro.framework.project import configure_project


def main(*args, **kwargs):
    package_name = Path(__file__).parent.name
    configure_project(package_name)
    run = find_run_command(package_name)
    return run(*args, standalone_mode=not hasattr(sys, "ps1"), **kwargs)


if __name__ == "__main__":
    main()
"""

SESSION = """
from pathlib import Path
from kedro.framework.session import KedroSession
from kedro.framework.startup import bootstrap_project

bootstrap_project(Path({project!r}))
params = {{"model": {{"rate": 0.75}}, "list": [1, 2]}}
with KedroSession.create(project_path={project!r}, runtime_params=params) as session:
    session.run()
"""


def test_a_run_of_a_notebook_is_run_again_by_a_command(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    with notebook(project) as kernel:
        execute(kernel, SESSION.format(project=str(project)))
    metrics = metrics_of_the_only_run(project)
    change_everything(project)

    folder, told = reproduced(project)
    run_again(folder)

    assert metrics_of_the_only_run(folder) == metrics
    assert "--config=run-arguments.yml" in told, "no option can tell a list"
    assert "was started from Python" in (folder / "REPRODUCE.md").read_text()


def test_a_configuration_from_elsewhere_comes_along(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    elsewhere = Path(shutil.copytree(project / "conf", tmp_path / "elsewhere"))
    (elsewhere / "base" / "parameters.yml").write_text("size: 6\nmodel: {rate: 0.0625}\n")
    run(project, "--conf-source", str(elsewhere))
    metrics = metrics_of_the_only_run(project)
    assert metrics["scores.rate"] == 0.0625
    shutil.rmtree(elsewhere)

    folder, told = reproduced(project)
    run_again(folder)

    assert metrics_of_the_only_run(folder) == metrics
    assert "--conf-source=conf_of_run" in told


def test_outputs_outside_of_the_project_are_told(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    local = project / "conf" / "local" / "catalog.yml"
    local.write_text(f"table:\n  type: pickle.PickleDataset\n  filepath: {tmp_path}/models/table.pkl\n")
    run(project)

    _, told = reproduced(project)

    assert f"writes outside of this folder again: table to {tmp_path}/models/table.pkl" in told


def test_a_reproduction_can_be_reproduced(tmp_path: Path) -> None:
    project = project_of(tmp_path / "project")
    run(project)
    metrics = metrics_of_the_only_run(project)
    folder, _ = reproduced(project)
    run_again(folder)

    done = kedro(folder, "viz", "runs", "reproduce", "latest", "--to", "../third", "--yes")

    assert done.returncode == 0, done.stdout + done.stderr
    third = tmp_path / "third"
    assert (third / "run.sh").read_text() == (folder / "run.sh").read_text(), "a file of the run that is reproduced"
    assert (third / "REPRODUCE-2.md").exists()
    run(third)
    assert metrics_of_the_only_run(third) == metrics


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return project_in(tmp_path / "project", monkeypatch)


def run_of(files: Mapping[str, bytes], problems: Mapping[str, str] | None = None, *, lost: bool = False) -> list[Event]:
    """A run with a source snapshot of these files, whose contents the store has unless they are lost."""
    listed = [SourceFile(path, len(data), content_hash(data)) for path, data in files.items()]
    listed += [SourceFile(path, 9, problem=problem) for path, problem in (problems or {}).items()]
    manifest = SourceSnapshot(listed).to_json().encode()
    kept = [manifest] if lost else [manifest, *files.values()]
    packed = {content_hash(data): base64.b64encode(pack(data)).decode() for data in kept}
    return [started("run"), RunContext("run", source=content_hash(manifest), contents=packed), ended("run")]


def everything_in(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


PROJECT_FILES = {"pyproject.toml": b'[tool.kedro]\npackage_name = "x"\n', "src/x/settings.py": b""}


def test_a_hostile_snapshot_writes_nothing_outside_of_the_folder(project: Path, tmp_path: Path) -> None:
    before = everything_in(tmp_path)
    hostile = ("../evil", "/tmp/evil-of-a-snapshot", "a/../../evil", ".git/hooks/post-checkout", "a\\..\\evil", "a\n/b")
    write(project / STORE, *run_of({**PROJECT_FILES, **dict.fromkeys(hostile, b"evil")}))

    result = viz_runs("reproduce", "run", "--to", str(tmp_path / "again"))

    assert result.exit_code == 0, result.output
    new = {path for path in everything_in(tmp_path) - before if not path.startswith("project/data/session_store")}
    assert {path for path in new if not path.startswith("again/")} == set()
    assert not Path("/tmp/evil-of-a-snapshot").exists()
    guide = (tmp_path / "again" / "REPRODUCE.md").read_text()
    assert "`../evil` is not here: `its path leads elsewhere`" in guide
    assert "`a\\n/b` is not here" in guide


def test_what_a_record_says_is_text_in_the_guide_and_in_the_script(project: Path, tmp_path: Path) -> None:
    evil = "`![x](http://evil.example/p.png)<img src=x>\x1b[2J\n\n# Evil\n\ntouch PWNED\r"
    environment = json.dumps({"python": evil, "implementation": evil, "platform": evil, "packages": []}).encode()
    source, context, end = run_of(PROJECT_FILES, {f"{evil}.py": evil})
    assert isinstance(context, RunContext)
    packed = {content_hash(environment): base64.b64encode(pack(environment)).decode()}
    session = {
        "env": evil,
        "runtime_params": {"a": evil, f"token{evil}": "[redacted]"},
        "cli": {"params": {"tags": [evil, ","]}},
    }
    write(
        project / STORE,
        source,
        dataclasses.replace(context, environment=content_hash(environment), contents={**context.contents, **packed}),
        DataUsed("run", evil, False, evil, f"data/{evil}"),
        DataUsed("run", evil, True, evil, f"/{evil}"),
        DatasetSaved("run", evil, METRICS_TYPE, "p", metrics={evil: 1.0, f"|{evil}": 2.0}),
        end,
        SessionSaved("run", json.dumps(session)),
    )

    result = viz_runs("reproduce", "run", "--to", str(tmp_path / "again"))

    assert result.exit_code == 0, result.output
    written = {name: (tmp_path / "again" / name).read_text() for name in ("REPRODUCE.md", "run.sh")}
    for text in [result.output, *written.values()]:
        assert "evil.example" in text
        assert all(line.isprintable() for line in text.split("\n"))
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(written["REPRODUCE.md"])
    kinds = {child.type for token in tokens for child in token.children or ()}
    assert kinds <= {"text", "code_inline", "softbreak", "strong_open", "strong_close"}
    assert not any(token.type.startswith("html") for token in tokens)
    headings = [after.content for token, after in itertools.pairwise(tokens) if token.type == "heading_open"]
    assert not any(heading.startswith("Evil") for heading in headings)
    script = subprocess.run(["sh", "-n", tmp_path / "again" / "run.sh"], check=False)
    assert script.returncode == 0
    lines = [line for line in written["run.sh"].split("\n") if not line.startswith("#")]
    assert [line.split()[0] for line in lines if line] == ["set", "cd", ":", "exec"]


CATALOG_OF_FILES = """
cars:
  type: text.TextDataset
  filepath: data/cars.csv

parts:
  type: partitions.PartitionedDataset
  path: data/parts
  dataset: text.TextDataset

"{name}_raw":
  type: text.TextDataset
  filepath: data/{name}.txt
"""


@pytest.fixture
def with_secrets(project: Path) -> Path:
    """A project with data, and with much that is none."""
    files = {
        "conf/base/catalog.yml": CATALOG_OF_FILES,
        "conf/local/credentials.yml": "aws: SECRET",
        "conf/base/parameters.yml": "SECRET: 1",
        ".env": "SECRET",
        "keys/server.pem": "SECRET",
        "data/cars.csv": "cars",
        "data/parts/1.txt": "one",
        "data/parts/credentials.txt": "SECRET",
        "data/lorries.txt": "lorries",
        "data/old.csv": "old",
    }
    for path, text in files.items():
        (project / path).parent.mkdir(parents=True, exist_ok=True)
        (project / path).write_text(text)
    (project / "data" / "parts" / "link").symlink_to(project / "conf" / "local" / "credentials.yml")
    (project / "data" / "linked").symlink_to(project / "conf")
    os.mkfifo(project / "data" / "pipe")
    return project


def loading(*paths: str, **datasets: str) -> list[Event]:
    """A run that claims to have loaded these files of its project."""
    start, context, end = run_of(PROJECT_FILES)
    uses = {f"d{number}": path for number, path in enumerate(paths)} | datasets
    return [start, context, *(DataUsed("run", name, False, "text", path) for name, path in uses.items()), end]


def test_a_hostile_record_gets_no_file_that_is_no_data_of_the_catalog(with_secrets: Path, tmp_path: Path) -> None:
    secret = tmp_path / "outside" / "id_rsa"
    secret.parent.mkdir()
    secret.write_text("SECRET")
    wanted = [
        *(
            "conf",
            "conf/local",
            "conf/local/credentials.yml",
            "CONF/local/credentials.yml",
            "data/../conf",
            "conf/base",
        ),
        *(".env", "keys", "keys/server.pem", ".", "", "../outside", str(secret), "/etc/passwd", "data", "src"),
        *("data/linked", "data/linked/local/credentials.yml", "data/parts/link", "data/pipe", "data/session_store.db"),
        f"{with_secrets}/conf",
    ]
    write(
        with_secrets / STORE,
        *loading(*wanted, cars="data/cars.csv", parts="data/parts", lorries_raw="data/lorries.txt"),
    )

    result = viz_runs("reproduce", "run", "--to", str(tmp_path / "again"), "--yes", "--recorded-data")

    assert result.exit_code == 0, result.output
    again = tmp_path / "again"
    data = {path for path in everything_in(again) if path.startswith("data/")}
    assert data == {"data/cars.csv", "data/parts/1.txt", "data/lorries.txt"}
    assert not [path for path in again.rglob("*") if path.is_file() and "SECRET" in path.read_text()]
    assert not [path for path in again.rglob("*") if path.is_symlink()]
    assert (
        "data was not copied: d2 (conf/local/credentials.yml): it is configuration, which may hold credentials"
        in result.output
    )
    guide = (again / "REPRODUCE.md").read_text()
    assert "`data/parts/link` is not here: `it is a link`" in guide
    assert "`d0` (`conf`) was not copied: `it is configuration, which may hold credentials`." in guide


def test_what_will_be_copied_is_listed_with_sizes_and_asked_for(
    with_secrets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (with_secrets / "data" / "cars.csv").write_bytes(b"x" * 2048)
    write(with_secrets / STORE, *loading(cars="data/cars.csv", parts="data/parts"))
    target = str(tmp_path / "again")

    told = refused("reproduce", "run", "--to", target)
    assert "data/cars.csv  2.0 kB  (cars)" in told
    assert "data/parts  3 B  (parts)" in told
    assert "there is no terminal to ask on. Say --yes" in told
    assert not (tmp_path / "again").exists()

    monkeypatch.setattr("kedro_viz.cli.runs.reproducing._is_terminal", lambda: True)
    declined = viz_runs("reproduce", "run", "--to", target, typed="n\n")
    assert declined.exit_code == 1
    assert "Nothing was written. --no-data leaves out the data." in declined.output
    assert not (tmp_path / "again").exists()
    agreed = viz_runs("reproduce", "run", "--to", target, typed="y\n")
    assert agreed.exit_code == 0, agreed.output
    assert (tmp_path / "again" / "data" / "cars.csv").stat().st_size == 2048


def test_data_that_only_the_record_names_needs_a_flag(with_secrets: Path, tmp_path: Path) -> None:
    write(with_secrets / STORE, *loading("data/old.csv"))

    without = viz_runs("reproduce", "run", "--to", str(tmp_path / "without"))
    assert "data was not copied: d0 (data/old.csv): the project's catalog does not name it" in without.output
    assert "--recorded-data copies also what is below `data`" in without.output
    assert not (tmp_path / "without" / "data" / "old.csv").exists()

    assert viz_runs("reproduce", "run", "--to", str(tmp_path / "with"), "--yes", "--recorded-data").exit_code == 0
    assert (tmp_path / "with" / "data" / "old.csv").read_text() == "old"


def test_data_larger_than_the_disk_is_refused_before_anything_is_written(with_secrets: Path, tmp_path: Path) -> None:
    with (with_secrets / "data" / "cars.csv").open("wb") as file:
        file.truncate(10 * 2**40)
    write(with_secrets / STORE, *loading(cars="data/cars.csv"))

    assert "are free there. Leave it out with --no-data." in refused(
        "reproduce", "run", "--to", str(tmp_path / "again")
    )
    assert not (tmp_path / "again").exists()


def test_what_is_missing_is_told(project: Path, tmp_path: Path) -> None:
    write(project / STORE, *run_of({"a.py": b"lost"}, {"big.py": "It is larger than 1 MB."}, lost=True))

    assert viz_runs("reproduce", "run", "--to", str(tmp_path / "again")).exit_code == 0

    guide = (tmp_path / "again" / "REPRODUCE.md").read_text()
    assert "`a.py` is not here: `its content is missing in the store, or damaged`" in guide
    assert "`big.py` is not here: `It is larger than 1 MB.`" in guide
    assert "The packages of the run are not recorded." in guide


def test_a_snapshot_of_more_files_than_any_project_has_is_refused(project: Path, tmp_path: Path) -> None:
    write(project / STORE, *run_of({}, {f"{number}.py": "lost" for number in range(20_001)}))

    assert "20,001 files" in refused("reproduce", "run", "--to", str(tmp_path / "again"))
    assert not (tmp_path / "again").exists()


def test_a_folder_inside_of_the_project_is_told_to_be_one(project: Path) -> None:
    write(project / STORE, *run_of(PROJECT_FILES))

    result = viz_runs("reproduce", "run", "--to", "again")

    assert result.exit_code == 0
    assert "the next run takes it for source files of its own" in result.output


def test_files_of_the_snapshot_keep_their_names_beside_ours(project: Path, tmp_path: Path) -> None:
    theirs = {"run.sh": b"theirs", "Reproduce.md": b"theirs", "requirements-of-run.txt": b"theirs"}
    write(project / STORE, *run_of({**PROJECT_FILES, **theirs}))

    assert viz_runs("reproduce", "run", "--to", str(tmp_path / "again")).exit_code == 0

    assert all((tmp_path / "again" / name).read_bytes() == b"theirs" for name in theirs)
    assert (tmp_path / "again" / "run-2.sh").exists()
    assert (tmp_path / "again" / "REPRODUCE-2.md").exists()


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (lambda folder: (folder / "x").write_text(""), "is not empty. Name a new folder."),
        (lambda folder: (folder.rmdir(), folder.write_text("")), "is not a folder"),
    ],
    ids=["files", "file"],
)
def test_a_folder_with_something_in_it_is_left_alone(
    project: Path, tmp_path: Path, spoil: Callable[[Path], object], told: str
) -> None:
    write(project / STORE, *run_of(PROJECT_FILES))
    (tmp_path / "again").mkdir()
    spoil(tmp_path / "again")
    before = everything_in(tmp_path)

    assert told in refused("reproduce", "run", "--to", str(tmp_path / "again"))
    assert everything_in(tmp_path) == before


def test_a_disk_that_fills_up_leaves_nothing_behind(project: Path, tmp_path: Path) -> None:
    write(project / STORE, *run_of({**PROJECT_FILES, "a.py": b"small", "b.py": b"x" * 500_000}))

    done = subprocess.run(
        [sys.executable, "-m", "kedro", "viz", "runs", "reproduce", "run", "--to", str(tmp_path / "again")],
        cwd=project,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000)),
    )

    assert done.returncode == 1
    assert "cannot be written" in done.stderr
    assert not (tmp_path / "again").exists()


@pytest.mark.parametrize("sha", ["--upload-pack=touch PWNED", "abc1234; touch PWNED", "abc\x1b[2J", "`x`"])
def test_only_a_hash_is_offered_for_a_command_of_git(project: Path, tmp_path: Path, sha: str) -> None:
    write(project / STORE, started("run", git_sha=sha), ended("run"))

    told = refused("reproduce", "run", "--to", str(tmp_path / "again"))

    assert "git worktree" not in told
    assert "PWNED" not in told


def test_without_a_snapshot_it_is_told_what_else_there_is(project: Path, tmp_path: Path) -> None:
    write(project / STORE, started("run", git_sha="abc1234", git_dirty=True), ended("run"))

    told = refused("reproduce", "run", "--to", str(tmp_path / "again"))

    assert "No source files of the run 'run' are recorded" in told
    assert "git worktree add DIR abc1234" in told
    assert "without the changes that were not committed" in told
    assert not (tmp_path / "again").exists()


def test_the_mark_tells_people_what_it_means(project: Path, tmp_path: Path) -> None:
    write(project / STORE, *run_of(PROJECT_FILES))

    viz_runs("reproduce", "run", "--to", str(tmp_path / "again"))

    mark = json.loads((tmp_path / "again" / "kedro-viz-reproduction.json").read_text())
    assert mark["reproduces"] == "run"
    assert "not shared" in mark["meaning"]


def test_a_dataset_of_a_record_leads_no_pattern_out_of_its_folder(with_secrets: Path, tmp_path: Path) -> None:
    (with_secrets / "src" / "notes.txt").write_text("SECRET")
    (with_secrets / "data" / "inner").mkdir()
    (with_secrets / "data" / "inner" / "x.txt").write_text("SECRET")
    names = {"../src/notes_raw": "src/notes.txt", "inner/x_raw": "data/inner/x.txt", "lorries_raw": "data/lorries.txt"}
    write(with_secrets / STORE, *loading(**names))

    assert viz_runs("reproduce", "run", "--to", str(tmp_path / "again"), "--yes").exit_code == 0

    files = everything_in(tmp_path / "again")
    assert "data/lorries.txt" in files
    assert not files & {"src/notes.txt", "data/inner/x.txt"}
