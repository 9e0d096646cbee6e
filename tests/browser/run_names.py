"""What runs are called in the app."""

from __future__ import annotations

from datetime import datetime, timezone

from kedro_viz.tracking.run import time_of_run_id

# As browsers abbreviate them in British English.
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec")


def untitled(run_id: str) -> str:
    """The name of a run that nobody has given a title: when it started, in the time zone of this machine."""
    started = time_of_run_id(run_id)
    assert started is not None
    moment = datetime.fromtimestamp(started / 1000, timezone.utc).astimezone()
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}, {moment:%H:%M:%S}"
