"""The source files of a project as a run found them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True)
class SourceFile:
    """A file of a snapshot.

    Attributes:
        path: Its path in the project, with forward slashes.
        size: Its size in bytes.
        hash: The name of its content in the store; None if it is not kept.
        redacted: Whether secrets in it were replaced, so that it is not quite the file that ran.
        problem: Why it is not kept, in a sentence for users.
    """

    path: str
    size: int
    hash: str | None = None
    redacted: bool = False
    problem: str | None = None


@dataclass(frozen=True)
class SourceSnapshot:
    """All source files of a run, by path. `problem` says why there may be more than these."""

    files: Sequence[SourceFile]
    problem: str | None = None

    def to_json(self) -> str:
        """The manifest: the same files always give the same text, so that many runs share it."""
        files = [
            {key: value for key, value in asdict(file).items() if value is not None and value is not False}
            for file in sorted(self.files, key=lambda file: file.path)
        ]
        return json.dumps({"files": files, "problem": self.problem}, sort_keys=True)

    @classmethod
    def from_json(cls, text: str | bytes) -> SourceSnapshot:
        """Read a manifest back.

        Raises:
            ValueError: If it is none.
        """
        # Any: a shared store may hold anything; the types are checked here.
        data: Any = json.loads(text)
        try:
            files = [SourceFile(**file) for file in data["files"]]
            problem = data.get("problem")
        except (TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"Not a source snapshot: {error}") from error
        if not all(_is_sound(file) for file in files) or not isinstance(problem, (str, type(None))):
            raise ValueError("Not a source snapshot: a value is of another type.")
        return cls(files, problem)


def _is_sound(file: SourceFile) -> bool:
    return (
        isinstance(file.path, str)
        and isinstance(file.size, int)
        and 0 <= file.size < 2**63
        and isinstance(file.hash, (str, type(None)))
        and isinstance(file.redacted, bool)
        and isinstance(file.problem, (str, type(None)))
    )
