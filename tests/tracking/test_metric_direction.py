"""Which way of a metric is better, as far as its name tells."""

from __future__ import annotations

import pytest

from kedro_viz.tracking.metric_direction import MetricDirection, guessed_direction


@pytest.mark.parametrize(
    "key",
    ["mae", "max_error", "valLoss", "val.loss", "rmse_train", "log_loss", "mean_absolute_error", "time_per_epoch"],
)
def test_less_of_an_error_is_better(key: str) -> None:
    assert guessed_direction(key) is MetricDirection.LOWER


@pytest.mark.parametrize(
    "key", ["r2_score", "accuracy", "test_f1", "roc_auc", "top-5 accuracy", "neg_mean_squared_error"]
)
def test_more_of_a_score_is_better(key: str) -> None:
    assert guessed_direction(key) is MetricDirection.HIGHER


@pytest.mark.parametrize("key", ["n_rows", "", "temperature", "coefficient"])
def test_nothing_is_guessed_of_other_names(key: str) -> None:
    assert guessed_direction(key) is None
