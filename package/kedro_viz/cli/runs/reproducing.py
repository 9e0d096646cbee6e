"""Writes a run as a project that runs it again, and tells what became of it."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import click

from kedro_viz.cli.runs.formatting import count_text, size_text
from kedro_viz.cli.runs.project_store import ProjectStore, project_store
from kedro_viz.cli.runs.run_record import RunRecord, read_record
from kedro_viz.integrations.kedro.reproduction.copy_rules import DATA_FOLDER, NOT_IN_CATALOG, copy_rules
from kedro_viz.integrations.kedro.reproduction.input_data import InputData, InputState
from kedro_viz.integrations.kedro.reproduction.reproducing import ReproductionError, reproduce
from kedro_viz.integrations.kedro.reproduction.reproduction import RecordedRun, Reproduction
from kedro_viz.store.repository import RunRepository
from kedro_viz.tracking.printable import printable
from kedro_viz.tracking.run import Run, RunStatus

# Series are not reproduced: a few points are read of them, and not looked at.
_FEWEST_POINTS = 4

_COMMIT = re.compile(r"[0-9a-f]{7,64}")

# The rest of a long list is in the guide.
_MOST_LINES = 20


def reproduce_run(text: str, target: Path, *, with_data: bool, recorded_data: bool, ask: bool) -> None:
    """Write a run as a project.

    Args:
        text: What the user calls the run.
        target: The folder to write to.
        with_data: Whether to copy data.
        recorded_data: Whether to copy files below `data` that only the record names.
        ask: Whether to ask before data is copied.

    Raises:
        click.ClickException: If there is no such run, if nobody can be asked, or if it cannot be written.
    """
    with project_store("kedro viz runs") as store:
        run_id = store.run_id(text)
        repository = store.repository
        record = read_record(repository, run_id, _FEWEST_POINTS)
        if record is None:
            raise click.ClickException(f"The run '{printable(run_id)}' has been deleted just now.")
        recorded = _recorded(repository, record)
        try:
            made = reproduce(
                recorded,
                copy_rules(
                    store.project.path,
                    store.location,
                    recorded.run.env,
                    {use.dataset for use in recorded.data_uses},
                    recorded_data=recorded_data,
                ),
                store.project.package_name,
                target,
                (lambda inputs: _agreed(inputs, ask=ask)) if with_data else None,
            )
        except ReproductionError as error:
            raise click.ClickException(printable(str(error))) from error
        _tell(made, store, with_data=with_data)


def _agreed(inputs: Sequence[InputData], *, ask: bool) -> bool:
    """Show what will be copied, and ask whether it may be."""
    listed = [(each, each.files) for each in inputs if each.files is not None]
    size = sum(files.size for _, files in listed)
    click.echo(
        f"{count_text(sum(len(files.files) for _, files in listed), 'file')} of data to copy, {size_text(size)}:"
    )
    for each, files in listed[:_MOST_LINES]:
        count = "" if len(files.files) == 1 else f", {count_text(len(files.files), 'file')}"
        click.echo(f"  {printable(each.path or '')}  {size_text(files.size)}{count}  ({printable(each.use.dataset)})")
    if len(listed) > _MOST_LINES:
        click.echo(f"  and {len(listed) - _MOST_LINES:,} more datasets")
    if not ask:
        return True
    if not _is_terminal():
        raise click.ClickException(
            "Nothing was written: there is no terminal to ask on. Say --yes to copy the data unasked, or --no-data to "
            "copy none."
        )
    return click.confirm("Copy them?")


def _is_terminal() -> bool:
    return sys.stdin.isatty()


def _recorded(repository: RunRepository, record: RunRecord) -> RecordedRun:
    if record.source is None:
        raise click.ClickException(_without_source(record.run))
    return RecordedRun(
        run=record.run,
        session=record.session,
        source=record.source,
        contents=repository.contents.read,
        environment=record.environment,
        configuration=record.configuration,
        data_uses=record.data_uses,
        metrics=record.metrics,
    )


def _without_source(run: Run) -> str:
    told = f"No source files of the run '{printable(run.id)}' are recorded, so it cannot be reproduced."
    if run.status is RunStatus.RUNNING:
        return f"{told} It has just begun: try again in a moment."
    # Only a hash is offered for a command: anything else may be an option of git.
    if run.git_sha and _COMMIT.fullmatch(run.git_sha):
        sha = run.git_sha
        told += f" Its code was commit {sha}: `git worktree add DIR {sha}` checks it out"
        return f"{told}, without the changes that were not committed then." if run.git_dirty else f"{told}."
    return told


def _tell(made: Reproduction, store: ProjectStore, *, with_data: bool) -> None:
    click.secho(f"The run {printable(made.recorded.run.id)} is in {made.root}", fg="green")
    click.echo(f"  {count_text(made.written, 'source file')}", nl=False)
    copied = sum(each.files.size for each in made.copied if each.files)
    click.echo(f", {count_text(len(made.copied), 'dataset')} ({size_text(copied)})" if made.copied else "")
    warnings = list(_warnings(made, with_data=with_data))
    for line in warnings[:_MOST_LINES]:
        click.secho(f"  {line}", fg="yellow")
    if len(warnings) > _MOST_LINES:
        click.secho(f"  and {len(warnings) - _MOST_LINES:,} more", fg="yellow")
    if store.project.path in made.root.parents:
        click.secho("  It is inside of the project: the next run takes it for source files of its own.", fg="yellow")
    click.echo(f"{made.guide} tells what is there and what is not. {made.script} runs")
    click.echo(f"  {made.command.text}")


def _warnings(made: Reproduction, *, with_data: bool) -> Iterator[str]:
    needs_flag = False
    for use in made.writes_outside:
        place = f" to {use.path}" if use.path else ""
        yield printable(f"writes outside of this folder again: {use.dataset}{place}")
    for secret in made.command.secrets:
        yield printable(f"the value of --params {secret.parameter} was secret: give it in ${secret.variable or ''}")
    for place in made.configuration.secrets:
        yield printable(f"fill in a secret: {place}")
    for name in made.configuration.credentials:
        yield printable(f"fill in the credentials: {name}")
    for path in sorted(made.redacted):
        yield printable(f"secrets in it were replaced: {path}")
    if made.missing:
        yield f"{count_text(len(made.missing), 'file')} of the project could not be restored"
    for each in made.inputs:
        if with_data and each.state in (InputState.CHANGED, InputState.GONE):
            yield printable(f"data is {each.state.value}: {each.use.dataset} ({each.path or each.use.path})")
        if with_data and each.refusal is not None:
            yield printable(f"data was not copied: {each.use.dataset} ({each.path}): {each.refusal}")
            needs_flag = needs_flag or (
                each.refusal == NOT_IN_CATALOG and (each.path or "").startswith(f"{DATA_FOLDER}/")
            )
    if needs_flag:
        yield "--recorded-data copies also what is below `data` and not in the catalog"
