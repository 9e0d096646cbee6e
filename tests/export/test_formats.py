"""Runs as files that other tools read: each format is read back by such a tool."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Iterable, Iterator

import pandas as pd
import pytest

from kedro_viz.analysis.parameter_summary import ParameterKind, ParameterSummary
from kedro_viz.analysis.run_columns import RunColumn
from kedro_viz.export.formats import FORMATS
from kedro_viz.export.table import CellValue, ExportedTable, Row

NAMES = ["id", "title", "started", "duration", "bookmarked", "tags", "metrics.m.r2", "params.a", "params.b"]
ROWS: list[Row] = [
    ["1", "=HYPERLINK(1)", 0, 1.5, True, ["x", "y"], 0.25, 1, "text"],
    ["2", 'a "quoted",\nline', 1_700_000_000_123, None, False, [], math.nan, 2.5, True],
    ["3", "plain é", None, 0.0, False, ["-z"], -math.inf, None, {"k": [1, math.inf]}],
]


KNOWN = [
    ParameterSummary("a", 2, ParameterKind.NUMBER, 1.0, 2.5, 2),
    ParameterSummary("b", 3, ParameterKind.OTHER, None, None, 3),
]


def exported(name: str, *batches: list[Row]) -> bytes:
    return b"".join(FORMATS[name].write(table_of(NAMES, batches, *KNOWN)))


def table_of(names: list[str], batches: Iterable[list[Row]], *known: ParameterSummary) -> ExportedTable:
    columns = [RunColumn.parse(each) for each in names]
    return ExportedTable(columns, iter(batches), {each.name: each for each in known})


def test_csv_is_read_back_with_its_texts_and_numbers() -> None:
    text = exported("csv", ROWS[:2], ROWS[2:]).decode("utf-8-sig")
    header, first, second, third = csv.reader(io.StringIO(text, newline=""))
    assert header == NAMES
    assert first[2:] == ["1970-01-01T00:00:00.000+00:00", "1.5", "true", "x, y", "0.25", "1", "text"]
    assert second[1] == 'a "quoted",\nline'
    assert second[3:] == ["", "false", "", "NaN", "2.5", "true"]
    assert third[2:] == ["", "0.0", "false", "'-z", "-Infinity", "", '{"k": [1, Infinity]}']


def test_no_cell_of_a_csv_is_a_formula() -> None:
    formulas = [
        *("=1+1", " @x", "-1-1", "+cmd", "\t=1", "\r=1", "\n=1", "\tx", "|cmd' /C calc'!A0", "\N{MINUS SIGN}1+1"),
        # Full-width and small forms of the same.
        *("\uff1d1+1", "\uff0b1+1", "\uff0d1+1", "\uff20SUM(A1)", "\ufe661+1", "\ufe631+1"),
        # Behind what cannot be seen.
        *("\ufeff=1", "\u200b=1", "\u00a0=1", "\u3000\uff1d1", "\x1b=1", "\u2028=1", "\u202e=1"),
    ]
    text = exported("csv", [["1", title, *ROWS[0][2:]] for title in formulas]).decode("utf-8-sig")
    assert [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))] == [
        f"'{formula}" for formula in formulas
    ]


def test_text_and_numbers_that_are_no_formula_stay_as_they_are() -> None:
    harmless = ["a=b", "x@y", "-1.5", "\N{MINUS SIGN}1.5", "+3", "1e-7", "-Infinity", "", " ", "\uff21"]
    text = exported("csv", [["1", title, *ROWS[0][2:]] for title in harmless]).decode("utf-8-sig")
    assert [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))] == harmless


def test_json_has_an_object_a_run_with_typed_values() -> None:
    first, second, third = json.loads(exported("json", ROWS[:1], ROWS[1:]))
    assert list(first) == NAMES
    assert first["started"] == "1970-01-01T00:00:00.000+00:00"
    assert first["tags"] == ["x", "y"]
    assert (second["metrics.m.r2"], second["duration"], second["params.b"]) == ("NaN", None, True)
    assert (third["metrics.m.r2"], third["params.b"]) == ("-Infinity", {"k": [1, "Infinity"]})


def test_parquet_has_columns_of_their_kinds() -> None:
    pytest.importorskip("pyarrow")
    frame = pd.read_parquet(io.BytesIO(exported("parquet", ROWS[:1], ROWS[1:])))
    assert list(frame.columns) == NAMES
    assert frame["started"].dt.tz is not None
    assert frame["started"][1] == pd.Timestamp("2023-11-14T22:13:20.123Z")
    assert frame["duration"].tolist()[0] == 1.5
    assert frame["bookmarked"].tolist() == [True, False, False]
    assert [list(tags) for tags in frame["tags"]] == [["x", "y"], [], ["-z"]]
    assert math.isnan(frame["metrics.m.r2"][1])
    assert frame["params.a"].tolist()[:2] == [1.0, 2.5]
    assert frame["params.b"].tolist() == ['"text"', "true", '{"k": [1, Infinity]}']


def test_parquet_is_written_while_runs_are_read_some_thousand_in_memory_at_once() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    read: list[int] = []

    def batches() -> Iterator[list[Row]]:
        for number in range(40):
            read.append(number)
            yield [[f"{number}-{row}", row / 2] for row in range(500)]

    known = ParameterSummary("a", 20_000, ParameterKind.NUMBER, 0.0, 250.0, 1_000)
    parts = FORMATS["parquet"].write(table_of(["id", "params.a"], batches(), known))
    first = next(parts)
    assert first.startswith(b"PAR1")
    assert len(read) == 10
    file = parquet.ParquetFile(io.BytesIO(first + b"".join(parts)))
    assert [file.metadata.row_group(place).num_rows for place in range(file.num_row_groups)] == [5_000] * 4
    frame = file.read().to_pandas()
    assert list(frame["id"])[::5_000] == ["0-0", "10-0", "20-0", "30-0"]
    assert frame["params.a"].sum() == 40 * sum(range(500)) / 2


@pytest.mark.parametrize(
    ("kind", "cells", "held"),
    [
        (ParameterKind.NUMBER, [1, 0.5, "x", True, [1], 10**400], [1.0, 0.5, None, None, None, math.inf]),
        (ParameterKind.BOOLEAN, [True, 1, "x"], [True, None, None]),
        (ParameterKind.TEXT, ["x", 1, None, {"k": True}], ["x", "1", None, '{"k": true}']),
        (ParameterKind.OTHER, ["x", 1, None], ['"x"', "1", None]),
    ],
)
def test_a_value_of_another_kind_becomes_what_its_column_in_parquet_holds(
    kind: ParameterKind, cells: list[CellValue], held: list[CellValue]
) -> None:
    # As where a run is recorded after the kinds were asked for.
    parquet = pytest.importorskip("pyarrow.parquet")
    table = table_of(["params.a"], [[[cell] for cell in cells]], ParameterSummary("a", 1, kind, 0.5, 1.0, 1))
    written = parquet.read_table(io.BytesIO(b"".join(FORMATS["parquet"].write(table))))
    assert written.column("params.a").to_pylist() == held


def test_whole_numbers_that_no_double_holds_are_exact_in_parquet() -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    seed = 2**62 + 1
    table = table_of(["params.a"], [[[seed]]], ParameterSummary("a", 1, ParameterKind.NUMBER, seed, seed, 1))
    written = parquet.read_table(io.BytesIO(b"".join(FORMATS["parquet"].write(table))))
    assert written.column("params.a").to_pylist() == [str(seed)]


@pytest.mark.parametrize("name", FORMATS)
def test_a_table_without_runs_is_a_whole_file(name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    written = exported(name)
    if name == "csv":
        assert written.decode("utf-8-sig") == ",".join(NAMES) + "\r\n"
    elif name == "json":
        assert json.loads(written) == []
    else:
        assert list(pd.read_parquet(io.BytesIO(written)).columns) == NAMES


@pytest.mark.parametrize("name", FORMATS)
def test_characters_that_utf_8_cannot_hold_break_no_file(name: str) -> None:
    if name == "parquet":
        pytest.importorskip("pyarrow")
    assert exported(name, [["1", "\ud800", 0, 1.0, True, ["\udfff"], 1.0, "\ud800", {"\ud800": "\ud800"}]])
