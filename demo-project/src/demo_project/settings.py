"""The project's settings: where its runs are recorded, and how its raw data comes to be."""

from pathlib import Path

from demo_project.hooks import RawDataHook
from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}

HOOKS = (RawDataHook(),)
