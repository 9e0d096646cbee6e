"""The distribution as it is built from this checkout."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, with the web app that is built already, or else building it."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, REPOSITORY],
        env={**os.environ, "KEDRO_VIZ_SKIP_WEB_BUILD": "1"},
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("kedro_viz-*.whl")
    return built
