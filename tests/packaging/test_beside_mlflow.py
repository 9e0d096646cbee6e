"""The wheel and MLflow in one environment, in each order of installation.

Both need graphql-core: we through Strawberry, MLflow through graphene. Bounds that do not overlap show only with pip's
own resolution, so the packages are really installed. `mlflow-skinny` with the requirements of MLflow's server stands in
for `mlflow`: the same code and the same bounds, without the hundreds of megabytes of pandas, SciPy and pyarrow.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kedro_viz import __version__
from tests.projects import make_project
from tests.viz_server import viz_server

pytestmark = pytest.mark.packaging

MLFLOW = ["mlflow-skinny", "graphene<4", "Flask<4", "flask-cors<7", "alembic<2"]

# The packages that we and MLflow both depend on, each by another way.
SHARED = ("graphene", "graphql-core", "strawberry-graphql")

ASK_MLFLOW = """
from mlflow.server import app

answer = app.test_client().post("/graphql", json={"query": '{ test(inputString: "x") { output } }'})
print(answer.status_code, answer.get_data(as_text=True))
"""


class Environment:
    """A virtual environment of its own, filled by the pip of this one."""

    def __init__(self, folder: Path) -> None:
        self.python = folder / "bin" / "python"
        self.kedro = folder / "bin" / "kedro"
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)

    def pip(self, *arguments: str | Path) -> None:
        command: list[str | Path] = [sys.executable, "-m", "pip", "--python", self.python, *arguments, "--quiet"]
        subprocess.run(command, check=True, capture_output=True)

    def install(self, *packages: str | Path) -> None:
        self.pip("install", "--no-compile", *packages)

    def versions(self) -> dict[str, str]:
        """The installed versions of the shared packages."""
        code = f"from importlib.metadata import version\nfor name in {SHARED}: print(name, version(name))"
        told = subprocess.run([self.python, "-c", code], check=True, capture_output=True, text=True).stdout
        return dict(line.split() for line in told.splitlines())


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """An environment that had Kedro-Viz first and got MLflow later."""
    made = Environment(tmp_path_factory.mktemp("mlflow") / "venv")
    made.install(wheel)
    made.install(*MLFLOW)
    return made


def test_both_start_where_mlflow_is_installed_later(environment: Environment, tmp_path: Path) -> None:
    environment.pip("check")
    project = make_project(tmp_path / "project", catalog="{}")
    with viz_server(project, kedro=[str(environment.kedro)]) as server:
        assert server.graphql("{ version { installed } }") == {"version": {"installed": __version__}}
    mlflow: list[str | Path] = [environment.python, "-c", ASK_MLFLOW]
    answer = subprocess.run(mlflow, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert answer.stdout.startswith('200 {"data":{"test":{"output":"x"}}'), answer.stdout + answer.stderr


def test_one_command_and_the_other_order_give_the_same_versions(
    environment: Environment, wheel: Path, tmp_path: Path
) -> None:
    started = environment.versions()

    report = tmp_path / "report.json"
    environment.pip("install", "--dry-run", "--ignore-installed", "--report", report, wheel, *MLFLOW)
    planned = {
        each["metadata"]["name"]: each["metadata"]["version"] for each in json.loads(report.read_text())["install"]
    }
    assert {name: planned[name] for name in SHARED} == started

    # What is left is what MLflow brings where it is installed first.
    environment.pip("uninstall", "--yes", "kedro-viz", "strawberry-graphql")
    environment.install(wheel)
    assert environment.versions() == started
