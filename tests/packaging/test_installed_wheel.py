"""The wheel, installed into an environment of its own that knows nothing of the checkout."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from kedro_viz import __version__
from tests.conftest import REPOSITORY
from tests.projects import make_project
from tests.viz_server import VizServer, kedro_run, viz_server

pytestmark = pytest.mark.packaging

# A package by the path of a file of it, scoped or not.
PACKAGE = re.compile(r"node_modules/((?:@[^/]+/)?[^/]+)/")

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
    assert not [name for name in names if "/.vite/" in name], "notes of the build, for nobody who installs"
    assert {name.split("/")[0] for name in names} == {"kedro_viz", f"kedro_viz-{__version__}.dist-info"}


def test_the_wheel_has_the_licence_of_each_package_that_the_app_is_built_from(wheel: Path) -> None:
    notices = zipfile.ZipFile(wheel).read("kedro_viz/web/third-party-notices.txt").decode()
    lock = json.loads((REPOSITORY / "frontend" / "package-lock.json").read_text())["packages"]
    # What is bundled, by the build's own list; and what is in there without being a module: fonts, prebuilt libraries.
    manifest = json.loads((REPOSITORY / "package" / "kedro_viz" / "web" / ".vite" / "manifest.json").read_text())
    bundled = {f"node_modules/{found[1]}" for name in manifest if (found := PACKAGE.search(name))}
    bundled |= {f"node_modules/{name}" for name in lock[""]["dependencies"]}
    for folder in bundled:
        name, version = folder.removeprefix("node_modules/"), lock[folder]["version"]
        assert f"\n{name} {version}\nLicence: {lock[folder]['license']}\n" in notices, name
    assert "SIL OPEN FONT LICENSE" in notices.upper()
    assert notices.count("Permission is hereby granted, free of charge") > 50


def test_the_page_and_each_asset_it_names_are_served(server: VizServer) -> None:
    page = server.get("/experiment-tracking")
    assert page.status == 200
    assert page.headers["content-type"].startswith("text/html")
    # Relative to the page, whose address has no folder.
    assets = re.findall(r"""(?:src|href)=["']\./(assets/[^"']+)["']""", page.text)
    assert any(asset.endswith(".js") for asset in assets)
    for asset in assets:
        answer = server.get(f"/{asset}")
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
