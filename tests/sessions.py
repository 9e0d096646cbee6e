"""Runs of a Kedro project in the tests' own process."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

from kedro.framework.session import KedroSession

# Kedro 1.0 runs one pipeline at a time.
RUNS_SEVERAL_PIPELINES = "pipeline_names" in inspect.signature(KedroSession.run).parameters
PIPELINE_OPTION = "--pipelines" if RUNS_SEVERAL_PIPELINES else "--pipeline"


# Any: Kedro's sessions differ between its versions.
def run_in(session: Any, pipeline: str = "__default__", runner: Any = None, **options: Any) -> None:
    """Run a pipeline in a session. Further options are those of `KedroSession.run`."""
    names = {"pipeline_names": [pipeline]} if RUNS_SEVERAL_PIPELINES else {"pipeline_name": pipeline}
    session.run(**names, runner=runner, **options)


# Any: what `KedroSession.create` takes.
def run(path: Path, pipeline: str = "__default__", runner: object = None, **options: Any) -> str:
    """Run a pipeline in a session of its own, and give the run's id. The project is set up in this process."""
    session: Any
    with KedroSession.create(project_path=path, **options) as session:
        run_in(session, pipeline, runner)
        run_id: str = session.session_id
    return run_id
