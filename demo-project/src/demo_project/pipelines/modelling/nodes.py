"""Nodes that split the data, measure a model and draw how it does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypedDict

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.ticker import LogLocator, NullLocator
from sklearn.metrics import max_error, mean_absolute_error, r2_score, root_mean_squared_error
from sklearn.model_selection import train_test_split

from demo_project.pipelines.modelling.regressors import Regressor, estimator_name, feature_weights, log_error_by_tree
from demo_project.plot_style import ACCENT, MUTED, TEXT, euros, new_axes

_SHOWN_FEATURES = 12


class SplitOptions(TypedDict):
    """How rows are divided: the share kept for testing, and the seed of the draw."""

    test_size: float
    random_state: int


def split_data(
    model_input_table: pd.DataFrame, options: SplitOptions
) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series, pd.Series]:
    """Divide the rows into those to learn from and those to be tested on.

    Args:
        model_input_table: Features as numbers, and `price`.
        options: How to divide them.

    Returns:
        Features for training and for testing, prices for training and for testing.
    """
    train, test = train_test_split(model_input_table, **options)
    return train.drop(columns="price"), test.drop(columns="price"), train["price"], test["price"]


def describe_model(
    regressor: Regressor, options: Mapping[str, int | float], features: pd.DataFrame
) -> dict[str, str | int | dict[str, int | float]]:
    """Tell what was trained on what, for the record of the run."""
    return {
        "model": estimator_name(regressor),
        "hyperparameters": dict(options),
        "training_rows": len(features),
        "features": len(features.columns),
    }


def predict(regressor: Regressor, features: pd.DataFrame, price: pd.Series) -> pd.DataFrame:
    """Let a model tell the prices of shuttles that it has not seen. Logs the error of boosted trees, tree by tree.

    Returns:
        Columns `actual` and `predicted`, in euros.
    """
    log_error_by_tree(regressor, features, price)
    return pd.DataFrame({"actual": price, "predicted": regressor.predict(features)})


def evaluate(
    regressor: Regressor, predictions: pd.DataFrame, features: pd.DataFrame, price: pd.Series
) -> dict[str, float]:
    """Measure a model.

    Args:
        regressor: The fitted model.
        predictions: Actual and predicted prices of the test rows.
        features: The features it was trained on.
        price: The prices it was trained on.

    Returns:
        The share of the variance that it explains in the test rows (`r2_score`) and in the training rows, and its
        mean absolute, root mean squared and largest error in euros.
    """
    actual, predicted = predictions["actual"], predictions["predicted"]
    return {
        "r2_score": float(r2_score(actual, predicted)),
        "training_r2_score": float(r2_score(price, regressor.predict(features))),
        "mae": float(mean_absolute_error(actual, predicted)),
        "rmse": float(root_mean_squared_error(actual, predicted)),
        "max_error": float(max_error(actual, predicted)),
    }


def rank_features(regressor: Regressor, features: pd.DataFrame) -> pd.DataFrame:
    """Find the features that matter most.

    Returns:
        Columns `feature` and `importance` (a share of 1) of the strongest features, the strongest last, as a
        horizontal bar chart wants them.
    """
    ranking = pd.DataFrame(
        {
            "feature": [name.replace("_", " ") for name in features.columns],
            "importance": feature_weights(regressor),
        }
    )
    return ranking.nlargest(_SHOWN_FEATURES, "importance").iloc[::-1]


def plot_predictions(predictions: pd.DataFrame) -> Figure:
    """Draw predicted against actual prices: on the line they agree."""
    figure, axes = new_axes("Predicted and actual price")
    low, high = predictions["actual"].min() * 0.8, predictions["actual"].max() * 1.2
    axes.plot([low, high], [low, high], color=MUTED, linewidth=1.2, linestyle="--", label="exact")
    # Prices lie close together at the low end: on a logarithmic scale all of them can be seen. A linear model may
    # predict less than nothing, which such a scale cannot show: those lie at its edge.
    axes.scatter(
        predictions["actual"], predictions["predicted"].clip(lower=low), s=14, alpha=0.55, color=ACCENT, linewidths=0
    )
    axes.set(xscale="log", yscale="log", xlim=(low, high), ylim=(low, high))
    axes.set(xlabel="Actual price", ylabel="Predicted price")
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_locator(LogLocator(subs=(1, 2, 5)))
        axis.set_major_formatter(euros)
        axis.set_minor_locator(NullLocator())
    axes.legend(frameon=False, loc="upper left", labelcolor=TEXT)
    return figure
