"""`tracking.MetricsDataset` keeps every real number as a plain JSON number, and refuses all else by name."""

from __future__ import annotations

import json
import math
from collections import UserString
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from uuid import uuid4

import fsspec
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from kedro.io import DataCatalog, DatasetError
from kedro.io.core import Version

from kedro_viz.integrations.kedro.datasets.tracking import MetricsDataset

SESSION = "2024-05-01T12.30.45.678Z"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "09_tracking" / "metrics.json"


@pytest.fixture
def metrics(file: Path) -> MetricsDataset:
    return MetricsDataset(filepath=file, version=Version(None, SESSION))


def saved_text(file: Path) -> str:
    return (file / SESSION / file.name).read_text(encoding="utf-8")


def test_file_lies_in_a_folder_named_by_the_version_and_is_indented_as_it_always_was(
    metrics: MetricsDataset, file: Path
) -> None:
    metrics.save({"r2_score": 0.5, "mae": 12})
    assert saved_text(file) == '{\n  "r2_score": 0.5,\n  "mae": 12\n}'
    assert metrics.load() == {"r2_score": 0.5, "mae": 12}


@pytest.mark.parametrize(
    ("value", "stored"),
    [
        (3, "3"),
        (-0.25, "-0.25"),
        (True, "1"),
        (False, "0"),
        (2**53 + 1, "9007199254740993"),
        (np.float64(0.5), "0.5"),
        (np.float32(0.5), "0.5"),
        (np.float16(0.5), "0.5"),
        (np.longdouble(0.5), "0.5"),
        (np.int64(-7), "-7"),
        (np.uint8(7), "7"),
        (np.bool_(True), "1"),
        (np.array(3), "3"),
        (np.array(2.5), "2.5"),
        (pd.Series([1.0, 2.0]).mean(), "1.5"),
        (pd.Series([1, 2], dtype="Int64").max(), "2"),
        (pd.DataFrame({"a": [4]}).loc[0, "a"], "4"),
        (Decimal("0.125"), "0.125"),
        (Fraction(1, 4), "0.25"),
        (math.nan, "NaN"),
        (np.float64("inf"), "Infinity"),
        (Decimal("-Infinity"), "-Infinity"),
    ],
)
def test_real_number_of_any_kind_is_stored_as_a_plain_number(
    metrics: MetricsDataset, file: Path, value: object, stored: str
) -> None:
    metrics.save({"value": value})
    assert saved_text(file) == f'{{\n  "value": {stored}\n}}'


@pytest.mark.parametrize(
    "value",
    [
        "0.5",
        "",
        b"1",
        None,
        {"mean": 0.5},
        [0.5],
        (),
        1j,
        np.complex64(1),
        np.array([0.5]),
        np.array("0.5"),
        np.array(None, dtype=object),
        np.str_("0.5"),
        np.datetime64("2024-05-01"),
        np.timedelta64(5, "s"),
        pd.Series([0.5]),
        pd.NA,
        pd.NaT,
        pd.Timestamp("2024-05-01"),
        pd.Timedelta(seconds=5),
        Decimal("sNaN"),
        UserString("0.5"),
        float,
        object(),
    ],
    ids=lambda value: type(value).__name__,
)
def test_anything_else_is_refused_with_its_key_its_type_and_the_remedy(
    metrics: MetricsDataset, file: Path, value: object
) -> None:
    with pytest.raises(DatasetError) as refusal:
        metrics.save({"accuracy": 0.5, "the odd one": value})
    message = str(refusal.value)
    assert "'the odd one' is of type " + type(value).__name__ in message
    assert "tracking.JSONDataset" in message
    assert "accuracy" not in message
    assert not file.exists(), "a refused save leaves nothing behind"


def test_integer_beyond_the_range_of_floats_is_refused(metrics: MetricsDataset) -> None:
    with pytest.raises(DatasetError, match=r"'huge' is beyond the range of floats \(int\)"):
        metrics.save({"huge": 10**400})


def test_all_refused_keys_are_named_up_to_a_readable_number(metrics: MetricsDataset) -> None:
    with pytest.raises(DatasetError) as refusal:
        metrics.save({f"key {number}": "text" for number in range(12)} | {"k" * 1000: None})
    message = str(refusal.value)
    assert "'key 0' is of type str" in message
    assert "'key 4' is of type str" in message
    assert "8 more" in message
    assert len(message) < 500


def test_key_that_is_not_text_is_refused(metrics: MetricsDataset) -> None:
    with pytest.raises(DatasetError, match="the key 7 is of type int, not str"):
        metrics.save({7: 0.5})  # type: ignore[dict-item]


