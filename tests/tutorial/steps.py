"""The steps of the tutorial "Experiment tracking in Kedro-Viz": its code blocks, word for word, and their places.

What a project of today needs beside the printed text stands in `NEEDED_TODAY`; `docs/tutorial.md` tells users the same.
"""

from __future__ import annotations

import ast
from pathlib import Path

SETTINGS = """\
from kedro_viz.integrations.kedro.sqlite_store import SQLiteStore
from pathlib import Path

SESSION_STORE_CLASS = SQLiteStore
SESSION_STORE_ARGS = {"path": str(Path(__file__).parents[2] / "data")}
"""

TRACKING_CATALOG = """\
metrics:
  type: tracking.MetricsDataset
  filepath: data/09_tracking/metrics.json

companies_columns:
  type: tracking.JSONDataset
  filepath: data/09_tracking/companies_columns.json
"""

EVALUATE_MODEL = '''\
from sklearn.metrics import mean_absolute_error, max_error


def evaluate_model(
    regressor: LinearRegression, X_test: pd.DataFrame, y_test: pd.Series
) -> Dict[str, float]:
    """Calculates and logs the coefficient of determination.

    Args:
        regressor: Trained model.
        X_test: Testing data of independent features.
        y_test: Testing data for price.
    """
    y_pred = regressor.predict(X_test)
    score = r2_score(y_test, y_pred)
    mae = mean_absolute_error(y_test, y_pred)
    me = max_error(y_test, y_pred)
    logger = logging.getLogger(__name__)
    logger.info("Model has a coefficient R^2 of %.3f on test data.", score)
    return {"r2_score": score, "mae": mae, "max_error": me}
'''

EVALUATE_MODEL_NODE = """\
node(
    func=evaluate_model,
    inputs=["regressor", "X_test", "y_test"],
    name="evaluate_model_node",
    outputs="metrics",
)
"""

PREPROCESS_COMPANIES = '''\
from typing import Tuple, Dict


def preprocess_companies(companies: pd.DataFrame) -> Tuple[pd.DataFrame, Dict]:
    """Preprocesses the data for companies.

    Args:
        companies: Raw data.
    Returns:
        Preprocessed data, with `company_rating` converted to a float and
        `iata_approved` converted to boolean.
    """
    companies["iata_approved"] = _is_true(companies["iata_approved"])
    companies["company_rating"] = _parse_percentage(companies["company_rating"])
    return companies, {"columns": companies.columns.tolist(), "data_type": "companies"}
'''

PREPROCESS_COMPANIES_NODE = """\
node(
    func=preprocess_companies,
    inputs="companies",
    outputs=["preprocessed_companies", "companies_columns"],
    name="preprocess_companies_node",
)
"""

CONFUSION_MATRIX = """\
import matplotlib.pyplot as plt
import seaborn as sn


def create_confusion_matrix(companies: pd.DataFrame):
    actuals = [0, 1, 0, 0, 1, 1, 1, 0, 1, 0, 1]
    predicted = [1, 1, 0, 1, 0, 1, 0, 0, 0, 1, 1]
    data = {"y_Actual": actuals, "y_Predicted": predicted}
    df = pd.DataFrame(data, columns=["y_Actual", "y_Predicted"])
    confusion_matrix = pd.crosstab(
        df["y_Actual"], df["y_Predicted"], rownames=["Actual"], colnames=["Predicted"]
    )
    sn.heatmap(confusion_matrix, annot=True)
    return plt
"""

CONFUSION_MATRIX_IMPORT = """\
from .nodes import create_confusion_matrix
"""

CONFUSION_MATRIX_NODE = """\
node(
    func=create_confusion_matrix,
    inputs="companies",
    outputs="confusion_matrix",
),
"""

CONFUSION_MATRIX_CATALOG = """\
confusion_matrix:
  type: matplotlib.MatplotlibWriter
  filepath: data/09_tracking/confusion_matrix.png
  versioned: true
"""

