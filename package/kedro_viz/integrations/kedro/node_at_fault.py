"""Tells which node made a run fail, also where Kedro calls no hook for it: while it loads or saves data, or yields."""

from __future__ import annotations

# Its functions run one node each, and have it in a variable of this name.
_MODULE = "kedro.runner.task"
_VARIABLE = "node"


def node_at_fault(error: BaseException) -> str | None:
    """The name of the node in which an exception was raised.

    Args:
        error: An exception that Kedro has caught, with its traceback.

    Returns:
        None if it was raised outside of any node, or in another process, from which no frames come.
    """
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals.get("__name__") == _MODULE:
            name = getattr(frame.f_locals.get(_VARIABLE), "name", None)
            if isinstance(name, str):
                return name
        trace = trace.tb_next
    return None
