"""The modelling pipeline: one split, and the same steps for each family of models."""

from __future__ import annotations

from collections.abc import Callable

from kedro.pipeline import Node, Pipeline

from demo_project.pipelines.modelling.nodes import (
    describe_model,
    evaluate,
    plot_predictions,
    predict,
    rank_features,
    split_data,
)
from demo_project.pipelines.modelling.regressors import (
    Regressor,
    fit_gradient_boosting,
    fit_linear_regression,
    fit_random_forest,
)

_SPLIT = ["X_train", "X_test", "y_train", "y_test"]

FAMILIES: dict[str, Callable[..., Regressor]] = {
    "linear_regression": fit_linear_regression,
    "random_forest": fit_random_forest,
    "gradient_boosting": fit_gradient_boosting,
}


def create_pipeline() -> Pipeline:
    """Turn `model_input_table` into a model, metrics and plots of each family."""
    split = Node(split_data, inputs=["model_input_table", "params:split"], outputs=_SPLIT, name="split_data")
    families = [_family_pipeline(name, fit) for name, fit in FAMILIES.items()]
    return Pipeline([split, *families], namespace="modelling", inputs="model_input_table")


def _family_pipeline(name: str, fit: Callable[..., Regressor]) -> Pipeline:
    return Pipeline(
        [
            Node(fit, inputs=["X_train", "y_train", "params:options"], outputs="regressor", name="fit"),
            Node(
                describe_model,
                inputs=["regressor", "params:options", "X_train"],
                outputs="hyperparameters",
                name="describe_model",
            ),
            Node(predict, inputs=["regressor", "X_test", "y_test"], outputs="predictions", name="predict"),
            Node(
                evaluate, inputs=["regressor", "predictions", "X_train", "y_train"], outputs="metrics", name="evaluate"
            ),
            Node(rank_features, inputs=["regressor", "X_train"], outputs="feature_importance", name="rank_features"),
            Node(plot_predictions, inputs="predictions", outputs="predicted_vs_actual", name="plot_predictions"),
        ],
        namespace=name,
        inputs=set(_SPLIT),
        tags=name,
    )
