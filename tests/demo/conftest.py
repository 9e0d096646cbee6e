"""A copy of the demo project, and the command that makes its history."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DEMO_PROJECT = Path(__file__).parents[2] / "demo-project"


class DemoProject:
    """A copy of the demo project in which nothing has run yet."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = path / "data"
        self.store = self.data / "session_store.db"
        self._environment = {**os.environ, "PYTHONPATH": str(path / "src"), "PYTHONUNBUFFERED": "1"}

    def python(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run Python in the project's folder, without a terminal."""
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=self.path,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=300,
            check=False,
        )

    def history(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Call `python -m demo_project.history`."""
        return self.python("-m", "demo_project.history", *arguments)

    def start_history(self, *arguments: str) -> subprocess.Popen[str]:
        """Call it, and do not wait for its end."""
        return subprocess.Popen(
            [sys.executable, "-m", "demo_project.history", *arguments],
            cwd=self.path,
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )


def copy_demo_project(folder: Path) -> DemoProject:
    """Copy the demo project without what was made in it."""
    path = folder / "demo-project"
    shutil.copytree(DEMO_PROJECT, path, ignore=shutil.ignore_patterns("0*", "*.db*", ".history*", "__pycache__"))
    return DemoProject(path)


@pytest.fixture
def demo_project(tmp_path: Path) -> DemoProject:
    """The demo project, as it is checked out."""
    return copy_demo_project(tmp_path)