@pytest.mark.parametrize("data", [0.5, "text", [("a", 1)], pd.Series({"a": 1.0}), {1.0}], ids=repr)
def test_data_that_is_no_dict_is_refused(metrics: MetricsDataset, data: Mapping[str, object]) -> None:
    with pytest.raises(DatasetError, match=f"the data is of type {type(data).__name__}.*tracking.JSONDataset"):
        metrics.save(data)


def test_nodes_dict_is_left_as_it_was(metrics: MetricsDataset) -> None:
    data: dict[str, object] = {"score": np.float32(0.5), "passed": True}
    metrics.save(data)
    assert type(data["score"]) is np.float32
    assert data["passed"] is True


@settings(deadline=None)
@given(st.dictionaries(st.text(), st.floats() | st.integers(-(2**1000), 2**1000) | st.booleans(), max_size=8))
def test_metrics_come_back_as_they_were_saved(data: dict[str, object]) -> None:
    dataset = MetricsDataset(filepath=f"memory:///{uuid4()}/metrics.json", version=Version(None, SESSION))
    dataset.save(data)
    loaded = dataset.load()
    assert list(loaded) == list(data)
    assert all(loaded[key] == value or value != value for key, value in data.items())
    assert not any(isinstance(value, bool) for value in loaded.values())


@pytest.mark.parametrize(
    "text",
    ["", "{", "[1]", '{"a": "text"}', '{"a": null}', '{"a": {"b": 1}}', "[" * 100_000, "\ufeff{}"],
    ids=["empty", "cut off", "list", "text", "null", "nested", "too deep", "byte order mark"],
)
def test_file_that_no_metrics_dataset_wrote_is_refused(metrics: MetricsDataset, file: Path, text: str) -> None:
    (file / SESSION).mkdir(parents=True)
    (file / SESSION / file.name).write_text(text, encoding="utf-8")
    with pytest.raises(DatasetError, match=r"metrics\.json"):
        metrics.load()


def test_second_save_of_one_version_is_refused(metrics: MetricsDataset) -> None:
    metrics.save({"a": 1})
    with pytest.raises(DatasetError, match="must not exist if versioning is enabled"):
        metrics.save({"a": 2})


def test_preview_shows_the_latest_version(file: Path) -> None:
    for day in (1, 2):
        MetricsDataset(filepath=file, version=Version(None, f"2024-05-0{day}T00.00.00.000Z")).save({"day": day})
    assert MetricsDataset(filepath=file, version=Version(None, None)).preview() == {"day": 2}


def test_catalog_versions_it_without_being_told_and_takes_all_its_arguments(tmp_path: Path) -> None:
    catalog = DataCatalog.from_config(
        {
            "metrics": {
                "type": "kedro_viz.integrations.kedro.datasets.tracking.MetricsDataset",
                "filepath": str(tmp_path / "metrics.json"),
                "save_args": {"indent": None, "sort_keys": True},
                "credentials": "disk",
                "fs_args": {"open_args_save": {"encoding": "utf-16"}, "open_args_load": {"encoding": "utf-16"}},
                "metadata": {"owner": "science"},
            }
        },
        credentials={"disk": {"token": "secret"}},
        save_version=SESSION,
    )
    catalog.save("metrics", {"b": 1, "a": 2})
    file = tmp_path / "metrics.json" / SESSION / "metrics.json"
    assert file.read_text(encoding="utf-16") == '{"a": 2, "b": 1}'
    assert catalog.load("metrics") == {"a": 2, "b": 1}
    assert catalog.exists("metrics")
    dataset = catalog["metrics"]
    assert isinstance(dataset, MetricsDataset)
    assert dataset.metadata == {"owner": "science"}
    assert "secret" not in repr(dataset)


def test_remote_file_is_written_and_found_again() -> None:
    bucket = f"memory:///bucket-{uuid4()}"
    dataset = MetricsDataset(filepath=f"{bucket}/09_tracking/metrics.json", version=Version(None, SESSION))
    assert not dataset.exists()
    dataset.save({"score": 0.5})
    assert dataset.exists()
    assert dataset.load() == {"score": 0.5}
    with fsspec.open(f"{bucket}/09_tracking/metrics.json/{SESSION}/metrics.json") as stored:
        assert json.load(stored) == {"score": 0.5}


def test_versions_cannot_be_kept_over_http() -> None:
    with pytest.raises(DatasetError, match="Versioning is not supported for HTTP protocols"):
        MetricsDataset(filepath="https://example.com/metrics.json", version=Version(None, None))
