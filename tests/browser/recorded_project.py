"""A project whose runs have all that a run's page can show, real texts that try to mislead included."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.projects import make_project

CATALOG = """
companies:
  type: text.TextDataset
  filepath: data/01_raw/companies.csv

table:
  type: pickle.PickleDataset
  filepath: data/03_primary/table.pkl

regressor:
  type: pickle.PickleDataset
  filepath: data/06_models/regressor.pkl
  versioned: true

metrics:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/metrics.json

history:
  type: tracking.JSONDataset
  filepath: data/09_tracking/history.json
"""

PARAMETERS = """
training:
  steps: 300
  layers: 20
"""

PIPELINE = """
import os

from kedro.pipeline import Pipeline, node
from kedro_viz.tracking import log_metric


def prepare(companies):
    return companies.splitlines()


def wait_for_the_test():
    gate = os.environ.get("TEST_GATE")
    if gate:
        # A pipe: read to its end once a test has opened and closed it.
        with open(gate) as pipe:
            pipe.read()


def train(table, training):
    for step in range(training["steps"]):
        log_metric("train/loss", 4 / (step + 1), step=step)
        log_metric("train/rate", 0.001, step=step)
        log_metric("train/norm", -1 if step % 2 else 1, step=step)
    for layer in range(training["layers"]):
        log_metric(f"layers/{layer}/weight", layer, step=0)
        log_metric(f"layers/{layer}/weight", layer + 1, step=1)
    wait_for_the_test()
    log_metric("train/loss", 0.001, step=training["steps"])
    wait_for_the_test()
    return {"weights": list(range(1000))}


def evaluate(regressor):
    return {"r2_score": 0.81}, {"accuracy": [0.1, 0.4, 0.6, 0.7], "matrix": [[3, 1, 0], [0, 2, 5]]}


def register_pipelines():
    return {
        "__default__": Pipeline([
            node(prepare, "companies", "table", name="prepare"),
            node(train, ["table", "params:training"], "regressor", name="train"),
            node(evaluate, "regressor", ["metrics", "history"], name="evaluate"),
        ])
    }
"""

# Reads as if only administrators passed, which is not so.
MISLEADING = 'level = "user\u202e \u2066# only for admins\u2069 \u2066"  # <img src=x onerror=alert(1)>\n'


def make_recorded_project(root: Path) -> Path:
    """Write the project, in a git repository with changes that are not committed."""
    project = make_project(
        root,
        catalog=CATALOG,
        parameters=PARAMETERS,
        pipeline_code=PIPELINE,
        name="Recorded",
        package="recorded",
        files={
            ".gitignore": "data/\n__pycache__/\nconf/local/\n",
            "src/{package}/nodes/misleading.py": MISLEADING,
            "src/{package}/nodes/slow.py": 'def add(a, b):\n    """Adds."""\n    return a + b\n',
            "conf/base/api.yml": "api:\n  password: hunter2-and-more\n",
            "docs/drawing.svg": "x" * 1_100_000,
        },
    )
    raw = project / "data" / "01_raw" / "companies.csv"
    raw.parent.mkdir(parents=True, exist_ok=True)
    raw.write_text("id,name\n" * 100, encoding="utf-8")
    git = ("git", "-c", "user.name=Ada", "-c", "user.email=ada@example.com")
    for arguments in (
        ("init", "--quiet", "--initial-branch=more-trees"),
        ("remote", "add", "origin", "https://github.com/example/shuttles.git"),
        ("add", "--all"),
        ("commit", "--quiet", "--message=Begin"),
    ):
        subprocess.run([*git, *arguments], cwd=project, check=True)
    slow = project / "src" / "recorded" / "nodes" / "slow.py"
    slow.write_text(slow.read_text(encoding="utf-8").replace("a + b", "b + a"), encoding="utf-8")
    return project
