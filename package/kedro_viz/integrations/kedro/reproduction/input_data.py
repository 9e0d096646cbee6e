"""The data that a recorded run read and did not make itself: whether it is still the same, and copies of it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.fingerprint import fingerprint
from kedro_viz.tracking.source_rules import SourceRules

_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]+://")
_WINDOWS_ABSOLUTE = re.compile(r"[A-Za-z]:[\\/]|\\\\")


class InputState(Enum):
    """What became of an input since the run."""

    SAME = "the same"
    # There is something of the same size, or at all, but what the run had is not known well enough to tell.
    UNKNOWN = "not known to be the same"
    CHANGED = "changed"
    GONE = "gone"
    # It is not on this machine, or nothing that has a path.
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True)
class InputData:
    """An input of a run.

    Attributes:
        use: As the run recorded it.
        state: What became of it.
        path: Its path relative to the project, which it has in every copy of it; None for what is outside.
        source: Where it is on this machine; None if it is not.
        size: Its size now, in bytes, if it is known.
    """

    use: DataUse
    state: InputState
    path: str | None = None
    source: Path | None = None
    size: int | None = None


def input_data(uses: Sequence[DataUse], run_project: str, project: Path, rules: SourceRules) -> list[InputData]:
    """What a run loaded that it had not saved itself, and what became of it.

    Args:
        uses: All data uses of the run.
        run_project: The root of the project when it ran, which may have been on another machine.
        project: The root of the project now.
        rules: Which of its files must not be copied.
    """
    saved = {_place(use): use for use in uses if use.saved}
    return [
        _found(use, run_project, project, rules)
        for use in sorted(uses, key=lambda use: use.dataset)
        if not use.saved and not _is_own(use, saved.get(_place(use)))
    ]


def outputs_outside(uses: Sequence[DataUse], run_project: str) -> list[DataUse]:
    """What a run saved outside of its project: running it again anywhere writes there again."""
    return [use for use in uses if use.saved and (use.path is None or path_in_project(use.path, run_project) is None)]


def loaded_versions(uses: Sequence[DataUse], run_id: str) -> Mapping[str, str]:
    """The versions of versioned inputs by dataset, without those that the run made itself."""
    saved = {use.dataset for use in uses if use.saved}
    return {
        use.dataset: use.version
        for use in sorted(uses, key=lambda use: use.dataset)
        if not use.saved and use.version and use.version != run_id and use.dataset not in saved
    }


def _place(use: DataUse) -> str:
    # The same file may have several names in the catalog, such as `table@pandas` and `table@spark`.
    return f"path {use.path}" if use.path else f"dataset {use.dataset.partition('@')[0]}"


def _is_own(loaded: DataUse, saved: DataUse | None) -> bool:
    """Whether what was loaded is what the run had saved. Else it was there before, and the run replaced it."""
    if saved is None:
        return False
    return loaded.fingerprint == saved.fingerprint or None in (loaded.fingerprint, saved.fingerprint)


def _found(use: DataUse, run_project: str, project: Path, rules: SourceRules) -> InputData:
    path = path_in_project(use.path, run_project) if use.path else None
    # Only to look at a path of another machine might call there.
    if use.path is None or (path is None and (_URL.match(use.path) or use.path.startswith(("//", "\\\\")))):
        return InputData(use, InputState.ELSEWHERE)
    source = Path(use.path) if path is None else project / path
    if path is not None and not _may_be_data(path, rules):
        return InputData(use, InputState.ELSEWHERE)
    now = fingerprint(source)
    if now is None:
        state = InputState.UNKNOWN if source.exists() else InputState.GONE
    elif use.fingerprint is None:
        state = InputState.UNKNOWN
    else:
        state = InputState.SAME if now.text == use.fingerprint else InputState.CHANGED
    return InputData(use, state, path, source if source.exists() else None, now.size if now else None)


def _may_be_data(path: str, rules: SourceRules) -> bool:
    """Whether a file of the project may be what a run read as data: a record from elsewhere may name any."""
    is_hidden = any(part.startswith(".") for part in path.split("/"))
    is_local = path.casefold().startswith(f"{rules.configuration}/local/".casefold())
    return not (is_hidden or is_local or rules.may_hold_secrets(path))


def path_in_project(path: str, run_project: str) -> str | None:
    """A path relative to the project that it is in; None if it is not.

    Args:
        path: As a run recorded it. One that is not absolute starts from the project.
        run_project: The root of the project when it ran.
    """
    path, root = path.replace("\\", "/") if _WINDOWS_ABSOLUTE.match(path) else path, run_project.replace("\\", "/")
    if not (path.startswith("/") or _WINDOWS_ABSOLUTE.match(path) or _URL.match(path)):
        path = f"{root}/{path}"
    # A record from elsewhere may lead up from the project.
    path, root = posixpath.normpath(path), posixpath.normpath(root)
    return path.removeprefix(f"{root}/") if root not in ("", ".", "/") and path.startswith(f"{root}/") else None
