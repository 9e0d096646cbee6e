"""A project with three runs, for commands about many of them."""

from __future__ import annotations

import math
from pathlib import Path

from kedro_viz.tracking.parameters import Parameter
from tests.cli.run_commands import STORE
from tests.store.stores import ended, saved, started, write

OLD, MIDDLE, NEW = "2024-05-01T12.30.45.678Z", "2024-05-02T12.30.45.678Z", "2024-05-03T12.30.45.678Z"
BEGUN = 1_714_566_645_678
DAY = 86_400_000

# Clears the screen, in a name that anybody could have given.
HOSTILE = "=a\x1b[2Jb"


def write_three_runs(project: Path) -> None:
    """Runs that differ in their metrics, their parameters and their authors."""
    write(
        project / STORE,
        started(OLD, BEGUN, author="ada", pipeline="__default__", parameters=[Parameter("rate", "0.5")]),
        *(saved(OLD, r2_score=0.81234, mae=2.0), ended(OLD, BEGUN + 61_000)),
        started(MIDDLE, BEGUN + DAY, author=HOSTILE, parameters=[Parameter("rate", "0.25"), Parameter("kind", '"x"')]),
        *(saved(MIDDLE, r2_score=0.81238, mae=math.nan), ended(MIDDLE, BEGUN + DAY + 1_500)),
        started(NEW, BEGUN + 2 * DAY, author="ada", parameters=[Parameter("rate", "0.5")]),
        *(saved(NEW, r2_score=0.7, mae=1.0), ended(NEW, BEGUN + 2 * DAY + 500)),
    )
