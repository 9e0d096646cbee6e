"""The options of commands that are about many runs: which of them, what of each, and where it is written."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import click

from kedro_viz.cli.runs.column_names import column_names

# Any: click's decorators take commands of every signature.
Command = TypeVar("Command", bound=Callable[..., Any])


@dataclass(frozen=True)
class Choice:
    """What the user typed.

    Attributes:
        filter: A query.
        columns: Names of columns; none for the command's own.
        sort: Names of columns, with a minus in front of those that sort downwards.
        limit: At most so many runs; None for all.
        archived: Only archived runs (True), only others (False), or all (None).
    """

    filter: str | None
    columns: Sequence[str]
    sort: Sequence[str]
    limit: int | None
    archived: bool | None


def choosing(limit: int | None) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of a `Choice`, which it takes as `choice`.

    Args:
        limit: How many runs at most if the user does not say; None for all.
    """
    told = "All by default." if limit is None else f"{limit} by default; 0 for all."
    options = (
        click.option(
            "--filter",
            "-f",
            "filter_",
            metavar="QUERY",
            help="""Which runs, as in the app's query field: 'metrics["evaluate.r2_score"] > 0.8', or plain words.""",
        ),
        click.option(
            "--columns",
            "-c",
            metavar="NAMES",
            help="""Columns to show, separated by commas: id,status,git.branch,metrics.evaluate.r2_score,params.seed.
            Put a name that has a comma into brackets and quotes, as in queries: 'metrics["precision, weighted"]'.""",
        ),
        click.option(
            "--sort",
            "-s",
            default="-started",
            show_default=True,
            metavar="NAMES",
            help="Columns to sort by, written as for --columns; a minus in front sorts downwards.",
        ),
        click.option(
            "--limit", "-n", type=click.IntRange(0), default=limit or 0, help=f"How many runs at most. {told}"
        ),
        click.option(
            "--archived",
            type=click.Choice(["no", "only", "all"]),
            default="no",
            show_default=True,
            help="Whether archived runs are told.",
        ),
    )

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        # Any: the options of each command.
        @functools.wraps(command)
        def chosen(
            filter_: str | None, columns: str | None, sort: str, limit: int, archived: str, **others: Any
        ) -> None:
            choice = Choice(
                filter=filter_,
                columns=column_names(columns or ""),
                sort=column_names(sort),
                limit=limit or None,
                archived={"no": False, "only": True, "all": None}[archived],
            )
            command(choice=choice, **others)

        return functools.reduce(lambda decorated, option: option(decorated), reversed(options), chosen)

    return decorate


def written_as(
    formats: Sequence[str],
    explained: str,
    *,
    default: str | None,
    output: str = "Write to this file, where Kedro's own messages are not in between.",
) -> Callable[[Command], Command]:
    """Give a command the options `--format`, which it takes as `form`, and `--output`.

    Args:
        formats: Those that it can write.
        explained: What is told of the formats.
        default: Of the formats; None where the command decides.
        output: What is told of the output.
    """

    def decorate(command: Command) -> Command:
        of_output = click.option("--output", "-o", type=click.Path(dir_okay=False, path_type=Path), help=output)
        of_format = click.option(
            "--format", "form", type=click.Choice(formats), default=default, show_default=True, help=explained
        )
        return of_format(of_output(command))

    return decorate
