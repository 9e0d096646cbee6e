"""Turns the exceptions of users' code into errors that the app can show."""

from __future__ import annotations

import importlib
import re
import traceback
from collections.abc import Iterable

import kedro.framework.project as kedro_project

from kedro_viz.flowchart.model import LoadError
from kedro_viz.tracking.secrets.redaction import redact_text

MAX_TRACEBACK_LINES = 200

# What `find_pipelines` warns of where it goes on without a module: `IMPORT_ERROR_MESSAGE` in kedro.framework.project.
_IMPORT_WARNING = re.compile(
    r"An error occurred while importing the '(?P<module>[^']+)' module\..*?\n\n(?P<traceback>.*)", re.DOTALL
)
# Files whose frames stand in every traceback and tell a user nothing.
_MACHINERY = frozenset(
    {
        kedro_project.__file__,
        importlib.__file__,
        "<frozen importlib._bootstrap>",
        "<frozen importlib._bootstrap_external>",
    }
)


def describe_failure(failure: BaseException, machinery: Iterable[str] = ()) -> LoadError:
    """An exception as the app tells it: without secrets, and its traceback not endless.

    Args:
        failure: What users' code raised.
        machinery: Files whose frames are left out of the traceback, because the user has not written them.
    """
    kind = type(failure)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    message = redact_text(str(failure))
    if isinstance(failure, SystemExit):
        message = f"The project's code ended Python with sys.exit({failure.code!r})."
    told = traceback.TracebackException.from_exception(failure)
    _leave_out(told, _MACHINERY.union(machinery))
    return LoadError(name, message, shorten(redact_text("".join(told.format()))))


def import_error(warning_texts: Iterable[str]) -> LoadError | None:
    """What `find_pipelines` passed over with a warning, as an error.

    A pipeline that is simply not there would be puzzling, so the app tells of it.

    Args:
        warning_texts: The texts of all warnings that were given while pipelines were imported.

    Returns:
        The error, of several modules the first with the others named; None if all could be imported.
    """
    failed = [found for text in warning_texts if (found := _IMPORT_WARNING.match(text))]
    if not failed:
        return None
    modules = ", ".join(f"`{found['module']}`" for found in failed)
    told = failed[0]["traceback"].rstrip()
    kind, _, message = told.splitlines()[-1].partition(": ") if told else ("ImportError", "", "")
    tracebacks = "\n\n".join(found["traceback"].rstrip() for found in failed)
    return LoadError(
        type=kind,
        message=redact_text(f"{modules} could not be imported, so its pipelines are missing here. {message}".strip()),
        traceback=shorten(redact_text(tracebacks)),
    )


def shorten(text: str) -> str:
    """The last lines of a text, with a line that tells how many are left out."""
    lines = text.rstrip().splitlines()
    if len(lines) <= MAX_TRACEBACK_LINES:
        return "\n".join(lines)
    return "\n".join([f"… {len(lines) - MAX_TRACEBACK_LINES:,} lines before", *lines[-MAX_TRACEBACK_LINES:]])


def _leave_out(told: traceback.TracebackException | None, files: frozenset[str]) -> None:
    while told is not None:
        told.stack = traceback.StackSummary.from_list([frame for frame in told.stack if frame.filename not in files])
        _leave_out(told.__cause__, files)
        told = told.__context__
