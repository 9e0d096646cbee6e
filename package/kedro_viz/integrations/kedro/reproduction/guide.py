"""The texts of a reproduction for people: REPRODUCE.md, and the script that runs it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from kedro_viz.integrations.kedro.project.reproduction_mark import MARK
from kedro_viz.integrations.kedro.reproduction.input_data import InputData, InputState
from kedro_viz.integrations.kedro.reproduction.markdown_text import code_span, table_cell
from kedro_viz.integrations.kedro.reproduction.reproduction import Reproduction
from kedro_viz.tracking.printable import printable

# Lists of files may be long: the rest is counted.
_MOST = 200


def script_text(made: Reproduction) -> str:
    """The script that runs a reproduction."""
    lines = [
        "#!/bin/sh",
        f"# Runs again what the run {printable(made.recorded.run.id)} ran. {made.guide} tells more.",
        "set -eu",
        'cd -- "$(dirname -- "$0")"',
    ]
    for secret in made.command.secrets:
        if secret.variable:
            name = re.sub(r"[^\w.-]", "_", secret.parameter, flags=re.ASCII)
            lines.append(
                f': "${{{secret.variable}:?give it the value of the parameter {name}, which is not recorded}}"'
            )
    if made.command.env is None:
        lines += ["# The run took the project's default environment.", "unset KEDRO_ENV"]
    return "\n".join([*lines, f'exec {made.command.text} "$@"', ""])


def guide_text(made: Reproduction, *, with_data: bool) -> str:
    """What a reproduction holds, and how to run it.

    Args:
        made: The reproduction, but for this text and the script.
        with_data: Whether data was to be copied.
    """
    sections = [
        _beginning(made),
        _running(made),
        _section("To fill in", _to_fill_in(made)),
        _section("Data", _data(made, with_data=with_data)),
        _section("Where it writes", _writes(made)),
        _section("Files", _files(made)),
        _section("Packages", _packages(made)),
        _section("What may differ", _differences(made)),
        _results(made),
    ]
    return "\n".join(section for section in sections if section)


def _beginning(made: Reproduction) -> str:
    run = made.recorded.run
    title = "" if run.title == run.id else f", {code_span(run.title)}"
    return f"""\
# Reproduction of the run {code_span(run.id)}

This folder was written by `kedro viz runs reproduce` from the record of the run{title}. It is the code of whoever made
that run: look at it before you start it if it came from somebody else.
"""


def _running(made: Reproduction) -> str:
    install = f"    pip install -r {made.requirements}\n" if made.requirements else ""
    text = f"""\
## Run it

    python -m venv .venv && . .venv/bin/activate
{install}    ./{made.script}

`{made.script}` runs

    {made.command.text}

The run is recorded in `data/session_store.db` of this folder alone, and is not shared, whatever `settings.py` says, as
long as the file `{MARK}` is here. `kedro viz` in this folder shows it.
"""
    if made.is_from_python:
        text += """
The run was started from Python, as in a notebook, and not by `kedro run`. The command runs the same pipeline in the
same way; what the Python code changed in memory before is not recorded.
"""
    if made.made_a_project:
        text += """
The run was started from an installed package. Its code is in `src` as it was installed, and `pyproject.toml` was
written to make a Kedro project of it.
"""
    if made.package:
        text += f"""
