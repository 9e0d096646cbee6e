"""`tracking.JSONDataset` keeps anything JSON-compatible, and names the place of what is not."""

from __future__ import annotations

import datetime as dt
import json
import math
from decimal import Decimal
from enum import Enum
from pathlib import Path
from uuid import uuid4

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kedro.io import DatasetError
from kedro.io.core import Version

from kedro_viz.integrations.kedro.datasets.tracking import JSONDataset

SESSION = "2024-05-01T12.30.45.678Z"


class Colour(str, Enum):
    RED = "red"


@pytest.fixture
def dataset(tmp_path: Path) -> JSONDataset:
    return JSONDataset(filepath=tmp_path / "columns.json", version=Version(None, SESSION))


def test_tutorials_data_is_stored_as_it_always_was(dataset: JSONDataset, tmp_path: Path) -> None:
    dataset.save({"columns": ["id", "iata_approved"], "data_type": "companies"})
    assert (tmp_path / "columns.json" / SESSION / "columns.json").read_text(encoding="utf-8") == (
        '{\n  "columns": [\n    "id",\n    "iata_approved"\n  ],\n  "data_type": "companies"\n}'
    )
    assert dataset.preview() == {"columns": ["id", "iata_approved"], "data_type": "companies"}


@pytest.mark.parametrize(
    ("data", "stored"),
    [
        ("text", "text"),
        ([True, None, 1, 1.5], [True, None, 1, 1.5]),
        ({"inner": (1, 2)}, {"inner": [1, 2]}),
        ({2: "a", 2.5: "b", False: "c", None: "d"}, {"2": "a", "2.5": "b", "false": "c", "null": "d"}),
        (np.float32(0.5), 0.5),
        (np.int8(3), 3),
        (np.bool_(False), False),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]]),
        (np.array(["a"]), ["a"]),
        (np.array([1, None, "a"], dtype=object), [1, None, "a"]),
        (np.array(5), 5),
        (pd.Series(["a", "b"], index=[7, 8]), ["a", "b"]),
        (pd.DataFrame({"x": [1], "y": [2]}).columns, ["x", "y"]),
        (pd.Series([1, None], dtype="Int64"), [1, None]),
        (pd.Categorical(["a", "b", "a"]), ["a", "b", "a"]),
        (pd.Series({"a": 1, "b": 2}).to_dict(), {"a": 1, "b": 2}),
        (pd.NA, None),
        (pd.NaT, None),
        (np.datetime64("NaT"), None),
        (pd.Timestamp("2024-05-01 12:30", tz="UTC"), "2024-05-01T12:30:00+00:00"),
        (np.datetime64("2024-05-01T12:30"), "2024-05-01T12:30"),
        (np.array(["2024-05-01"], dtype="datetime64[D]"), ["2024-05-01"]),
        (pd.date_range("2024-05-01", periods=1), ["2024-05-01T00:00:00"]),
        (dt.date(2024, 5, 1), "2024-05-01"),
        (Decimal("0.5"), 0.5),
        ({np.int64(3): "a"}, {"3": "a"}),
        ({Colour.RED: Colour.RED}, {"red": "red"}),
        (range(3), [0, 1, 2]),
    ],
    ids=lambda value: type(value).__name__,
)
def test_data_is_stored_as_the_json_that_it_stands_for(dataset: JSONDataset, data: object, stored: object) -> None:
    dataset.save(data)
    assert dataset.load() == stored


@pytest.mark.parametrize(
    ("data", "place"),
    [
        ({1, 2}, "the data itself is of type set"),
        ({"model": {"layers": [0, {"size": 1j}]}}, "'model.layers[1].size' is of type complex"),
        ({"raw": b"bytes"}, "'raw' is of type bytes"),
        ({"table": pd.DataFrame({"a": [1]})}, "'table' is of type DataFrame"),
        ({"took": dt.timedelta(seconds=1)}, "'took' is of type timedelta"),
        ({"took": np.array([1], dtype="timedelta64[s]")}, "'took[0]' is of type timedelta64"),
        ({"objects": np.array([object()])}, "'objects[0]' is of type object"),
        ({"file": Path("a")}, "'file' is of type PosixPath"),
        ({"code": len}, "'code' is of type builtin_function_or_method"),
        ({"kind": np.float64}, "'kind' is of type type"),
        ({"inner": {(1, 2): 3}}, "'inner' has a key of type tuple, (1, 2)"),
        ({"inner": {1: "a", "1": "b"}}, "'inner' has two keys that are both '1' in JSON"),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_what_has_no_counterpart_in_json_is_refused_by_its_place(
    dataset: JSONDataset, tmp_path: Path, data: object, place: str
) -> None:
    with pytest.raises(DatasetError) as refusal:
        dataset.save(data)
    assert place in str(refusal.value)
    assert not (tmp_path / "columns.json").exists(), "a refused save leaves nothing behind"


def test_data_that_contains_itself_is_refused(dataset: JSONDataset) -> None:
    data: dict[str, object] = {"rows": []}
    data["rows"] = [data]
    with pytest.raises(DatasetError, match=r"'rows\[0\]' contains itself"):
        dataset.save(data)


def test_one_object_in_two_places_is_stored_twice(dataset: JSONDataset) -> None:
    shared = [1]
    dataset.save({"a": shared, "b": shared})
    assert dataset.load() == {"a": [1], "b": [1]}


def test_data_nested_without_end_is_refused(dataset: JSONDataset) -> None:
    data: list[object] = []
    for _ in range(100_000):
        data = [data]
    with pytest.raises(DatasetError, match="nested too deeply"):
        dataset.save(data)


def test_not_a_number_and_infinities_are_kept(dataset: JSONDataset) -> None:
    dataset.save({"losses": [math.nan, math.inf, -math.inf]})
    nan, *infinities = dataset.load()["losses"]
    assert math.isnan(nan)
    assert infinities == [math.inf, -math.inf]


def test_users_own_encoder_is_asked_instead(tmp_path: Path) -> None:
    dataset = JSONDataset(filepath=tmp_path / "set.json", save_args={"default": sorted})
    dataset.save({"set": {2, 1}})
    assert dataset.load() == {"set": [1, 2]}


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(JSON_VALUES.filter(lambda value: value is not None))
def test_json_comes_back_as_it_was_saved(value: object) -> None:
    dataset = JSONDataset(filepath=f"memory:///{uuid4()}/data.json", version=Version(None, SESSION))
    dataset.save(value)
    assert json.dumps(dataset.load()) == json.dumps(value)
