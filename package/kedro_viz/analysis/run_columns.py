"""What can be told of a run in one cell, by the names that people use for it everywhere.

One name means the same in the query language, in the address of the list, in its columns and sorts, in exports and on
the command line: `duration`, `git.branch`, `metrics.evaluate.r2_score`, `params.model_options.test_size`.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from kedro_viz.tracking.metric_id import is_long_id, long_id


class ColumnKind(str, Enum):
    """What the values of a column are."""

    TEXT = "text"
    NUMBER = "number"
    TIME = "time"
    """Milliseconds since 1970, UTC."""
    BOOLEAN = "boolean"
    TAGS = "tags"
    """A set of texts."""
    ANY = "any"
    """Any JSON value: parameters are what their authors made them."""


class ColumnSource(str, Enum):
    """Where the values of a column come from."""

    RUN = "run"
    METRIC = "metrics"
    PARAMETER = "params"


@dataclass(frozen=True)
class RunField:
    """What is known of every run.

    Attributes:
        name: The column's name.
        title: What stands above it.
        kind: What its values are.
        attribute: Of `Run`, and the column of the store's table where it stands in the run's own row.
    """

    name: str
    title: str
    kind: ColumnKind
    attribute: str = ""


RUN_FIELDS: dict[str, RunField] = {
    field.name: field
    for field in (
        RunField("id", "Id", ColumnKind.TEXT, "id"),
        RunField("title", "Title", ColumnKind.TEXT, "title"),
        RunField("status", "Status", ColumnKind.TEXT, "status"),
        RunField("started", "Started", ColumnKind.TIME, "started_at"),
        RunField("ended", "Ended", ColumnKind.TIME, "ended_at"),
        RunField("duration", "Duration", ColumnKind.NUMBER, "duration"),
        RunField("author", "Author", ColumnKind.TEXT, "author"),
        RunField("git.branch", "Git branch", ColumnKind.TEXT, "git_branch"),
        RunField("git.sha", "Git commit", ColumnKind.TEXT, "git_sha"),
        RunField("git.dirty", "Uncommitted changes", ColumnKind.BOOLEAN, "git_dirty"),
        RunField("git.remote", "Git remote", ColumnKind.TEXT, "git_remote"),
        RunField("project", "Project", ColumnKind.TEXT, "project"),
        RunField("pipeline", "Pipeline", ColumnKind.TEXT, "pipeline"),
        RunField("env", "Environment", ColumnKind.TEXT, "env"),
        RunField("runner", "Runner", ColumnKind.TEXT, "runner"),
        RunField("command", "Command", ColumnKind.TEXT, "command"),
        RunField("kedro_version", "Kedro", ColumnKind.TEXT, "kedro_version"),
        RunField("tags", "Tags", ColumnKind.TAGS),
        RunField("notes", "Notes", ColumnKind.TEXT, "notes"),
        RunField("bookmarked", "Bookmarked", ColumnKind.BOOLEAN, "bookmark"),
        RunField("archived", "Archived", ColumnKind.BOOLEAN, "archived"),
    )
}


class ColumnError(ValueError):
    """A name that no column has. The message names the nearest ones."""

    def __init__(self, text: str) -> None:
        near = difflib.get_close_matches(text, RUN_FIELDS, n=3, cutoff=0.5)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        super().__init__(
            f"There is no column '{text[:200]}'.{hint} Columns are {', '.join(RUN_FIELDS)}, metrics.<dataset>.<key> "
            "and params.<name>."
        )


class AmbiguousMetricError(ColumnError):
    """A short name that several metrics share. The message lists the names that tell them apart."""

    def __init__(self, name: str, metrics: Sequence[tuple[str, str]]) -> None:
        ValueError.__init__(self, ambiguity(name, metrics))


def ambiguity(name: str, metrics: Sequence[tuple[str, str]]) -> str:
    """What is wrong with a short name that several metrics share, and what to write instead."""
    longer = " or ".join(f"metrics{long_id(*metric)}" for metric in metrics)
    return f"Several metrics are called '{name[:200]}'. Write {longer}."


@dataclass(frozen=True)
class RunColumn:
    """A column of runs: a field, a metric (`name` is its id, short or long), or a parameter (`name` is its flat
    name)."""

    source: ColumnSource
    name: str

    @classmethod
    def parse(cls, text: str) -> RunColumn:
        """The column of a name.

        Raises:
            ColumnError: If it names none. Metrics and parameters that no run has are columns, too: without values.
        """
        if text.startswith("metrics[") and is_long_id(text.removeprefix("metrics")):
            return cls(ColumnSource.METRIC, text.removeprefix("metrics"))
        for source in (ColumnSource.METRIC, ColumnSource.PARAMETER):
            prefix, name = f"{source.value}.", text[len(source.value) + 1 :]
            if text.startswith(prefix) and name:
                return cls(source, name)
        if text not in RUN_FIELDS:
            raise ColumnError(text)
        return cls(ColumnSource.RUN, text)

    def __str__(self) -> str:
        if self.source is ColumnSource.METRIC and is_long_id(self.name):
            return f"{self.source.value}{self.name}"
        return self.name if self.source is ColumnSource.RUN else f"{self.source.value}.{self.name}"

    @property
    def kind(self) -> ColumnKind:
        """What its values are."""
        if self.source is ColumnSource.RUN:
            return RUN_FIELDS[self.name].kind
        return ColumnKind.NUMBER if self.source is ColumnSource.METRIC else ColumnKind.ANY
