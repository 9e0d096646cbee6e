"""Which runs the command has made: so that it makes them once, goes on where it stopped, and removes only its own."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

_NAME = ".history.json"


@dataclass
class Manifest:
    """What was made.

    Attributes:
        seed: The seed of the history.
        until: When it ends, in ISO 8601.
        run_ids: All runs that were planned, written before the first of them starts.
        made: How many of them, from the first, are done.
    """

    seed: int
    until: str
    run_ids: list[str]
    made: int = 0

    @property
    def complete(self) -> bool:
        """Whether all runs are done."""
        return self.made == len(self.run_ids)

    @property
    def end(self) -> datetime:
        """When the history ends."""
        return datetime.fromisoformat(self.until)

    def write(self, data_folder: Path) -> None:
        """Keep it in the project's data folder."""
        data_folder.mkdir(parents=True, exist_ok=True)
        (data_folder / _NAME).write_text(json.dumps(asdict(self), indent=2), encoding="utf-8")


def read_manifest(data_folder: Path) -> Manifest | None:
    """What an earlier call has made; None if there was none, or its manifest cannot be read."""
    try:
        return Manifest(**json.loads((data_folder / _NAME).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def remove_manifest(data_folder: Path) -> None:
    """Forget that anything was made."""
    (data_folder / _NAME).unlink(missing_ok=True)
