"""Tells when processes that a test cannot wait for, because it has not started them, have begun and have ended."""

from __future__ import annotations

import os
import select
from pathlib import Path
from textwrap import dedent

# Only reached where something goes on that must have ended.
PATIENCE_SECONDS = 60


class Lifeline:
    """A named pipe that processes hold open while they live: the system closes it for them, however they end."""

    def __init__(self, folder: Path) -> None:
        """Make the pipe in a folder."""
        self.path = folder / "lifeline"
        os.mkfifo(self.path)
        self._pipe = os.open(self.path, os.O_RDONLY | os.O_NONBLOCK)

    def code(self) -> str:
        """Python code that takes hold of it, has a child process do the same, says so, and never ends."""
        return dedent(f"""
            import os, subprocess, sys, threading
            lifeline = os.open({str(self.path)!r}, os.O_WRONLY)
            subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"], pass_fds=[lifeline])
            os.write(lifeline, b"begun")
            threading.Event().wait()
        """)

    def wait_until_held(self) -> None:
        """Wait until the code has run up to where it never ends."""
        self._wait()
        assert os.read(self._pipe, 100) == b"begun"

    def wait_until_let_go(self) -> None:
        """Wait until all processes that held it have ended."""
        self._wait()
        assert os.read(self._pipe, 100) == b""
        os.close(self._pipe)

    def _wait(self) -> None:
        readable, _, _ = select.select([self._pipe], [], [], PATIENCE_SECONDS)
        assert readable, "nothing happened to the process"
