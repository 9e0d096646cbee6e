"""Records one process's part in runs, as Kedro reports them."""

from __future__ import annotations

import base64
import dataclasses
import json
import os
import time
import traceback
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from kedro_viz.tracking.data_use import DataUse
from kedro_viz.tracking.events import (
    DatasetSaved,
    DataUsed,
    Event,
    Heartbeat,
    NodeEnded,
    NodeFailed,
    NodeStarted,
    RunContext,
    RunEnded,
    RunStarted,
    SeriesLogged,
    SessionSaved,
    TrackedFile,
)
from kedro_viz.tracking.packed_content import content_hash, pack
from kedro_viz.tracking.parameters import flatten_parameters
from kedro_viz.tracking.run import RunFailure, RunStatus
from kedro_viz.tracking.runner_name import runner_name
from kedro_viz.tracking.secrets.known_values import look_for_secrets_in
from kedro_viz.tracking.secrets.redaction import redact_mapping, redact_shapes, redact_text
from kedro_viz.tracking.series.series import series_of
from kedro_viz.tracking.source.git import SHORT_COMMIT
from kedro_viz.tracking.surroundings.machine import process_space
from kedro_viz.tracking.surroundings.memory import peak_memory

if TYPE_CHECKING:
    # Imported beside the run, by what gathers them.
    from kedro_viz.tracking.source.git import Head
    from kedro_viz.tracking.source.source_files import SourceFiles
    from kedro_viz.tracking.surroundings.configuration import Configuration
    from kedro_viz.tracking.surroundings.environment import Environment

# A traceback through a deep framework can run to megabytes; its end tells what happened.
MAX_TRACEBACK_CHARACTERS = 50_000
MAX_MESSAGE_CHARACTERS = 10_000

# So much of packed contents is written in some milliseconds.
_PORTION_CHARACTERS = 200_000


class EventSink(Protocol):
    """Where events go. Never raises: what cannot be stored is kept elsewhere."""

    def write(self, *events: Event) -> None:
        """Store the events, all of one run, or keep them to be stored later."""

    def try_write(self, event: Event) -> None:
        """Store the event if that can be done now; else forget it."""

    def missing_contents(self, hashes: Collection[str]) -> set[str]:
        """Those of the hashes whose contents are not stored yet; all of them if that cannot be known."""

    def may_have_lost_contents(self, run_id: str) -> bool:
        """Whether contents that were stored when a run asked for them may be gone now."""

    def is_spooled(self, run_id: str) -> bool:
        """Whether some of a run is kept elsewhere."""

    def record_id(self, run_id: str) -> str:
        """The id under which a run is recorded: its session's, unless another process's run has that one."""

    def record_as(self, run_id: str, record_id: str) -> None:
        """Record a run under the id that the process which began it has found."""

    def close(self) -> None:
        """Let go of what events are stored in, which is complete then. It is opened again for the next one."""


