"""A small Kedro project whose runs have every part that a record can have, for tests of how runs are recorded."""

from __future__ import annotations

from pathlib import Path

from tests.projects import STORE_SETTINGS, make_project
from tests.run_records import RunRecord

CATALOG = """
raw:
  type: text.TextDataset
  filepath: data/01_raw/raw.txt

table:
  type: pickle.PickleDataset
  filepath: data/02_intermediate/table.pkl

rows:
  type: text.TextDataset
  filepath: data/02_intermediate/rows.txt
  fs_args:
    open_args_save:
      mode: a

weights:
  type: pickle.PickleDataset
  filepath: data/06_models/weights.pkl
  versioned: true

plot:
  type: matplotlib.MatplotlibWriter
  filepath: data/08_reporting/plot.png
  versioned: true

columns:
  type: tracking.JSONDataset
  filepath: data/09_tracking/columns.json

scores:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/scores.json

lost:
  type: pickle.PickleDataset
  filepath: data/lost.pkl

missing:
  type: text.TextDataset
  filepath: data/missing.txt
"""

PARAMETERS = """
size: 4
model:
  rate: 0.5
"""

PIPELINES = """
import os

from kedro.pipeline import Pipeline, node
from kedro_viz.tracking import log_metric


def make_table(raw, size):
    return [[n, n * n] for n in range(size)], {"columns": ["n", "square"]}


def interlude(columns):
    '''What a test wants to happen in the middle of a run.'''
    exec(os.environ.get("TEST_INTERLUDE", ""), {"os": os})
    return "calm"


def train(table, calm):
    for step in range(20):
        log_metric("loss", 1 / (step + 1), step=step)
    return [row[1] for row in table]


def score(weights, model):
    mean = sum(weights) / len(weights)
    log_metric("mean", mean)
    return {"mean": mean, "rate": model["rate"]}


def draw(table):
    # Most tests draw nothing, and need not wait for this import.
    from matplotlib.figure import Figure

    figure = Figure()
    figure.subplots().plot(table)
    return figure


def draw_both(table, missing):
    return draw(table)


def stream(table):
    for n, square in table:
        log_metric("squares", square, step=n)
        yield f"{n} {square}"


def break_off(table):
    for n, square in table:
        yield f"{n} {square}"
        raise ArithmeticError("broke off")


def fail(scores):
    raise ArithmeticError("did not <converge>")


def score_badly(weights):
    return {"mean": weights}


def register_pipelines():
    data = Pipeline([node(make_table, ["raw", "params:size"], ["table", "columns"], name="make_table", tags="data")])
    science = Pipeline([
        node(interlude, "columns", "calm", name="interlude"),
        node(train, ["table", "calm"], "weights", name="train"),
        node(score, ["weights", "params:model"], "scores", name="score", tags="report"),
    ])
    reporting = Pipeline([node(draw, "table", "plot", name="draw", tags="report")])
    return {
        "__default__": data + science + reporting,
        "data": data,
        "undrawn": data + science,
        "science": science,
        "reporting": reporting,
        "breaking_off": data + Pipeline([node(break_off, "table", "rows", name="break_off")]),
        "streaming": data + Pipeline([node(stream, "table", "rows", name="stream")]),
        "failing": data + science + Pipeline([node(fail, "scores", "lost", name="fail")]),
        "unloadable": data + Pipeline([node(draw_both, ["table", "missing"], "plot", name="draw")]),
        "unsaveable": data + science.only_nodes("interlude", "train")
        + Pipeline([node(score_badly, "weights", "scores", name="score_badly")]),
    }
"""

MAIN = """
from pathlib import Path

from kedro.framework.cli.utils import find_run_command
from kedro.framework.project import configure_project


def main(*args, **kwargs):
    package_name = Path(__file__).parent.name
    configure_project(package_name)
    return find_run_command(package_name)(*args, **kwargs)


if __name__ == "__main__":
    main()
"""

PACKAGE = "full_project"

# What each node adds to the record of its run.
_OF_NODE = {
    "make_table": RunRecord(
        nodes={"make_table"},
        documents={"columns"},
        artifacts={"columns": ["columns.json"]},
        loaded={"raw"},
        saved={"table", "columns"},
    ),
    "interlude": RunRecord(nodes={"interlude"}, loaded={"columns"}),
    "train": RunRecord(
        nodes={"train"},
        artifacts={"weights": ["weights.pkl"]},
        loaded={"table"},
        saved={"weights"},
        series={"loss": [(step, 1 / (step + 1)) for step in range(20)]},
    ),
    "score": RunRecord(
        nodes={"score"},
        metrics={"scores.mean": 3.5, "scores.rate": 0.5},
        artifacts={"scores": ["scores.json"]},
        loaded={"weights"},
        saved={"scores"},
        series={"mean": [(0, 3.5)]},
    ),
    "draw": RunRecord(nodes={"draw"}, artifacts={"plot": ["plot.png"]}, loaded={"table"}, saved={"plot"}),
    "stream": RunRecord(
        nodes={"stream"}, loaded={"table"}, saved={"rows"}, series={"squares": [(n, n * n) for n in range(4)]}
    ),
    "fail": RunRecord(nodes={"fail"}, loaded={"scores"}, failed_nodes={"fail"}),
}

UNDRAWN_NODES = ("make_table", "interlude", "train", "score")
DEFAULT_NODES = (*UNDRAWN_NODES, "draw")


def make_full_project(path: Path, *, settings: str = STORE_SETTINGS) -> Path:
    """Write the project. To run in processes of its own.

    Args:
        path: Its root folder.
        settings: Text of `settings.py`.

    Returns:
        The root folder.
    """
    return make_project(
        path,
        settings=settings,
        catalog=CATALOG,
        parameters=PARAMETERS,
        pipeline_code=PIPELINES,
        package=PACKAGE,
        name="Full Project",
        files={
            "src/{package}/__main__.py": MAIN,
            "data/01_raw/raw.txt": "what the run begins with\n",
        },
    )


def record_of(*nodes: str, status: str = "succeeded") -> RunRecord:
    """What is to be recorded of a run of some of the nodes, with the parameters as they are in the project."""
    whole = RunRecord(status=status)
    for node in nodes:
        part = _OF_NODE[node]
        whole = RunRecord(
            status=status,
            nodes=whole.nodes | part.nodes,
            metrics=whole.metrics | part.metrics,
            documents=whole.documents | part.documents,
            artifacts=whole.artifacts | part.artifacts,
            loaded=whole.loaded | part.loaded,
            saved=whole.saved | part.saved,
            series=whole.series | part.series,
            failed_nodes=whole.failed_nodes | part.failed_nodes,
        )
    return whole
