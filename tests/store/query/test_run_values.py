"""A field of a run is the same wherever it is asked for: in queries, orders, charts, lists and exports."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert

from kedro_viz.analysis.column_values import NumberValues
from kedro_viz.analysis.run_columns import RUN_FIELDS, ColumnKind, RunColumn
from kedro_viz.export.run_tables import RunChoice, RunTables
from kedro_viz.store.query.run_filter import RunFilter
from kedro_viz.store.query.run_query import RunOrder
from kedro_viz.store.query.run_values import SAID, VALUES
from kedro_viz.store.repository import RunRepository
from kedro_viz.store.sqlite.engine import engine_of
from kedro_viz.store.tables import runs
from kedro_viz.tracking.run import Run
from tests.store.stores import ended, started, write


@pytest.fixture
def repository(location: Path) -> Iterator[RunRepository]:
    """A run of a second, one whose clock was set back, and one of Kedro-Viz 10 that nobody has described."""
    write(location, started("a", 1_000), ended("a", 2_000), started("b", 5_000), ended("b", 4_000))
    engine = engine_of(location)
    with engine.begin() as connection:
        connection.execute(insert(runs).values(id="c", blob='"{}"'))
    yield RunRepository(engine)
    engine.dispose()


def ordered(repository: RunRepository, name: str) -> list[str]:
    return repository.runs.ordered_ids(RunFilter(), [RunOrder(RunColumn.parse(name), descending=False)])


def exported(repository: RunRepository, name: str) -> dict[object, object]:
    table = RunTables(repository).read([RunColumn.parse("id"), RunColumn.parse(name)], RunChoice())
    return {run_id: value for batch in table.batches for run_id, value in batch}


def charted(repository: RunRepository, name: str) -> dict[str, object]:
    table = repository.columns.read([RunColumn.parse(name)], RunFilter())
    (column,) = table.columns
    if isinstance(column, NumberValues):
        values: list[object] = [None if math.isnan(value) else value for value in column.values]
    else:
        values = [column.labels[code] if code >= 0 else None for code in column.codes]
    return dict(zip(table.run_ids, values, strict=True))


def test_no_duration_is_negative(repository: RunRepository) -> None:
    assert repository.runs.ordered_ids(RunFilter("duration == 0")) == ["b"]
    assert repository.runs.ordered_ids(RunFilter("duration < 0")) == []
    assert ordered(repository, "duration")[:2] == ["b", "a"]
    assert charted(repository, "duration") == {"a": 1, "b": 0, "c": None}
    assert exported(repository, "duration") == {"a": 1, "b": 0, "c": None}
    assert [run.duration for run in repository.runs.get(["a", "b", "c"])] == [1, 0, None]


def test_a_run_without_a_status_has_succeeded(repository: RunRepository) -> None:
    assert set(repository.runs.ordered_ids(RunFilter('status == "succeeded"'))) == {"a", "b", "c"}
    assert charted(repository, "status") == dict.fromkeys("abc", "succeeded")
    assert exported(repository, "status") == dict.fromkeys("abc", "succeeded")
    assert {run.status.value for run in repository.runs.get(["a", "b", "c"])} == {"succeeded"}
    # None comes last for want of a value: all are the same, and the newest id is first.
    assert sorted(ordered(repository, "status")) == ["a", "b", "c"]


def test_each_field_has_one_place() -> None:
    fields = {name for name, field in RUN_FIELDS.items() if field.kind is not ColumnKind.TAGS}
    assert fields <= VALUES.keys() | SAID.keys()
    assert not VALUES.keys() & SAID.keys()
    assert {RUN_FIELDS[name].attribute for name in fields} <= {*Run.__annotations__, "duration"}
