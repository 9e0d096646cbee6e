"""Tracked datasets and runs work where people explore: `kedro ipython` and notebooks."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.notebook import execute, notebook
from tests.tutorial.recorded import recorded_runs

METRICS = {"metrics.r2_score", "metrics.mae", "metrics.max_error"}


def test_notebook_resolves_tracked_datasets_and_tracks_each_session_that_runs(spaceflights: Path) -> None:
    with notebook(spaceflights) as kernel:
        execute(kernel, "%load_ext kedro.ipython")
        told = execute(
            kernel,
            "print('TYPES', *(type(catalog[name]).__name__ for name in"
            " ('metrics', 'companies_columns', 'confusion_matrix')))",
        )
        assert "TYPES MetricsDataset JSONDataset MatplotlibWriter" in told
        told = execute(
            kernel,
            "from kedro_datasets.tracking import MetricsDataset\n"
            "print('SAME', isinstance(catalog['metrics'], MetricsDataset))",
        )
        assert "SAME True" in told
        assert not (spaceflights / "data" / "session_store.db").exists(), "looking around is no run"

        execute(kernel, "session.run()")
        execute(kernel, "session.close()")
        execute(kernel, "%reload_kedro")
        execute(kernel, "session.run()")
        execute(kernel, "session.close()")

    runs = recorded_runs(spaceflights)
    assert [run.status for run in runs] == ["succeeded", "succeeded"]
    assert all(set(run.metrics) == METRICS for run in runs)
    assert all(set(run.plots) == {"confusion_matrix"} for run in runs)


def test_kedro_ipython_resolves_tracked_datasets(spaceflights: Path) -> None:
    session = subprocess.run(
        [
            sys.executable,
            "-m",
            "kedro",
            "ipython",
            "--colors=NoColor",
            "-c",
            "print('TYPES', *(type(catalog[name]).__name__ for name in ('metrics', 'confusion_matrix')))",
        ],
        cwd=spaceflights,
        # `kedro ipython` calls `ipython` by name.
        env={**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert session.returncode == 0, session.stderr + session.stdout
    assert "TYPES MetricsDataset MatplotlibWriter" in session.stdout
    assert not (spaceflights / "data" / "session_store.db").exists()
