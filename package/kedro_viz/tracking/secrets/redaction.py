"""Takes secrets out of what is recorded, before anything is written.

A record is shared with a team and kept for years, so a password typed on a command line or put into a parameter must
not be in it. What looks secret is replaced by a mark; the rest is left as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from numbers import Number
from typing import Any

from kedro_viz.tracking.secrets.key_formats import replace_keys
from kedro_viz.tracking.secrets.known_values import replace_known
from kedro_viz.tracking.secrets.lazy_pattern import LazyPattern
from kedro_viz.tracking.secrets.messages import replace_in_sentences
from kedro_viz.tracking.secrets.secret_names import (
    is_plural_of_tokens,
    is_secret_in_group,
    is_secret_key,
    looks_random,
    may_be_a_number,
    secret_names_in,
)
from kedro_viz.tracking.secrets.shapes import replace_shapes

REDACTED = "[redacted]"

# No user's settings are nested deeper than this; what is, is not looked at.
_MAX_DEPTH = 50
_MAX_NAME = 200

# `name=value`, `name: value`, `--name value`, quoted or not, as in a command line, a message or a traceback.
# Quotes may be escaped, as in JSON inside of a text; code gives a type, or names an element: `environ["PASSWORD"] = …`.
_TYPE = (
    r":\s{0,3}(?:Optional\[)?(?:str|bytes|SecretStr|SecretBytes|Any|Final)(?:\[str\])?\]?"
    r"(?:\s{0,3}\|\s{0,3}None)?\s{0,3}="
)
_NAME = re.compile(
    r"(?P<name>(?<![\w.\-])(?:--)?[A-Za-z_][\w.\-]*)"
    rf"(?P<glue>(?:\\{{0,3}}['\"])?(?:\[\d{{1,4}}\])?\]?\s*(?:{_TYPE}|:=|[=:])\s*|(?<=\w)\s+(?=[^\s\-]))"
)
# A quoted value ends at its quote. Kedro splits `--params` at commas, so a bare value may hold blanks: it ends at the
# next comma, option, quote or line. A quote that is never closed, as in a text that was cut, hides the rest.
_VALUE = re.compile(
    re.escape(REDACTED) + r"|"
    r"(?P<escaped>\\{1,3}['\"])[^\n]{0,5000}?(?<!\\)(?P=escaped)|"
    r"[BbFfRrUu]{0,2}(?P<three>'{3}|\"{3})[\s\S]{0,100000}?(?:(?P=three)|\Z)|"
    r"[BbFfRrUu]{0,2}'(?:[^'\\\n]|\\.)*'|[BbFfRrUu]{0,2}\"(?:[^\"\\\n]|\\.)*\"|['\"][^\n]*"
    rf"|(?:{re.escape(REDACTED)}|" + r"[^\s,;'\"}\])]|['\"}\])](?=\w)|[^\S\n]+(?![\s,;'\"}\])\-]|$))*"
)
_BRACKETS_OR_TEXT = re.compile(r"[{}\[\]()]|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_MAX_BRACKETS_CHARACTERS = 100_000
# What stands under a secret name and is none: `using password: YES`.
_NO_VALUES = frozenset(
    {"yes", "no", "true", "false", "none", "null", "nil", "undefined", "missing", "required", "empty"}
)
_NUMBER = re.compile(r"['\"]?[-+]?\d[\d_]*(?:\.\d+)?['\"]?")
# Two texts of which the second is a secret: `auth: [me, password]`.
_AUTH_PAIR = LazyPattern(
    r"(?P<before>\b\w{0,40}auth['\"]?\s{0,3}[=:]\s{0,3}[(\[]\s{0,20}[^\s,'\"()\[\]]{1,100}\s{0,20},\s{0,20})"
    r"(?P<secret>[^\s,'\"()\[\]]{1,200})(?P<after>\s{0,20}[)\]])"
)
# Keys of a mapping that names something and says its value: `{name: DB_PASSWORD, value: …}`.
_NAMING_KEYS = frozenset({
    "name", "key", "variable", "var", "env", "parameter", "param", "option", "field", "header", "id",
})  # fmt: skip
_VALUE_KEYS = frozenset({"value", "val", "default", "content", "data"})


def redact_text(text: str) -> str:
    """The text without passwords in URLs, signed query strings, and values given to names that look secret.

    Made for command lines, messages and tracebacks: `--params "db.password=x,n=3"` keeps `n=3`.
    """
    text = replace_in_sentences(redact_shapes(text), REDACTED)
    if "auth" in text:
        text = _AUTH_PAIR.sub(rf"\g<before>{REDACTED}\g<after>", text)
    return redact_assigned(text, _may_be_secret, _replaced_in_text)


def _may_be_secret(name: str) -> bool:
    return is_secret_key(name) or _is_in_group(name)


def _is_in_group(name: str) -> bool:
    group, _, last = name.rpartition(".")
    return is_secret_in_group(group, last)


def _replaced_in_text(name: str, value: str) -> str:
    plain = value.strip("'\" \t")
    if not (is_secret_key(name) or looks_random(plain)):
        return value
    if plain.lower() in _NO_VALUES or (may_be_a_number(name) and _NUMBER.fullmatch(value)):
        return value
    if is_plural_of_tokens(name) and not any(map(looks_random, re.findall(r"[^\s,'\"\[\](){}]+", value))):
        return value
    return REDACTED


def redact_shapes(text: str, is_placeholder: Callable[[str], bool] = lambda _secret: False) -> str:
    """The text without secrets that tell by themselves: in URLs, keys of well-known services, private keys, logins on a
    command line, and those that this process knows.

    Args:
        text: Any text. What is replaced leaves its line breaks behind.
        is_placeholder: Whether what stands in a secret's place in a URL is none and stays.
    """
    return replace_keys(replace_shapes(replace_known(text, REDACTED), REDACTED, is_placeholder), REDACTED)


def may_hold_secrets(text: str) -> bool:
    """Whether there is anything in a text that may be a secret. Quicker than to take it out."""
    return (
        next(secret_names_in(text), None) is not None
        or "auth" in text
        or replace_in_sentences(redact_shapes(text), REDACTED) != text
    )


def redact_assigned(text: str, is_secret: Callable[[str], bool], replaced: Callable[[str, str], str]) -> str:
    """The text without values that are given to secret names.

    Args:
        text: Any text with `name=value`, `name: value` or `--name value` in it.
        is_secret: Whether a value that is given to this name is secret.
        replaced: Says what stands for a secret value. Is given the name, and the value with its quotes if it has any.
    """
    return "".join(redacted_assigned(text, is_secret, replaced))


def redacted_assigned(
    text: str, is_secret: Callable[[str], bool], replaced: Callable[[str, str], str]
) -> Iterator[str]:
    """As `redact_assigned`, part by part."""
    position = 0
    while name := _NAME.search(text, position):
        yield text[position : name.end()]
        position = name.end()
        # Words beside each other are a name and its value only for options: `--token abc`.
        assigns = bool(name["glue"].strip()) or name["name"].startswith("--")
        if assigns and is_secret(name["name"]):
            end = _end_of_value(text, position)
            yield replaced(name["name"], text[position:end])
            position = end
    yield text[position:]


def _end_of_value(text: str, start: int) -> int:
    """Where a value ends that begins at `start`: of brackets all that is in them, up to a bound."""
    if text[start : start + 1] not in ("{", "[", "("):
        value = _VALUE.match(text, start)
        return value.end() if value else start
    depth = 0
    limit = start + _MAX_BRACKETS_CHARACTERS
    for found in _BRACKETS_OR_TEXT.finditer(text, start, limit):
        depth += found[0] in ("{", "[", "(")
        depth -= found[0] in ("}", "]", ")")
        if depth == 0:
            return found.end()
    return min(len(text), limit)


# Any: a session's data and parameters are what users make them.
def redact_mapping(value: Any, key: str = "") -> Any:
    """A copy of nested data without its secrets.

    Args:
        value: JSON-like data: mappings, lists, and leaves.
        key: The name that holds the value, if any.

    Returns:
        The same structure, where each value under a secret-looking key is replaced by the mark and each text is
        passed through `redact_text`. Sets and tuples become lists; keys and objects that JSON does not know become
        text, because a record would write them so; so does what is nested too deep.
    """
    return _redacted(value, key, _MAX_DEPTH)


def _redacted(value: Any, key: str, depth: int) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if key and is_secret_key(key) and not (isinstance(value, Number) and may_be_a_number(key)):
        return _redacted_tokens(value, depth) if is_plural_of_tokens(key) else REDACTED
    if isinstance(value, Number):
        return value
    if isinstance(value, str):
        return REDACTED if _is_in_group(key) and looks_random(value) else _redacted_text(value, key)
    if depth == 0:
        return "[nested too deep]"
    if isinstance(value, Mapping):
        return _redacted_mapping(value, key, depth)
    if isinstance(value, (list, tuple, set, frozenset)):
        redacted = [_redacted(inner, "", depth - 1) for inner in value]
        if isinstance(value, (list, tuple)) and is_login(key, value):
            redacted[1] = REDACTED
        return redacted
    return redact_text(_text(value))


def is_login(key: str, values: Sequence[object]) -> bool:
    """Whether two values are a user's name and password: under `auth`, or a secret name and what belongs to it."""
    if len(values) != 2 or not all(isinstance(value, str) for value in values):
        return False
    first, second = values
    return names_login(key) or (is_secret_key(str(first)) and looks_random(str(second)) and str(second) != REDACTED)


