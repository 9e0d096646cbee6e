"""Serves the app for a project, until it is stopped."""

from __future__ import annotations

import gc
import logging
import os
import signal
import socket
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import uvicorn

from kedro_viz.api.access.hosts import is_loopback
from kedro_viz.cli.access import AccessOptions, open_access, print_addresses, print_warnings, take_token
from kedro_viz.cli.browser import open_browser
from kedro_viz.cli.connections import (
    MAX_MESSAGE_BYTES,
    MAX_MESSAGES_WAITING,
    BoundedConnection,
    raise_descriptor_limit,
)
from kedro_viz.cli.listening import is_every_address, listen, url_of
from kedro_viz.cli.opening import opened_project, project_folder
from kedro_viz.cli.terminal import say
from kedro_viz.flowchart.source import FlowchartSource, FlowchartState
from kedro_viz.integrations.kedro.pipelines.pipeline_process import PipelineProcess
from kedro_viz.integrations.kedro.project.project import conf_source, reread_catalog
from kedro_viz.tracking.project import Project

if TYPE_CHECKING:
    from fastapi import FastAPI

    from kedro_viz.cli.autoreload import ProjectWatch

# Ctrl-C is answered within a second, also where something does not let go, such as a request to a store far away.
_STOPPING_SECONDS = 0.8


@dataclass(frozen=True)
class ServeOptions:
    """The options of `kedro viz run`."""

    access: AccessOptions
    port: int
    browser: bool
    env: str | None = None
    # Any: a parameter is of whatever type YAML makes of its text.
    runtime_params: dict[str, Any] = field(default_factory=dict)
    pipeline: str | None = None
    autoreload: bool = False
    include_hooks: bool = False


def serve(options: ServeOptions) -> None:
    """Serve the app until Ctrl-C or SIGTERM, and return then.

    Args:
        options: What the user asked for.

    Raises:
        click.ClickException: If there is no project, or the address cannot be listened on.
    """
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    raise_descriptor_limit()
    try:
        _serve(options)
    except KeyboardInterrupt:
        # Stopped before it listened. There is nothing to say about it.
        return


def _serve(options: ServeOptions) -> None:
    folder = project_folder("kedro viz")
    # First, so that no process that is started inherits it.
    token = take_token(options.access)
    with ExitStack() as stack:
        listener = stack.enter_context(listen(options.access.host, options.port))
        port = listener.getsockname()[1]
        if options.port not in (0, port):
            say(f"Port {options.port} is in use; using {port}", color="yellow")
        print_warnings(options.access, token)
        project = _open_project(folder, options)
        flowcharts = PipelineProcess(
            project,
            env=options.env,
            runtime_params=options.runtime_params,
            pipeline=options.pipeline,
            include_hooks=options.include_hooks,
        )
        stack.callback(flowcharts.close)
        flowcharts.on_change(FailureTeller(flowcharts))

        # These take longest to import, so whatever may be wrong with the project has been told before.
        from kedro_viz.api.app import create_app
        from kedro_viz.api.services import Services

        services = Services.open(project, flowcharts)
        stack.callback(services.close)
        access, link_code = open_access(options.access, token, port)

        def listening() -> None:
            print_addresses(options.access, token, port)
            # Only now, so that the page is there before users' code has the processor.
            flowcharts.reload()
            if options.autoreload:
                stack.callback(_watch(project, flowcharts, options).stop)
            host = options.access.host
            if options.browser and (is_loopback(host) or is_every_address(host)):
                # What a browser is started with can be read by everybody on the machine: a code that works once.
                open_browser(url_of(host, port) + (f"/?token={link_code}" if link_code else ""))

        AppServer(create_app(services, access), listening).run(sockets=[listener])
    # The process ends now: taking its memory apart object by object would take half a second.
    gc.freeze()


class AppServer(uvicorn.Server):
    """uvicorn as a command runs it: it says when it listens, and it stops at once and without a word."""

    def __init__(self, app: FastAPI, listening: Callable[[], None]) -> None:
        """Prepare the server.

        Args:
            app: What it serves.
            listening: Called once requests are answered.
        """
        super().__init__(
            uvicorn.Config(
                app,
                http=BoundedConnection,
                ws_max_size=MAX_MESSAGE_BYTES,
                ws_max_queue=MAX_MESSAGES_WAITING,
                log_config=None,
                log_level=logging.WARNING,
                access_log=False,
                server_header=False,
                proxy_headers=False,
                # Open WebSockets and requests under way are cut off: the browser connects again when we are back.
                timeout_graceful_shutdown=0,
            )
        )
        self._listening = listening

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        if self.started and not self.should_exit:
            self._listening()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop. What is cut off by that is no error."""
        logging.getLogger("uvicorn.error").setLevel(logging.CRITICAL)
        await super().shutdown(sockets)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - uvicorn's own signature
        """Answer a signal: end the loop, and be gone in time in any case. uvicorn would raise the signal again."""
        self.should_exit = True
        last = threading.Timer(_STOPPING_SECONDS, os._exit, args=[0])
        last.daemon = True
        last.start()


class FailureTeller:
    """Tells in the terminal why pipelines could not be loaded, each reason once."""

    def __init__(self, flowcharts: FlowchartSource) -> None:
        self._flowcharts = flowcharts
        self._told: str | None = None

    def __call__(self) -> None:
        """Look at what changed."""
        snapshot = self._flowcharts.snapshot()
        if snapshot.state is FlowchartState.READY:
            self._told = None
        elif snapshot.error is not None and snapshot.error.message != self._told:
            self._told = snapshot.error.message
            say(f"The pipelines could not be loaded: {self._told}", color="yellow", error=True)


def _open_project(folder: Path, options: ServeOptions) -> Project:
    project = opened_project(folder, options.env, options.runtime_params)
    for problem in project.problems:
        say(f"{problem.title}: {problem.detail}", color="yellow", error=True)
    return project


def _watch(project: Project, flowcharts: PipelineProcess, options: ServeOptions) -> ProjectWatch:
    from kedro_viz.cli.autoreload import ProjectWatch

    settings = project.path / project.settings_path

    def changed(files: set[Path]) -> None:
        names = sorted(os.path.relpath(file, project.path) for file in files)
        say(f"Changed: {', '.join(names[:3])}{' …' if len(names) > 3 else ''}")
        if settings in files:
            say("Start `kedro viz` again for changes of settings.py to hold everywhere.", color="yellow")
        reread_catalog(project, options.env, options.runtime_params)
        flowcharts.reload()

    watch = ProjectWatch(project.path, conf_source(project.path), changed)
    watch.start()
    return watch
