"""A table of runs with all that is hard to encode, which the web app's tests decode.

Written for them by `python -m tests.api.encoded_table`.
"""

from __future__ import annotations

import math
from array import array
from pathlib import Path

from kedro_viz.analysis.column_values import CategoryValues, NumberValues, RunValues
from kedro_viz.api.column_encoding import encode

ENCODED = Path(__file__).parents[2] / "frontend" / "src" / "data" / "runTable" / "testing" / "table.bin"

_RUNS = [f"2024-01-01T00.{minute:02}.00.000Z" for minute in range(5)]
_START = 1_704_067_200_000


def _numbers(name: str, *values: float) -> NumberValues:
    return NumberValues(f"metrics.{name}", array("d", values))


TABLE = RunValues(
    run_ids=_RUNS,
    titles={1: "Größer 🚀", 3: "</script>"},
    started_at=[None, _START + 60_123, _START + 120_000, None, _START + 119_999],
    columns=[
        _numbers("short", 0.834512, -0.1, math.nan, 1e-7, 12.5),
        _numbers("whole", 0, 16_777_215, -3, 7, math.nan),
        _numbers("near", 1_000_000.0001, 1_000_000.0002, 1_000_000.0003, math.nan, 1_000_000.5),
        _numbers("huge", 1e300, -1e300, 5e-324, 0, 2**53),
        _numbers("tiny", 1.5e-30, 2.25e-31, 3e30, -4.5e25, 1),
        _numbers("infinite", math.inf, -math.inf, 0.5, 0.25, math.nan),
        _numbers("empty", *[math.nan] * 5),
        NumberValues("metrics.untold", array("d", [math.nan, 1, math.nan, 2, math.nan]), [0, 4]),
        NumberValues("params.rate", array("d", [0.1, 0.30000000000000004, 1e-3, math.nan, 123456789.123]), exact=True),
        NumberValues(
            "params.seed",
            array("d", [2.0**53, 2.0**53, 1, math.nan, -1e30]),
            exact=True,
            whole_numbers={1: 2**53 + 1, 4: -(10**30)},
        ),
        CategoryValues("params.__proto__", array("i", [0, 1, -1, 2, 0]), ["a\0b", "", "true"]),
        CategoryValues("git.branch", array("i", [0, 1, 299, -1, 150]), [f"branch {n}" for n in range(300)], 7),
    ],
)


def main() -> None:
    """Write the file."""
    ENCODED.parent.mkdir(exist_ok=True)
    ENCODED.write_bytes(encode(TABLE))


if __name__ == "__main__":
    main()
