"""The notebook that shows how runs are loaded, executed on runs of the demo project."""

from __future__ import annotations

import json

from tests.demo.conftest import DemoProject
from tests.notebook import execute, notebook

NOTEBOOK = "runs_in_python.ipynb"


def test_every_cell_of_the_notebook_works(demo_project: DemoProject) -> None:
    process = demo_project.history("--runs", "2")
    assert process.returncode == 0, process.stdout
    folder = demo_project.path / "notebooks"
    cells = json.loads((folder / NOTEBOOK).read_text(encoding="utf-8"))["cells"]
    with notebook(folder) as kernel:
        for cell in cells:
            if cell["cell_type"] == "code":
                execute(kernel, "".join(cell["source"]))
        shown = execute(
            kernel,
            "print(len(runs), type(model).__name__, run.metrics[score.removeprefix('metrics.')] == good[score].max())",
        )
    assert shown.splitlines()[-1] == "2 RandomForestRegressor True"
