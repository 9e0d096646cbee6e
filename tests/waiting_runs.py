"""A `kedro run` in a process of its own, stopped where a test wants it: its node says so, and goes on."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.sessions import PIPELINE_OPTION


@contextmanager
def waiting_run(
    project: Path,
    pipeline: str,
    *options: str,
    kedro: Sequence[str] = ("-m", "kedro"),
    **environment: str,
) -> Iterator[subprocess.Popen[bytes]]:
    """A run that has come to where its node writes to the file descriptor that `TEST_PIPE` names.

    Killed in the end, if it still goes on.

    Args:
        project: The project that is run.
        pipeline: Its pipeline.
        options: Further options of `kedro run`.
        kedro: How Python is told to be Kedro.
        environment: Further environment variables.
    """
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [sys.executable, *kedro, "run", PIPELINE_OPTION, pipeline, *options],
        cwd=project,
        env={**os.environ, "TEST_PIPE": str(writing), **environment},
        pass_fds=[writing],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        # A run that ends before its time closes the pipe, and nothing is read.
        assert os.read(reading, 100), "the run did not come to its node"
        yield process
    finally:
        os.close(reading)
        process.kill()
        process.wait()