def failure_of(error: BaseException) -> RunFailure:
    """Describe an exception."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    trace = "".join(traceback.format_exception(kind, error, error.__traceback__))
    try:
        message = str(error)
    except Exception:  # noqa: BLE001 - a user's exception may be unable to describe itself
        message = "(the exception cannot be written as text)"
    return RunFailure(type=name, message=message, traceback=trace)


class Recorder:
    """Turns what Kedro's hooks report into events.

    Args:
        sink: Takes the events.
        clock: Seconds since 1970, for the times of the record. May be set later.
        sign_path: Signs that a run saved a version of a dataset at a path. See `path_signature`.
    """

    def __init__(
        self,
        sink: EventSink,
        clock: Callable[[], float] = time.time,
        sign_path: Callable[[str, str, str], str | None] = lambda _run_id, _dataset, _path: None,
    ) -> None:
        self._sink = sink
        self.clock = clock
        self._sign_path = sign_path

    def now(self) -> int:
        """Milliseconds since 1970."""
        return round(self.clock() * 1000)

    # Any: the session's data, the run's parameters and the tracked data are what Kedro and users make them.
    def run_started(
        self,
        run_id: str,
        session: Mapping[str, Any],
        run_params: Mapping[str, Any],
        parameters: Mapping[str, Any],
        started_at: int | None = None,
        nodes: Sequence[str] = (),
        project: str | None = None,
    ) -> None:
        """Record that a run begins.

        Args:
            run_id: Kedro's session id.
            session: The session store's data, as far as it is known.
            run_params: What Kedro passes to `before_pipeline_run`.
            parameters: The resolved parameters.
            started_at: Milliseconds since 1970, for a run that began before this was called; now if None.
            nodes: The names of the nodes that are to run, in their order.
            project: The name of the project.
        """
        look_for_secrets_in(os.environ)
        session = redact_mapping(_bounded(session))
        git = session.get("git") or {}
        cli = session.get("cli") or {}
        self._sink.write(
            RunStarted(
                run_id=run_id,
                started_at=self.now() if started_at is None else started_at,
                blob=session_blob(session),
                author=session.get("username"),
                command=cli.get("command_path"),
                pipeline=redact_shapes(", ".join(_pipeline_names(run_params))),
                env=run_params.get("env"),
                runner=runner_name(run_params.get("runner")),
                kedro_version=run_params.get("kedro_version"),
                git_sha=git.get("commit_sha"),
                git_branch=git.get("branch"),
                git_dirty=git.get("dirty"),
                parameters=flatten_parameters(parameters),
                host=process_space(),
                process=os.getpid(),
                nodes=[_name(node) for node in nodes],
                project=project and redact_shapes(project),
            )
        )

    def run_context(
        self,
        run_id: str,
        *,
        git_head: Head | None = None,
        git_remote: str | None = None,
        git_diff: str | None = None,
        source: SourceFiles | None = None,
        environment: Environment | None = None,
        configuration: Configuration | None = None,
    ) -> Iterator[None]:
        """Record what a run runs with, in steps of some milliseconds. None of it may hold secrets.

        Args:
            run_id: The run.
            git_head: What is checked out, where that was not known when the run began.
            git_remote: The address of the repository's remote.
            git_diff: The uncommitted changes.
            source: The project's source files.
            environment: The Python environment.
            configuration: What Kedro was told.
        """
        contents = dict(source.contents) if source else {}

        def named(text: str | None) -> str | None:
            if text is None:
                return None
            data = text.encode("utf-8", "backslashreplace")
            contents[content_hash(data)] = data
            return content_hash(data)

        context = RunContext(
            run_id=run_id,
            git_branch=git_head.branch if git_head else None,
            git_sha=git_head.commit[:SHORT_COMMIT] if git_head and git_head.commit else None,
            git_remote=git_remote,
            git_diff=named(git_diff),
            source=named(source.snapshot.to_json() if source else None),
            environment=named(environment.to_json() if environment else None),
            configuration=named(configuration.to_json() if configuration else None),
        )
        yield
        portion: dict[str, str] = {}
        for name in sorted(self._sink.missing_contents(contents.keys())):
            portion[name] = base64.b64encode(pack(contents.pop(name))).decode()
            yield
            if sum(map(len, portion.values())) >= _PORTION_CHARACTERS:
                self._sink.write(RunContext(run_id, contents=portion))
                portion = {}
                yield
        self._sink.write(dataclasses.replace(context, contents=portion))

    def record_id(self, run_id: str) -> str:
        """The id under which a run is recorded: its session's, unless another process's run has that one."""
        return self._sink.record_id(run_id)

    def record_as(self, run_id: str, record_id: str) -> None:
        """Record a run under the id that the process which began it has found."""
        self._sink.record_as(run_id, record_id)

    def close(self) -> None:
        """No run goes on: let go of the store, and leave it complete. The next event opens it again."""
        self._sink.close()

    def is_stored(self, run_id: str) -> bool:
        """Whether nothing of a run has had to be kept elsewhere."""
        return not self._sink.is_spooled(run_id)

    def is_context_in_doubt(self, run_id: str) -> bool:
        """Whether what a run runs with must be recorded again, because the store was replaced meanwhile."""
        return self._sink.may_have_lost_contents(run_id)

    def node_started(
        self, run_id: str, node: str, loaded: Sequence[DataUse] = (), started_at: int | None = None
    ) -> None:
        """Record that a node begins, and which data it has loaded that no node of the run has loaded before."""
        at = self.now() if started_at is None else started_at
        self._sink.write(NodeStarted(run_id=run_id, node=_name(node), at=at), *_data_used(run_id, loaded))

    def node_saved(
        self,
        run_id: str,
        node: str,
        uses: Sequence[DataUse] = (),
        version: DatasetSaved | None = None,
        ended_at: int | None = None,
    ) -> None:
        """Record what a node has saved.

        Args:
            run_id: The run.
            node: The node.
            uses: Which data it has saved.
            version: The version of a dataset that it has saved.
            ended_at: If this was the last it had to do: when it was done.
        """
        events: list[Event] = [*_data_used(run_id, uses)]
        if version is not None:
            version = _saved(version)
            signature = self._sign_path(run_id, version.dataset, version.path)
            events.append(dataclasses.replace(version, signature=signature))
        if ended_at is None:
            self._sink.write(*events)
        else:
            end = NodeEnded(run_id=run_id, node=_name(node), at=ended_at, peak_memory=peak_memory())
            self._write_with_series(run_id, *events, end)

    def node_failed(self, run_id: str, node: str) -> None:
        """Record which node a run fails in."""
        at = self.now()
        self._write_with_series(
            run_id,
            NodeEnded(run_id=run_id, node=_name(node), at=at, peak_memory=peak_memory()),
            NodeFailed(run_id=run_id, node=_name(node), at=at),
        )

    def write_series(self, run_id: str) -> None:
        """Record what has been logged in a run and is not written yet."""
        self._write_with_series(run_id)

    def _write_with_series(self, run_id: str, *events: Event) -> None:
        series = series_of(run_id)
        if series is None:
            self._sink.write(*events)
        else:
            with series.taken() as points:
                self._sink.write(*_without_secrets(points), *events)

    def beat(self, run_id: str) -> None:
        """Record that a run is alive."""
        self._sink.try_write(Heartbeat(run_id=run_id, at=self.now()))

    def run_ended(self, run_id: str, status: RunStatus, failure: RunFailure | None = None) -> None:
        """Record how a run ended. The failure is kept without secrets, and with bounded size."""
        if failure is not None:
            failure = RunFailure(
                type=failure.type,
                message=redact_text(failure.message[:MAX_MESSAGE_CHARACTERS]),
                traceback=redact_text(_code_redacted(_end_of(failure.traceback, MAX_TRACEBACK_CHARACTERS))),
            )
        end = RunEnded(run_id, self.now(), status, failure, peak_memory())
        self._write_with_series(run_id, end)

    def session_saved(self, run_id: str, session: Mapping[str, Any]) -> None:
        """Record the session as Kedro leaves it at its close."""
        self._sink.write(SessionSaved(run_id=run_id, blob=session_blob(redact_mapping(_bounded(session)))))


def _data_used(run_id: str, uses: Sequence[DataUse]) -> list[DataUsed]:
    return [
        DataUsed(
            run_id=run_id, **vars(use) | {"path": use.path and redact_shapes(use.path), "dataset": _name(use.dataset)}
        )
        for use in uses
    ]


def _name(name: str) -> str:
    """A name of the user's own, of a node or a dataset, without access keys and secrets that are known."""
    return redact_shapes(name)


