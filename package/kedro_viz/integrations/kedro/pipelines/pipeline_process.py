"""Imports a project's pipelines in a process of its own, and tells the app the flowcharts that came of it.

Users' code may take minutes to import, print, end Python or crash: in its own process it can do none of that to the
server. `python -m kedro_viz.integrations.kedro.pipelines.pipeline_process` is that process; `PipelineProcess` starts
and ends it.
"""

from __future__ import annotations

import argparse
import json
import logging
import os
import signal
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from kedro_viz.flowchart.model import LoadError
from kedro_viz.flowchart.source import FlowchartFeed, FlowchartSnapshot, FlowchartState
from kedro_viz.integrations.kedro.pipelines.loaded_pipelines import LoadedPipelines
from kedro_viz.integrations.kedro.project.catalog_config import ConfiguredCatalog
from kedro_viz.tracking.project import Project
from kedro_viz.tracking.secrets.redaction import redact_text

logger = logging.getLogger(__name__)

# Heavy projects take a minute or two to import. What takes longer than this waits for something that does not come.
TIME_LIMIT_SECONDS = 600.0
# How much of what a process printed is told after a crash: the last words, not its life.
_LAST_LINES = 50
# Without the current folder on the path, where a file of the project could stand for one of ours or of Python's.
_START = f"import sys; sys.path[:] = [p for p in sys.path if p]; from {__name__} import main; main()"
# A line is cut here before it is logged: users' code may print a whole table in one.
_LINE_BYTES = 10_000
# How long to wait for what is already as good as done, when the app is closed.
_CLOSING_SECONDS = 0.5


class PipelineProcess(FlowchartFeed):
    """The flowcharts of a project, read in a process of its own. A `FlowchartSource`.

    The datasets that pipelines use, and that the catalog knows only by a pattern, are added to the project's catalog.
    """

    def __init__(
        self,
        project: Project,
        *,
        env: str | None = None,
        runtime_params: Mapping[str, Any] | None = None,
        pipeline: str | None = None,
        include_hooks: bool = False,
        time_limit: float = TIME_LIMIT_SECONDS,
    ) -> None:
        """Prepare the process; `reload` starts it.

        Args:
            project: The project whose pipelines are wanted.
            env: The configuration environment; None for the project's default.
            runtime_params: Parameters that the user gave on the command line, as JSON can hold them.
            pipeline: The only pipeline to show; None for all.
            include_hooks: Whether hooks may change configuration and catalog first.
            time_limit: Seconds after which the process is given up.
        """
        super().__init__()
        self._catalog = project.catalog
        self._arguments = ["--project", str(project.path)]
        self._arguments += ["--env", env] if env is not None else []
        self._arguments += ["--params", json.dumps(dict(runtime_params))] if runtime_params else []
        self._arguments += ["--pipeline", pipeline] if pipeline is not None else []
        self._arguments += ["--include-hooks"] if include_hooks else []
        self._time_limit = time_limit
        self._process: subprocess.Popen[bytes] | None = None
        self._waiting: threading.Thread | None = None
        self._closed = False
        # Reentrant, because whoever hears of a change may ask for the next reading there and then.
        self._lock_process = threading.RLock()

    def reload(self) -> None:
        """Read the pipelines anew, giving up a reading that is under way. Does not wait for the outcome."""
        with self._lock_process:
            if self._closed:
                return
            self._stop()
            folder = TemporaryDirectory(prefix="kedro-viz-pipelines-", ignore_cleanup_errors=True)
            output = Path(folder.name) / "pipelines.json"
            self._process = process = self._start(output)
            self._waiting = threading.Thread(
                target=self._wait, args=[process, folder, output], name="kedro-viz-pipelines", daemon=True
            )
            self.tell(FlowchartSnapshot(FlowchartState.LOADING, flowcharts=self.snapshot().flowcharts))
            self._waiting.start()

    def close(self) -> None:
        """End the process and all that it started, at once. May be called more than once."""
        with self._lock_process:
            self._closed = True
            self._stop()
            waiting = self._waiting
        if waiting is not None and waiting is not threading.current_thread():
            # It has only to clear away its folder.
            waiting.join(timeout=_CLOSING_SECONDS)

    def _start(self, output: Path) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603 - our own Python and our own module
            [sys.executable, "-c", _START, *self._arguments, "--output", str(output), "--watch-parent"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env={**os.environ, "PYTHONUNBUFFERED": "1", "PYTHONFAULTHANDLER": "1"},
            # A session of its own: Ctrl-C in the terminal is for us alone, and what it starts can be ended with it.
            start_new_session=True,
        )

    def _stop(self) -> None:
        if self._process is not None and self._process.poll() is None:
            _kill(self._process)
        self._process = None

    def _wait(self, process: subprocess.Popen[bytes], folder: TemporaryDirectory[str], output: Path) -> None:
        printed: deque[str] = deque(maxlen=_LAST_LINES)
        reading = threading.Thread(target=_read_output, args=[process, printed], daemon=True)
        reading.start()
        with folder:
            try:
                process.wait(self._time_limit)
                timed_out = False
            except subprocess.TimeoutExpired:
                timed_out = True
            # Also what it left running behind it.
            _kill(process)
            process.wait()
            # A process that outlived even this may still hold the pipe: its words are not worth waiting for.
            reading.join(timeout=_CLOSING_SECONDS)
            if process.stdin is not None:
                process.stdin.close()
            result = LoadedPipelines.read(output)
        with self._lock_process:
            if process is not self._process:
                return
            self._process = None
            if result is None:
                limit = self._time_limit if timed_out else None
                result = LoadedPipelines(error=_died(process.returncode, limit, "\n".join(printed)))
            self._take(result)

    def _take(self, result: LoadedPipelines) -> None:
        if isinstance(self._catalog, ConfiguredCatalog):
            self._catalog.resolve_entries(result.datasets)
        self._catalog.update(result.entries)
        flowcharts = result.flowcharts if result.flowcharts is not None else self.snapshot().flowcharts
        state = FlowchartState.FAILED if result.error else FlowchartState.READY
        self.tell(FlowchartSnapshot(state, result.error, flowcharts))


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(OSError):
        if sys.platform == "win32":
            process.kill()
        else:
            # The process leads a group of its own, which all that it starts belongs to.
            os.killpg(process.pid, signal.SIGKILL)


