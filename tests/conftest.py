"""What all tests share: the order they run in, and where real data is."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).parents[1]

# Kedro reports its use over the network unless asked not to; no test speaks to the world.
os.environ["DO_NOT_TRACK"] = "1"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Start the long ones first, so that no worker is left alone with them at the end."""
    items.sort(
        key=lambda test: 0 if test.get_closest_marker("packaging") else 1 if test.get_closest_marker("browser") else 2
    )


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder with data of real projects, kept outside the repository; skips where it is missing."""
    folder = Path(os.environ.get("KEDRO_VIZ_REAL_DATA", REPOSITORY.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"the real data is not there: {folder} (name its place with KEDRO_VIZ_REAL_DATA)")
    return folder
