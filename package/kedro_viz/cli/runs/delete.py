"""`kedro viz runs delete`."""

from __future__ import annotations

import click


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("run_ids", metavar="ID...", nargs=-1, required=True)
@click.option("--with-files", is_flag=True, help="Delete the versions of datasets that the runs saved, too.")
@click.option(
    "--env",
    "-e",
    envvar="KEDRO_ENV",
    help="With --with-files: the Kedro environment of runs that recorded none; its catalog says where files are.",
)
@click.option("--yes", "-y", is_flag=True, help="Do not ask.")
def delete(run_ids: tuple[str, ...], with_files: bool, env: str | None, yes: bool) -> None:
    """Delete runs from the session store, for good.

    ID is a run's id, the beginning of one that no other run's id has, or `latest`.
    """
    from kedro_viz.cli.runs.deleting import delete_runs

    delete_runs(run_ids, with_files=with_files, ask=not yes, env=env)
