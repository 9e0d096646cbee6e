"""Makes the raw data: companies, their shuttles, and what passengers wrote about them.

The price of a shuttle follows its drive, size, age, company and comfort, in ways that multiply and bend, with noise on
top: a straight line explains some of it, trees explain more. Nothing here knows of Kedro.

The tables have the faults of real ones, which the data ingestion pipeline mends:

- numbers are text (`"1,204.50"`, `"93 %"`), truth values are words;
- one seller's prices are in lunar crowns, not euros;
- some reviews were exported twice, some prices are missing, and not every shuttle has been reviewed.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

DEFAULT_SEED = 2187
THIS_YEAR = 2187
EUROS_PER_CROWN = 0.45

Floats = npt.NDArray[np.float64]

# What a drive adds to a shuttle's price, and how often it is built.
_DRIVES = {"sail": (0.65, 0.20), "ion": (1.0, 0.40), "plasma": (1.45, 0.28), "fusion": (2.3, 0.12)}
_HULLS = {"lifter": (0.85, 0.30), "wedge": (1.0, 0.45), "ring": (1.25, 0.25)}
_PORTS = {"Tycho": 1.05, "Gale": 0.9, "Ceres Dock": 0.8, "Low Orbit One": 1.2, "Elysium": 1.0}


@dataclass(frozen=True)
class RawData:
    """The three raw tables, one row a company, a shuttle and a review."""

    companies: pd.DataFrame
    shuttles: pd.DataFrame
    reviews: pd.DataFrame


def generate(seed: int = DEFAULT_SEED, companies: int = 240, shuttles: int = 2600, reviews: int = 7000) -> RawData:
    """Make the raw tables.

    Args:
        seed: The same seed and sizes make the same tables.
        companies: How many companies there are.
        shuttles: How many shuttles they own.
        reviews: How many reviews were written, before some of them are exported twice.

    Returns:
        The tables as their sources would deliver them.
    """
    rng = np.random.default_rng(seed)
    quality = rng.normal(size=companies)
    comfort = rng.normal(size=shuttles)
    company_table = _companies(rng, quality)
    owner = rng.integers(companies, size=shuttles)
    shuttle_table = _shuttles(rng, company_table, owner, quality, comfort)
    review_table = _reviews(rng, reviews, comfort, quality[owner])
    return RawData(company_table, shuttle_table, review_table)


def write_raw_data(folder: Path, seed: int = DEFAULT_SEED) -> list[Path]:
    """Write the raw tables, unless they are all there.

    Args:
        folder: Where to put `companies.csv`, `shuttles.parquet` and `reviews.csv`; made if need be.
        seed: As for `generate`.

    Returns:
        The files that were written: none, or all three, since they belong together.
    """
    files = [folder / "companies.csv", folder / "shuttles.parquet", folder / "reviews.csv"]
    if all(file.exists() for file in files):
        return []
    folder.mkdir(parents=True, exist_ok=True)
    data = generate(seed)
    data.companies.to_csv(files[0], index=False)
    data.shuttles.to_parquet(files[1], index=False)
    data.reviews.to_csv(files[2], index=False)
    return files


def _companies(rng: np.random.Generator, quality: Floats) -> pd.DataFrame:
    count = len(quality)
    rating = np.clip(82 + 9 * quality + rng.normal(scale=3, size=count), 40, 100).round()
    licensed = rng.random(count) < 1 / (1 + np.exp(-1 - quality))
    return pd.DataFrame(
        {
            "company_id": np.arange(1000, 1000 + count),
            "home_port": rng.choice(list(_PORTS), size=count),
            "founded": rng.integers(THIS_YEAR - 90, THIS_YEAR - 3, size=count),
            "fleet_size": rng.poisson(12, size=count) + 1,
            "safety_rating": [f"{value:.0f} %" for value in rating],
            "licensed": np.where(licensed, "yes", "no"),
        }
    )


def _shuttles(
    rng: np.random.Generator,
    companies: pd.DataFrame,
    owner: npt.NDArray[np.int64],
    quality: Floats,
    comfort: Floats,
) -> pd.DataFrame:
    count = len(owner)
    drive = rng.choice(list(_DRIVES), size=count, p=[share for _, share in _DRIVES.values()])
    hull = rng.choice(list(_HULLS), size=count, p=[share for _, share in _HULLS.values()])
    seats = np.clip(rng.lognormal(2.5, 0.65, size=count).round(), 2, 80).astype(int)
    age = rng.gamma(2.2, 7, size=count).clip(0, 60).astype(int)
    drives = rng.integers(1, 5, size=count)
    cargo = np.round(seats * rng.uniform(0.6, 2.4, size=count) + rng.gamma(2, 6, size=count), 1)

    owners = companies.iloc[owner]
    licence = np.where(owners["licensed"] == "yes", 1.12, 0.92)
    port = owners["home_port"].map(_PORTS).to_numpy(dtype=float)
    # New shuttles lose value fast; those that outlive forty years are sought by collectors.
    wear = 0.4 + 0.75 * np.exp(-age / 11) + 0.9 / (1 + np.exp(-(age - 40) / 2))
    # A fast drive pays in large hulls, and hardly in small ones.
    worth_of_drive = np.array([_DRIVES[name][0] for name in drive]) ** (0.4 + np.log10(seats))
    price = (
        (420 + 95 * seats**0.7 + 5.5 * cargo + 60 * drives)
        * worth_of_drive
        * np.array([_HULLS[name][0] for name in hull])
        * wear
        * licence
        * port
        * np.exp(0.1 * quality[owner] + 0.13 * comfort + rng.normal(scale=0.16, size=count))
    )

    in_crowns = rng.random(count) < 0.12
    listed = np.where(in_crowns, price / EUROS_PER_CROWN, price)
    shown = pd.Series([f"{value:,.2f}" for value in listed], dtype=object)
    shown[rng.random(count) < 0.03] = None
    return pd.DataFrame(
        {
            "shuttle_id": np.arange(50_000, 50_000 + count),
            "company_id": owners["company_id"].to_numpy(),
            "hull": hull,
            "drive": drive,
            "drives": drives,
            "seats": seats,
            "crew": (seats / rng.uniform(5, 9, size=count)).round().astype(int) + 1,
            "cargo_volume": cargo,
            "built": THIS_YEAR - age,
            "price": shown,
            "currency": np.where(in_crowns, "LUN", "EUR"),
        }
    )


def _reviews(rng: np.random.Generator, count: int, comfort: Floats, quality: Floats) -> pd.DataFrame:
    shuttle = rng.integers(len(comfort), size=count)

    def score(meant: Floats, scale: float) -> Floats:
        return np.clip((7 + 1.5 * meant + rng.normal(scale=scale, size=count)).round(1), 0, 10)

    days = rng.integers(0, 700, size=count)
    reviews = pd.DataFrame(
        {
            "review_id": np.arange(200_000, 200_000 + count),
            "shuttle_id": 50_000 + shuttle,
            "comfort": score(comfort[shuttle], 0.7),
            "cleanliness": score(0.6 * comfort[shuttle], 1.2),
            "punctuality": score(quality[shuttle], 1.0),
            "crew_service": score(0.5 * quality[shuttle], 1.4),
            "written": (pd.Timestamp(f"{THIS_YEAR - 2}-01-01") + pd.to_timedelta(days, unit="D")).date,
        }
    )
    exported_twice = reviews.sample(frac=0.04, random_state=int(rng.integers(2**31)))
    return pd.concat([reviews, exported_twice], ignore_index=True)
