"""Importance of features by a random forest, where scikit-learn is installed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

logger = logging.getLogger(__name__)

_FOLDS = 3
_TREES = 50
_SHUFFLES = 2
_SEED = 0

# Of many features each split looks at half of them, which takes half the time.
_MANY = 10


def forest_importance(
    features: Sequence[Sequence[float]], are_categories: Sequence[bool], target: Sequence[float]
) -> tuple[float, list[float]] | None:
    """Permutation importance, on rows that the forest has not seen.

    Args:
        features: Numbers or codes of categories, a value a row each; NaN where a row has none.
        are_categories: Which of them are codes.
        target: What is to be told.

    Returns:
        The share of the target's variance that is told of unseen rows, and for each feature by how much that falls when
        its values are shuffled; both from 0, which they are where no fold has targets that differ. None if scikit-learn
        is not there.
    """
    try:
        import numpy as np
        from sklearn.ensemble import RandomForestRegressor
    except Exception as error:  # noqa: BLE001 - installed for another numpy, it may raise anything
        if not isinstance(error, ImportError):
            logger.warning("scikit-learn cannot be used: %s", error)
        return None
    chance = np.random.default_rng(_SEED)
    told = np.asarray(target, dtype=float)
    columns = [_ordered(np.asarray(values, dtype=float)) for values in features]
    fold_of, part_of = chance.permutation(len(told)) % _FOLDS, 1 + chance.permutation(len(told)) % 2
    explained: list[float] = []
    losses = np.zeros(len(columns))
    for fold in range(_FOLDS):
        learned, unseen = fold_of != fold, fold_of == fold
        if np.ptp(told[unseen]) == 0:
            # There is no variance of which a share could be told.
            continue
        parts = np.where(unseen, 0, part_of)
        matrix = np.column_stack(
            [
                _encoded(column + 1, parts, told) if is_category else column
                for column, is_category in zip(columns, are_categories, strict=True)
            ]
        ).astype("float32")
        share_of_features = 0.5 if len(columns) > _MANY else 1.0
        forest = RandomForestRegressor(_TREES, max_features=share_of_features, min_samples_leaf=2, random_state=_SEED)
        forest.fit(matrix[learned], told[learned])
        rows, expected = matrix[unseen], told[unseen]
        share = _told(forest, rows, expected)
        explained.append(share)
        for place in range(len(columns)):
            kept = rows[:, place].copy()
            for _ in range(_SHUFFLES):
                rows[:, place] = chance.permutation(kept)
                losses[place] += (share - _told(forest, rows, expected)) / _SHUFFLES
            rows[:, place] = kept
    folds = max(1, len(explained))
    return max(0.0, sum(explained) / folds), [max(0.0, float(loss / folds)) for loss in losses]


def _ordered(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Values by their places in their order, which is all that a tree looks at: of any size, and -1 for none."""
    import numpy as np

    _, places = np.unique(values, return_inverse=True)
    ordered: NDArray[np.float64] = np.where(np.isnan(values), -1.0, places.reshape(-1))
    return ordered


def _encoded(codes: NDArray[np.float64], part_of: NDArray[np.int_], told: NDArray[np.float64]) -> NDArray[np.float64]:
    """Categories by the mean target of rows that have them, so that trees can part them at once.

    Learned rows are in two parts, 1 and 2, each encoded by the other: by its own target, a name that each row has for
    itself would tell all of it. Rows of part 0 are unseen, and encoded by both.
    """
    import numpy as np

    places = codes.astype(int)
    encoded = np.empty(len(told))
    for part in range(3):
        source = part_of != part if part == 0 else part_of == 3 - part
        counts = np.bincount(places[source], minlength=places.max() + 1)
        sums = np.bincount(places[source], weights=told[source], minlength=places.max() + 1)
        # Drawn to the mean of all by as much as one row counts: what is rare tells little, what is not there nothing.
        means = (sums + told[source].mean()) / (counts + 1)
        encoded[part_of == part] = means[places[part_of == part]]
    return encoded


# Any: scikit-learn tells no types.
def _told(forest: Any, rows: NDArray[np.float32], expected: NDArray[np.float64]) -> float:
    """R²: the share of the variance that is told."""
    missed = ((forest.predict(rows) - expected) ** 2).sum()
    return float(1 - missed / ((expected - expected.mean()) ** 2).sum())
