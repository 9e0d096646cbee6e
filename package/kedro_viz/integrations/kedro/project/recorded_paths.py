"""What of a run's record may decide where files are read: it may come from a shared store, and hold anything.

A colleague's record names datasets, an environment and runtime parameters. With these, the project's own catalog gives
a path. What is fixed in the catalog limits where that may lead: a name or a parameter may choose a folder below, and
no other place, host or bucket.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

# No quotes, brackets, `$` or `:`, which OmegaConf or a resolver of the project's own might evaluate; nothing that
# begins at a root, names a protocol, is hidden or leads upwards.
_PLAIN = re.compile(r"\w(?:[\w .,+=@-]|/(?=\w))*")
_PLAIN_KEY = re.compile(r"\w[\w.-]*")
_MAX_CHARACTERS = 200

_LOCAL_URL = "file://"
_BUCKET = re.compile(r"(?P<protocol>[A-Za-z][\w.+:-]*)://[^/]+/")
_DRIVE = re.compile(r"(?:[A-Za-z]:)?/?")


def is_dataset_name(name: str) -> bool:
    """Whether a record's name of a dataset may be filled into a pattern of the catalog."""
    return ".." not in name and "\0" not in name and "\\" not in name


# Any in this module: runtime parameters are whatever the user typed, or a record says that they did.
def plain_parameters(params: Mapping[str, Any], wanted: Iterable[str] | None = None) -> dict[str, Any]:
    """Of a record's runtime parameters, numbers and plain words: they are only what they look like.

    Args:
        params: The runtime parameters.
        wanted: Only those of these names; all if None.
    """
    names = None if wanted is None else set(wanted)
    plain: dict[str, Any] = {}
    for key, value in params.items():
        if not _PLAIN_KEY.fullmatch(key) or (names is not None and key not in names):
            continue
        if isinstance(value, Mapping):
            plain[key] = plain_parameters(value)
        elif isinstance(value, (bool, int, float)) or (
            isinstance(value, str) and len(value) <= _MAX_CHARACTERS and _PLAIN.fullmatch(value)
        ):
            plain[key] = value
    return plain


def replaced_parameters(params: Mapping[str, Any], replacement: str) -> dict[str, Any]:
    """The same parameters with another value each, to see what follows from them."""
    return {
        key: replaced_parameters(value, replacement) if isinstance(value, Mapping) else replacement
        for key, value in params.items()
    }


def stays_below(path: str, fixed: str, project_path: Path, configuration: Path) -> bool:
    """Whether a path stays where its catalog entry puts it, whatever a record has filled in.

    Args:
        path: The path, absolute or with a protocol.
        fixed: Its beginning that no record can change.
        project_path: The project's root folder.
        configuration: Its configuration folder, where nothing is data.
    """
    base = fixed[: fixed.rfind("/") + 1]
    if not path.startswith(base) or any(part.startswith(".") for part in path[len(base) :].split("/")):
        return False
    if path.startswith(_LOCAL_URL):
        path, base = path.removeprefix(_LOCAL_URL), base.removeprefix(_LOCAL_URL)
    elif "://" in path:
        return _BUCKET.match(base) is not None
    if _DRIVE.fullmatch(base):
        return False
    real = Path(os.path.realpath(path))
    # A link below may lead anywhere.
    return real.is_relative_to(os.path.realpath(base)) and not (
        real.is_relative_to(os.path.realpath(configuration))
        # Where all of the path is filled in, the project's folder is the base: what is hidden there is no data.
        or (real.is_relative_to(project_path.resolve()) and _is_hidden(real.relative_to(project_path.resolve())))
    )


def _is_hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)
