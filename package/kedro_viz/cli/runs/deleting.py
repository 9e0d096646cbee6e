"""Deletes runs for good, once the user has seen what goes and agreed."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import click

from kedro_viz.cli.runs.formatting import count_text, size_text
from kedro_viz.cli.runs.project_store import ProjectStore, project_store
from kedro_viz.integrations.kedro.project.project import EntryProblem
from kedro_viz.store.deleting.deletion import UNDO_SECONDS, Deletion, Purged
from kedro_viz.store.errors import StoreError
from kedro_viz.store.files.versioned_files import FileNotAvailableError, VersionedFiles
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.writer import SQLiteWriter
from kedro_viz.tracking.printable import printable, shortened
from kedro_viz.tracking.run import Run, RunStatus
from kedro_viz.tracking.run_setting import RecordedRun

# A person waits this long for a run that is writing.
_LOCK_SECONDS = 10.0

# What a purge could not remove.
_STAY = (
    "The runs are deleted, but what could not be removed stays on the disk, and their records in the trash beside the "
    "store. A start of `kedro viz`, or `kedro viz runs delete`, tries again a day from now, or later."
)

_TITLE_CHARACTERS = 60
# The rest of a long list is counted.
_MOST_LINES = 50


@dataclass(frozen=True)
class _Version:
    """A version that a run saved of a dataset: how many files, and how many bytes as far as that is known."""

    run_id: str
    dataset: str
    files: int
    size: int


def delete_runs(texts: Sequence[str], *, with_files: bool, ask: bool, env: str | None) -> None:
    """Delete runs.

    Args:
        texts: What the user calls them.
        with_files: Whether the versions of datasets that they saved are deleted too.
        ask: Whether to ask before.
        env: The environment whose catalog tells where these are, for runs whose own is not recorded.

    Raises:
        click.ClickException: If a run is not known or goes on, if nobody can be asked, or if not all can be deleted.
    """
    with project_store("kedro viz runs", env=env, to_change=True) as store:
        run_ids = list(dict.fromkeys(map(store.run_id, texts)))
        repository = store.repository
        runs = repository.runs.get(run_ids)
        if going_on := [printable(run.id) for run in runs if run.status is RunStatus.RUNNING]:
            raise click.ClickException(f"Still running: {', '.join(going_on)}. A run can be deleted when it has ended.")
        files = _files(store, repository, run_ids) if with_files else None
        _tell(store, runs, None if files is None else _versions(files, repository.records.recorded_runs(run_ids)))
        if ask and not _agreed(len(runs)):
            raise click.ClickException("Nothing was deleted.")
        purged = _delete(store, run_ids, files)
    click.echo(_deleted(purged))
    if purged.problems:
        raise click.ClickException("\n".join(["Not all could be deleted.", *map(printable, purged.problems)]))


def _files(store: ProjectStore, repository: RunRepository, run_ids: Sequence[str]) -> VersionedFiles:
    """The files of the runs; refuses runs of whose files it is not known where they are."""
    # An entry that cannot be used is of no matter where the runs have saved nothing by it, or had other parameters.
    problem = next((each for each in store.project.problems if not isinstance(each, EntryProblem)), None)
    if problem is not None:
        raise click.ClickException(
            f"It is not known where the runs' files are. {problem.title}: {problem.detail} Mend it, or leave out "
            "--with-files."
        )
    recorded = repository.records.recorded_runs
    files = VersionedFiles(store.project.catalog, recorded, store.location)
    for run_id, dataset, reason in files.unlocated(recorded(run_ids).values()):
        raise click.ClickException(
            f"It is not known where {printable(run_id)} has saved its version of '{printable(dataset)}'. "
            f"{printable(reason)} Mend it, or leave out --with-files."
        )
    return files


def _versions(files: VersionedFiles, runs: Mapping[str, RecordedRun]) -> list[_Version]:
    found: list[_Version] = []
    for entry, run_ids in files.places(list(runs.values())):
        try:
            for run_id in sorted(run_ids.intersection(files.versions(entry))):
                listed = files.list_files(entry, run_id)
                found.append(_Version(run_id, entry.name, len(listed), sum(file.size or 0 for file in listed)))
        except FileNotAvailableError as error:
            click.secho(printable(str(error)), fg="yellow", err=True)
    return found


def _tell(store: ProjectStore, runs: Sequence[Run], versions: Sequence[_Version] | None) -> None:
    click.echo(f"{count_text(len(runs), 'run')} will be deleted for good:")
    _list(printable(run.id) + _title(run) for run in runs)
    if versions is None:
        click.echo("The files that they saved stay; --with-files deletes the versioned ones too.")
    elif versions:
        size = size_text(sum(version.size for version in versions))
        click.echo(f"With them {count_text(len(versions), 'version')} of datasets, {size}:")
        _list(map(_version_text, versions))
    else:
        click.echo("They have saved no versions of datasets that are still there.")
    if store.project.remote_path:
        click.echo("Colleagues who have fetched them keep them. Yours leave the shared folder with your next run.")


def _title(run: Run) -> str:
    return "" if run.title == run.id else f"  {shortened(run.title, _TITLE_CHARACTERS)}"


def _version_text(version: _Version) -> str:
    files = f"{count_text(version.files, 'file')}, {size_text(version.size)}"
    return f"{printable(version.run_id)}  {printable(version.dataset)}  {files}"


def _list(lines: Iterable[str]) -> None:
    listed = list(lines)
    for line in listed[:_MOST_LINES]:
        click.echo(f"  {line.rstrip()}")
    if len(listed) > _MOST_LINES:
        click.echo(f"  and {len(listed) - _MOST_LINES:,} more")


def _agreed(count: int) -> bool:
    if not sys.stdin.isatty():
        raise click.ClickException("Nothing was deleted: there is no terminal to ask on. Say --yes to delete unasked.")
    return click.confirm(f"Delete {'it' if count == 1 else 'them'}?")


def _delete(store: ProjectStore, run_ids: Sequence[str], files: VersionedFiles | None) -> Purged:
    writer = SQLiteWriter(store.location, _LOCK_SECONDS)
    try:
        deletion = Deletion(writer, files)
        deleted = deletion.delete(run_ids, with_files=files is not None)
    except StoreError as error:
        writer.close()
        raise click.ClickException(str(error)) from error
    try:
        purged = deletion.purge(run_ids=deleted)
        # What an earlier purge had to leave is tried again. It is not what the user asked for: nothing is told of it.
        deletion.purge(UNDO_SECONDS)
    except StoreError as error:
        raise click.ClickException(f"{error} {_STAY}") from error
    finally:
        writer.close()
    if purged.problems:
        purged.problems.append(_STAY)
    return purged


def _deleted(purged: Purged) -> str:
    versions = f" and {count_text(purged.versions, 'version')} of datasets" if purged.versions else ""
    return f"Deleted {count_text(purged.runs, 'run')}{versions}. {size_text(purged.bytes)} freed."
