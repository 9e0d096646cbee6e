"""Finds the source text of the functions that tasks run."""

from __future__ import annotations

import functools
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tokenize import TokenError
from typing import Any, TypeAlias

# A page is read by people: beyond this a function's text is cut.
MAX_CODE_BYTES = 50_000

# Any: users' functions take and give what they like.
Function: TypeAlias = Callable[..., Any]


@dataclass(frozen=True)
class SourceCode:
    """Where a function is written and how.

    Attributes:
        path: Its file, relative to the project; None for code from elsewhere.
        text: Its source; None where Python cannot tell, as for functions written in C.
    """

    path: str | None = None
    text: str | None = None


def written_function(function: Function) -> Function:
    """The function that a person wrote: without decorators that say what they wrap, and without `partial`."""
    while True:
        if isinstance(function, (functools.partial, functools.partialmethod)):
            inner = function.func
        elif inspect.ismethod(function):
            inner = function.__func__
        else:
            # `__wrapped__` is what functools.wraps leaves behind. Any object may answer to any name: check what it is.
            inner = inspect.getattr_static(function, "__wrapped__", None)
            inner = inner if inspect.isroutine(inner) else function
        if inner is function:
            return function
        function = inner


def function_name(function: Function) -> str:
    """The name that a function was written under; for a callable object, its class's."""
    function = written_function(function)
    return str(getattr(function, "__name__", None) or type(function).__name__)


def source_of(function: Function, project_path: Path) -> SourceCode:
    """The source of a task's function.

    Args:
        function: Any callable: a function, lambda, partial, decorated function, method, class, or callable object.
        project_path: The project's root, which the path is told from.
    """
    function = written_function(function)
    # A callable object runs its class's `__call__`, but what a person reads is the class.
    written = function if inspect.isroutine(function) or inspect.isclass(function) else type(function)
    try:
        file = inspect.getsourcefile(written)
        if file is None or file.startswith("<"):
            # Made by `exec`: its text is in no file. Newer Pythons would give us the command line of this process.
            return SourceCode()
        text = textwrap.dedent(inspect.getsource(written))
    except (OSError, TypeError, SyntaxError, TokenError, ValueError):
        return SourceCode()
    return SourceCode(path=_relative(file, project_path), text=_cut(text))


def _relative(file: str, project_path: Path) -> str | None:
    try:
        return Path(file).resolve().relative_to(project_path).as_posix()
    except ValueError:
        return None


def _cut(text: str) -> str:
    encoded = text.encode("utf-8", "replace")
    if len(encoded) <= MAX_CODE_BYTES:
        return text
    kept, _, _ = encoded[: MAX_CODE_BYTES - 100].decode("utf-8", "ignore").rpartition("\n")
    more = len(text.splitlines()) - len(kept.splitlines())
    return f"{kept}\n# … and {more:,} more lines"
