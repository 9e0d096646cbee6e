"""The configuration of a run is told as Kedro resolved it: alike for runs that were started alike, without secrets."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from kedro.runner import ThreadRunner

from kedro_viz.integrations.kedro.recording import resolved_configuration as module
from kedro_viz.integrations.kedro.recording.resolved_configuration import resolved_configuration
from kedro_viz.tracking.surroundings.configuration import Configuration


# Any: what Kedro passes.
def run_params(**more: Any) -> dict[str, Any]:
    """What Kedro passes to `before_pipeline_run`."""
    return {
        "run_id": "2024-05-01T12.30.45.678Z",
        "session_id": "2024-05-01T12.30.45.678Z",
        "project_path": "/home/me/project",
        "env": "prod",
        "kedro_version": "1.7.0",
        "tags": ("a", "b"),
        "from_nodes": [],
        "node_names": None,
        "load_versions": {},
        "runtime_params": {"n": 3},
        "pipeline_names": ["train", "report"],
        "runner": "None",
        "only_missing_outputs": False,
        **more,
    }


def of_catalog(**catalog: Any) -> dict[str, Any]:
    return dict(resolved_configuration(run_params(), {}, catalog).catalog)


def test_run_is_told_by_what_the_user_said() -> None:
    told = resolved_configuration(run_params(), {}, {}).run
    assert told == {
        "env": "prod",
        "tags": ["a", "b"],
        "runtime_params": {"n": 3},
        "pipeline_names": ["report", "train"],
        "runner": "SequentialRunner",
    }


def test_runs_that_were_started_alike_have_the_same_configuration() -> None:
    texts = {
        resolved_configuration(
            run_params(
                run_id=run_id, runner=str(ThreadRunner()), pipeline_names=names, tags=set(names), project_path=path
            ),
            {"a": 1, "b": 2} if run_id == "1" else {"b": 2, "a": 1},
            {"cars": {"type": "pandas.CSVDataset", "filepath": f"{path}/data/cars.csv"}},
        ).to_json()
        for run_id, names, path in (("1", ["a", "b"], "/home/me/project"), ("2", ["b", "a"], "/home/you/copy"))
    }
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("runner", "told"),
    [
        (str(ThreadRunner()), "ThreadRunner"),
        ("ParallelRunner", "ParallelRunner"),
        ("<mine.runners.Fast object at 0x7f>", "mine.runners.Fast"),
    ],
    ids=["an object of Kedro", "a name", "an object of the project"],
)
def test_runner_is_told_by_its_class(runner: str, told: str) -> None:
    assert resolved_configuration(run_params(runner=runner), {}, {}).run["runner"] == told


def test_secrets_are_not_told() -> None:
    configuration = resolved_configuration(
        run_params(runtime_params={"db": {"password": "hunter2", "n": 1}, "api_key": "hunter2"}),
        {"login": [{"token": "hunter2", "user": "me"}], "url": "postgresql://me:hunter2@db"},
        {
            "cars": {"type": "pandas.SQLTableDataset", "credentials": {"con": "hunter2"}, "n": 3},
            "vans": {"type": "x", "fs_args": {"secret": "hunter2", "nested": [{"password": "hunter2"}]}},
            "urls": {"filepath": "https://me:hunter2@host/x.csv", "credentials": "postgresql://me:hunter2@db"},
        },
    )
    assert "hunter2" not in configuration.to_json()
    assert configuration.run["runtime_params"]["db"]["n"] == 1
    assert configuration.parameters["login"][0]["user"] == "me"
    assert configuration.catalog["cars"] == {"type": "pandas.SQLTableDataset", "credentials": "[redacted]", "n": 3}


def test_credentials_and_datasets_are_named() -> None:
    catalog = of_catalog(
        secret_tokens={"type": "x", "credentials": "dev_s3", "dataset": {"type": "y", "credentials": "{place}_db"}},
        _shared={"password": "hunter2"},
    )
    assert catalog == {
        "secret_tokens": {"type": "x", "credentials": "dev_s3", "dataset": {"type": "y", "credentials": "{place}_db"}},
        "_shared": {"password": "[redacted]"},
    }


def test_paths_in_the_project_are_told_as_users_write_them() -> None:
    catalog = of_catalog(
        cars={"filepath": "/home/me/project/data/cars.csv", "layers": ["/home/me/project/x", 3]},
        vans={"filepath": "/home/me/project2/data/vans.csv", "url": "s3://home/me/project/x"},
    )
    assert catalog["cars"] == {"filepath": "data/cars.csv", "layers": ["x", 3]}
    assert catalog["vans"] == {"filepath": "/home/me/project2/data/vans.csv", "url": "s3://home/me/project/x"}


@dataclass
class Model:
    rate: float
    password: str


class Odd:
    def __str__(self) -> str:
        raise RuntimeError("no text")


def test_typed_and_odd_parameters_are_told() -> None:
    loop: dict[str, Any] = {"n": 1}
    loop["self"] = loop
    parameters = {"model": Model(0.5, "hunter2"), "models": [Model(0.1, "hunter2")], "odd": Odd(), 3: {None: (1, 2)}}
    told = resolved_configuration(run_params(), parameters, {}).parameters  # type: ignore[arg-type]  # keys that are no text
    assert told["model"] == {"rate": 0.5, "password": "[redacted]"}
    assert told["models"] == [{"rate": 0.1, "password": "[redacted]"}]
    assert told["3"] == {"None": [1, 2]}
    configuration = resolved_configuration(run_params(), {"loop": loop}, {})
    assert Configuration.from_json(configuration.to_json()).parameters.keys() == {"[left out]"}


@pytest.mark.parametrize("value", [["x" * 100] * 50, {str(n): n for n in range(1000)}, "x" * 5000, {"x" * 5000: 1}])
def test_what_is_too_large_is_left_out(value: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_SIZE", 4000)
    configuration = resolved_configuration(run_params(), {"table": value}, {"x": {"table": value}})
    assert configuration.parameters.keys() == configuration.catalog.keys() == {"[left out]"}
    assert configuration.run["env"] == "prod"
