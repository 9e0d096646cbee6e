"""The token, links and warnings of `kedro viz run`."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from kedro_viz.api.access.person import Action, Person
from kedro_viz.cli.access import AccessOptions, Token, open_access, print_addresses, print_warnings, take_token
from kedro_viz.cli.run import run

LOCAL = AccessOptions("127.0.0.1")
NETWORK = AccessOptions("0.0.0.0")
CHOSEN = "chosen-by-the-user"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_on_this_machine_nobody_is_asked(host: str) -> None:
    assert take_token(AccessOptions(host), {}) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.0.7", "lab.example", ""])
@pytest.mark.parametrize("environment", [{}, {"KEDRO_VIZ_TOKEN": ""}, {"KEDRO_VIZ_TOKEN": " \n"}])
def test_elsewhere_a_token_is_made_even_if_the_variable_is_empty(host: str, environment: dict[str, str]) -> None:
    first, second = (take_token(AccessOptions(host), dict(environment)) for _ in range(2))

    assert first is not None
    assert second is not None
    assert not first.is_chosen
    assert len(first.value) >= 40
    assert first.value != second.value


@pytest.mark.parametrize("options", [LOCAL, NETWORK])
def test_the_users_own_is_taken_everywhere_and_not_handed_to_other_processes(options: AccessOptions) -> None:
    environment = {"KEDRO_VIZ_TOKEN": f"{CHOSEN}\n", "OTHER": "x"}

    assert take_token(options, environment) == Token(CHOSEN, is_chosen=True)
    assert environment == {"OTHER": "x"}


@pytest.mark.parametrize("token", ["short", "with blanks in it", "schlüsselwort"])
def test_what_cannot_be_a_token_is_refused_without_repeating_it(token: str) -> None:
    with pytest.raises(click.ClickException, match="KEDRO_VIZ_TOKEN") as refused:
        take_token(NETWORK, {"KEDRO_VIZ_TOKEN": token})

    assert token not in refused.value.message


def test_only_an_option_switches_it_off_and_that_is_warned_of(capsys: pytest.CaptureFixture[str]) -> None:
    options = AccessOptions("0.0.0.0", no_token=True)

    assert take_token(options, {}) is None
    print_warnings(options, None)
    assert re.search(r"delete runs together with the files .* Leave out --no-token", capsys.readouterr().err)
    with pytest.raises(click.UsageError, match="Leave out one of them"):
        take_token(options, {"KEDRO_VIZ_TOKEN": CHOSEN})


def test_the_warning_says_no_more_than_is_true(capsys: pytest.CaptureFixture[str]) -> None:
    print_warnings(AccessOptions("0.0.0.0", no_token=True, read_only=True), None)
    assert "delete" not in capsys.readouterr().err
    print_warnings(NETWORK, Token("made", is_chosen=False))
    assert "plain HTTP" in capsys.readouterr().err
    print_warnings(LOCAL, None)
    assert capsys.readouterr().err == ""


def test_a_made_token_is_in_the_link_and_a_chosen_one_is_not_printed(capsys: pytest.CaptureFixture[str]) -> None:
    print_addresses(NETWORK, Token("made", is_chosen=False), 4141)
    printed = capsys.readouterr().out
    assert "Kedro-Viz is running at http://127.0.0.1:4141/?token=made\n" in printed
    assert re.search(r"From other machines: http://\S+:4141/\?token=made\n", printed)

    print_addresses(NETWORK, Token(CHOSEN, is_chosen=True), 4141)
    printed = capsys.readouterr().out
    assert CHOSEN not in printed
    assert "It asks for the token in KEDRO_VIZ_TOKEN." in printed

    print_addresses(LOCAL, None, 4141)
    assert capsys.readouterr().out == "Kedro-Viz is running at http://127.0.0.1:4141\n"


def test_the_browser_is_opened_with_a_code_and_not_the_token() -> None:
    _, code = open_access(NETWORK, Token(CHOSEN, is_chosen=True), 4141)
    assert code is not None
    assert CHOSEN not in code
    assert open_access(LOCAL, None, 4141)[1] is None


def test_read_only_takes_all_actions_away() -> None:
    read_only, _ = open_access(AccessOptions("127.0.0.1", read_only=True), None, 4141)
    assert read_only.permissions.actions(Person()) == frozenset()
    assert open_access(LOCAL, None, 4141)[0].permissions.actions(Person()) == frozenset(Action)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["--allow-host", "a b"], "is no host name"), (["--root-path", "/../x"], "is no path of a URL")],
)
def test_what_cannot_be_a_name_or_path_is_a_mistake_in_the_command(arguments: list[str], said: str) -> None:
    result = CliRunner().invoke(run, arguments)

    assert result.exit_code == 2
    assert said in result.output
