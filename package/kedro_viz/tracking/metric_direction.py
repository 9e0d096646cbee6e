"""Which way of a metric is better."""

from __future__ import annotations

import re
from enum import Enum


class MetricDirection(str, Enum):
    """Whether more or less of a metric is better."""

    HIGHER = "higher"
    LOWER = "lower"


# Words of metric names in common use. What a name says of neither is left open.
_LOWER = re.compile(
    "error|err|loss|mae|mse|rmse|msle|rmsle|mape|smape|wape|mase|medae|deviance|perplexity|entropy|logloss|brier|wer|cer|"
    "fid|hinge|regret|latency|runtime|time|seconds|duration|memory|cost|fpr|fnr|ece|aic|bic|residual|inertia"
)
_HIGHER = re.compile(
    "accuracy|acc|auc|auroc|aucpr|auprc|precision|recall|sensitivity|specificity|f1|f2|fbeta|score|r2|map|ndcg|mrr|iou|"
    "dice|bleu|rouge|meteor|silhouette|throughput|reward|gain|lift|kappa|mcc|gini|tpr|tnr|likelihood|coverage|psnr|ssim|"
    "correlation|pearson|spearman"
)


def guessed_direction(key: str) -> MetricDirection | None:
    """What a metric's name tells of the better way; None where it tells nothing, or both.

    Args:
        key: The metric's key, such as `r2_score` or `valLoss`.
    """
    parted = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", key).lower()
    words = re.split(r"[^a-z0-9]+", parted)
    if any(map(_LOWER.fullmatch, words)):
        # `neg_mean_squared_error`: scikit-learn turns losses round, so that more is better.
        return MetricDirection.HIGHER if "neg" in words else MetricDirection.LOWER
    return MetricDirection.HIGHER if any(map(_HIGHER.fullmatch, words)) else None
