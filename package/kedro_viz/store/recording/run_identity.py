"""Tells runs apart that have one session id: Kedro makes ids from the clock, and a job array starts many at a time.

The process that began a run is part of its identity. A run whose id is taken by that of another process is recorded
under an id of its own, which comes out the same wherever it is made. Standard library only.
"""

from __future__ import annotations

import hashlib

# How many digits of a hash a distinct id ends with.
ID_DIGITS = 8
# With these it is still the name of a folder.
_MAX_BYTES = 240


class RunIdTakenError(Exception):
    """A run that another process began is recorded under this id. Nothing of the new one has been written."""


def distinct_id(run_id: str, host: str, process: int) -> str:
    """The id of a run whose session id is taken.

    Args:
        run_id: The session id.
        host: Where the run's process is: see `process_space`.
        process: Its number.
    """
    digest = hashlib.sha256(f"{host}\n{process}".encode("utf-8", "backslashreplace")).hexdigest()
    shortened = run_id.encode("utf-8", "replace")[:_MAX_BYTES].decode("utf-8", "ignore")
    return f"{shortened}-{digest[:ID_DIGITS]}"
