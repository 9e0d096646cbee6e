"""A real project with two real runs, one of which failed."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kedro_process import run_kedro
from tests.full_project import make_full_project
from tests.projects import STORE_SETTINGS


@pytest.fixture(scope="session")
def tracked_project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project. Not to be changed."""
    project = make_full_project(tmp_path_factory.mktemp("experiments") / "project", settings=STORE_SETTINGS)
    assert run_kedro(project, "--pipeline", "undrawn").code == 0
    assert run_kedro(project, "--pipeline", "failing", "--params", "size=6").code == 1
    return project
