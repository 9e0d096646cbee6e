"""What does tracking add to a node, to a dataset, and to the start of a run?

Runs a chain of trivial nodes in pairs, once with tracking and once with Kedro-Viz hidden altogether, taking turns in
who goes first. In the first pipeline each node hands a number to the next one in memory; in the second it goes through
a file, so that each node saves one dataset on disk and loads one. The pipeline tells its own times: the start is from
the start of the process to the first node, the rest from there to the last node's end. Processor time is of all threads
and says more on a busy machine.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from kedro_runs import KEDRO, KEDRO_ALONE, Cost, run, write_project
from table import print_table

PIPELINES = """
import json
import os
import time
from pathlib import Path

from kedro.pipeline import Pipeline, node

NODES = {nodes}
TIMES = Path(__file__).parents[2] / "data" / "times.json"


def tell(*before):
    TIMES.write_text(json.dumps([*before, [time.time(), time.process_time()]]))


def begin():
    tell()
    return "0"


def step(number):
    return str(int(number) + 1)


def end(number):
    tell(*json.loads(TIMES.read_text()))


def register_pipelines():
    steps = [node(step, f"d{{n}}", f"d{{n + 1}}", name=f"step_{{n}}") for n in range(NODES)]
    first, last = node(begin, None, "d0", name="begin"), node(end, f"d{{NODES}}", None, name="end")
    return {{"__default__": Pipeline([first, *steps, last])}}
"""

ON_DISK = """
"d{number}":
  type: text.TextDataset
  filepath: data/{number}.txt
"""


@dataclass(frozen=True)
class Times:
    """What one run took, in milliseconds: to its first node, and from there to its last one's end."""

    start: Cost
    nodes: Cost


def times_of(project: Path, code: str) -> Times:
    """Run the pipeline once."""
    begun = time.time()
    run(project, code)
    (first, first_cpu), (last, last_cpu) = json.loads((project / "data" / "times.json").read_text())
    return Times(
        start=Cost((first - begun) * 1000, first_cpu * 1000),
        nodes=Cost((last - first) * 1000, (last_cpu - first_cpu) * 1000),
    )


def added(with_it: Sequence[Cost], without: Sequence[Cost], share: int = 1) -> list[str]:
    """What tracking adds, by `share`: the median and the range over the pairs, of the fastest runs, processor time."""
    wall = sorted((a.wall - b.wall) / share for a, b in zip(with_it, without, strict=True))
    fastest = (min(cost.wall for cost in with_it) - min(cost.wall for cost in without)) / share
    cpu = statistics.median((a.cpu - b.cpu) / share for a, b in zip(with_it, without, strict=True))
    return [
        f"{statistics.median(wall):+.2f} ms",
        f"{wall[0]:+.2f} … {wall[-1]:+.2f}",
        f"{fastest:+.2f} ms",
        f"{cpu:+.2f} ms",
    ]


def row(name: str, with_it: Sequence[Cost], without: Sequence[Cost], share: int = 1) -> list[str]:
    """What something takes without and with tracking, and what that adds."""
    medians = [f"{statistics.median(cost.wall for cost in costs) / share:.2f} ms" for costs in (without, with_it)]
    return [name, *medians, *added(with_it, without, share)]


def added_by_datasets(nodes: Mapping[tuple[str, bool], Sequence[Cost]], count: int) -> list[str]:
    """What tracking adds to a node with a dataset on disk, beyond what it adds to one without."""
    on_disk, in_memory = (
        [
            Cost(tracked.wall - alone.wall, tracked.cpu - alone.cpu)
            for tracked, alone in zip(nodes[kind, True], nodes[kind, False], strict=True)
        ]
        for kind in ("on disk", "in memory")
    )
    fastest = {key: min(cost.wall for cost in costs) for key, costs in nodes.items()}
    of_fastest = (
        fastest["on disk", True] - fastest["on disk", False] - fastest["in memory", True] + fastest["in memory", False]
    ) / count
    median, span, _, cpu = added(on_disk, in_memory, count)
    return [median, span, f"{of_fastest:+.2f} ms", cpu]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nodes", type=int, default=500, help="nodes in the chain (default: %(default)s)")
    parser.add_argument("--pairs", type=int, default=7, help="how many pairs of each (default: %(default)s)")
    arguments = parser.parse_args()
    count, pairs = arguments.nodes, arguments.pairs
    codes = {True: KEDRO, False: KEDRO_ALONE}
    catalogs = {"in memory": "", "on disk": ON_DISK}
    measured: dict[tuple[str, bool], list[Times]] = {(kind, tracked): [] for kind in catalogs for tracked in codes}
    with tempfile.TemporaryDirectory() as folder:
        projects = {
            (kind, tracked): write_project(
                Path(folder) / f"{kind.replace(' ', '_')}_{'tracked' if tracked else 'alone'}",
                PIPELINES.format(nodes=count),
                catalog=catalog,
                tracked=tracked,
            )
            for kind, catalog in catalogs.items()
            for tracked in codes
        }
        for (_, tracked), project in projects.items():  # the first run of each makes byte code, and does not count
            times_of(project, codes[tracked])
        for pair in range(pairs):
            for kind in catalogs:
                for tracked in (True, False) if pair % 2 else (False, True):
                    measured[kind, tracked].append(times_of(projects[kind, tracked], codes[tracked]))
            print(f"\rpair {pair + 1} of {pairs}", end="", file=sys.stderr, flush=True)
        print(file=sys.stderr)
    costs = {
        part: {key: [getattr(times, part) for times in measured[key]] for key in measured}
        for part in ("start", "nodes")
    }
    start, nodes = costs["start"], costs["nodes"]
    rows = [
        row("the start", start["in memory", True], start["in memory", False]),
        *(row(f"a node, data {kind}", nodes[kind, True], nodes[kind, False], count) for kind in catalogs),
    ]
    rows.append(["a dataset, saved and loaded", "", "", *added_by_datasets(nodes, count)])
    print_table(
        f"`kedro run` of {count} trivial nodes, {pairs} pairs, medians",
        ["", "without", "with tracking", "added", "added from … to", "of the fastest", "processor time"],
        rows,
    )


if __name__ == "__main__":
    main()
