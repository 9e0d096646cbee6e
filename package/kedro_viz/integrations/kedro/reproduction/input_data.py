"""The data that a recorded run read and did not make itself: whether it is still the same, and copies of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from kedro_viz.integrations.kedro.reproduction.copy_rules import CopyRules, FilesToCopy
from kedro_viz.integrations.kedro.reproduction.new_folder import RefusedFileError
from kedro_viz.integrations.kedro.reproduction.path_in_project import URL, path_in_project
from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.fingerprint import fingerprint


class InputState(Enum):
    """What became of an input since the run."""

    SAME = "the same"
    # There is something of the same size, or at all, but what the run had is not known well enough to tell.
    UNKNOWN = "not known to be the same"
    CHANGED = "changed"
    GONE = "gone"
    # It is not on this machine, or nothing that has a path.
    ELSEWHERE = "elsewhere"
    # The record names a file of the project that is none of its data, or nothing that can be copied.
    REFUSED = "not copied"


@dataclass(frozen=True)
class InputData:
    """An input of a run.

    Attributes:
        use: As the run recorded it.
        state: What became of it.
        path: Its path relative to the project, which it has in every copy of it; None for what is outside.
        source: Where it is on this machine; None if it is not.
        files: What can be copied of it; None if it is outside, gone or refused.
        refusal: Why it is not copied, if it is refused.
    """

    use: DataUse
    state: InputState
    path: str | None = None
    source: Path | None = None
    files: FilesToCopy | None = None
    refusal: str | None = None

    @property
    def may_be_copied(self) -> bool:
        """Whether it is there and may be what the run read."""
        return self.files is not None and self.state in (InputState.SAME, InputState.UNKNOWN)


def input_data(uses: Sequence[DataUse], run_project: str, rules: CopyRules) -> list[InputData]:
    """What a run loaded that it had not saved itself, and what became of it.

    Args:
        uses: All data uses of the run.
        run_project: The root of the project when it ran, which may have been on another machine.
        rules: Which files of the project may be copied. What may not is not looked at either.
    """
    saved = {_place(use): use for use in uses if use.saved}
    return [
        _found(use, run_project, rules)
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


def _found(use: DataUse, run_project: str, rules: CopyRules) -> InputData:
    path = path_in_project(use.path, run_project) if use.path else None
    # Only to look at a path of another machine might call there.
    if use.path is None or (path is None and (URL.match(use.path) or use.path.startswith(("//", "\\\\")))):
        return InputData(use, InputState.ELSEWHERE)
    if path is None:
        source = Path(use.path)
        return InputData(use, _state(use, source), source=source if source.exists() else None)
    if (refusal := rules.refusal(path)) is not None:
        return InputData(use, InputState.REFUSED, path, refusal=refusal)
    try:
        files = rules.files(path)
    except FileNotFoundError:
        return InputData(use, InputState.GONE, path)
    except RefusedFileError as error:
        return InputData(use, InputState.REFUSED, path, refusal=str(error))
    source = rules.project / path
    return InputData(use, _state(use, source), path, source, files)


def _state(use: DataUse, source: Path) -> InputState:
    now = fingerprint(source)
    if now is None:
        return InputState.UNKNOWN if source.exists() else InputState.GONE
    if use.fingerprint is None:
        return InputState.UNKNOWN
    return InputState.SAME if now.text == use.fingerprint else InputState.CHANGED
