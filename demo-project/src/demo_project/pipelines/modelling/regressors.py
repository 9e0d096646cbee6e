"""The families of models, each with its options."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any, Protocol, TypedDict, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.ensemble import GradientBoostingRegressor, RandomForestRegressor
from sklearn.linear_model import Ridge
from sklearn.metrics import root_mean_squared_error
from sklearn.pipeline import Pipeline as SklearnPipeline
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kedro_viz.tracking import log_metric


class Regressor(Protocol):
    """A model that tells prices."""

    def predict(self, features: pd.DataFrame) -> npt.NDArray[np.float64]:
        """The price of each row, in euros."""


class LinearOptions(TypedDict):
    """How strongly large weights are punished (`alpha` of a ridge regression)."""

    regularisation: float


class ForestOptions(TypedDict):
    """Options of a random forest, in scikit-learn's words."""

    n_estimators: int
    max_depth: int
    min_samples_leaf: int
    max_features: float
    random_state: int


class BoostingOptions(TypedDict):
    """Options of gradient boosting, in scikit-learn's words."""

    n_estimators: int
    learning_rate: float
    max_depth: int
    subsample: float
    random_state: int


# Scikit-learn has no types: the casts below say what its models are to us.
def fit_linear_regression(features: pd.DataFrame, price: pd.Series, options: LinearOptions) -> Regressor:
    """Fit a ridge regression on features of equal scale."""
    model = make_pipeline(StandardScaler(), Ridge(alpha=options["regularisation"]))
    return cast("Regressor", model.fit(features, price))


def fit_random_forest(features: pd.DataFrame, price: pd.Series, options: ForestOptions) -> Regressor:
    """Fit a random forest, on one processor: the pipeline's runner decides what runs side by side."""
    return cast("Regressor", RandomForestRegressor(n_jobs=1, **options).fit(features, price))


def fit_gradient_boosting(features: pd.DataFrame, price: pd.Series, options: BoostingOptions) -> Regressor:
    """Fit boosted trees. Logs how the error on the training rows falls with each tree, while it goes on."""
    return cast("Regressor", GradientBoostingRegressor(**options).fit(features, price, monitor=_log_training_error))


# Any: scikit-learn passes its own locals.
def _log_training_error(tree: int, model: GradientBoostingRegressor, _: Mapping[str, Any]) -> bool:
    log_metric("gradient_boosting/training_rmse", math.sqrt(model.train_score_[tree]), step=tree + 1)
    return False


def log_error_by_tree(regressor: Regressor, features: pd.DataFrame, price: pd.Series) -> None:
    """Log how far boosted trees are from the prices after each tree: where it rises, there were too many.

    Args:
        regressor: A fitted model. Of other families nothing is logged.
        features: Features of rows that it has not seen.
        price: Their prices, in euros.
    """
    if isinstance(regressor, GradientBoostingRegressor):
        for tree, predicted in enumerate(regressor.staged_predict(features), start=1):
            log_metric("gradient_boosting/test_rmse", root_mean_squared_error(price, predicted), step=tree)


def estimator_name(regressor: Regressor) -> str:
    """What scikit-learn calls a model of one of the families above, such as `Ridge`."""
    return type(_estimator(regressor)).__name__


def feature_weights(regressor: Regressor) -> npt.NDArray[np.float64]:
    """How much each feature matters to a model.

    Args:
        regressor: A fitted model of one of the families above.

    Returns:
        One number a feature, in the order of training, that add up to 1: the importance in a model of trees, the
        absolute weight in a linear one.
    """
    estimator = _estimator(regressor)
    weights = np.abs(estimator.coef_) if isinstance(estimator, Ridge) else estimator.feature_importances_
    return np.asarray(weights / weights.sum(), dtype=np.float64)


# Any: scikit-learn has no types.
def _estimator(regressor: Regressor) -> Any:
    return regressor[-1] if isinstance(regressor, SklearnPipeline) else regressor
