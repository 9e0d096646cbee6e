"""Who runs and edits."""

from __future__ import annotations

import getpass


def user_name() -> str | None:
    """The name of the user whose process this is.

    Returns:
        The name, or None where the system knows none: containers often run under a number that no name belongs to.
    """
    try:
        return getpass.getuser()
    except Exception:  # noqa: BLE001 - what is raised depends on Python's version and the system
        return None
