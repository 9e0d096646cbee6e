"""Raw data for the spaceflights project, made from a seed: as messy as the real files, and much smaller."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 11
COMPANIES, SHUTTLES = 60, 240

REVIEW_SCORES = [
    "review_scores_rating",
    "review_scores_comfort",
    "review_scores_amenities",
    "review_scores_trip",
    "review_scores_crew",
    "review_scores_location",
    "review_scores_price",
]


def make_raw_data(folder: Path) -> None:
    """Write `companies.csv`, `reviews.csv` and `shuttles.xlsx`.

    Prices follow engines, passengers and ratings, so that a model finds something. Percentages and prices are text,
    flags are `t` and `f`, and here and there a value is missing.
    """
    chance = np.random.default_rng(SEED)
    flag = ["t", "f"]
    companies = pd.DataFrame(
        {
            "id": np.arange(COMPANIES) + 1000,
            "company_rating": [f"{rating}%" for rating in chance.integers(50, 101, COMPANIES)],
            "company_location": chance.choice(["Malta", "Niue", "Chile", ""], COMPANIES),
            "total_fleet_count": chance.integers(1, 9, COMPANIES).astype(float),
            "iata_approved": chance.choice(flag, COMPANIES),
        }
    )
    engines, passengers = chance.integers(1, 5, SHUTTLES), chance.integers(1, 11, SHUTTLES)
    rating = chance.integers(60, 101, SHUTTLES)
    price = 700 + 350 * engines + 180 * passengers + 9 * rating + chance.normal(0, 150, SHUTTLES)
    shuttles = pd.DataFrame(
        {
            "id": np.arange(SHUTTLES) + 5000,
            "shuttle_location": chance.choice(["Malta", "Niue", "Chile"], SHUTTLES),
            "shuttle_type": chance.choice(["Type V5", "Type F5"], SHUTTLES),
            "engine_type": chance.choice(["Plasma", "Quantum"], SHUTTLES),
            "engine_vendor": "ThetaBase Services",
            "engines": engines.astype(float),
            "passenger_capacity": passengers,
            "cancellation_policy": chance.choice(["strict", "moderate"], SHUTTLES),
            "crew": chance.integers(1, 4, SHUTTLES).astype(float),
            "d_check_complete": chance.choice(flag, SHUTTLES),
            "moon_clearance_complete": chance.choice(flag, SHUTTLES),
            "price": [f"${amount:,.1f}" for amount in price],
            "company_id": chance.choice(companies["id"].to_numpy(), SHUTTLES),
        }
    )
    reviews = pd.DataFrame(
        {
            "shuttle_id": shuttles["id"],
            **{score: np.clip(rating / 10 + chance.normal(0, 1, SHUTTLES), 1, 10) for score in REVIEW_SCORES},
            "number_of_reviews": chance.integers(1, 90, SHUTTLES),
            "reviews_per_month": chance.uniform(0, 5, SHUTTLES).round(2),
        }
    )
    reviews["review_scores_rating"] = rating.astype(float)
    reviews.loc[::17, "review_scores_crew"] = np.nan
    folder.mkdir(parents=True, exist_ok=True)
    companies.to_csv(folder / "companies.csv", index=False)
    reviews.to_csv(folder / "reviews.csv", index=False)
    shuttles.to_excel(folder / "shuttles.xlsx", index=False)


def copy_raw_data(source: Path, folder: Path) -> None:
    """Take the three files from elsewhere: the real ones of the spaceflights starter."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("companies.csv", "reviews.csv", "shuttles.xlsx"):
        shutil.copyfile(source / name, folder / name)
