"""Changes of a project's code and configuration are noticed, and others are not."""

from __future__ import annotations

import queue
import subprocess
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from kedro_viz.cli.autoreload import ProjectWatch

PATIENCE_SECONDS = 60

Watch = Callable[..., "Changes"]


class Changes:
    """The changes that a watch told, by file names relative to the project."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.told: queue.Queue[set[Path]] = queue.Queue()

    def of(self, *names: str) -> set[str]:
        """Write files one after the other, the last of which must be noticed, and give all that were."""
        for name in names:
            (self.root / name).write_text("changed")
        seen: set[Path] = set()
        while self.root / names[-1] not in seen:
            seen |= self.told.get(timeout=PATIENCE_SECONDS)
        return {file.relative_to(self.root).as_posix() for file in seen}


@pytest.fixture
def watch() -> Iterator[Watch]:
    with ExitStack() as stack:

        def watch(root: Path, conf: str = "conf") -> Changes:
            changes = Changes(root)
            watching = ProjectWatch(root, root / conf, changes.told.put)
            stack.callback(watching.stop)
            watching.start()
            watching.wait_until_watching()
            return changes

        yield watch


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("src/a/b", "src/__pycache__", "conf/local", "data", ".venv/lib", "env", ".git", "node_modules/x"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "env/pyvenv.cfg").touch()
    return tmp_path


@pytest.mark.parametrize(
    "name", ["src/a/nodes.py", "src/a/b/c.yaml", "conf/local/catalog.yml", "src/table.json", "pyproject.toml"]
)
def test_code_and_configuration_are_noticed(project: Path, watch: Watch, name: str) -> None:
    assert watch(project).of(name) == {name}


@pytest.mark.parametrize(
    "name",
    [
        "src/a/notes.txt",
        "src/a/x.pyc",
        "src/__pycache__/x.py",
        "data/x.json",
        ".venv/lib/x.py",
        "env/x.py",
        ".git/x.yml",
    ],
)
def test_data_environments_hidden_folders_and_other_files_are_not(project: Path, watch: Watch, name: str) -> None:
    assert watch(project).of(name, "src/last.py") == {"src/last.py"}


def test_what_git_ignores_is_not_noticed_but_configuration_is(project: Path, watch: Watch) -> None:
    (project / ".git").rmdir()
    subprocess.run(["git", "init", "-q", str(project)], check=True)
    (project / ".gitignore").write_text("generated.py\nconf/local/*\n")

    noticed = watch(project).of("src/generated.py", "conf/local/credentials.yml", "src/last.py")

    assert noticed == {"conf/local/credentials.yml", "src/last.py"}


def test_a_file_that_an_editor_replaces_is_noticed(project: Path, watch: Watch) -> None:
    file = project / "src/a/nodes.py"
    file.write_text("before")
    changes = watch(project)

    (project / "src/a/nodes.py~").write_text("after")
    (project / "src/a/nodes.py~").replace(file)

    assert file in changes.told.get(timeout=PATIENCE_SECONDS)


def test_configuration_outside_of_the_project_is_noticed(
    project: Path, watch: Watch, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("conf")
    changes = watch(project, str(outside))

    (outside / "catalog.yml").write_text("changed")

    assert outside / "catalog.yml" in changes.told.get(timeout=PATIENCE_SECONDS)
