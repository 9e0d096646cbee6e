"""What decides which catalog a run had: the environment and the runtime parameters that it was started with."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from kedro_viz.tracking.path_signature import is_signed

# A version that a run saved: its dataset, type, path and signature.
SavedVersion: TypeAlias = tuple[str, str, str, str | None]

# Parameters of more than this are no part of a path.
_MAX_CHARACTERS = 100_000


@dataclass(frozen=True)
class RunSetting:
    """The environment and the runtime parameters of a run, as its record gives them. They may come from a colleague.

    Attributes:
        env: Kedro's configuration environment; None for the project's default.
        params_json: The runtime parameters as JSON with sorted keys: settings are compared and remembered.
    """

    env: str | None = None
    params_json: str = "{}"

    @classmethod
    def of(cls, env: str | None, params: Mapping[str, Any]) -> RunSetting:
        """The setting of an environment and runtime parameters; what is no JSON in these counts as text."""
        text = json.dumps(params, sort_keys=True, default=str)
        return cls(env, text if len(text) <= _MAX_CHARACTERS else "{}")

    @classmethod
    def of_session(cls, session: Mapping[str, Any], env: str | None) -> RunSetting:
        """The setting that a session's data tells, in the words of any version of Kedro.

        Args:
            session: What Kedro's session recorded.
            env: The environment, where the record has it in a column of its own.
        """
        cli = session.get("cli")
        options = cli.get("params") if isinstance(cli, Mapping) else None
        candidates = [session.get("runtime_params"), session.get("extra_params")]
        candidates += [options.get("params")] if isinstance(options, Mapping) else []
        params = next((each for each in candidates if isinstance(each, Mapping) and each), {})
        told = session.get("env")
        return cls.of(env or (told if isinstance(told, str) else None) or None, params)

    @property
    def params(self) -> dict[str, Any]:
        """The runtime parameters."""
        loaded = json.loads(self.params_json)
        return loaded if isinstance(loaded, dict) else {}


@dataclass(frozen=True)
class RecordedRun:
    """What a run's record says of where its files are.

    Attributes:
        run_id: The run, which is also the version of what it saved.
        setting: What it was started with; None where that is not recorded.
        datasets: The datasets of which it saved something, each with its type.
        saved_names: Further datasets that it saved, which may have versions.
        signed_paths: The path of each version, by dataset, with its signature if it has one. See `path_signature`.
    """

    run_id: str
    setting: RunSetting | None = None
    datasets: Mapping[str, str] = field(default_factory=dict)
    saved_names: Collection[str] = ()
    signed_paths: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)

    def own_filepath(self, dataset: str, store: Path) -> str | None:
        """Where this user's own run kept a dataset, as a catalog would name it; None where no such run recorded it.

        Args:
            dataset: The dataset.
            store: The store that the run is recorded in.
        """
        path, signature = self.signed_paths.get(dataset, ("", None))
        if not is_signed(store, self.run_id, dataset, path, signature):
            return None
        # Kedro saves a version as `<filepath>/<version>/<name of filepath>`.
        filepath, _, rest = path.rpartition(f"/{self.run_id}/")
        name = filepath.rpartition("/")[2]
        return filepath if name and rest == name else None


def recorded_run(
    run_id: str,
    env: str | None,
    blob: str | None,
    versions: Iterable[SavedVersion],
    saved_names: Collection[str] = (),
) -> RecordedRun:
    """A run as its rows describe it.

    Args:
        run_id: The run.
        env: Its column of this name.
        blob: Its session, as the store has it.
        versions: What it saved.
        saved_names: Further datasets that it saved, which may have versions.
    """
    versions = list(versions)
    return RecordedRun(
        run_id,
        RunSetting.of_session(parse_blob(blob), env),
        datasets={dataset: kind for dataset, kind, _, _ in versions},
        saved_names=saved_names,
        signed_paths={dataset: (path, signature) for dataset, _, path, signature in versions},
    )


# Any: a session's data is whatever Kedro and its plugins put there.
def parse_blob(blob: str | None) -> dict[str, Any]:
    """A run's session, from the JSON column: a JSON string whose text is itself the session as JSON."""
    try:
        data = json.loads(blob or "{}")
        if isinstance(data, str):
            data = json.loads(data)
    except (ValueError, TypeError, RecursionError):
        return {}
    return data if isinstance(data, dict) else {}
