"""What does tracking add to `kedro run`?

Runs the demo project's pipeline in pairs, one run with tracking and one without, taking turns in who goes first, and
gives the median of the pairs' shares. "Without" means that Kedro-Viz is not there at all: its entry points are hidden
from Kedro, settings.py names no session store, and the tracked datasets are kedro-datasets' own versioned JSON files,
so that the same files are written. On a busy machine the share of the fastest runs of either kind tells more.
"""

from __future__ import annotations

import argparse
import re
import shutil
import statistics
import sys
import tempfile
from pathlib import Path

from kedro_runs import KEDRO, KEDRO_ALONE, Cost, run
from table import print_table

DEMO = Path(__file__).parents[1] / "demo-project"


def copy_demo(folder: Path, *, tracked: bool) -> Path:
    """Copy the demo project without its history; without tracking where asked."""
    project = folder / ("tracked" if tracked else "untracked")
    shutil.copytree(DEMO, project, ignore=shutil.ignore_patterns("data", "__pycache__"))
    (project / "data").mkdir(exist_ok=True)
    if not tracked:
        (settings,) = project.glob("src/*/settings.py")
        lines = settings.read_text().splitlines()
        settings.write_text("\n".join(line for line in lines if not re.match(r"SESSION_STORE_|from kedro_viz", line)))
        for catalog in project.glob("conf/base/catalog*.yml"):
            catalog.write_text(
                re.sub(
                    r"^(\s+)type: tracking\.\w+$",
                    r"\1type: json.JSONDataset\n\1versioned: true",
                    catalog.read_text(),
                    flags=re.M,
                )
            )
    return project


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=10, help="how many pairs of runs (default: %(default)s)")
    pairs = parser.parse_args().pairs
    measured: dict[bool, list[Cost]] = {True: [], False: []}
    with tempfile.TemporaryDirectory() as folder:
        projects = {tracked: copy_demo(Path(folder), tracked=tracked) for tracked in (True, False)}
        codes = {True: KEDRO, False: KEDRO_ALONE}
        for tracked, project in projects.items():  # the first run of each makes byte code, and does not count
            run(project, codes[tracked])
        for pair in range(pairs):
            for tracked in (True, False) if pair % 2 else (False, True):
                measured[tracked].append(run(projects[tracked], codes[tracked]))
            print(f"\rpair {pair + 1} of {pairs}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    rows = []
    for name in ("wall", "cpu"):
        with_it = [getattr(cost, name) for cost in measured[True]]
        without = [getattr(cost, name) for cost in measured[False]]
        shares = sorted((a - b) / b for a, b in zip(with_it, without, strict=True))
        rows.append(
            [
                f"{name} time",
                f"{statistics.median(without):.3f} s",
                f"{statistics.median(with_it):.3f} s",
                f"{statistics.median(shares):+.1%}",
                f"{shares[0]:+.1%} … {shares[-1]:+.1%}",
                f"{min(with_it) / min(without) - 1:+.1%}",
            ]
        )
    print_table(
        f"`kedro run` of the demo project, {pairs} pairs, medians",
        ["", "without", "with tracking", "share", "shares from … to", "share of the fastest"],
        rows,
    )


if __name__ == "__main__":
    main()
