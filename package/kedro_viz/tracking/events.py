"""What happens in a run, as facts that can be stored, spooled and taken in later.

Each event may be applied twice, and in any process of the run: the store keeps the same record.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, get_args

from kedro_viz.tracking.parameters import Parameter
from kedro_viz.tracking.run import RunFailure, RunStatus
from kedro_viz.tracking.run_id import is_run_id


@dataclass(frozen=True)
class RunStarted:
    """A run is about to run its first node.

    Attributes:
        run_id: Kedro's session id, which is also the save version of the run's datasets.
        started_at: Milliseconds since 1970, UTC.
        blob: The session as JSON text, as Kedro-Viz 10 stored it.
        project: The name of its project, as people know it.
    """

    run_id: str
    started_at: int
    blob: str
    author: str | None = None
    command: str | None = None
    pipeline: str | None = None
    env: str | None = None
    runner: str | None = None
    kedro_version: str | None = None
    git_sha: str | None = None
    git_branch: str | None = None
    git_dirty: bool | None = None
    parameters: list[Parameter] = field(default_factory=list)
    # Where the run goes on, so that one that has vanished can be told from one that takes long.
    host: str | None = None
    process: int | None = None
    nodes: list[str] = field(default_factory=list)
    project: str | None = None


@dataclass(frozen=True)
class RunContext:
    """What a run runs with, as far as it is known: gathered while its first nodes run already.

    Several of a run add up: the contents may come before what refers to them.

    Attributes:
        run_id: The run.
        git_remote: The address of the repository's remote, without credentials.
        git_diff: The hash of the uncommitted changes, as `git diff` writes them.
        source: The hash of the source snapshot's manifest. See `SourceSnapshot`.
        environment: The hash of the `Environment` as JSON.
        configuration: The hash of the `Configuration` as JSON.
        contents: What stands behind these hashes, and those in the manifest, where the store does not have it yet:
            packed by `packed_content.pack`, as base64 text.
        git_branch: The branch, where the start of the run could not name it.
        git_sha: The commit, in the same case.
    """

    run_id: str
    git_remote: str | None = None
    git_diff: str | None = None
    source: str | None = None
    environment: str | None = None
    configuration: str | None = None
    contents: dict[str, str] = field(default_factory=dict)
    git_branch: str | None = None
    git_sha: str | None = None


@dataclass(frozen=True)
class DataUsed:
    """A node loaded or saved a dataset that is kept somewhere. See `DataUse` for the fields."""

    run_id: str
    dataset: str
    saved: bool
    type: str
    path: str | None = None
    version: str | None = None
    size: int | None = None
    fingerprint: str | None = None


@dataclass(frozen=True)
class SeriesLogged:
    """Points of a series, as one process logged them in one go.

    Attributes:
        run_id: The run.
        name: The series' name.
        batch: Tells these points from all others of the series: applied twice, they are there once.
        steps: The step of each point.
        values: Its value; NaN and infinities included. A whole number
            beyond 2**53 stays an `int`, so that no digit is lost.
        times: When it was logged, in milliseconds since 1970, UTC.
    """

    run_id: str
    name: str
    batch: str
    steps: list[float]
    values: list[float]
    times: list[int]

    def __post_init__(self) -> None:
        if not len(self.steps) == len(self.values) == len(self.times):
            raise ValueError("A point of a series has a step, a value and a time.")


# A version may be a folder of thousands of files, such as plots or a model's parts; the record names this many.
MAX_FILES = 500


@dataclass(frozen=True)
class TrackedFile:
    """A file of a dataset's version: its name inside the version, and its size in bytes where that was free to know."""

    name: str
    size: int | None = None


# Ends the name of what stands for a whole folder, whose files are not named and cannot be downloaded one by one.
FOLDER_MARK = "/"


@dataclass(frozen=True)
class DatasetSaved:
    """A versioned dataset was saved, or was found among the versioned files.

    Attributes:
        run_id: The run that saved it.
        dataset: Its name in the catalog.
        type: Its short type name.
        path: The path of this version, as fsspec takes it.
        files: The files of this version.
        metrics: Its numbers by key, for a metrics dataset. NaN and infinities included.
        document: Its content as JSON text, for a JSON dataset and for metrics that are not all numbers.
        problem: Why the content is not here, in a sentence for users.
        signature: Proves to this user's own server that their own run saved it there. See `path_signature`.
    """

    run_id: str
    dataset: str
    type: str
    path: str
    files: list[TrackedFile] = field(default_factory=list)
    metrics: dict[str, float] = field(default_factory=dict)
    document: str | None = None
    problem: str | None = None
    signature: str | None = None


