"""Who may use the server that `kedro viz run` starts, as its options and environment say, and what is printed of it."""

from __future__ import annotations

import os
import secrets
from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import click

from kedro_viz.api.access.hosts import is_loopback, machine_names
from kedro_viz.api.access.token_variable import TOKEN_VARIABLE
from kedro_viz.cli.listening import is_every_address, url_of
from kedro_viz.cli.terminal import say

if TYPE_CHECKING:
    from kedro_viz.api.access.gate import Access

_LEAST_CHARACTERS = 8

_OPEN_WARNING = (
    "Anyone on the network who reaches this machine can read all that is recorded of this project's runs: code, "
    "parameters, metrics and files. They can also edit titles, notes, tags and views, and delete runs together with "
    "the files that these saved, models included. Leave out --no-token to ask for a token, add --read-only to refuse "
    "changes, or leave out --host to keep the app to this machine."
)
_READ_ONLY_OPEN_WARNING = (
    "Anyone on the network who reaches this machine can read all that is recorded of this project's runs: code, "
    "parameters, metrics and files. Leave out --no-token to ask for a token, or --host to keep the app to this machine."
)
_UNENCRYPTED = (
    "Other machines reach the app over plain HTTP: whoever can read the network's traffic can read the token too. "
    "On a network that is not your own, put a proxy with HTTPS in front of it."
)


@dataclass(frozen=True)
class AccessOptions:
    """The options of `kedro viz run` that say who may use it.

    Attributes:
        host: The address to listen on.
        no_token: Whether nobody is asked for a token though the host is not only this machine.
        read_only: Whether all changes are refused.
        allowed_hosts: Further names by which the server is reached.
        root_path: The path below which a proxy has it.
    """

    host: str
    no_token: bool = False
    read_only: bool = False
    allowed_hosts: Sequence[str] = ()
    root_path: str = ""


@dataclass(frozen=True)
class Token:
    """The token of this server, and whether the user has chosen it."""

    value: str
    is_chosen: bool


def take_token(options: AccessOptions, environment: MutableMapping[str, str] = os.environ) -> Token | None:
    """Read or make the token that the server asks for; None if it asks for none.

    The variable is removed from the environment, so that processes that the server starts do not inherit it.

    Raises:
        click.ClickException: If the variable holds what cannot be a token, or the options contradict it.
    """
    chosen = environment.pop(TOKEN_VARIABLE, "").strip()
    if chosen and options.no_token:
        raise click.UsageError(f"{TOKEN_VARIABLE} is set and --no-token is given. Leave out one of them.")
    if chosen:
        _check_token(chosen)
        return Token(chosen, is_chosen=True)
    # An empty variable is mostly one that was meant to be set: it does not open the server.
    if options.no_token or is_loopback(options.host):
        return None
    return Token(secrets.token_urlsafe(32), is_chosen=False)


def open_access(options: AccessOptions, token: Token | None, port: int) -> tuple[Access, str | None]:
    """Make what the server decides by, and the code of a link that opens it once; None if it needs none."""
    from kedro_viz.api.access.everyone import Everyone
    from kedro_viz.api.access.gate import Access
    from kedro_viz.api.access.hosts import KnownHosts
    from kedro_viz.api.access.person import EveryAction, ReadOnly
    from kedro_viz.api.access.token_identity import TokenIdentity

    hosts = KnownHosts(options.host, options.allowed_hosts)
    permissions = ReadOnly() if options.read_only else EveryAction()
    if token is None:
        return Access(hosts, Everyone(options.root_path), permissions, options.root_path), None
    identity = TokenIdentity(token.value, port, options.root_path)
    return Access(hosts, identity, permissions, options.root_path), identity.link_code()


def print_addresses(options: AccessOptions, token: Token | None, port: int) -> None:
    """Print where the app is, with the token if it was made for this start."""
    query = f"/?{urlencode({'token': token.value})}" if token is not None and not token.is_chosen else ""
    say(f"Kedro-Viz is running at {url_of(options.host, port)}{query}", color="green")
    if is_every_address(options.host):
        name = min(machine_names(), key=len, default="")
        if name:
            say(f"From other machines: http://{name}:{port}{query}")
    if token is not None and token.is_chosen:
        say(f"It asks for the token in {TOKEN_VARIABLE}.")


def print_warnings(options: AccessOptions, token: Token | None) -> None:
    """Say what others on the network can do."""
    if is_loopback(options.host):
        return
    unasked = _READ_ONLY_OPEN_WARNING if options.read_only else _OPEN_WARNING
    say(unasked if token is None else _UNENCRYPTED, color="yellow", error=True)


def _check_token(token: str) -> None:
    if len(token) < _LEAST_CHARACTERS:
        raise click.ClickException(
            f"{TOKEN_VARIABLE} has {len(token)} characters; it needs {_LEAST_CHARACTERS} at least. To make one: "
            "python -c 'import secrets; print(secrets.token_urlsafe(32))'"
        )
    if not (token.isascii() and token.isprintable() and " " not in token):
        raise click.ClickException(f"{TOKEN_VARIABLE} may hold printable ASCII characters only, and no blanks.")
