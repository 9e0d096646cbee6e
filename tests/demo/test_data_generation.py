"""The raw data: the same each time, and worth modelling."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from demo_project.data_generation import generate, write_raw_data

TABLES = ["companies", "shuttles", "reviews"]


@pytest.mark.parametrize("table", TABLES)
def test_the_same_seed_makes_the_same_table(table: str) -> None:
    first, second = (getattr(generate(seed=3), table) for _ in range(2))
    pd.testing.assert_frame_equal(first, second)


@pytest.mark.parametrize("table", TABLES)
def test_another_seed_makes_another_table(table: str) -> None:
    assert not getattr(generate(seed=3), table).equals(getattr(generate(seed=4), table))


def test_every_shuttle_has_a_company_and_every_review_a_shuttle() -> None:
    data = generate()
    assert set(data.shuttles["company_id"]) <= set(data.companies["company_id"])
    assert set(data.reviews["shuttle_id"]) <= set(data.shuttles["shuttle_id"])


def test_the_tables_have_the_faults_that_the_pipeline_mends() -> None:
    data = generate()
    assert data.reviews["review_id"].duplicated().any()
    assert data.shuttles["price"].isna().any()
    assert set(data.shuttles["currency"]) == {"EUR", "LUN"}
    assert not set(data.shuttles["shuttle_id"]) <= set(data.reviews["shuttle_id"])


def test_raw_files_are_written_once(tmp_path: Path) -> None:
    folder = tmp_path / "01_raw"
    written = write_raw_data(folder)
    assert sorted(file.name for file in written) == ["companies.csv", "reviews.csv", "shuttles.parquet"]
    contents = [file.read_bytes() for file in written]

    assert write_raw_data(folder) == []
    assert [file.read_bytes() for file in written] == contents


def test_raw_files_that_are_not_whole_are_written_anew_together(tmp_path: Path) -> None:
    written = write_raw_data(tmp_path)
    contents = [file.read_bytes() for file in written]
    written[0].unlink()

    assert write_raw_data(tmp_path) == written
    assert [file.read_bytes() for file in written] == contents
