"""How long does `kedro viz` take to its first page?

Starts `kedro viz` on the demo project and asks for /experiment-tracking until it answers 200; beside it, in turns, the
time that Python takes to import the libraries which any server of this kind needs.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path

from server import kedro_viz
from table import print_table

DEMO = Path(__file__).parents[1] / "demo-project"
IMPORTS = "import kedro.framework.session, fastapi, strawberry, sqlalchemy"


def time_of_viz(project: Path) -> float:
    """Seconds from the start of `kedro viz` to its first page."""
    started = time.perf_counter()
    with kedro_viz(project):
        return time.perf_counter() - started


def time_of_imports(project: Path) -> float:
    """Seconds that a Python takes to import the libraries."""
    started = time.perf_counter()
    subprocess.run([sys.executable, "-c", IMPORTS], cwd=project, check=True, capture_output=True)
    return time.perf_counter() - started


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=7, help="how often to start each (default: %(default)s)")
    parser.add_argument("--project", type=Path, default=DEMO, help="the Kedro project (default: the demo)")
    arguments = parser.parse_args()
    time_of_imports(arguments.project), time_of_viz(arguments.project)  # warms the disk's cache, does not count
    pairs = [(time_of_viz(arguments.project), time_of_imports(arguments.project)) for _ in range(arguments.times)]
    rows = []
    for name, seconds in (
        ("kedro viz, to a 200 on /experiment-tracking", [viz for viz, _ in pairs]),
        (f'python -c "{IMPORTS}"', [imports for _, imports in pairs]),
    ):
        rows.append([name, f"{statistics.median(seconds):.2f} s", f"{min(seconds):.2f} s", f"{max(seconds):.2f} s"])
    print_table(f"Time to start, {arguments.times} times in turns", ["", "median", "min", "max"], rows)
    print(f"\n  median of the ratios: {statistics.median(viz / imports for viz, imports in pairs):.2f}")


if __name__ == "__main__":
    main()
