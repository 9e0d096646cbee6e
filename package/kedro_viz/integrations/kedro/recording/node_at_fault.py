"""Tells which node made a run fail, also where Kedro calls no hook for it: while it loads or saves data, or yields."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kedro.pipeline.node import Node

# Its functions run one node each, and have it in a variable of this name.
_MODULE = "kedro.runner.task"
_VARIABLE = "node"

# How a traceback names a frame, in the text that comes from another process.
_FRAME = re.compile(r'^  File "(?P<file>.*)", line (?P<line>\d+), in (?P<name>.*)$', re.MULTILINE)


def node_at_fault(error: BaseException, nodes: Iterable[Node]) -> str | None:
    """The name of the node in which an exception was raised.

    Args:
        error: An exception that Kedro has caught, with its traceback.
        nodes: Those of the pipeline.

    Returns:
        None if it was raised outside of any node; or in another process, from which no frames come, by a node that is
        no generator: of these Kedro tells there.
    """
    return _by_frames(error) or _generator_elsewhere(error, nodes)


def _by_frames(error: BaseException) -> str | None:
    trace = error.__traceback__
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_globals.get("__name__") == _MODULE:
            name = getattr(frame.f_locals.get(_VARIABLE), "name", None)
            if isinstance(name, str):
                return name
        trace = trace.tb_next
    return None


def _generator_elsewhere(error: BaseException, nodes: Iterable[Node]) -> str | None:
    """The generator that has raised in a worker process, if it can be no other."""
    if error.__cause__ is None:
        return None
    frames = {(frame["file"], frame["name"], int(frame["line"])) for frame in _FRAME.finditer(str(error.__cause__))}
    found = [node.name for node in nodes if inspect.isgeneratorfunction(node.func) and _runs_in(node, frames)]
    return found[0] if len(found) == 1 else None


def _runs_in(node: Node, frames: Iterable[tuple[str, str, int]]) -> bool:
    function = node.func
    while isinstance(function, functools.partial):
        function = function.func
    code = getattr(function, "__code__", None)
    if code is None:
        return False
    lines = [line for _, _, line in code.co_lines() if line is not None]
    return any(
        (file, name) == (code.co_filename, code.co_name) and min(lines) <= line <= max(lines)
        for file, name, line in frames
    )