@dataclass(frozen=True)
class Heartbeat:
    """A run is still alive. `at` in milliseconds since 1970, UTC."""

    run_id: str
    at: int


@dataclass(frozen=True)
class NodeStarted:
    """A node has its inputs and begins. `at` in milliseconds since 1970, UTC."""

    run_id: str
    node: str
    at: int


@dataclass(frozen=True)
class NodeEnded:
    """A node has returned, or has saved another of its outputs. `at` in milliseconds since 1970, UTC.

    `peak_memory`: the most memory, in bytes, that its process had held by then.
    """

    run_id: str
    node: str
    at: int
    peak_memory: int | None = None


@dataclass(frozen=True)
class NodeFailed:
    """A node raised an exception, or its data could not be loaded or saved.

    Known in the process that ran the node, before the run ends in another. `at` in milliseconds since 1970, UTC.
    """

    run_id: str
    node: str
    at: int


@dataclass(frozen=True)
class RunEnded:
    """A run has ended. `ended_at` in milliseconds since 1970, UTC.

    `peak_memory`: the most memory, in bytes, that one of its processes held.
    """

    run_id: str
    ended_at: int
    status: RunStatus
    failure: RunFailure | None = None
    peak_memory: int | None = None


@dataclass(frozen=True)
class SessionSaved:
    """Kedro closed the session of a run: its data as JSON text, as Kedro-Viz 10 stored it."""

    run_id: str
    blob: str


Event = (
    RunStarted
    | RunContext
    | Heartbeat
    | NodeStarted
    | NodeEnded
    | NodeFailed
    | DataUsed
    | DatasetSaved
    | SeriesLogged
    | RunEnded
    | SessionSaved
)

_KINDS: dict[str, type[Event]] = {kind.__name__: kind for kind in get_args(Event)}


def to_json(event: Event) -> str:
    """One line of JSON, in ASCII, that `from_json` reads back."""
    return json.dumps({"event": type(event).__name__, **asdict(event)})


def without_surrogates(event: Event) -> Event:
    """The event with only such text as UTF-8 can hold: a command line or a file's name may have other bytes in it."""
    # Any: the fields' JSON-like values, back in their types below.
    fields: dict[str, Any] = _encodable(asdict(event))
    return _restored(type(event), fields)


def _encodable(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "backslashreplace").decode("utf-8")
    if isinstance(value, dict):
        return {_encodable(key): _encodable(inner) for key, inner in value.items()}
    return [_encodable(inner) for inner in value] if isinstance(value, list) else value


def from_json(line: str) -> Event:
    """Read an event back.

    Raises:
        ValueError: If the line is not a whole event of a known kind, or is about a run that cannot be called so.
    """
    # Any: what a file holds is checked by the constructors below.
    data: Any = json.loads(line)
    if not isinstance(data, Mapping) or str(data.get("event")) not in _KINDS:
        raise ValueError(f"Not an event: {line[:80]}")
    fields = {key: value for key, value in data.items() if key != "event"}
    try:
        event = _restored(_KINDS[str(data["event"])], fields)
    except (TypeError, KeyError) as error:
        raise ValueError(f"Not a whole event: {error}") from error
    if not is_run_id(event.run_id):
        raise ValueError(f"Not the id of a run: {str(event.run_id)[:80]!r}")
    return event


def _restored(kind: type[Event], fields: dict[str, Any]) -> Event:
    if "parameters" in fields:
        fields["parameters"] = [Parameter(**parameter) for parameter in fields["parameters"]]
    if "files" in fields:
        fields["files"] = [TrackedFile(**file) for file in fields["files"]]
    if fields.get("failure"):
        fields["failure"] = RunFailure(**fields["failure"])
    if "status" in fields:
        fields["status"] = RunStatus(fields["status"])
    return kind(**fields)