def names_login(key: str) -> bool:
    """Whether what is under a key says who somebody is: `auth`, `proxy_auth`."""
    return re.search(r"(?:^|[^A-Za-z])[Aa]uth$|[a-z]Auth$", key) is not None


def secret_values_of(mapping: Mapping[Any, Any]) -> tuple[str, ...]:
    """The keys of a mapping whose values are secret because another of its values says so.

    As in `{name: DB_PASSWORD, value: …}`.
    """
    names = [name for key, name in mapping.items() if isinstance(key, str) and key.lower() in _NAMING_KEYS]
    if not any(isinstance(name, str) and len(name) <= _MAX_NAME and is_secret_key(name) for name in names):
        return ()
    return tuple(
        key
        for key, value in mapping.items()
        if isinstance(key, str)
        and key.lower() in _VALUE_KEYS
        and isinstance(value, (str, int, float, list, tuple))
        and not isinstance(value, bool)
    )


def _redacted_mapping(value: Mapping[Any, Any], key: str, depth: int) -> dict[str, Any]:
    secret = secret_values_of(value)
    redacted: dict[str, Any] = {}
    for name, inner in value.items():
        text = name if isinstance(name, str) else _text(name)
        kept = redact_shapes(text)
        # Two keys of which nothing else is left stay two.
        while kept != text and kept in redacted:
            kept += "'"
        is_secret = name in secret or (isinstance(inner, str) and looks_random(inner) and is_secret_in_group(key, text))
        redacted[kept] = REDACTED if is_secret else _redacted(inner, text, depth - 1)
    return redacted


def _redacted_text(value: str, key: str) -> str:
    redacted = redact_text(value)
    user, colon, password = redacted.partition(":")
    # `auth: me:password`
    if colon and names_login(key) and password and not re.search(r"\s|^//", password) and user:
        return f"{user}:{REDACTED}"
    return redacted


def _redacted_tokens(value: Any, depth: int) -> Any:
    """What stands under `tokens`, which may be pieces of a text."""
    if isinstance(value, str):
        return REDACTED if looks_random(value) else redact_text(value)
    if depth == 0:
        return "[nested too deep]"
    if isinstance(value, Mapping):
        return {_text(name): _redacted_tokens(inner, depth - 1) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redacted_tokens(inner, depth - 1) for inner in value]
    return _redacted(value, "", depth)


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - an object of the user's own may raise anything
        return f"[a {type(value).__name__}]"
