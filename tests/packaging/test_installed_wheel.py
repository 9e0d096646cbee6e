"""The wheel, installed into an environment of its own that knows nothing of the checkout."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kedro_viz import __version__
from tests.projects import make_project
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.packaging

# Only tracked datasets: kedro-datasets' other ones need libraries that the bare environment does not have.
CATALOG = """
scores:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/scores.json

columns:
  type: tracking.JSONDataset
  filepath: data/09_tracking/columns.json
"""


@pytest.fixture(scope="module")
def bare_kedro(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `kedro` command of an environment that has the wheel and kedro-datasets without any of its extras."""
    environment = tmp_path_factory.mktemp("bare") / "venv"
    subprocess.run([sys.executable, "-m", "venv", environment], check=True)
    subprocess.run(
        [environment / "bin" / "pip", "install", "--quiet", wheel, "kedro-datasets"], check=True, capture_output=True
    )
    return environment / "bin" / "kedro"


@pytest.fixture(scope="module")
def server(bare_kedro: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[VizServer]:
    """`kedro viz` of that environment, in a project with one recorded run."""
    project = make_project(tmp_path_factory.mktemp("away") / "project", catalog=CATALOG)
    run = kedro_run(project, kedro=[str(bare_kedro)])
    assert run.returncode == 0, run.stdout + run.stderr
    with viz_server(project, kedro=[str(bare_kedro)]) as running:
        yield running


def test_the_wheel_holds_the_built_app_and_nothing_of_the_checkout(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    assert "kedro_viz/web/index.html" in names
    assert any(re.fullmatch(r"kedro_viz/web/assets/.+\.js", name) for name in names)
    assert "kedro_viz/py.typed" in names
    assert {name.split("/")[0] for name in names} == {"kedro_viz", f"kedro_viz-{__version__}.dist-info"}


def test_the_page_and_each_asset_it_names_are_served(server: VizServer) -> None:
    page = server.get("/experiment-tracking")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    assets = re.findall(r'(?:src|href)="(/assets/[^"]+)"', page.text)
    assert any(asset.endswith(".js") for asset in assets)
    for asset in assets:
        answer = server.get(asset)
        assert (answer.status, bool(answer.body)) == (200, True), asset
        if asset.endswith(".js"):
            assert answer.headers["content-type"].startswith("text/javascript"), asset


def test_the_run_made_there_is_recorded_and_answered(server: VizServer) -> None:
    data = server.graphql(
        "{ version { installed } runs { totalCount edges { node { status metrics { id value } } } } }"
    )
    assert data["version"]["installed"] == __version__
    assert data["runs"] == {
        "totalCount": 1,
        "edges": [
            {
                "node": {
                    "status": "SUCCEEDED",
                    "metrics": [{"id": "scores.mean", "value": 3.5}, {"id": "scores.rate", "value": 0.5}],
                }
            }
        ],
    }
