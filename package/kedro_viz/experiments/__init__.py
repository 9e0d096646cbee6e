"""Recorded runs in Python: in a notebook, a report or a script.

from kedro_viz.experiments import load_run, load_runs

runs = load_runs("path/to/project", filter='metrics["evaluate.r2_score"] > 0.8')
model = load_run(runs.index[0], "path/to/project").load("regressor")
"""

from kedro_viz.experiments.errors import ExperimentsError
from kedro_viz.experiments.frames import load_runs
from kedro_viz.experiments.tracked_run import TrackedRun, load_run

__all__ = ["ExperimentsError", "TrackedRun", "load_run", "load_runs"]
