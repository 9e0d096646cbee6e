"""Small Kedro projects, really written to disk, for tests to run and serve."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import count
from pathlib import Path
from textwrap import dedent

from kedro import __version__ as kedro_version

# What the tutorial has users write into settings.py.
STORE_SETTINGS = """
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""

# Two nodes, one metrics dataset, one JSON dataset, parameters: enough for a flowchart and a tracked run.
CATALOG = """
scores:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/scores.json

columns:
  type: tracking.JSONDataset
  filepath: data/09_tracking/columns.json

table:
  type: pickle.PickleDataset
  filepath: data/02_intermediate/table.pkl
"""

PARAMETERS = """
size: 4
model:
  rate: 0.5
"""

PIPELINE = """
from kedro.pipeline import Pipeline, node


def make_table(size):
    '''Make a table of numbers.'''
    return [[n, n * n] for n in range(size)], {"columns": ["n", "square"]}


def score(table, model):
    return {"mean": sum(row[1] for row in table) / len(table), "rate": model["rate"]}


def register_pipelines():
    data = Pipeline([node(make_table, "params:size", ["table", "columns"], name="make_table", tags="data")])
    science = Pipeline([node(score, ["table", "params:model"], "scores", name="score")])
    return {"__default__": data + science, "data": data, "science": science}
"""

_numbers = count(1)


def make_project(
    path: Path,
    *,
    settings: str | None = STORE_SETTINGS,
    catalog: str | None = CATALOG,
    parameters: str | None = PARAMETERS,
    credentials: str | None = None,
    pipeline_code: str = PIPELINE,
    package: str | None = None,
    name: str = "Small Project",
    files: Mapping[str, str] | None = None,
) -> Path:
    """Write a Kedro project.

    Args:
        path: Its root folder, made if missing.
        settings: Text of `settings.py`; None leaves the file out.
        catalog: Text of `conf/base/catalog.yml`; None leaves the file out.
        parameters: Text of `conf/base/parameters.yml`; None leaves the file out.
        credentials: Text of `conf/local/credentials.yml`; None leaves the file out.
        pipeline_code: Text of `pipeline_registry.py`, with `register_pipelines`.
        package: Name of its Python package; by default one that no other project of this process has, because
            Python imports a package of one name only once.
        name: The project's name.
        files: Further files: text by path relative to the root, `{package}` in a path stands for the package.

    Returns:
        The root folder.
    """
    package = package or f"small_project_{next(_numbers)}"
    texts: dict[str, str | None] = {
        "pyproject.toml": f"""
            [tool.kedro]
            package_name = "{package}"
            project_name = "{name}"
            kedro_init_version = "{kedro_version}"
            source_dir = "src"
        """,
        f"src/{package}/__init__.py": "",
        f"src/{package}/settings.py": settings,
        f"src/{package}/pipeline_registry.py": pipeline_code,
        "conf/base/catalog.yml": catalog,
        "conf/base/parameters.yml": parameters,
        "conf/local/credentials.yml": credentials,
        **{file.replace("{package}", package): text for file, text in (files or {}).items()},
    }
    for folder in ("conf/base", "conf/local", "data"):
        (path / folder).mkdir(parents=True, exist_ok=True)
    for file, text in texts.items():
        if text is not None:
            (path / file).parent.mkdir(parents=True, exist_ok=True)
            (path / file).write_text(dedent(text).lstrip("\n"), encoding="utf-8")
    return path
