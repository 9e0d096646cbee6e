"""`kedro viz runs …` as a user types it: in a project's folder, in this process or in one of its own."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kedro_viz.cli.main import viz_cli
from tests.faults.kedro_process import respect_permissions
from tests.projects import make_project

STORE = Path("data") / "session_store.db"


def viz_runs(*arguments: str, typed: str = "") -> Result:
    """Call a command in this process, in the current folder. Its output goes into no terminal.

    Args:
        arguments: What follows `kedro viz runs`.
        typed: What it reads if it asks.
    """
    return CliRunner().invoke(viz_cli, ["viz", "runs", *arguments], input=typed, catch_exceptions=False)


def refused(*arguments: str) -> str:
    """The error that a command ends with: it must be told by its exit code, and without a traceback."""
    result = viz_runs(*arguments)
    assert result.exit_code == 1, result.output
    assert "Traceback" not in result.output
    return result.output


def kedro(project: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Call `kedro` in a process of its own, as a user does who must respect permissions."""
    return subprocess.run(
        [sys.executable, "-m", "kedro", *arguments],
        cwd=project,
        env={**os.environ, "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}", **environment},
        capture_output=True,
        text=True,
        errors="replace",
        check=False,
        preexec_fn=respect_permissions,
    )


def in_a_terminal(project: Path, arguments: list[str], columns: int) -> str:
    """What `kedro` prints in a terminal of a size."""
    master, slave = pty.openpty()
    environment = {**os.environ, "COLUMNS": str(columns), "TERM": "xterm-256color"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(
        [sys.executable, "-m", "kedro", *arguments],
        cwd=project,
        env=environment,
        stdin=slave,
        stdout=slave,
        stderr=slave,
    )
    os.close(slave)
    printed = b""
    try:
        while chunk := os.read(master, 65_536):
            printed += chunk
    except OSError:
        # How Linux tells that nobody has the other end open any more.
        pass
    finally:
        os.close(master)
    assert process.wait() == 0, printed
    return printed.decode()


def project_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with a store to be, which is the current folder."""
    project = make_project(folder)
    monkeypatch.chdir(project)
    monkeypatch.delenv("KEDRO_ENV", raising=False)
    return project
