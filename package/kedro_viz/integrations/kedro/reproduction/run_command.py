"""The command that runs a recorded run again, from what Kedro told of how it was started."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import click
from kedro.framework.cli.utils import split_node_names, split_string
from omegaconf import OmegaConf

from kedro_viz.integrations.kedro.reproduction.markdown_text import code_span
from kedro_viz.integrations.kedro.reproduction.yaml_text import yaml_text
from kedro_viz.tracking.runner_name import runner_class
from kedro_viz.tracking.secrets.redaction import REDACTED
from kedro_viz.tracking.shell_words import shell_line, shell_word
from kedro_viz.tracking.surroundings.configuration import LEFT_OUT

# Any: what a record holds may have come from anywhere.
Told: TypeAlias = Mapping[str, Any]

# The file of arguments for parameters that the command line cannot tell.
ARGUMENTS_FILE = "run-arguments"

# What Kedro tells of a run, by the option that says it.
_LISTS = {
    "tags": "--tags",
    "from_inputs": "--from-inputs",
    "to_outputs": "--to-outputs",
    "pipeline_names": "--pipelines",
}
_NODE_LISTS = {
    "node_names": "--nodes",
    "from_nodes": "--from-nodes",
    "to_nodes": "--to-nodes",
    "namespaces": "--namespaces",
}

# Kedro's functions that split options take one, and do nothing with it.
_CONTEXT = click.Context(click.Command("run"))

_CLASS = re.compile(r"[\w.]+")


@dataclass(frozen=True)
class Secret:
    """A value that was not recorded: the parameter's name, and the variable that the command takes it from, if any."""

    parameter: str
    variable: str | None


@dataclass
class RunCommand:
    """A command.

    Attributes:
        program: What is started, with its first arguments.
        options: Its options, as they are typed; those with a secret hold a variable of the shell.
        secrets: The values that have to be given.
        arguments: Parameters that go into a file, because the command line cannot tell their values.
        env: The configuration environment; None for the project's default.
        conf_source: Where the configuration was, if the command said so.
        problems: What the command does not repeat, each in a sentence for users, as Markdown.
    """

    program: list[str] = field(default_factory=lambda: ["kedro", "run"])
    options: list[str] = field(default_factory=list)
    secrets: list[Secret] = field(default_factory=list)
    arguments: dict[str, Any] = field(default_factory=dict)
    env: str | None = None
    conf_source: str | None = None
    problems: list[str] = field(default_factory=list)

    def add(self, option: str, value: str | None = None) -> None:
        """Add an option."""
        # As one word, so that a value that begins with a dash is no option of its own.
        self.options.append(option if value is None else f"{option}={shell_word(value)}")

    @property
    def text(self) -> str:
        """The command as it is typed in a shell: one line without control characters."""
        return " ".join([shell_line(self.program), *self.options])


def run_command(run: Told, session: Told, runner: str | None, load_versions: Mapping[str, str]) -> RunCommand:
    """The command of a run.

    Args:
        run: What Kedro told of the run as it began: see `Configuration.run`. Empty if that is not recorded.
        session: What the session store kept: the options of `kedro run`, if that was it.
        runner: The name of the runner's class.
        load_versions: Versions of datasets that it loaded, to be loaded again.
    """
    options = _mapping(_mapping(session.get("cli")).get("params"))
    problems: list[str] = []
    if not run or LEFT_OUT in run:
        run = _told_by_session(session, options)
        problems.append("How the run was started is not recorded whole: the command repeats what is known of it.")
    command = RunCommand(
        env=_text(run.get("env") or session.get("env")),
        conf_source=_text(options.get("conf_source")),
        problems=problems,
    )
    if command.env:
        command.add("--env", command.env)
    _add_selection(command, run)
    _add_runner(command, options, _text(run.get("runner")), runner)
    versions = {**load_versions, **_mapping(run.get("load_versions"))}
    _add_list(command, "--load-versions", [f"{name}:{version}" for name, version in versions.items()], split_string)
    if run.get("only_missing_outputs") is True:
        command.add("--only-missing-outputs")
        command.problems.append(
            "`--only-missing-outputs` skips nodes whose outputs are there. Not all that were there then are here now."
        )
    _add_params(command, _mapping(run.get("runtime_params") or session.get("runtime_params")))
    return command


def _told_by_session(session: Told, options: Told) -> Told:
    """What the options of `kedro run` say, under the names that Kedro gives it when the run begins."""
    return {
        **options,
        "env": session.get("env"),
        "pipeline_names": options.get("pipelines"),
        "pipeline_name": options.get("pipeline"),
        "runtime_params": session.get("runtime_params"),
    }


