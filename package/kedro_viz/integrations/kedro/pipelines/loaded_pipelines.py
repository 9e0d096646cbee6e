"""What the process that imports pipelines tells the app, and the file by which it does."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from kedro_viz.flowchart.model import Flowcharts, LoadError, flowcharts_from_json, flowcharts_to_json
from kedro_viz.tracking.catalog import CatalogEntry


@dataclass(frozen=True)
class LoadedPipelines:
    """What came of loading a project's pipelines.

    Attributes:
        flowcharts: Those that could be loaded; None if none could.
        datasets: The names of all datasets that they use, as written there.
        entries: The entries of datasets that the configuration alone does not tell, because hooks changed them.
        error: What went wrong. It may stand beside flowcharts, where some modules could be imported and some not.
    """

    flowcharts: Flowcharts | None = None
    datasets: tuple[str, ...] = ()
    entries: tuple[CatalogEntry, ...] = field(default=(), repr=False)
    error: LoadError | None = None

    def write(self, file: Path) -> None:
        """Write it to a file, all or nothing. Only the user may read that, because it may hold credentials."""
        data = {
            "flowcharts": None if self.flowcharts is None else flowcharts_to_json(self.flowcharts),
            "datasets": self.datasets,
            "entries": [asdict(entry) for entry in self.entries],
            "error": None if self.error is None else asdict(self.error),
        }
        unfinished = file.with_name(f"{file.name}.part")
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
            json.dump(data, stream, default=str)
        unfinished.replace(file)

    @classmethod
    def read(cls, file: Path) -> LoadedPipelines | None:
        """Read what `write` wrote; None if the file is not there or something else."""
        try:
            data = json.loads(file.read_bytes())
            return cls(
                flowcharts=None if data["flowcharts"] is None else flowcharts_from_json(data["flowcharts"]),
                datasets=tuple(data["datasets"]),
                entries=tuple(CatalogEntry(**entry) for entry in data["entries"]),
                error=None if data["error"] is None else LoadError(**data["error"]),
            )
        except (OSError, ValueError, KeyError, TypeError):
            return None