The run was not started from a Kedro project's folder but from an installed package, whose code is not among these
files. Install the version of {code_span(made.package)} that the run had before you start `{made.script}`.
"""
    return text


def _to_fill_in(made: Reproduction) -> Iterable[str]:
    for secret in made.command.secrets:
        where = f"in the variable `{secret.variable}`" if secret.variable else "in the file that `--config` names"
        yield f"The parameter {code_span(secret.parameter)} of `--params` was secret. Give its value {where}."
    for place in made.configuration.secrets:
        yield f"{code_span(place)} was secret: the value there is a mark."
    for name in made.configuration.credentials:
        yield f"The catalog asks for the credentials {code_span(name)}, which are never recorded."
    for name in made.configuration.globals:
        yield f"{code_span(name)} of `globals.yml` is not known. What followed from it in parameters and catalog is."
    for path in sorted(made.redacted):
        yield f"{code_span(path)} had secrets, which were replaced by a mark."


def _data(made: Reproduction, *, with_data: bool) -> Iterable[str]:
    copied = {each.use.dataset for each in made.copied}
    for each in made.inputs:
        yield f"{code_span(each.use.dataset)}{_of(each)} {_state(each, each.use.dataset in copied, with_data)}"


def _of(each: InputData) -> str:
    path = each.path or each.use.path
    return f" ({code_span(path)})" if path else ""


def _state(each: InputData, is_copied: bool, with_data: bool) -> str:
    if is_copied:
        return "was copied." + ("" if each.state is InputState.SAME else " It is not known to be what the run read.")
    if each.refusal is not None:
        return (
            f"was not copied: {code_span(each.refusal)}. Copy it yourself if the run needs it and you know what it is."
        )
    if each.state is InputState.ELSEWHERE:
        return "is not a file of the project: it is read from where it was, as it is now."
    if each.state is InputState.GONE:
        return "is **gone**: there is nothing of that path any more."
    if each.state is InputState.CHANGED:
        return "has **changed** since the run, and was not copied." if each.path else "has **changed** since the run."
    if each.path is None:
        same = "is what the run read" if each.state is InputState.SAME else "may not be what the run read"
        return f"{same}. It is outside of the project and read from where it is."
    return "could not be copied: see Files." if with_data else "was not copied, as you asked."


def _writes(made: Reproduction) -> Iterable[str]:
    if made.writes_outside:
        yield "**Running it writes to these places outside of this folder again. Change them in the catalog first:**"
    for use in made.writes_outside:
        yield f"{code_span(use.dataset)}{f' ({code_span(use.path)})' if use.path else ''}, a {code_span(use.type)}"


def _files(made: Reproduction) -> Iterable[str]:
    yield f"{made.written:,} files of the project were restored as the run found them."
    for path in sorted(made.configuration.texts):
        yield f"{code_span(path)} was written from what the run had resolved: the snapshot lacks where it came from."
    for path, reason in sorted(made.missing.items()):
        yield f"{code_span(path)} is not here: {code_span(reason)}"
    if made.recorded.source.problem:
        yield f"There may be more that is not here: {code_span(made.recorded.source.problem)}"
    if made.other_configuration:
        yield (
            f"The run read its configuration from {code_span(made.other_configuration)}, which is not in the snapshot. "
            "Its parameters and catalog are here; anything else of it is not."
        )
    if not made.has_configuration:
        yield "The configuration as the run had resolved it is not recorded: the files may lack a part of it."


def _packages(made: Reproduction) -> Iterable[str]:
    environment = made.recorded.environment
    if environment is None or made.packages is None:
        yield "The packages of the run are not recorded."
        return
    yield (
        f"The run had {code_span(f'{environment.implementation} {environment.python}')} on "
        f"{code_span(environment.platform)}. `{made.requirements}` names its packages."
    )
    for name in made.packages.local:
        yield f"{code_span(name)} came from a folder or file of that machine, and has to be installed from there."


def _differences(made: Reproduction) -> Iterable[str]:
    for name in made.configuration.differing:
        yield f"{code_span(name)} had another value in the run than these files give it."
    for name in made.configuration.unresolved:
        yield f"{code_span(name)} is made by a resolver of the project, which may give another value now."
    for subject in made.configuration.unknown:
        yield f"The {subject} had been too large to be recorded: the run may have had others than these files give."
    yield from made.command.problems


def _results(made: Reproduction) -> str:
    metrics = made.recorded.metrics
    if not metrics:
        return ""
    rows = [f"| {table_cell(metric.id)} | {table_cell(str(metric.value))} |" for metric in metrics[:_MOST]]
    return "\n".join(["## What the run measured", "", "| metric | value |", "| --- | --- |", *rows, ""])


def _section(title: str, items: Iterable[str]) -> str:
    lines = list(items)
    if not lines:
        return ""
    more = [f"and {len(lines) - _MOST:,} more"] if len(lines) > _MOST else []
    return "\n".join([f"## {title}", "", *(f"- {line}" for line in [*lines[:_MOST], *more]), ""])
