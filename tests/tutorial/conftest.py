"""The spaceflights project, before and after following the tutorial."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.tutorial import steps
from tests.tutorial.raw_data import make_raw_data
from tests.tutorial.spaceflights import make_spaceflights


@pytest.fixture(scope="session")
def fresh_spaceflights(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with its raw data, as `kedro new` leaves it. To be copied, not changed."""
    project = make_spaceflights(tmp_path_factory.mktemp("fresh") / "spaceflights")
    make_raw_data(project / "data" / "01_raw")
    return project


@pytest.fixture(scope="session")
def followed_spaceflights(fresh_spaceflights: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with every edit of the tutorial made, not yet run. To be copied, not changed."""
    project = tmp_path_factory.mktemp("followed") / "spaceflights"
    shutil.copytree(fresh_spaceflights, project)
    steps.set_up_the_session_store(project)
    steps.set_up_tracking_datasets(project)
    steps.modify_nodes_and_pipelines(project)
    steps.add_a_plotting_node(project)
    return project


@pytest.fixture
def spaceflights(followed_spaceflights: Path, tmp_path: Path) -> Path:
    """A copy of the project with every edit of the tutorial made, for one test."""
    return Path(shutil.copytree(followed_spaceflights, tmp_path / "spaceflights"))
