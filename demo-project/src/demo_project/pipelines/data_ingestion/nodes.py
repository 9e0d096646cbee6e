"""Nodes that clean the raw tables and join them."""

from __future__ import annotations

from typing import TypedDict

import pandas as pd

_SCORES = ["comfort", "cleanliness", "punctuality", "crew_service"]


class DataQualityError(Exception):
    """The data is not good enough to learn from."""


class Columns(TypedDict):
    """Which columns a table has, for the record of a run."""

    table: str
    columns: list[str]


def clean_companies(companies: pd.DataFrame) -> tuple[pd.DataFrame, Columns]:
    """Turn the companies' words into numbers.

    Args:
        companies: As delivered, with ratings as `"93 %"` and licences as `"yes"` or `"no"`.

    Returns:
        The table with `safety_rating` from 0 to 100 and `licensed` as 0 or 1, and the names of its columns.
    """
    cleaned = companies.assign(
        safety_rating=companies["safety_rating"].str.rstrip(" %").astype(float),
        licensed=(companies["licensed"] == "yes").astype(int),
    )
    return cleaned, {"table": "companies", "columns": cleaned.columns.tolist()}


def clean_shuttles(shuttles: pd.DataFrame, exchange_rates: dict[str, float]) -> pd.DataFrame:
    """Turn prices into euros.

    Args:
        shuttles: As delivered, with prices as text (`"1,204.50"`) in the currency of the seller.
        exchange_rates: Euros for one unit of each currency.

    Returns:
        The table with `price` in euros, missing where none was asked.

    Raises:
        DataQualityError: If a currency has no exchange rate.
    """
    unknown = sorted(set(shuttles["currency"]) - set(exchange_rates))
    if unknown:
        raise DataQualityError(f"No exchange rate for {', '.join(unknown)}: add it to data_ingestion.exchange_rates.")
    amount = pd.to_numeric(shuttles["price"].str.replace(",", ""))
    return shuttles.assign(price=amount * shuttles["currency"].map(exchange_rates)).drop(columns="currency")


def average_reviews(reviews: pd.DataFrame) -> pd.DataFrame:
    """Average each shuttle's scores; a review that was exported twice counts once.

    Args:
        reviews: One row a review.

    Returns:
        One row a shuttle: its id, its mean scores from 0 to 10, and the number of its reviews.
    """
    by_shuttle = reviews.drop_duplicates("review_id").groupby("shuttle_id")
    return by_shuttle[_SCORES].mean().assign(reviews=by_shuttle.size()).reset_index()


def join_tables(companies: pd.DataFrame, shuttles: pd.DataFrame, review_scores: pd.DataFrame) -> pd.DataFrame:
    """Put all that is known of a shuttle into one row.

    Args:
        companies: Clean companies.
        shuttles: Clean shuttles.
        review_scores: Mean scores by shuttle.

    Returns:
        One row a shuttle. Shuttles without a review keep missing scores.
    """
    with_company = shuttles.merge(companies, on="company_id", how="left", validate="many_to_one")
    return with_company.merge(review_scores, on="shuttle_id", how="left", validate="one_to_one")


def keep_complete_rows(
    joined: pd.DataFrame, max_missing_share: float
) -> tuple[pd.DataFrame, dict[str, int | float | dict[str, float]]]:
    """Drop shuttles of which something is missing, if they are few.

    Args:
        joined: One row a shuttle.
        max_missing_share: Which share of the rows may be dropped, from 0 to 1.

    Returns:
        The complete rows, and a profile of the data for the record of the run.

    Raises:
        DataQualityError: If more rows would have to be dropped.
    """
    complete = joined.dropna().reset_index(drop=True)
    missing_share = 1 - len(complete) / len(joined)
    if missing_share > max_missing_share:
        raise DataQualityError(
            f"{missing_share:.1%} of the shuttles lack a price or a review; at most {max_missing_share:.1%} may "
            "(data_ingestion.max_missing_share)."
        )
    gaps = joined.isna().mean()
    profile: dict[str, int | float | dict[str, float]] = {
        "rows": len(joined),
        "complete_rows": len(complete),
        "missing_share": round(missing_share, 4),
        "missing_by_column": {str(column): round(float(share), 4) for column, share in gaps[gaps > 0].items()},
        "price": {
            str(name): round(float(value), 2) for name, value in complete["price"].describe().drop("count").items()
        },
    }
    return complete, profile