def _add_selection(command: RunCommand, run: Told) -> None:
    for key, option in _LISTS.items():
        _add_list(command, option, _texts(run.get(key)), split_string)
    # Kedro 1.0 runs one pipeline at a time, and has another name for it.
    if name := _text(run.get("pipeline_name")):
        command.add("--pipeline", name)
    for key, option in _NODE_LISTS.items():
        _add_list(command, option, _texts(run.get(key)), split_node_names)


def _add_list(
    command: RunCommand, option: str, values: list[str], split: Callable[[click.Context, Any, str], list[str]]
) -> None:
    if not values:
        return
    text = ",".join(values)
    if split(_CONTEXT, None, text) != values:
        command.problems.append(
            f"`{option}` cannot tell names with commas or blanks at their ends: {', '.join(map(code_span, values))}."
        )
    command.add(option, text)


def _add_runner(command: RunCommand, options: Told, told: str | None, class_name: str | None) -> None:
    names = [runner_class(name) or "" for name in (_text(options.get("runner")), told, class_name) if name]
    # A runner that was made in Python may write itself as anything.
    name = next(filter(_CLASS.fullmatch, names), None)
    if name and name != "SequentialRunner":
        command.add("--runner", name)
    if options.get("is_async") is True:
        command.add("--async")
    runner_params = _mapping(options.get("runner_params"))
    if runner_params:
        command.add(
            "--runner-params", ",".join(f"{name}={_as_written(value)}" for name, value in runner_params.items())
        )


def _add_params(command: RunCommand, params: Told) -> None:
    flat = dict(_flat(params))
    secret = {name for name, value in flat.items() if REDACTED in _as_written(value)}
    pairs = {name: f"{name}={_as_written(value)}" for name, value in flat.items() if name not in secret}
    if not _is_read_back(list(pairs.values()), {name: flat[name] for name in pairs}):
        # What the command line says would take the place of the whole file, so the secrets are in there too.
        command.arguments = _nested(flat)
        command.secrets += [Secret(name, None) for name in sorted(secret)]
        return
    text = shell_word(",".join(pairs.values())) if pairs else ""
    for name in sorted(secret):
        variable = "PARAM_" + (re.sub(r"[^A-Za-z0-9]+", "_", name).strip("_").upper() or "VALUE")
        command.secrets.append(Secret(name, variable))
        text += shell_word(f"{',' if text else ''}{name}=") + f'"${variable}"'
    if text:
        command.options.append(f"--params={text}")


def arguments_text(arguments: Told) -> str:
    """The file of arguments for `kedro run --config`."""
    return yaml_text({"run": {"params": dict(arguments)}})


def _flat(params: Told, prefix: str = "") -> list[tuple[str, Any]]:
    leaves: list[tuple[str, Any]] = []
    for name, value in params.items():
        if isinstance(value, Mapping) and value:
            leaves += _flat(value, f"{prefix}{name}.")
        else:
            leaves.append((f"{prefix}{name}", value))
    return leaves


def _nested(flat: Told) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for path, value in flat.items():
        *folders, name = path.split(".")
        place = nested
        for folder in folders:
            place = place.setdefault(folder, {})
        place[name] = value
    return nested


def _as_written(value: Any) -> str:
    """A value as `--params` reads it back, for those that it can."""
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return json.dumps(value, ensure_ascii=False, default=str)


def _is_plain(text: str) -> bool:
    try:
        read = OmegaConf.to_container(OmegaConf.from_dotlist([f"x={text}"]), resolve=True)
    except Exception:  # noqa: BLE001 - what OmegaConf and its parsers raise
        return False
    return read == {"x": text}


def _is_read_back(pairs: Sequence[str], params: Told) -> bool:
    """Whether Kedro reads these parameters as they were."""
    try:
        split = split_string(_CONTEXT, None, ",".join(pairs))
        read = OmegaConf.to_container(OmegaConf.from_dotlist(split))
    except Exception:  # noqa: BLE001 - as above
        return False
    return split == list(pairs) and isinstance(read, dict) and dict(_flat(_texts_as_keys(read))) == dict(params)


# Any: OmegaConf's containers.
def _texts_as_keys(read: dict[Any, Any]) -> dict[str, Any]:
    return {str(key): value for key, value in read.items()}


def _mapping(value: Any) -> Told:
    return value if isinstance(value, Mapping) else {}


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    return [str(each) for each in value] if isinstance(value, (list, tuple)) else []


def _text(value: Any) -> str | None:
    return str(value) if value not in (None, "", "None") and not isinstance(value, (Mapping, list)) else None
