"""The names of what can be told of a run in one cell."""

from __future__ import annotations

import pytest

from kedro_viz.analysis.run_columns import RUN_FIELDS, ColumnError, ColumnKind, ColumnSource, RunColumn


@pytest.mark.parametrize("name", [*RUN_FIELDS, "metrics.evaluate.r2_score", "params.model_options.test_size"])
def test_a_column_is_written_as_it_is_read(name: str) -> None:
    assert str(RunColumn.parse(name)) == name


def test_metrics_are_numbers_and_parameters_anything() -> None:
    metric = RunColumn.parse("metrics.evaluate.r2 score")
    assert (metric.source, metric.name, metric.kind) == (ColumnSource.METRIC, "evaluate.r2 score", ColumnKind.NUMBER)
    parameter = RunColumn.parse("params.a")
    assert (parameter.source, parameter.name, parameter.kind) == (ColumnSource.PARAMETER, "a", ColumnKind.ANY)
    assert RunColumn.parse("started").kind is ColumnKind.TIME


@pytest.mark.parametrize("name", ["", "metrics.", "params", "Author", "git", "started_at"])
def test_a_name_that_no_column_has_is_refused(name: str) -> None:
    with pytest.raises(ColumnError, match="There is no column"):
        RunColumn.parse(name)


def test_the_nearest_name_is_told() -> None:
    with pytest.raises(ColumnError, match="Did you mean pipeline"):
        RunColumn.parse("pipelin")
