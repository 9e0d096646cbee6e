"""Tracked datasets and runs work where people explore: `kedro ipython` and notebooks."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from tests.tutorial.recorded import recorded_runs

CELL_SECONDS = 120
METRICS = {"metrics.r2_score", "metrics.mae", "metrics.max_error"}


@contextmanager
def notebook(folder: Path) -> Iterator[BlockingKernelClient]:
    """A notebook's kernel, started in a folder."""
    manager = KernelManager()
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=CELL_SECONDS)
        yield client
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def execute(kernel: BlockingKernelClient, code: str) -> str:
    """What a cell prints. A cell that raises fails the test."""
    printed: list[str] = []

    def collect(message: dict[str, dict[str, str]]) -> None:
        if message["header"]["msg_type"] == "stream" and message["content"]["name"] == "stdout":
            printed.append(message["content"]["text"])

    reply = kernel.execute_interactive(code, timeout=CELL_SECONDS, output_hook=collect)
    assert reply["content"]["status"] == "ok", "\n".join(reply["content"].get("traceback", []))
    return "".join(printed)


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


def test_session_made_in_python_is_tracked(spaceflights: Path) -> None:
    with notebook(spaceflights.parent) as kernel:
        execute(
            kernel,
            "from pathlib import Path\n"
            "from kedro.framework.session import KedroSession\n"
            "from kedro.framework.startup import bootstrap_project\n"
            f"project = Path({str(spaceflights)!r})\n"
            "bootstrap_project(project)\n"
            "with KedroSession.create(project_path=project) as session:\n"
            "    session.run()\n",
        )
    [run] = recorded_runs(spaceflights)
    assert run.status == "succeeded"
    assert set(run.metrics) == METRICS


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