# Lines that today's starter does not have and the printed code takes for given, by the file that they go to.
NEEDED_TODAY = {
    "data_science/nodes.py": "from typing import Dict\n",
    "data_science/pipeline.py": "from kedro.pipeline import node\n",
    "data_processing/pipeline.py": "from kedro.pipeline import node\n",
}


def set_up_the_session_store(project: Path) -> None:
    """ "Set up the session store": the lines for `settings.py`."""
    _append(project / "src" / "spaceflights" / "settings.py", SETTINGS)


def set_up_tracking_datasets(project: Path) -> None:
    """ "Set up experiment tracking datasets": two entries in `conf/base/catalog.yml`."""
    _append(project / "conf" / "base" / "catalog.yml", "\n" + TRACKING_CATALOG)


def modify_nodes_and_pipelines(project: Path) -> None:
    """ "Modify your nodes and pipelines to log metrics"."""
    pipelines = project / "src" / "spaceflights" / "pipelines"
    for file, lines in NEEDED_TODAY.items():
        _prepend(pipelines / file, lines)
    _replace_function(pipelines / "data_science" / "nodes.py", "evaluate_model", EVALUATE_MODEL)
    _replace_node(pipelines / "data_science" / "pipeline.py", "evaluate_model", EVALUATE_MODEL_NODE)
    _replace_function(pipelines / "data_processing" / "nodes.py", "preprocess_companies", PREPROCESS_COMPANIES)
    _replace_node(pipelines / "data_processing" / "pipeline.py", "preprocess_companies", PREPROCESS_COMPANIES_NODE)


def add_a_plotting_node(project: Path) -> None:
    """ "View and compare plots": the node that returns `plt`, its place in the pipeline, and its catalog entry."""
    pipeline = project / "src" / "spaceflights" / "pipelines" / "data_processing"
    _append(pipeline / "nodes.py", "\n\n" + CONFUSION_MATRIX)
    _prepend(pipeline / "pipeline.py", CONFUSION_MATRIX_IMPORT)
    _insert_node(pipeline / "pipeline.py", CONFUSION_MATRIX_NODE)
    _append(project / "conf" / "base" / "catalog.yml", "\n" + CONFUSION_MATRIX_CATALOG)


def _append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8") + text, encoding="utf-8")


def _prepend(file: Path, text: str) -> None:
    file.write_text(text + file.read_text(encoding="utf-8"), encoding="utf-8")


def _replace_function(file: Path, name: str, block: str) -> None:
    source = file.read_text(encoding="utf-8")
    function = next(part for part in ast.parse(source).body if isinstance(part, ast.FunctionDef) and part.name == name)
    _replace(file, source, function, block)


def _replace_node(file: Path, function: str, block: str) -> None:
    source = file.read_text(encoding="utf-8")
    _replace(file, source, next(part for part in _nodes(source) if _function_of(part) == function), block)


def _insert_node(file: Path, block: str) -> None:
    source = file.read_text(encoding="utf-8")
    first = _nodes(source)[0]
    lines = source.splitlines(keepends=True)
    file.write_text("".join([*lines[: first.lineno - 1], block, *lines[first.lineno - 1 :]]), encoding="utf-8")


def _nodes(source: str) -> list[ast.Call]:
    """The nodes of a pipeline, as they stand in its list."""
    lists = [part for part in ast.walk(ast.parse(source)) if isinstance(part, ast.List)]
    return [element for part in lists for element in part.elts if isinstance(element, ast.Call)]


def _function_of(node: ast.Call) -> str:
    return next(ast.unparse(argument.value) for argument in node.keywords if argument.arg == "func")


def _replace(file: Path, source: str, part: ast.FunctionDef | ast.Call, block: str) -> None:
    """Put a block where a part of a file's code stands, as a user pastes over what they have selected."""
    segment = ast.get_source_segment(source, part)
    assert segment is not None
    assert source.count(segment) == 1
    file.write_text(source.replace(segment, block.rstrip("\n")), encoding="utf-8")
