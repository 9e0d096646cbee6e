"""Small series of what the benchmarks do at length: runs that are killed, and runs that go on at once."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from tests.conftest import REPOSITORY


@pytest.mark.parametrize(
    "command", [["kills.py", "--runs", "10"], ["concurrent_runs.py", "--runs", "6"]], ids=["killed", "at once"]
)
def test_no_run_is_lost_nor_anything_that_was_recorded_of_it(command: list[str]) -> None:
    """Both end with an error where something of a run's journal is missing in the store."""
    script, *options = command
    done = subprocess.run(
        [sys.executable, str(REPOSITORY / "benchmarks" / script), *options],
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
