"""The command of a run: Kedro must read it as the run was."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from kedro.framework.cli.project import run as kedro_run

from kedro_viz.integrations.kedro.reproduction.run_command import RunCommand, arguments_text, run_command
from kedro_viz.tracking.secrets.redaction import REDACTED
from kedro_viz.tracking.surroundings.configuration import LEFT_OUT
from tests.sessions import PIPELINE_OPTION, RUNS_SEVERAL_PIPELINES


def read_by_sh(command: RunCommand) -> list[str]:
    """The words that a shell makes of a command."""
    line = f"printf '%s\\0' {command.text}"
    done = subprocess.run(["/bin/sh", "-c", line], capture_output=True, check=True, cwd="/")
    return done.stdout.decode().split("\0")[:-1]


# Any: JSON of every kind.
def read_by_kedro(command: RunCommand) -> dict[str, Any]:
    """What `kedro run` takes from a command."""
    words = read_by_sh(command)
    assert words[:2] == ["kedro", "run"]
    with TemporaryDirectory() as folder:
        if command.arguments:
            file = Path(folder) / "arguments.yml"
            file.write_text(arguments_text(command.arguments), encoding="utf-8")
            words.append(f"--config={file}")
        options: dict[str, Any] = kedro_run.make_context("run", words[2:]).params
    return options


def command_of(run: dict[str, Any], cli: dict[str, Any] | None = None, **more: Any) -> RunCommand:
    session = {} if cli is None else {"cli": {"params": cli}}
    return run_command(run, session, more.get("runner", "SequentialRunner"), more.get("load_versions", {}))


def test_a_plain_run_needs_no_options() -> None:
    told: dict[str, Any] = {
        "tags": [],
        "pipeline_names": [],
        "env": None,
        "runtime_params": {},
        "runner": "None",
        "load_versions": {},
    }

    command = command_of(told)

    assert command.text == "kedro run"
    assert not command.problems


def test_all_that_selects_nodes_is_repeated() -> None:
    command = command_of(
        {
            "tags": ["a", "b"],
            "node_names": ["make([x,y]) -> [z]", "train"],
            "from_nodes": ["first"],
            "to_nodes": ["last"],
            "from_inputs": ["cars"],
            "to_outputs": ["model"],
            "namespaces": ["one", "two"],
            "load_versions": {"cars": "2024-05-01T12.30.45.678Z"},
            "env": "prod",
        }
    )

    options = read_by_kedro(command)

    assert options["tags"] == ["a", "b"]
    assert options["node_names"] == ["make([x,y]) -> [z]", "train"]
    assert options["from_nodes"] == ["first"]
    assert options["to_nodes"] == ["last"]
    assert options["from_inputs"] == ["cars"]
    assert options["to_outputs"] == ["model"]
    assert options["namespaces"] == ["one", "two"]
    assert options["load_versions"] == {"cars": "2024-05-01T12.30.45.678Z"}
    assert options["env"] == command.env == "prod"


def test_pipelines_are_named_as_the_run_named_them() -> None:
    if RUNS_SEVERAL_PIPELINES:
        assert command_of({"pipeline_names": ["a", "b"]}).text == "kedro run --pipelines=a,b"
    assert command_of({"pipeline_name": "a"}).text == "kedro run --pipeline=a"
    assert PIPELINE_OPTION in ("--pipeline", "--pipelines")


@pytest.mark.parametrize("run", [{}, {LEFT_OUT: "It is larger than 1 MB."}], ids=["not recorded", "left out"])
def test_the_session_tells_what_kedro_did_not(run: dict[str, Any]) -> None:
    options = {"tags": ["a"], "pipelines": [], "pipeline": "science", "node_names": ["train"], "params": {"a": 1}}
    session = {"cli": {"params": options}, "env": "prod", "runtime_params": {"a": 1}}

    command = run_command(run, session, "SequentialRunner", {})

    assert command.text == "kedro run --env=prod --tags=a --pipeline=science --nodes=train --params=a=1"
    assert "not recorded whole" in command.problems[0]


@pytest.mark.parametrize(
    ("run", "cli", "class_name", "expected"),
    [
        ({"runner": "<kedro.runner.sequential_runner.SequentialRunner object at 0x1>"}, None, None, ""),
        ({"runner": "<kedro.runner.thread_runner.ThreadRunner object>"}, None, None, " --runner=ThreadRunner"),
        ({"runner": "<mine.runners.Fast object at 0x1>"}, None, None, " --runner=mine.runners.Fast"),
        (
            {"x": 1},
            {"runner": "ParallelRunner", "is_async": True},
            "ParallelRunner",
            " --runner=ParallelRunner --async",
        ),
        ({"x": 1}, {"runner": "mine.Fast"}, "Fast", " --runner=mine.Fast"),
        ({"x": 1}, None, "ThreadRunner", " --runner=ThreadRunner"),
    ],
)
def test_the_runner_is_named(
    run: dict[str, Any], cli: dict[str, Any] | None, class_name: str | None, expected: str
) -> None:
    assert command_of(run, cli, runner=class_name).text == f"kedro run{expected}"


def test_versions_that_were_loaded_are_loaded_again_unless_the_run_said_others() -> None:
    command = command_of({"load_versions": {"a": "1"}}, load_versions={"a": "9", "b": "2"})

    assert command.text == "kedro run --load-versions=a:1,b:2"


def test_missing_outputs_only_is_repeated_and_told() -> None:
    command = command_of({"only_missing_outputs": True})

    assert "--only-missing-outputs" in command.text
    assert len(command.problems) == 1


# Names as people give parameters: no dots, which mean a parameter in a parameter.
NAMES = st.text(st.characters(categories=["Ll", "Lu", "Nd"], include_characters="_- "), min_size=1, max_size=8).map(
    lambda name: f"p{name.strip()}"
)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=12)
    | st.sampled_from(["1", "true", "null", "1e3", "0E0", "a,b", "a=b", "[1]", "{}", "'", '"', "${x}", "#", " x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, min_size=1, max_size=3),
    max_leaves=6,
)  # fmt: skip


@given(st.dictionaries(NAMES, VALUES, max_size=4))
@example({"p": {"a": [1, 2]}, "q": "1"})
def test_parameters_are_read_as_they_were(params: dict[str, Any]) -> None:
    assert read_by_kedro(command_of({"runtime_params": params}))["params"] == params


def test_a_secret_parameter_is_asked_for_and_the_others_are_there() -> None:
    command = command_of({"runtime_params": {"db": {"password": REDACTED, "user": "a"}, "url": f"x://u:{REDACTED}@h"}})

    assert [(secret.parameter, secret.variable) for secret in command.secrets] == [
        ("db.password", "PARAM_DB_PASSWORD"),
        ("url", "PARAM_URL"),
    ]
    assert command.text == 'kedro run --params=db.user=a,db.password="$PARAM_DB_PASSWORD",url="$PARAM_URL"'
    assert REDACTED not in command.text


def test_secrets_beside_parameters_that_need_a_file_are_in_the_file() -> None:
    command = command_of({"runtime_params": {"token": REDACTED, "list": [1, 2]}})

    assert command.text == "kedro run"
    assert command.arguments == {"token": REDACTED, "list": [1, 2]}
    assert [(secret.parameter, secret.variable) for secret in command.secrets] == [("token", None)]


@pytest.mark.parametrize(
    "run",
    [
        {"tags": "not a list", "node_names": 5, "load_versions": [1], "runtime_params": "x", "pipeline_names": None},
        {"tags": ["$(touch x)", "`touch x`", "'; touch x; '", "--env=evil", "-c"], "env": "$(touch x)"},
        {"runtime_params": {"$(touch x)": 1, "a\nb": "c\n--env=evil"}, "pipeline_name": "; touch x"},
        {"runtime_params": {'$(touch x)`"password': REDACTED}, "runner": "<" * 1000},
        {"env": "\x1b[201~\ntouch x\n", "tags": ["a\rtouch x", "\u202eb"], "pipeline_name": "a\\' ; touch x #"},
    ],
)
def test_a_hostile_record_gets_nothing_past_the_shell(
    run: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    command = command_of(run, {"runner": "$(touch x)", "conf_source": {"a": 1}})
    shown = subprocess.run(
        ["/bin/sh", "-c", f'printf "%s\\0" {command.text}'], cwd=tmp_path, capture_output=True, text=True, check=True
    ).stdout

    assert list(tmp_path.iterdir()) == []
    words = shown.split("\0")[:-1]
    assert words[:2] == ["kedro", "run"]
    assert all(word.startswith("--") and "=" in word for word in words[2:])
    assert command.text.isprintable(), "one line, of which all is seen"
    assert json.dumps(words)
