"""How much memory this process has held."""

from __future__ import annotations

import re
import sys

_STATUS = "/proc/self/status"
_PEAK = re.compile(rb"^VmHWM:\s*(\d+) kB$", re.MULTILINE)


def peak_memory() -> int | None:
    """The most memory, in bytes, that this process has held at a time so far; None where the system does not tell."""
    try:
        # What `getrusage` tells on Linux begins with what the process held that started this one.
        with open(_STATUS, "rb", buffering=0) as status:  # noqa: PTH123 - a Path would take as long as the reading
            found = _PEAK.search(status.read())
        if found is not None:
            return int(found[1]) * 1024
    except OSError:
        # No Linux.
        pass
    try:
        import resource
    except ImportError:
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