def _read_output(process: subprocess.Popen[bytes], printed: deque[str]) -> None:
    if process.stdout is None:
        return
    with process.stdout as stream:
        for line in stream:
            text = line[:_LINE_BYTES].decode("utf-8", "replace").rstrip()
            printed.append(text)
            logger.debug("pipelines: %s", text)


def _died(code: int, time_limit: float | None, printed: str) -> LoadError:
    if time_limit is not None:
        message = f"The pipelines were still not imported after {time_limit:,.0f} seconds, so it was given up."
    elif code < 0:
        message = f"Python crashed while importing the pipelines: {signal.strsignal(-code) or f'signal {-code}'}."
    else:
        message = f"Python was ended with exit code {code} while importing the pipelines."
    return LoadError("PipelineProcessError", message, redact_text(printed))


def main(arguments: Sequence[str] | None = None) -> None:
    """The process: import a project's pipelines and write their flowcharts to a file.

    Args:
        arguments: The command line; None for that of this process.
    """
    parser = argparse.ArgumentParser(
        prog="pipeline_process", description="Import a project's pipelines and write their flowcharts to a file."
    )
    parser.add_argument("--project", type=Path, required=True, help="the project's root folder")
    parser.add_argument("--env", help="the configuration environment")
    parser.add_argument("--params", type=json.loads, default={}, help="runtime parameters, as JSON")
    parser.add_argument("--pipeline", help="the only pipeline to convert")
    parser.add_argument("--include-hooks", action="store_true", help="let hooks change configuration and catalog")
    parser.add_argument("--output", type=Path, required=True, help="the JSON file to write")
    parser.add_argument("--watch-parent", action="store_true", help="end when standard input is closed")
    options = parser.parse_args(arguments)
    if options.watch_parent:
        _end_with_parent()

    from kedro_viz.integrations.kedro.pipelines.pipelines import load_pipelines

    loaded = load_pipelines(
        options.project, options.env, options.params, options.pipeline, include_hooks=options.include_hooks
    )
    loaded.write(options.output)
    sys.stdout.flush()
    sys.stderr.flush()
    # Threads and exit handlers of users' code may never end; all that was asked for is written.
    os._exit(0)


def _end_with_parent() -> None:
    """End this process when its parent does, however that ends: then the pipe that is our standard input closes."""
    pipe = os.dup(0)
    # Users' code that reads standard input finds nothing there, and cannot take the pipe away.
    empty = os.open(os.devnull, os.O_RDONLY)
    os.dup2(empty, 0)
    os.close(empty)

    def watch() -> None:
        while os.read(pipe, 1024):
            pass
        if sys.platform != "win32":
            os.killpg(0, signal.SIGKILL)
        os._exit(1)

    threading.Thread(target=watch, name="kedro-viz-watch-parent", daemon=True).start()


if __name__ == "__main__":
    main()
