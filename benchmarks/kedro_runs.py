"""Runs `kedro run` in processes of their own, with Kedro-Viz and without, and writes small projects for it."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from kedro import __version__ as kedro_version

KEDRO = "from kedro.framework.cli import main; main()"
# Hides the installed Kedro-Viz from everything that looks for plugins; by its folder's name, which costs no time.
KEDRO_ALONE = f"""
from importlib import metadata
everything = metadata.distributions
metadata.distributions = lambda **kw: (found for found in everything(**kw) if "kedro_viz-" not in found._path.name)
{KEDRO}
"""

STORE_SETTINGS = """
from pathlib import Path

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""

# Kedro tells each node and dataset on the terminal, which takes longer than what is measured.
QUIET = """
version: 1
disable_existing_loggers: false
root: {level: WARNING}
"""


@dataclass(frozen=True)
class Cost:
    """What something took."""

    wall: float
    cpu: float


def run(project: Path, code: str, environment: Mapping[str, str] | None = None) -> Cost:
    """Run the pipeline once in a process of its own. Gives what it took in seconds."""
    # As users have it, Python keeps its byte code.
    inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code, "run"],
        cwd=project,
        env={**inherited, "DO_NOT_TRACK": "1", **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        raise SystemExit(f"`kedro run` in {project.name} failed:\n{done.stdout}{done.stderr}")
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def write_project(path: Path, pipelines: str, *, catalog: str = "", tracked: bool = True) -> Path:
    """Write a Kedro project that is quiet on the terminal.

    Args:
        path: Its root folder. Its name is the package's.
        pipelines: Text of `pipeline_registry.py`.
        catalog: Text of `conf/base/catalog.yml`.
        tracked: Whether its runs are recorded.

    Returns:
        Its root folder.
    """
    package = path.name
    for name, text in {
        "pyproject.toml": f'[tool.kedro]\npackage_name = "{package}"\nproject_name = "{package}"\n'
        f'kedro_init_version = "{kedro_version}"\nsource_dir = "src"\n',
        f"src/{package}/__init__.py": "",
        f"src/{package}/settings.py": STORE_SETTINGS if tracked else "",
        f"src/{package}/pipeline_registry.py": pipelines,
        "conf/base/catalog.yml": catalog,
        "conf/local/.gitkeep": "",
        "conf/logging.yml": QUIET,
        "data/.gitkeep": "",
    }.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_text(text, encoding="utf-8")
    return path
