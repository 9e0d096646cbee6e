"""`kedro run` in a process of its own: its exit code, all that Kedro says, and what Kedro-Viz says of it."""

from __future__ import annotations

import ctypes
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# What Kedro-Viz logs goes to a file; all else to where Kedro puts it.
LOGGING = """
version: 1
disable_existing_loggers: false
formatters:
  plain:
    format: "%(levelname)s|%(name)s|%(message)s"
handlers:
  console:
    class: logging.StreamHandler
    formatter: plain
    stream: ext://sys.stderr
  ours:
    class: logging.FileHandler
    level: WARNING
    formatter: plain
    filename: kedro-viz.log
loggers:
  kedro_viz:
    handlers: [ours]
    propagate: false
root:
  handlers: [console]
"""

# Ways to run the project, by name.
WAYS = {
    "undrawn": ("--pipeline", "undrawn"),
    "failing": ("--pipeline", "failing"),
    "undrawn in processes": ("--pipeline", "undrawn", "--runner", "ParallelRunner"),
}

KEDRO = "from kedro.framework.cli import main; main()"

# From Linux's headers. Without this capability root, too, may write only what its permissions allow.
_DROP_FROM_BOUNDING_SET = 24
_OVERRIDE_PERMISSIONS = 1


@dataclass(frozen=True)
class Outcome:
    """How a run ended.

    Attributes:
        code: Its exit code.
        said: All that it printed and logged, but for Kedro-Viz's log, with what differs from run to run replaced.
        warnings: What Kedro-Viz warned of.
    """

    code: int
    said: str
    warnings: list[str]


def run_kedro(
    project: Path, *arguments: str, code: str = KEDRO, env: Mapping[str, str] | None = None, meanwhile: str = ""
) -> Outcome:
    """Run a pipeline as a user does who must respect permissions.

    Args:
        project: The project's root.
        arguments: The arguments of `kedro run`.
        code: Python code that calls Kedro's command line.
        env: Environment variables beside today's.
        meanwhile: Python code that the project's node `interlude` executes.
    """
    log = project / "kedro-viz.log"
    log.unlink(missing_ok=True)
    config = project / "conf" / "logging.yml"
    config.write_text(LOGGING, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", code, "run", *arguments],
        cwd=project,
        env={
            **os.environ,
            "KEDRO_LOGGING_CONFIG": str(config),
            "KEDRO_MP_CONTEXT": "fork",
            "TEST_INTERLUDE": meanwhile,
            **(env or {}),
        },
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=respect_permissions,
    )
    warnings = re.split(r"^(?=[A-Z]+\|kedro_viz)", log.read_text(encoding="utf-8"), flags=re.M)
    return Outcome(done.returncode, _alike(done.stdout + done.stderr, project), [text for text in warnings if text])


def respect_permissions() -> None:
    """Give up a superuser's right to read and write everything. To be called in a new process."""
    if os.geteuid() == 0 and sys.platform == "linux":
        ctypes.CDLL(None).prctl(_DROP_FROM_BOUNDING_SET, _OVERRIDE_PERMISSIONS, 0, 0, 0)


def _alike(text: str, project: Path) -> str:
    """A run's output without its id, its project's folder, addresses, durations and the lines of `code`."""
    text = text.replace(str(project), "<project>")
    text = re.sub(r"\d{4}-\d\d-\d\dT\d\d\.\d\d\.\d\d\.\d{3}Z", "<run>", text)
    text = re.sub(r"0x[0-9a-f]+", "<address>", text)
    text = re.sub(r'(?<=File "<string>", )line \d+', "<line>", text)
    return re.sub(r"\d+\.\d sec", "<seconds>", text)