def _saved(version: DatasetSaved) -> DatasetSaved:
    """A dataset's version whose names hold no secrets."""
    return dataclasses.replace(
        version,
        dataset=_name(version.dataset),
        path=redact_shapes(version.path),
        files=[TrackedFile(redact_shapes(file.name), file.size) for file in version.files],
        problem=version.problem and redact_text(version.problem),
    )


def _without_secrets(points: Sequence[SeriesLogged]) -> list[SeriesLogged]:
    return [dataclasses.replace(each, name=_name(each.name)) for each in points]


def session_blob(session: Mapping[str, Any]) -> str:
    """A session's data as the JSON text that Kedro-Viz 10 stores: what JSON cannot hold is written as text."""
    return json.dumps(dict(session), default=str)


# Any: a session's data is what Kedro and users make it.
def _bounded(session: Mapping[str, Any]) -> Mapping[str, Any]:
    """The session with an exception of bounded size, and without secrets in code: a message may hold a whole table."""
    exception = session.get("exception")
    if not isinstance(exception, Mapping):
        return session
    shortened = {
        name: text[:MAX_MESSAGE_CHARACTERS] if isinstance(text, str) else text for name, text in exception.items()
    }
    # Kedro keeps it as a list of texts.
    if isinstance(lines := shortened.get("traceback"), list):
        shortened["traceback"] = [_code_redacted(line) if isinstance(line, str) else line for line in lines]
    return {**session, "exception": shortened}


def _code_redacted(text: str) -> str:
    """A traceback without the secrets in the code that it quotes, such as `os.environ.setdefault("TOKEN", "…")`."""
    # Loaded only in runs that fail.
    from kedro_viz.tracking.secrets.code_redaction import redact_code

    return redact_code(text)


def _end_of(text: str, limit: int) -> str:
    """The last whole lines of a text. Half a line might begin within a secret that can no longer be told as one."""
    if len(text) <= limit:
        return text
    end = text[-limit:]
    return end[end.find("\n") + 1 :]


def _pipeline_names(run_params: Mapping[str, Any]) -> list[str]:
    # Kedro 1.0 runs one pipeline at a time, and names it so.
    names = run_params.get("pipeline_names") or [run_params.get("pipeline_name") or "__default__"]
    # `kedro run --pipelines` hands them on in no order, which would tell runs of the same pipelines apart.
    return sorted(str(name) for name in names)
