"""The session store that users name in `settings.py`.

from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from pathlib import Path

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any

from kedro import __version__ as kedro_version
from kedro.framework.project import settings
from kedro.framework.session.store import BaseSessionStore

from kedro_viz.integrations.kedro import datasets
from kedro_viz.integrations.kedro.project.project_name import project_name
from kedro_viz.integrations.kedro.project.store_location import remote_path_in
from kedro_viz.integrations.kedro.recording.run_frames import comes_of_a_run
from kedro_viz.integrations.kedro.recording.run_registry import SessionData, close_stores, recorder_for, registry
from kedro_viz.integrations.kedro.recording.session_git import with_git
from kedro_viz.tracking.run import RunFailure, RunStatus, time_of_run_id

logger = logging.getLogger(__name__)

# Our name where a project switches the hooks of plugins off.
_PLUGIN = "kedro-viz"

# `settings.py` imports this module before Kedro reads any catalog, in worker processes and notebooks too.
datasets.install()


class SQLiteStore(BaseSessionStore):
    """Keeps each run's session in `session_store.db`.

    The hook `kedro_viz.integrations.kedro.hooks` records what happens in the run; this store adds the session itself,
    when Kedro closes it. A session in which nothing ran leaves nothing behind. Nothing here raises: a store that cannot
    be written costs a warning, never a run.

    Args:
        path: The folder of `session_store.db`. Made if it is not there. `<project>/data` if not given; a relative one
            is the project's.
        session_id: Kedro's id of the session.
        remote_path: Any fsspec URL, such as `s3://bucket/experiments`: after each run the store is uploaded there as
            `<KEDRO_SQLITE_STORE_USERNAME or user name>.db`. A relative path is the project's.

    Runs of a project that `kedro viz runs reproduce` made stay in its own `data` folder, and are not shared.
    """

    def __init__(self, path: str | None = None, session_id: str = "", remote_path: str | None = None) -> None:
        super().__init__(path=str(path or ""), session_id=session_id)
        # Held by this store alone, so that the registry forgets it with the session.
        self._registered = SessionData(path, self.data)
        self._remote_path = remote_path
        registry.open_session(session_id, self._registered)

    @property
    def location(self) -> Path:
        """The file `session_store.db`."""
        return self._registered.location

    @property
    def remote_path(self) -> str | None:
        """The folder that the store is shared by, as a path or an fsspec URL; None if it is not."""
        return remote_path_in(self._registered.project_path, self._remote_path)

    def save(self) -> None:
        """Write the session of a run, and share the store if it has a remote path. Kedro calls this at close."""
        try:
            self._save()
        except Exception as error:  # noqa: BLE001 - Kedro would fail the user's finished run
            logger.warning("The session could not be recorded: %s", error)
        finally:
            registry.forget(self._session_id)

    def _save(self) -> None:
        if not self._is_of_a_run():
            return
        # Only now: each command of Kedro loads this module with the settings.
        from kedro_viz.integrations.kedro.recording.run_context import RunSetting, run_contexts

        recorder = recorder_for(self.location)
        session = with_git(self.data)
        if not registry.is_started(self._session_id):
            # It failed before its first node, the project has switched our hook off, or the hook failed.
            project_path = self._registered.project_path
            recorder.run_started(
                self._session_id,
                session,
                _run_params(session),
                {},
                started_at=time_of_run_id(self._session_id),
                project=project_name(project_path),
            )
            setting = RunSetting(self._session_id, project_path, self.location, session)
            run_contexts.gather(setting, recorder)
        recorder.session_saved(self._session_id, session)
        if not registry.is_ended(self._session_id) or self._has_failed_since():
            # It ended where Kedro calls no hook: before its first node, by Ctrl-C, or by a handler of the user's own;
            # or it failed after our hook had seen it succeed.
            from kedro_viz.integrations.kedro.recording.termination import termination

            is_cancelled = termination.was_asked_to_end(self._session_id)
            outcome = _outcome(self.data.get("exception"), is_cancelled=is_cancelled)
            recorder.run_ended(self._session_id, *outcome)
            run_contexts.finish(self._session_id)
            registry.end(self._session_id, outcome[0])
        close_stores()
        remote = self.remote_path
        if remote is not None and recorder.is_stored(self._session_id):
            # fsspec is not needed by runs that are not shared.
            from kedro_viz.store.sharing.remote import upload_after_run

            upload_after_run(self.location, remote)

    def _has_failed_since(self) -> bool:
        """Whether a run that was recorded as succeeded ends with an exception all the same."""
        if "exception" not in self.data or registry.outcome(self._session_id) is not RunStatus.SUCCEEDED:
            return False
        # What a script of the user's own does after the run, in the same session, is not the run. A command is.
        return _is_kedro_run(self.data.get("cli") or {}) or comes_of_a_run(sys.exc_info()[2])

    def _is_of_a_run(self) -> bool:
        if registry.is_started(self._session_id) or registry.is_announced(self._session_id):
            return True
        # A `kedro run` that fails before its first node is a run that failed, though no hook has seen it.
        hook_is_off = _PLUGIN in settings.DISABLE_HOOKS_FOR_PLUGINS
        return _is_kedro_run(self.data.get("cli") or {}) and (hook_is_off or "exception" in self.data)


# Any: the session's data is what Kedro puts there.
def _is_kedro_run(cli: dict[str, Any]) -> bool:
    """Whether the command is `kedro run` itself: plugins have commands of that name too, such as `kedro docker run`."""
    words = [word for word in str(cli.get("command_path") or "").split()[1:] if not word.startswith("-")]
    # A packaged project is run by its own name, without the word.
    return cli.get("command_name") == "run" and (not words or "run" not in words[1:])


def _run_params(session: dict[str, Any]) -> dict[str, Any]:
    """What the hook would have been told of a run, from the command line's options."""
    options = (session.get("cli") or {}).get("params") or {}
    names = options.get("pipelines") or ([options["pipeline"]] if options.get("pipeline") else None)
    return {
        "pipeline_names": names,
        "env": session.get("env"),
        "runner": options.get("runner"),
        "kedro_version": kedro_version,
    }


def _outcome(exception: dict[str, Any] | None, *, is_cancelled: bool) -> tuple[RunStatus, RunFailure | None]:
    if not exception:
        return RunStatus.SUCCEEDED, None
    kind = str(exception.get("type"))
    status = RunStatus.CANCELLED if is_cancelled or kind == "KeyboardInterrupt" else RunStatus.FAILED
    trace = exception.get("traceback") or []
    return status, RunFailure(type=kind, message=str(exception.get("value") or ""), traceback="".join(trace))
