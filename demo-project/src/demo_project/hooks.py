"""Hooks of this project."""

from __future__ import annotations

import logging
from pathlib import Path

from kedro.framework.context import KedroContext
from kedro.framework.hooks import hook_impl

from demo_project.data_generation import write_raw_data

logger = logging.getLogger(__name__)


class RawDataHook:
    """Makes the raw data before the first run: it is generated, so the project need not carry it."""

    def __init__(self) -> None:
        self._project_path: Path | None = None

    @hook_impl
    def after_context_created(self, context: KedroContext) -> None:
        """Remember which project is open."""
        self._project_path = Path(context.project_path)

    @hook_impl
    def before_pipeline_run(self) -> None:
        """Write those raw files that are missing."""
        if self._project_path is None:
            return
        written = write_raw_data(self._project_path / "data" / "01_raw")
        if written:
            logger.info("Generated the raw data: %s", ", ".join(path.name for path in written))
