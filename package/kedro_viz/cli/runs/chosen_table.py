"""Reads the table of runs that a user chose by options."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Sequence

import click

from kedro_viz.analysis.run_columns import ColumnError, RunColumn
from kedro_viz.cli.runs.options import Choice
from kedro_viz.export.run_tables import RunChoice
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import RunOrder, TooManyOrdersError
from kedro_viz.tracking.printable import printable

_COMMA_HINT = ' Put a name that has a comma into brackets and quotes: metrics["precision, weighted"].'


@contextlib.contextmanager
def told_to_user(choice: Choice) -> Iterator[None]:
    """Turn what cannot be understood of a choice into an error of the command.

    Raises:
        click.ClickException: It shows where a query is wrong.
    """
    try:
        yield
    except FilterError as error:
        query = choice.filter or ""
        # Tabs and line breaks would shift the marks.
        shown = "".join(character if character.isprintable() else " " for character in query)
        marks = " " * error.start + "^" * max(1, error.end - error.start)
        raise click.ClickException(f"{printable(str(error))}\n  {shown}\n  {marks}") from error
    except (ColumnError, TooManyOrdersError) as error:
        hint = _COMMA_HINT if isinstance(error, ColumnError) and len(choice.columns) > 1 else ""
        raise click.ClickException(f"{printable(str(error))}{hint}") from error


def columns_of(choice: Choice) -> list[RunColumn]:
    """The columns that a user named, each once.

    Raises:
        ColumnError: If there is none of a name.
    """
    return list(dict.fromkeys(map(RunColumn.parse, choice.columns)))


def run_choice(choice: Choice, run_ids: Sequence[str] | None = None) -> RunChoice:
    """Which runs a user chose.

    Args:
        choice: The user's options.
        run_ids: Runs that the user named instead.

    Raises:
        ColumnError: If there is no column to sort by.
    """
    orders = [RunOrder(RunColumn.parse(name.removeprefix("-")), name.startswith("-")) for name in choice.sort]
    return RunChoice(RunFilter(choice.filter, archived=choice.archived), orders, choice.limit, run_ids)
