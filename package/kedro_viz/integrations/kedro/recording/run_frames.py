"""Tells whether Kedro is still inside the call that runs a pipeline."""

from __future__ import annotations

import sys
import threading
from dataclasses import dataclass
from types import CodeType, FrameType, TracebackType

_SESSIONS = "kedro.framework.session"


@dataclass(frozen=True)
class RunFrame:
    """A call of a session's `run`, in a thread.

    The frame itself is not held, which would keep all its data alive: the thread, the code and the frame's identity
    tell it well enough.

    Attributes:
        thread: The thread's identifier.
        code: The code of `run`; None if the call was not found, as when someone calls the hooks by other ways.
        frame: The identity of the frame.
    """

    thread: int
    code: CodeType | None
    frame: int

    @classmethod
    def of_caller(cls) -> RunFrame:
        """The call of a session's `run` that this one is made from."""
        frame: FrameType | None = sys._getframe()  # noqa: SLF001 - the documented way to the current frame
        while frame is not None:
            if _is_run_of_a_session(frame):
                return cls(threading.get_ident(), frame.f_code, id(frame))
            frame = frame.f_back
        return cls(threading.get_ident(), None, 0)

    def is_left(self) -> bool:
        """Whether the call has returned or was left by an exception. False where that cannot be known."""
        if self.code is None:
            return False
        frame = sys._current_frames().get(self.thread)  # noqa: SLF001 - the documented way to other threads' frames
        while frame is not None:
            if frame.f_code is self.code and id(frame) == self.frame:
                return False
            frame = frame.f_back
        return True


def comes_of_a_run(trace: TracebackType | None) -> bool:
    """Whether an exception has left a call of a session's `run`.

    Args:
        trace: Its traceback, as far as it has come.
    """
    while trace is not None:
        if _is_run_of_a_session(trace.tb_frame):
            return True
        trace = trace.tb_next
    return False


def _is_run_of_a_session(frame: FrameType) -> bool:
    return frame.f_code.co_name == "run" and str(frame.f_globals.get("__name__", "")).startswith(_SESSIONS)
