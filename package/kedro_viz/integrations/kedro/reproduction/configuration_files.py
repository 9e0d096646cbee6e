"""The configuration of a recorded run that its source snapshot lacks, as files for its environment's folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from kedro_viz.integrations.kedro.reproduction.configuration_layout import ConfigurationLayout, read_configuration
from kedro_viz.integrations.kedro.reproduction.yaml_text import yaml_text
from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.secrets.redaction import REDACTED
from kedro_viz.tracking.surroundings.configuration import LEFT_OUT, Configuration

# Any: configuration is whatever the user's YAML holds.
Config: TypeAlias = Mapping[str, Any]

# The keys of the catalog that Kedro takes for paths, to be read relative to the project.
_PATH_KEYS = ("filename", "filepath", "path")
_INTERPOLATION = re.compile(r"\$\{")
_GLOBAL = re.compile(rb"\$\{\s*globals\s*:\s*(?P<name>[\w.]+)\s*\}")
# Resolvers that give plain values; what others give may be an object, of which the record has only the text.
_CUSTOM_RESOLVER = re.compile(r"\$\{\s*(?!globals\s*:|runtime_params\s*:)[\w.]+\s*:")

_HEADER = """\
# What the run {run_id} had of the {subject} and its other files do not give,
# as Kedro had resolved it. Values that read {mark} were secret and have to be filled in.
"""

_CREDENTIALS_HEADER = "# Credentials are never recorded. Fill in those that the run needs.\n"
_GLOBALS_HEADER = f"""\
# The configuration asks for these, and the snapshot lacks the file that gave them. What follows from them in parameters
# and catalog is written out beside this file; where anything else needs one, replace {REDACTED}.
"""


@dataclass
class ConfigurationFiles:
    """What to add to a project's configuration.

    Attributes:
        texts: Text by path in the project.
        secrets: The values that have to be filled in: file and key of each.
        credentials: Names of credentials that the catalog asks for.
        globals: Names of globals that the files ask for and that none of them gives.
        differing: Parameters and catalog entries that the files give other values than the run had.
        unresolved: Those that may differ, because a resolver of the project's own makes them.
        unknown: Which of parameters and catalog were too large to be recorded: the files may lack a part of them.
    """

    texts: dict[str, str] = field(default_factory=dict)
    secrets: list[str] = field(default_factory=list)
    credentials: list[str] = field(default_factory=list)
    globals: list[str] = field(default_factory=list)
    differing: list[str] = field(default_factory=list)
    unresolved: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def configuration_files(
    run_id: str,
    configuration: Configuration,
    layout: ConfigurationLayout,
    env: str | None,
    files: Mapping[str, bytes],
    project_path: str,
) -> ConfigurationFiles:
    """Compare a run's configuration with what the files of its snapshot give.

    Args:
        run_id: The run.
        configuration: As the run resolved it.
        layout: Where the project keeps its configuration.
        env: The run's environment; None for the default.
        files: The files of the snapshot, by path in the project.
        project_path: Where the project was when it ran: paths in the catalog are absolute by then.
    """
    found = ConfigurationFiles()
    folder = layout.folder(env)
    catalog = {name: _relative(entry, project_path) for name, entry in configuration.catalog.items()}
    runtime_params = configuration.run.get("runtime_params")
    parts: tuple[tuple[str, Config, Config], ...] = (
        ("parameters", configuration.parameters, runtime_params if isinstance(runtime_params, Mapping) else {}),
        ("catalog", catalog, {}),
    )
    for subject, resolved, overriding in parts:
        if LEFT_OUT in resolved:
            found.unknown.append(subject)
            continue
        base = read_configuration(files, layout.folder(layout.base), subject)
        own = read_configuration(files, folder, subject)
        lacking: dict[str, Any] = {}
        for key, value in resolved.items():
            given = _merged(own.get(key, base.get(key, _NOTHING)), overriding.get(key, _NOTHING))
            if _agrees(given, value):
                continue
            if _has(_CUSTOM_RESOLVER, given) and _agrees(given, value, as_resolved=True):
                # What a resolver made may be an object, of which the record has only the text.
                found.unresolved.append(f"{subject}: {key}")
            elif key not in own:
                lacking[key] = value
            # Two files of one folder must not both have a key. Where a project merges softly, both have a part of it.
            elif not any(_agrees(each, value, as_resolved=True) for each in (given, _merged(base.get(key), given))):
                found.differing.append(f"{subject}: {key}")
        if lacking:
            # Kedro puts runtime parameters over each folder's own: they take the whole key once there is a file.
            lacking |= {key: resolved[key] for key in overriding if key in resolved and key not in own}
            path = f"{folder}/{subject}_of_run.yml"
            header = _HEADER.format(run_id=printable(run_id), subject=subject, mark=REDACTED)
            found.texts[path] = header + yaml_text({key: _escaped(value) for key, value in lacking.items()})
            found.secrets += [f"{path}: {key}" for key in _marked(lacking, "")]
        if subject == "catalog":
            named = [name for part in (resolved, base, own) for key, name in _leaves(part) if key == "credentials"]
            found.credentials = sorted({name for name in named if isinstance(name, str) and name != REDACTED})
    if found.credentials:
        found.texts[f"{folder}/credentials.yml"] = _CREDENTIALS_HEADER + yaml_text(
            {name: {} for name in found.credentials}
        )
    found.globals = _lacking_globals(layout, env, files)
    if found.globals:
        found.texts[f"{folder}/globals.yml"] = _GLOBALS_HEADER + yaml_text(_nested(found.globals))
    return found


_NOTHING = object()


def _merged(given: Any, overriding: Any) -> Any:
    if overriding is _NOTHING:
        return given
    if isinstance(given, Mapping) and isinstance(overriding, Mapping):
        names = {**given, **overriding}
        return {name: _merged(given.get(name, _NOTHING), overriding.get(name, _NOTHING)) for name in names}
    return overriding


def _agrees(given: Any, resolved: Any, *, as_resolved: bool = False) -> bool:
    """Whether files give what the run had.

    Args:
        given: A value in the files; `_NOTHING` if there is none.
        resolved: The run's. A secret one is not known, and agrees with all that says something itself.
        as_resolved: Whether an interpolation agrees with everything; else with nothing, as it may have changed.
    """
    if isinstance(given, str) and _INTERPOLATION.search(given):
        return as_resolved
    if resolved == REDACTED:
        return given is not _NOTHING
    if isinstance(given, Mapping) and isinstance(resolved, Mapping):
        named = {str(key): value for key, value in given.items()}
        return named.keys() == resolved.keys() and all(
            _agrees(named[key], resolved[key], as_resolved=as_resolved) for key in resolved
        )
    if isinstance(given, list) and isinstance(resolved, list):
        pairs = zip(given, resolved, strict=False)
        return len(given) == len(resolved) and all(_agrees(*pair, as_resolved=as_resolved) for pair in pairs)
    if isinstance(given, bool) or isinstance(resolved, bool):
        return given is resolved
    # JSON has dates as text.
    return bool(given == resolved) or (isinstance(resolved, str) and not _is_plain(given) and str(given) == resolved)


def _is_plain(value: Any) -> bool:
    return value is None or isinstance(value, (str, int, float, list, Mapping))


def _has(pattern: re.Pattern[str], value: Any) -> bool:
    return any(pattern.search(leaf) for leaf in _texts(value))


def _texts(value: Any) -> Iterator[str]:
    """All texts in a value."""
    return (each for _, each in _leaves(value) if isinstance(each, str))


def _leaves(value: Any) -> Iterator[tuple[str, Any]]:
    """All leaves of a value, with their keys. YAML may name one part of it from many places: it is looked at once."""
    seen: set[int] = set()
    left: list[tuple[str, Any]] = [("", value)]
    while left:
        key, each = left.pop()
        if not isinstance(each, (Mapping, list)):
            yield key, each
        elif id(each) not in seen:
            seen.add(id(each))
            left += (
                [(str(name), inner) for name, inner in each.items()]
                if isinstance(each, Mapping)
                else [(key, inner) for inner in each]
            )


def _marked(value: Any, path: str) -> Iterator[str]:
    """The keys of the values that have to be filled in."""
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _marked(inner, f"{path}.{key}" if path else str(key))
    elif any(REDACTED in text for text in _texts(value)):
        yield path


def _relative(value: Any, project_path: str, key: str = "") -> Any:
    """A catalog's entry with paths in the project as they are written in a catalog."""
    if isinstance(value, Mapping):
        return {name: _relative(inner, project_path, str(name)) for name, inner in value.items()}
    if key in _PATH_KEYS and isinstance(value, str) and value.startswith(f"{project_path}/"):
        return value.removeprefix(f"{project_path}/")
    return value


