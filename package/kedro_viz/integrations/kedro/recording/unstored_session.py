"""Sessions of Kedro that have no session store, such as its HTTP server: what the store would know of them, and do."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from kedro_viz.integrations.kedro.project.store_location import remote_path
from kedro_viz.integrations.kedro.recording.run_registry import run_id_of
from kedro_viz.tracking.source.git import SHORT_COMMIT, current_commit
from kedro_viz.tracking.surroundings.author import user_name


# Any: a session holds what Kedro makes it of.
def session_data(run_params: Mapping[str, Any]) -> dict[str, Any]:
    """The session's data as Kedro would put it into the store.

    Args:
        run_params: What Kedro passes to `before_pipeline_run`.
    """
    project_path = Path(run_params["project_path"])
    session: dict[str, Any] = {
        "project_path": str(project_path),
        "session_id": run_id_of(run_params),
        "env": run_params.get("env"),
        "runtime_params": run_params.get("runtime_params"),
    }
    # The server answers requests in threads of their own, where no command is known.
    context = click.get_current_context(silent=True)
    if context is not None:
        session["cli"] = {
            "args": context.args,
            "params": context.params,
            "command_name": context.command.name,
            "command_path": " ".join(["kedro", *sys.argv[1:]]),
        }
    author = user_name()
    if author is not None:
        session["username"] = author
    commit = current_commit(project_path)
    if commit is not None:
        session["git"] = {"commit_sha": commit[:SHORT_COMMIT]}
    return session


def share(location: Path, project_path: Path) -> None:
    """Share the store after a run, if the project does.

    Args:
        location: The store's file.
        project_path: The project's root.
    """
    remote = remote_path(project_path)
    if remote is not None:
        # fsspec is not needed by runs that are not shared.
        from kedro_viz.store.sharing.remote import upload_after_run

        upload_after_run(location, remote)
