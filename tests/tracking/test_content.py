"""What tracked data tells: numbers, a document, or what is wrong with it."""

from __future__ import annotations

import json
import math
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kedro_viz.tracking.content import (
    MAX_DOCUMENT_BYTES,
    MAX_METRICS,
    content_of,
    describe_size,
    read_content,
)
from kedro_viz.tracking.dataset_types import TrackingGroup

METRIC, JSON = TrackingGroup.METRIC, TrackingGroup.JSON


def test_numbers_are_metrics() -> None:
    content = read_content('{"r2": 0.5, "n": 3, "big": 1e400, "flag": true}', METRIC)
    assert content.metrics == {"r2": 0.5, "n": 3.0, "big": math.inf, "flag": 1.0}
    assert content.document is None
    assert content.problem is None


def test_nan_and_infinities_are_numbers() -> None:
    metrics = read_content('{"a": NaN, "b": Infinity, "c": -Infinity}', METRIC).metrics
    assert math.isnan(metrics["a"])
    assert (metrics["b"], metrics["c"]) == (math.inf, -math.inf)


def test_metrics_that_are_not_all_numbers_are_kept_whole_beside_those_that_are() -> None:
    data = {"r2": 0.5, "name": "forest", "nested": {"n": 1}, "none": None, "list": [1]}
    content = read_content(json.dumps(data), METRIC)
    assert content.metrics == {"r2": 0.5}
    assert content.document is not None
    assert json.loads(content.document) == data


@pytest.mark.parametrize("data", [None, 3, "text", [1, 2], {"a": {"b": [None, True, "ü"]}}], ids=repr)
def test_json_is_kept_as_it_is(data: object) -> None:
    for group in (METRIC, JSON):
        content = read_content(json.dumps(data), group)
        assert content.metrics == {}
        assert content.document is not None
        assert json.loads(content.document) == data


def test_json_datasets_numbers_are_no_metrics() -> None:
    assert read_content('{"n": 1}', JSON).metrics == {}


def test_numbers_of_numerical_libraries_count() -> None:
    series = pd.Series([0.25, 4])
    data = {
        "a": np.float32(0.5),
        "b": np.int64(3),
        "c": series.iloc[0],
        "d": series.mean(),
        "e": np.array(7),
        "f": np.float64("nan"),
    }
    metrics = content_of(data, METRIC).metrics
    assert math.isnan(metrics.pop("f"))
    assert metrics == {"a": 0.5, "b": 3.0, "c": 0.25, "d": 2.125, "e": 7.0}


def test_whole_number_beyond_2_to_the_53_keeps_its_digits() -> None:
    recorded = content_of({"a": 2**53 + 1, "b": -(10**400), "c": 3, "d": 2**53}, METRIC).metrics
    assert recorded == {"a": 9007199254740993, "b": -(10**400), "c": 3.0, "d": 2.0**53}
    assert [type(value) for value in recorded.values()] == [int, int, float, int]


def test_whole_number_of_thousands_of_digits_is_infinite() -> None:
    assert content_of({"a": 10**2000, "b": -(10**2000)}, METRIC).metrics == {"a": math.inf, "b": -math.inf}


def test_keys_that_are_no_text_become_text() -> None:
    assert content_of({1: 0.5, None: 2}, METRIC).metrics == {"1": 0.5, "None": 2.0}


@pytest.mark.parametrize(
    "text",
    [b"", b"no json", b"{'a': 1}", b'{"a": 1', b"\xff\xfe\xfa", b"\x89PNG\r\n", b"1" * 5000],
    ids=["empty", "text", "python", "torn", "no utf-8", "picture", "endless number"],
)
def test_file_that_is_not_json_is_told(text: bytes) -> None:
    for group in (METRIC, JSON):
        content = read_content(text, group)
        assert content.problem is not None
        assert content.problem.startswith("The file is not JSON: ")
        assert (content.metrics, content.document) == ({}, None)


@pytest.mark.parametrize("depth", [50, 900, 100_000])
def test_deep_json_is_kept_or_told(depth: int) -> None:
    text = '{"a": ' * depth + "1" + "}" * depth
    content = read_content(text, JSON)
    if depth <= 50:
        assert content.document == text
    else:
        assert content.document == text or content.problem is not None


def test_large_document_is_told_with_its_size() -> None:
    content = content_of({"text": "x" * (MAX_DOCUMENT_BYTES + 1)}, JSON)
    assert content.document is None
    assert content.problem is not None
    assert content.problem.startswith("The data is more than 1 MB")


def test_only_so_many_metrics_are_kept() -> None:
    assert len(content_of({str(n): n for n in range(MAX_METRICS + 5)}, METRIC).metrics) == MAX_METRICS


class Hostile:
    """An object that fails at everything that may be asked of it."""

    def item(self) -> object:
        raise RuntimeError("more than one element")

    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_data_that_cannot_be_written_is_told() -> None:
    loop: list[object] = []
    loop.append(loop)
    for data in (loop, {(1, 2): 3}, [Hostile()]):
        assert (content_of(data, JSON).problem or "").startswith("The data cannot be written as JSON")
    content = content_of({"good": 1, "bad": loop}, METRIC)
    assert content.metrics == {"good": 1.0}
    assert content.problem is not None


@pytest.mark.parametrize(
    ("size", "text"),
    [(0, "0 bytes"), (999, "999 bytes"), (52_400_000, "52.4 MB"), (1_000, "1 kB"), (2 * 10**9, "2 GB")],
)
def test_sizes_are_told_as_people_write_them(size: int, text: str) -> None:
    assert describe_size(size) == text


# Any: whatever JSON can hold, and more.
ANYTHING: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.just(Fraction(1, 3)),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner) | st.sets(st.integers()),
    max_leaves=8,
)


@given(ANYTHING, st.sampled_from([METRIC, JSON]))
def test_any_data_is_told_somehow(data: Any, group: TrackingGroup) -> None:
    content = content_of(data, group)
    assert content.metrics or content.document is not None or content.problem is not None or data == {}


@given(st.binary(), st.sampled_from([METRIC, JSON]))
def test_any_file_is_told_somehow(text: bytes, group: TrackingGroup) -> None:
    read_content(text, group)


def test_metrics_beyond_the_limit_are_said_with_their_number() -> None:
    numbers: dict[str, object] = {f"m{number}": number for number in range(12_000)}
    found = content_of({**numbers, "name": "no number"}, TrackingGroup.METRIC)
    assert len(found.metrics) == 10_000
    assert found.problem == (
        "The dataset has 12,000 metrics. The first 10,000 are recorded; 2,000 are left out. Open the file."
    )
    del numbers["m0"]
    at_limit = content_of(dict(list(numbers.items())[:10_000]), TrackingGroup.METRIC)
    assert (len(at_limit.metrics), at_limit.problem) == (10_000, None)
