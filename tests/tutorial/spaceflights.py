"""A spaceflights project as it is before the tutorial's first step.

It has the files, functions and names that the tutorial refers to. `kedro new --starter=spaceflights-pandas` fetches its
project from the internet, where no test goes.
"""

from __future__ import annotations

from pathlib import Path

from tests.projects import make_project

CATALOG = """
companies:
  type: pandas.CSVDataset
  filepath: data/01_raw/companies.csv

reviews:
  type: pandas.CSVDataset
  filepath: data/01_raw/reviews.csv

shuttles:
  type: pandas.ExcelDataset
  filepath: data/01_raw/shuttles.xlsx
  load_args:
    engine: openpyxl

preprocessed_companies:
  type: pandas.ParquetDataset
  filepath: data/02_intermediate/preprocessed_companies.parquet

preprocessed_shuttles:
  type: pandas.ParquetDataset
  filepath: data/02_intermediate/preprocessed_shuttles.parquet

model_input_table:
  type: pandas.ParquetDataset
  filepath: data/03_primary/model_input_table.parquet

regressor:
  type: pickle.PickleDataset
  filepath: data/06_models/regressor.pickle
  versioned: true
"""

PARAMETERS = """
model_options:
  test_size: 0.2
  random_state: 3
  features:
    - engines
    - passenger_capacity
    - crew
    - review_scores_rating
"""

REGISTRY = """
from kedro.framework.project import find_pipelines


def register_pipelines():
    pipelines = find_pipelines()
    pipelines["__default__"] = sum(pipelines.values())
    return pipelines
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

PIPELINE_PACKAGE = """
from .pipeline import create_pipeline

__all__ = ["create_pipeline"]
"""

DATA_PROCESSING_NODES = '''
import pandas as pd


def _is_true(flags: pd.Series) -> pd.Series:
    return flags == "t"


def _parse_percentage(texts: pd.Series) -> pd.Series:
    return texts.str.replace("%", "").astype(float) / 100


def _parse_money(texts: pd.Series) -> pd.Series:
    return texts.str.replace("$", "").str.replace(",", "").astype(float)


def preprocess_companies(companies: pd.DataFrame) -> pd.DataFrame:
    """Turn the text in the companies' columns into numbers and flags."""
    companies["iata_approved"] = _is_true(companies["iata_approved"])
    companies["company_rating"] = _parse_percentage(companies["company_rating"])
    return companies


def preprocess_shuttles(shuttles: pd.DataFrame) -> pd.DataFrame:
    """Turn the text in the shuttles' columns into numbers and flags."""
    for flag in ("d_check_complete", "moon_clearance_complete"):
        shuttles[flag] = _is_true(shuttles[flag])
    shuttles["price"] = _parse_money(shuttles["price"])
    return shuttles


def create_model_input_table(
    shuttles: pd.DataFrame, companies: pd.DataFrame, reviews: pd.DataFrame
) -> pd.DataFrame:
    """Put shuttles, their reviews and their companies into one table, without gaps."""
    reviewed = shuttles.merge(reviews, left_on="id", right_on="shuttle_id").drop("id", axis=1)
    return reviewed.merge(companies, left_on="company_id", right_on="id").dropna()
'''

DATA_PROCESSING_PIPELINE = """
from kedro.pipeline import Node, Pipeline

from .nodes import create_model_input_table, preprocess_companies, preprocess_shuttles


def create_pipeline(**kwargs) -> Pipeline:
    return Pipeline(
        [
            Node(
                func=preprocess_companies,
                inputs="companies",
                outputs="preprocessed_companies",
                name="preprocess_companies_node",
            ),
            Node(
                func=preprocess_shuttles,
                inputs="shuttles",
                outputs="preprocessed_shuttles",
                name="preprocess_shuttles_node",
            ),
            Node(
                func=create_model_input_table,
                inputs=["preprocessed_shuttles", "preprocessed_companies", "reviews"],
                outputs="model_input_table",
                name="create_model_input_table_node",
            ),
        ]
    )
"""

DATA_SCIENCE_NODES = '''
import logging

import pandas as pd
from sklearn.linear_model import LinearRegression
from sklearn.metrics import r2_score
from sklearn.model_selection import train_test_split


def split_data(data: pd.DataFrame, parameters: dict) -> tuple:
    """Split the table into features and prices, each to train and to test with."""
    return tuple(
        train_test_split(
            data[parameters["features"]],
            data["price"],
            test_size=parameters["test_size"],
            random_state=parameters["random_state"],
        )
    )


def train_model(X_train: pd.DataFrame, y_train: pd.Series) -> LinearRegression:
    """Fit a linear model of the price."""
    return LinearRegression().fit(X_train, y_train)


def evaluate_model(regressor: LinearRegression, X_test: pd.DataFrame, y_test: pd.Series):
    """Log how much of the price's variation the model explains."""
    score = r2_score(y_test, regressor.predict(X_test))
    logging.getLogger(__name__).info("Model has a coefficient R^2 of %.3f on test data.", score)
'''

DATA_SCIENCE_PIPELINE = """
from kedro.pipeline import Node, Pipeline

from .nodes import evaluate_model, split_data, train_model


def create_pipeline(**kwargs) -> Pipeline:
    return Pipeline(
        [
            Node(
                func=split_data,
                inputs=["model_input_table", "params:model_options"],
                outputs=["X_train", "X_test", "y_train", "y_test"],
                name="split_data_node",
            ),
            Node(
                func=train_model,
                inputs=["X_train", "y_train"],
                outputs="regressor",
                name="train_model_node",
            ),
            Node(
                func=evaluate_model,
                inputs=["regressor", "X_test", "y_test"],
                outputs=None,
                name="evaluate_model_node",
            ),
        ]
    )
"""


def make_spaceflights(path: Path) -> Path:
    """Write the project, without its raw data.

    Args:
        path: Its root folder.

    Returns:
        The root folder.
    """
    return make_project(
        path,
        name="Spaceflights",
        package="spaceflights",
        settings="",
        catalog=CATALOG,
        parameters=None,
        pipeline_code=REGISTRY,
        files={
            "conf/base/parameters_data_science.yml": PARAMETERS,
            "src/{package}/__main__.py": MAIN,
            "src/{package}/pipelines/__init__.py": "",
            "src/{package}/pipelines/data_processing/__init__.py": PIPELINE_PACKAGE,
            "src/{package}/pipelines/data_processing/nodes.py": DATA_PROCESSING_NODES,
            "src/{package}/pipelines/data_processing/pipeline.py": DATA_PROCESSING_PIPELINE,
            "src/{package}/pipelines/data_science/__init__.py": PIPELINE_PACKAGE,
            "src/{package}/pipelines/data_science/nodes.py": DATA_SCIENCE_NODES,
            "src/{package}/pipelines/data_science/pipeline.py": DATA_SCIENCE_PIPELINE,
        },
    )
