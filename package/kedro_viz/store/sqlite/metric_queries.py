"""Questions about metrics as texts: making SQL of expressions would take a tenth of the first answer's time."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import TextClause, text

_DENSITY = text(
    "SELECT (SELECT count(*) FROM (SELECT 1 FROM metrics WHERE metric_id = :metric LIMIT :enough)), "
    "EXISTS (SELECT 1 FROM metrics WHERE metric_id = :metric AND value IS NULL)"
)


def density_of(row: int, enough: int) -> TextClause:
    """How many runs have a metric, up to a number of them; and whether one of them has NaN."""
    return _DENSITY.bindparams(metric=row, enough=enough)


def joined_metrics(rows: Sequence[int]) -> TextClause:
    """The values of metrics for all runs, as they are ordered by start and id; NULL where a run has none."""
    values = ", ".join(f"m{place}.value" for place in range(len(rows)))
    joins = " ".join(
        f"LEFT JOIN metrics m{place} ON m{place}.run_id = runs.id AND m{place}.metric_id = :m{place}"
        for place in range(len(rows))
    )
    query = text(f"SELECT {values} FROM runs {joins} ORDER BY runs.started_at, runs.id")  # noqa: S608 - no value in it
    return query.bindparams(**{f"m{place}": row for place, row in enumerate(rows)})
