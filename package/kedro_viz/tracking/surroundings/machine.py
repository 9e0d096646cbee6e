"""Where a process runs: within what its number means something."""

from __future__ import annotations

import platform
from pathlib import Path


def process_space() -> str:
    """A name for the space of process numbers that this process is in.

    Returns:
        The machine's name, and on Linux the PID namespace: containers may share a name but not their processes.
    """
    try:
        return f"{platform.node()} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return platform.node()