def _escaped(value: Any) -> Any:
    """Values as they are written for a loader that resolves interpolations."""
    if isinstance(value, Mapping):
        return {str(key): _escaped(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [_escaped(inner) for inner in value]
    return _INTERPOLATION.sub(r"\\${", value) if isinstance(value, str) else value


def _lacking_globals(layout: ConfigurationLayout, env: str | None, files: Mapping[str, bytes]) -> list[str]:
    """The globals that configuration files ask for, without a default of their own, and that no file gives."""
    folders = (layout.folder(layout.base), layout.folder(env))
    asked = {
        match["name"].decode()
        for path, data in files.items()
        if path.startswith(tuple(f"{folder}/" for folder in folders))
        for match in _GLOBAL.finditer(data)
    }
    given: dict[str, Any] = {}
    for folder in folders:
        given |= read_configuration(files, folder, "globals")
    return sorted(name for name in asked if not _is_given(given, name))


def _is_given(values: Any, name: str) -> bool:
    for part in name.split("."):
        if not isinstance(values, Mapping) or part not in values:
            return False
        values = values[part]
    return True


def _nested(names: Iterable[str]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name in names:
        *folders, last = name.split(".")
        place = nested
        for folder in folders:
            inner = place.setdefault(folder, {})
            place = inner if isinstance(inner, dict) else {}
        place[last] = REDACTED
    return nested
