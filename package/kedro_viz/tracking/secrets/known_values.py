"""Remembers secrets that this process knows, in memory only, so that they are recognised wherever they turn up.

They are those of the environment, and those that Kedro resolved for a run: its credentials, and what its configuration
gives to secret names. A catalog may put one into a path, and an error message may quote it.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote, unquote

from kedro_viz.tracking.secrets.secret_names import is_secret_in_code, is_secret_key

# What is so short or plain may stand anywhere by chance.
_LEAST_CHARACTERS = 8
_LEAST_PLAIN_CHARACTERS = 16
# Of credentials, which are secrets for certain.
_LEAST_OF_CREDENTIALS = 6
_LEAST_PLAIN_OF_CREDENTIALS = 12
_MAX_CHARACTERS = 10_000
_MAX_DEPTH = 20
# Of a notebook that runs for weeks the newest are kept.
_MAX_VALUES = 2_000

_PATH = re.compile(r"[/~.\\]|[A-Za-z]:[/\\]")
_URL_PASSWORD = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*://[^\s:/@]*:(?P<password>[^\s/]+)@")
# What credentials say beside secrets: who somebody is, and where.
_NO_SECRETS = frozenset({
    "account", "alias", "anon", "bucket", "container", "database", "db", "dialect", "domain", "driver", "email",
    "endpoint", "engine", "file", "filename", "filepath", "host", "hostname", "login", "mode", "name", "path", "port",
    "profile", "project", "protocol", "region", "role", "schema", "scheme", "scope", "scopes", "server", "tenant",
    "type", "uri", "url", "user", "username", "version", "warehouse",
})  # fmt: skip
_LAST_WORD = re.compile(r"[A-Za-z]+(?=[^A-Za-z]*\Z)")

_environment: dict[str, None] | None = None
_of_runs: dict[str, None] = {}


def look_for_secrets_in(environment: Mapping[str, str]) -> None:
    """Take secrets of the environment out of all texts from now on, under whatever name they come: they may have been
    filled into configuration, or printed.

    Args:
        environment: The environment's variables.
    """
    global _environment
    values = [value for name, value in environment.items() if is_secret_in_code(name)]
    _environment = _longest_first(value for value in values if is_telling(value))


def look_for_credentials(credentials: Mapping[str, Any]) -> None:
    """Take these credentials out of all texts from now on.

    Args:
        credentials: What Kedro resolved, of whatever depth. User names, hosts and the like are no secrets.
    """
    _remember(_credentials_in(credentials, "", _MAX_DEPTH))


# Any: configuration is whatever the user's YAML holds.
def look_for_secrets_of_configuration(configuration: Mapping[str, Any]) -> None:
    """Take what configuration gives to secret names out of all texts from now on.

    Args:
        configuration: Parameters, or the configuration of a catalog.
    """
    _remember(value for value in _secrets_in(configuration, _MAX_DEPTH) if is_telling(value))


def forget_secrets_of_runs() -> None:
    """Look for no credentials and configuration any more."""
    _of_runs.clear()


def replace_known(text: str, replacement: str) -> str:
    """The text without secrets that are known."""
    if _environment is None:
        look_for_secrets_in(os.environ)
    for values in (_environment or {}, _of_runs):
        for value in values:
            if value in text:
                text = re.sub(rf"(?<![A-Za-z0-9]){re.escape(value)}(?![A-Za-z0-9])", lambda _found: replacement, text)
    return text


def is_telling(value: str) -> bool:
    """Whether a secret is so long and special that the same text elsewhere is no chance."""
    return _is_telling(value, _LEAST_CHARACTERS, _LEAST_PLAIN_CHARACTERS)


def _is_telling(value: str, least: int, least_plain: int) -> bool:
    has_both = any(each.isdigit() for each in value) and any(each.isalpha() for each in value)
    return (
        (least if has_both else least_plain) <= len(value) <= _MAX_CHARACTERS
        and "\n" not in value
        and _PATH.match(value) is None
    )


def _remember(values: Iterable[str]) -> None:
    global _of_runs
    new = {form: None for value in values for form in _forms(value)}
    if not new.keys() <= _of_runs.keys():
        together = [*new, *(value for value in _of_runs if value not in new)][:_MAX_VALUES]
        # One assignment: other threads may look for them meanwhile.
        _of_runs = _longest_first(together)


def _longest_first(values: Iterable[str]) -> dict[str, None]:
    # One may be a part of another.
    return dict.fromkeys(sorted(set(values), key=lambda value: (-len(value), value)))


def _forms(value: str) -> set[str]:
    """A secret as it stands in a text, in an address, and in JSON."""
    return {value, unquote(value), quote(value, safe=""), quote(value), json.dumps(value)[1:-1]}


def _credentials_in(value: Any, name: str, depth: int) -> Iterator[str]:
    if isinstance(value, Mapping) and depth:
        for key, inner in value.items():
            yield from _credentials_in(inner, str(key), depth - 1)
    elif isinstance(value, (list, tuple)) and depth:
        for inner in value:
            yield from _credentials_in(inner, name, depth - 1)
    elif isinstance(value, str):
        password = _URL_PASSWORD.match(value)
        if password is not None:
            value = password["password"]
        elif not is_secret_key(name) and _says_no_secret(name):
            return
        if _is_telling(value, _LEAST_OF_CREDENTIALS, _LEAST_PLAIN_OF_CREDENTIALS):
            yield value


def _says_no_secret(name: str) -> bool:
    last = _LAST_WORD.search(re.sub(r"([a-z])([A-Z])", r"\1_\2", name))
    return last is not None and last[0].lower() in _NO_SECRETS


def _secrets_in(value: Any, depth: int, *, is_secret: bool = False) -> Iterator[str]:
    if isinstance(value, Mapping) and depth:
        for key, inner in value.items():
            is_secret_here = is_secret or is_secret_key(str(key))
            # A catalog names credentials by a text.
            if isinstance(inner, str) and (not is_secret_here or key == "credentials"):
                continue
            yield from _secrets_in(inner, depth - 1, is_secret=is_secret_here)
    elif isinstance(value, (list, tuple)) and depth:
        for inner in value:
            if is_secret or not isinstance(inner, str):
                yield from _secrets_in(inner, depth - 1, is_secret=is_secret)
    elif isinstance(value, str) and is_secret:
        yield value
