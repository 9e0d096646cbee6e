"""Session stores as they are found on people's disks."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def location(tmp_path: Path) -> Path:
    """Where a store will be; nothing is there yet, its folder neither."""
    return tmp_path / "data" / "session_store.db"


@pytest.fixture(autouse=True)
def _own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Records that cannot be kept beside their store go to a cache of the test's own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
