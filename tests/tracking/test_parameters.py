"""A run's parameters as flat names with JSON values."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from kedro_viz.tracking.parameters import LEFT_OUT, MAX_PARAMETERS, MAX_VALUE_CHARACTERS, Parameter, flatten_parameters


def flat(parameters: dict[str, object]) -> dict[str, object]:
    """The flattened parameters, values read back from their JSON."""
    return {each.name: json.loads(each.value) for each in flatten_parameters(parameters)}


def test_leaves_are_named_by_their_path() -> None:
    parameters: dict[str, object] = {
        "size": 4,
        "model": {"rate": 0.5, "layers": [8, 4], "options": {"bias": True, "name": None}},
        "empty": {},
        "list": [],
        "text": "é\u2028✓",
        "since": date(2024, 5, 1),
        7: {8: 9},  # type: ignore[dict-item]  # YAML has keys that are no text
    }
    assert flat(parameters) == {
        "size": 4,
        "model.rate": 0.5,
        "model.layers": [8, 4],
        "model.options.bias": True,
        "model.options.name": None,
        "empty": {},
        "list": [],
        "text": "é\u2028✓",
        "since": "2024-05-01",
        "7.8": 9,
    }


def test_no_parameters_are_none() -> None:
    assert flatten_parameters({}) == [] or flat({}) == {"": {}}


@dataclass
class Options:
    rate: float
    layers: list[int] = field(default_factory=lambda: [3])


class Database(BaseModel):
    host: str
    password: str


class Broken(BaseModel):
    def model_dump(self, **_options: object) -> dict[str, object]:
        raise RuntimeError("cannot be dumped")

    def __str__(self) -> str:
        return "a broken one"


def test_validated_parameters_are_flattened_like_mappings() -> None:
    parameters: dict[str, object] = {
        "model": Options(0.5),
        "db": Database(host="h", password="hunter2"),
        "class": Options,
        "broken": Broken(),
    }
    assert flat(parameters) == {
        "model.rate": 0.5,
        "model.layers": [3],
        "db.host": "h",
        "db.password": "[redacted]",
        "class": str(Options),
        "broken": "a broken one",
    }


def test_no_secret_is_kept_wherever_it_stands() -> None:
    parameters: dict[str, object] = {
        "db": {"password": "hunter2", "url": "postgresql://me:hunter2@db"},
        "credentials": {"s3": {"user": "hunter2"}},
        "list": [{"api_key": "hunter2"}, Database(host="h", password="hunter2"), "token=hunter2"],
        "pin_password": 424242,
    }
    text = json.dumps([each.value for each in flatten_parameters(parameters)])
    assert "hunter2" not in text
    assert "424242" not in text


def test_long_value_is_cut_and_still_json() -> None:
    [parameter] = flatten_parameters({"table": list(range(100_000))})
    assert len(parameter.value) <= 2 * MAX_VALUE_CHARACTERS
    assert json.loads(parameter.value).startswith("[0, 1, 2")
    assert json.loads(parameter.value).endswith("…")


def test_only_so_many_parameters_are_kept_and_the_others_counted(caplog: pytest.LogCaptureFixture) -> None:
    *kept, last = flatten_parameters({str(number): number for number in range(MAX_PARAMETERS + 1_234)})
    assert len(kept) == MAX_PARAMETERS
    assert last == Parameter(LEFT_OUT, '"1,234 parameters"')
    [warning] = caplog.messages
    assert warning == "1,234 parameters are not recorded: a run records up to 5,000."


def test_numbers_of_numpy_stay_numbers() -> None:
    assert flat({"a": np.float64(0.5), "b": np.int64(3), "c": np.float32(0.25)}) == {"a": 0.5, "b": 3, "c": 0.25}


def test_parameters_that_contain_themselves_end() -> None:
    parameters: dict[str, object] = {"n": 1}
    parameters["self"] = parameters
    assert {each.name for each in flatten_parameters(parameters)} >= {"n", "self.n", "self.self.n"}


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
        max_leaves=8,
    )
)
def test_any_parameters_become_json(value: object) -> None:
    for parameter in flatten_parameters({"p": value}):
        json.loads(parameter.value)
