"""The commands: what they take, what they refuse, and that other `kedro` commands do not pay for them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from kedro_viz.cli.access import AccessOptions
from kedro_viz.cli.main import viz_cli
from kedro_viz.cli.params import split_params
from kedro_viz.cli.serving import ServeOptions


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[ServeOptions]:
    """What the command would serve, instead of serving it."""
    options: list[ServeOptions] = []
    monkeypatch.setattr("kedro_viz.cli.serving.serve", options.append)
    monkeypatch.delenv("KEDRO_ENV", raising=False)
    return options


def viz(*arguments: str) -> None:
    result = CliRunner().invoke(viz_cli, ["viz", *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output


@pytest.mark.parametrize("arguments", [[], ["run"]])
def test_viz_without_a_command_is_viz_run(asked: list[ServeOptions], arguments: list[str]) -> None:
    viz(*arguments)

    assert asked == [ServeOptions(AccessOptions("127.0.0.1"), port=4141, browser=True)]


@pytest.mark.parametrize("command", [[], ["run"]])
def test_all_options_are_taken_with_and_without_the_command(asked: list[ServeOptions], command: list[str]) -> None:
    viz(
        *command,
        *["--host", "0.0.0.0", "--port", "4999", "--no-browser", "-e", "prod", "--params", "model.rate=0.1,name=a=b"],
        *["-p", "science", "-a", "--include-hooks", "--no-token", "--read-only", "--root-path", "tools/viz/"],
        *["--allow-host", "viz.example", "--allow-host", "*"],
    )

    assert asked == [
        ServeOptions(
            AccessOptions("0.0.0.0", True, True, ("viz.example", "*"), "/tools/viz"),
            port=4999,
            browser=False,
            env="prod",
            runtime_params={"model": {"rate": 0.1}, "name": "a=b"},
            pipeline="science",
            autoreload=True,
            include_hooks=True,
        )
    ]


def test_the_environment_is_also_taken_from_the_variable_that_kedro_reads(
    asked: list[ServeOptions], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KEDRO_ENV", "prod")

    viz()

    assert asked[0].env == "prod"


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--port", "99999"], "99999 is not in the range"),
        (["--port", "web"], "'web' is not a valid integer"),
        (["--params", "rate"], "`rate` is not of the form key=value"),
        (["--params", "=1"], "`=1` is not of the form key=value"),
        (["deploy"], "No such command 'deploy'"),
    ],
)
def test_what_cannot_be_is_refused_with_a_reason(asked: list[ServeOptions], arguments: list[str], told: str) -> None:
    result = CliRunner().invoke(viz_cli, ["viz", *arguments])

    assert result.exit_code == 2
    assert told in result.output
    assert asked == []


@pytest.mark.parametrize("option", ["-h", "--help"])
def test_help_of_the_group_lists_its_commands(option: str) -> None:
    assert "Serve the app" in CliRunner().invoke(viz_cli, ["viz", option]).output


@pytest.mark.parametrize(
    "text", ["", "a=1", "a=1,b=x y", " a = 1 , b.c=[1,2]", "a=true,b=null,c=1e-3", "a.b=1,a.c=2", "a=", "a=x:y"]
)
def test_parameters_are_read_as_kedro_reads_them(text: str) -> None:
    from kedro.framework.cli.utils import _split_params

    context, option = click.Context(viz_cli), click.Option(["--params"])
    try:
        expected: dict[str, Any] = _split_params(context, option, text)
    except click.UsageError:
        with pytest.raises(click.UsageError):
            split_params(context, option, text)
    else:
        assert split_params(context, option, text) == expected


def test_other_kedro_commands_load_nothing_heavy() -> None:
    code = "import sys; import kedro_viz.cli.main; print(*sys.modules)"

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    heavy = {"fastapi", "strawberry", "sqlalchemy", "uvicorn", "kedro", "omegaconf", "asyncio", "rich", "yaml"}
    assert not heavy & set(loaded)
    assert {name for name in loaded if name.startswith("kedro_viz.cli.runs.")} == {"kedro_viz.cli.runs.group"}


def test_help_on_runs_loads_nothing_heavy() -> None:
    code = (
        "import sys; from click.testing import CliRunner; from kedro_viz.cli.main import viz_cli\n"
        "for name in ((), ('show',), ('reproduce',), ('delete',)):\n"
        "    assert CliRunner().invoke(viz_cli, ['viz', 'runs', *name, '--help']).exit_code == 0\n"
        "print(*sys.modules)"
    )

    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()

    assert not {"sqlalchemy", "kedro", "omegaconf", "rich", "yaml"} & set(loaded)


def test_runs_has_its_commands_and_no_others() -> None:
    told = CliRunner().invoke(viz_cli, ["viz", "runs", "--help"]).output
    commands = [line.split()[0] for line in told.split("Commands:\n")[1].splitlines()]
    assert commands == ["compare", "delete", "export", "list", "reproduce", "show"]
    assert "No such command 'group'" in CliRunner().invoke(viz_cli, ["viz", "runs", "group"]).output


def test_outside_of_a_project_there_is_a_clear_error(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "kedro", "viz", "--no-browser"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 1
    assert f"There is no Kedro project in {tmp_path}" in done.stderr
    assert "Traceback" not in done.stderr
