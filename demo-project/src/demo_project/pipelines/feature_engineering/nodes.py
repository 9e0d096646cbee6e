"""Nodes that make and choose features."""

from __future__ import annotations

from typing import TypedDict

import numpy as np
import pandas as pd

THIS_YEAR = 2187


class UnknownFeatureError(Exception):
    """A feature was asked for, or left out, that there is not."""


class FeatureSelection(TypedDict):
    """Which features a run learns from.

    Attributes:
        groups: The features by the name of their group.
        use: Whether to take each group.
        without: Single features to leave out.
    """

    groups: dict[str, list[str]]
    use: dict[str, bool]
    without: list[str]


class FeatureColumns(TypedDict):
    """What a run learns from, for its record."""

    features: list[str]
    columns: list[str]
    rows: int


def derive_features(shuttle_table: pd.DataFrame) -> pd.DataFrame:
    """Add what follows from other columns.

    Args:
        shuttle_table: One complete row a shuttle.

    Returns:
        The table with the age in years, the cargo volume a seat, and the age of the company.
    """
    return shuttle_table.assign(
        age=THIS_YEAR - shuttle_table["built"],
        company_age=THIS_YEAR - shuttle_table["founded"],
        cargo_per_seat=(shuttle_table["cargo_volume"] / shuttle_table["seats"]).round(3),
    )


def select_features(derived: pd.DataFrame, selection: FeatureSelection) -> tuple[pd.DataFrame, FeatureColumns]:
    """Take the chosen features, and turn words into columns of zeros and ones.

    Args:
        derived: All features and the price.
        selection: Which of them to take.

    Returns:
        The chosen features as numbers beside `price`, and their names for the record of the run.

    Raises:
        UnknownFeatureError: If a group or a feature is not there.
    """
    features = _chosen(selection)
    missing = [name for name in features if name not in derived.columns]
    if missing:
        raise UnknownFeatureError(f"The table has no column {', '.join(missing)}.")
    encoded = pd.get_dummies(derived[features], dtype=np.float64).astype(np.float64)
    columns = encoded.columns.tolist()
    return encoded.assign(price=derived["price"]), {"features": features, "columns": columns, "rows": len(encoded)}


def _chosen(selection: FeatureSelection) -> list[str]:
    groups = selection["groups"]
    unknown_groups = [name for name in selection["use"] if name not in groups]
    if unknown_groups:
        raise UnknownFeatureError(f"No group {', '.join(unknown_groups)} among {', '.join(groups)}.")
    known = [feature for group in groups.values() for feature in group]
    unknown = [name for name in selection["without"] if name not in known]
    if unknown:
        raise UnknownFeatureError(f"No feature {', '.join(unknown)} to leave out; there are {', '.join(known)}.")
    used = [feature for name, is_used in selection["use"].items() if is_used for feature in groups[name]]
    return [feature for feature in used if feature not in selection["without"]]
