"""Questions that take too long are given up, and the connection is of use afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite import time_limit
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.sqlite.sqlite_file import open_store
from kedro_viz.store.sqlite.time_limit import TooSlowError, limited
from tests.api.serving import record, run_events, run_id

ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT {} FROM n"


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    store = tmp_path / "session_store.db"
    open_store(store).close()
    record(store, *run_events(run_id(1)))
    engine = engine_of(store)
    yield engine
    engine.dispose()


@pytest.mark.parametrize("what", ["count(*)", "x"])
def test_an_endless_question_is_given_up(engine: Engine, what: str) -> None:
    given_up = pytest.raises(TooSlowError, match=r"took longer than 0\.05 s and was given up\. Narrow it")
    with given_up, limited(engine, 0.05) as connection:
        # Of all the rows, SQLite makes the first ones when it is asked, and the others as they are read.
        connection.exec_driver_sql(ENDLESS.format(what)).fetchall()
    # The same connection comes from the pool.
    with limited(engine) as connection:
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    with engine.connect() as connection:
        assert connection.execute(text(ENDLESS.format("x") + " LIMIT 1 OFFSET 200000")).scalar_one() == 200_001


def test_other_errors_stay_what_they_are(engine: Engine) -> None:
    with pytest.raises(OperationalError, match="no such table"), limited(engine) as connection:
        connection.execute(text("SELECT * FROM elsewhere"))


def test_the_list_of_runs_is_limited(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    # SQLite looks at the clock after each of its steps, and finds that the time is over.
    monkeypatch.setattr(time_limit, "_STEPS", 1)
    runs = RunRepository(engine).runs
    assert runs.page(1, chosen=RunFilter("kedro")).total == 1
    monkeypatch.setattr("kedro_viz.store.reading.runs.limited", lambda engine: limited(engine, -1))
    for query in ("kedro", "duration > 0", 'author == "ada"', ""):
        with pytest.raises(TooSlowError):
            runs.page(1, chosen=RunFilter(query))
