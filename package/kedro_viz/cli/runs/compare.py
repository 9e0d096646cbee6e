"""`kedro viz runs compare`."""

from __future__ import annotations

from pathlib import Path

import click

from kedro_viz.cli.runs.options import Choice, choosing, written_as


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("run_ids", metavar="[ID]...", nargs=-1)
@choosing(limit=10)
@click.option("--baseline", "-b", metavar="ID", help="The run that the others are compared with; the first by default.")
@click.option("--changes", is_flag=True, help="Only what is not the same in all runs.")
@written_as(
    ["table", "json", "csv"], "A table for people, with differences; JSON or CSV for programs.", default="table"
)
def compare(
    run_ids: tuple[str, ...],
    choice: Choice,
    baseline: str | None,
    changes: bool,
    form: str,
    output: Path | None,
) -> None:
    """Compare runs: how they were run, their metrics and their parameters.

    ID is a run's id, the beginning of one that no other run's id has, or `latest`. Without any, the runs of --filter
    are compared.
    """
    from kedro_viz.cli.runs.comparing import compare_runs

    compare_runs(run_ids, choice, baseline=baseline, changes=changes, form=form, output=output)
