"""A store in a folder of the test's own, and the API over it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.api.serving import Api, opened, project_of


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Where the session store is."""
    return tmp_path / "session_store.db"


@pytest.fixture
def api(tmp_path: Path, store: Path) -> Iterator[Api]:
    """The API over that store."""
    with opened(project_of(tmp_path, store=store)) as api:
        yield api
