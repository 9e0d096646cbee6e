"""Takes secrets out of what is recorded, before anything is written.

A record is shared with a team and kept for years, so a password typed on a command line or put into a parameter must
not be in it. What looks secret is replaced by a mark; the rest is left as it was.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from numbers import Number
from typing import Any

from kedro_viz.tracking.secrets.secret_names import is_secret_in_code, is_secret_key, may_be_a_number

REDACTED = "[redacted]"

# No user's settings are nested deeper than this; what is, is not looked at.
_MAX_DEPTH = 50

# Each pattern below is bounded or begins only where the one before it ended: a hostile text of a megabyte must not hold
# up anyone's run. A password in a URL may hold an `@`; the host follows the last one. It may hold a `/` too, unless it
# looks like a port: `https://host:8080/a@b`.
_URL_PASSWORD = re.compile(
    r"(?P<before>(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]{0,40}://[^\s:/@'\"]{0,200}:)"
    r"(?P<secret>[^\s/'\"]{1,1000}(?=@)|(?!\d{1,5}/|\$?\{)(?:(?!://)[^\s?'\"]){1,1000}(?=@))(?P<after>@)"
)
# A long user name with a digit and without a password is a token: `https://<token>@example.org/repository.git`.
_URL_TOKEN = re.compile(
    r"(?P<before>(?<=[A-Za-z0-9]://))(?=[A-Za-z_\-]{0,200}\d)(?P<secret>[A-Za-z0-9_\-]{20,200})(?P<after>@)"
)
_URL_SECRET = re.compile(
    r"(?P<before>[?&](?:sig|signature|token|access_token|refresh_token|client_secret|api_key|apikey|key|password|secret|"
    r"AWSAccessKeyId|X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token))=)(?P<secret>[^&\s'\"]+)(?P<after>)",
    re.IGNORECASE,
)
# Whoever knows such an address may write there.
_WEBHOOK = re.compile(
    r"(?P<before>://(?:hooks\.slack\.com/(?:services|workflows|triggers)|discord(?:app)?\.com/api/webhooks"
    r"|[A-Za-z0-9-]{1,60}\.webhook\.office\.com/webhookb2)/)(?P<secret>[A-Za-z0-9@/_\-]{8,})(?P<after>)"
)
# What an HTTP header's authorization says, where it does not look like words.
_BEARER = re.compile(
    r"(?P<before>bearer[ \t]{1,10})(?=[a-z._~+/\-]{0,200}\d)(?P<secret>[a-z0-9._~+/=\-]{16,})(?P<after>)",
    re.IGNORECASE,
)
_BASIC = re.compile(
    r"(?P<before>[Bb]asic[ \t]{1,10})(?=[A-Za-z+/]{0,200}(?:[\d=]|[a-z][A-Z]))"
    r"(?P<secret>(?:[A-Za-z0-9+/]{4}){2,}(?:[A-Za-z0-9+/]{4}|[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)"
    r"(?![A-Za-z0-9+/=]))(?P<after>)"
)
# `name=value`, `name: value`, `--name value`, quoted or not, as in a command line, a message or a traceback.
_NAME = re.compile(r"(?P<name>(?<![\w.\-])(?:--)?[A-Za-z_][\w.\-]*)(?P<glue>['\"]?\s*[=:]\s*|(?<=\w)\s+(?=[^\s\-]))")
# A quoted value ends at its quote. Kedro splits `--params` at commas, so a bare value may hold blanks: it ends at the
# next comma, option, quote or line. A quote that is never closed, as in a text that was cut, hides the rest.
_VALUE = re.compile(
    re.escape(REDACTED) + r"|"
    r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|['\"][^\n]*"
    rf"|(?:{re.escape(REDACTED)}|" + r"[^\s,;'\"}\])]|['\"}\])](?=\w)|[^\S\n]+(?![\s,;'\"}\])\-]|$))*"
)
_BRACKETS_OR_TEXT = re.compile(r"[{}\[\]()]|'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"")
_MAX_BRACKETS_CHARACTERS = 100_000
# Keys that tell by their shape what they are: of AWS, GitHub, GitLab, Slack, Hugging Face, Google, Databricks, Stripe,
# OpenAI and the like, and JSON web tokens.
_KNOWN_SHAPES = re.compile(
    r"\b(?:hf_[A-Za-z0-9]{30,}|AIza[A-Za-z0-9_-]{35}|dapi[0-9a-f]{32}|[rs]k_live_[A-Za-z0-9]{16,}|glpat-[A-Za-z0-9_-]{20,})"
    r"|\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}"
    r"|(?<![A-Za-z0-9-])xox[abprs]-[A-Za-z0-9-]{10,}|(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{20,}"
    r"|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,1000}"
)


# One of these is in each of them. They are looked for first, which takes no time.
_KNOWN_MARKS = (
    *("hf_", "AIza", "dapi", "k_live_", "glpat-", "AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_"),
    *("github_pat_", "xox", "sk-", "eyJ"),
)
# A private key in its usual text form, also where code or JSON quotes its lines.
_PRIVATE_KEY = re.compile(
    r"(?P<before>-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----)"
    r"(?P<secret>(?:[\s\\\"'+,]{0,20}(?:[A-Za-z-]{1,30}: [^\n]{1,100}|[A-Za-z0-9+/=]{16,}))+"
    r"(?:[\s\\\"'+,]{0,20}[A-Za-z0-9+/=]{1,80}(?=[\s\\\"'+,n]{0,20}-----END))?)(?P<after>)"
)


# What is so short or plain may stand anywhere by chance.
_LEAST_CHARACTERS = 8
_LEAST_PLAIN_CHARACTERS = 16
_PATH = re.compile(r"[/~.\\]|[A-Za-z]:[/\\]")

_environment_secrets: re.Pattern[str] | None = None


def look_for_secrets_in(environment: Mapping[str, str]) -> None:
    """Take secrets of the environment out of all texts from now on, under whatever name they come: they may have been
    filled into configuration, or printed.

    Args:
        environment: The environment's variables.
    """
    global _environment_secrets
    values = {value for name, value in environment.items() if is_secret_in_code(name) and _is_telling(value)}
    longest_first = sorted(values, key=lambda value: (-len(value), value))
    any_of_them = "|".join(map(re.escape, longest_first))
    _environment_secrets = re.compile(rf"(?<![A-Za-z0-9])(?:{any_of_them})(?![A-Za-z0-9])") if values else None


def _is_telling(value: str) -> bool:
    has_both = any(each.isdigit() for each in value) and any(each.isalpha() for each in value)
    least = _LEAST_CHARACTERS if has_both else _LEAST_PLAIN_CHARACTERS
    return len(value) >= least and "\n" not in value and _PATH.match(value) is None


def redact_text(text: str) -> str:
    """The text without passwords in URLs, signed query strings, and values given to names that look secret.

    Made for command lines, messages and tracebacks: `--params "db.password=x,n=3"` keeps `n=3`.
    """
    return redact_assigned(redact_shapes(text), is_secret_key, lambda _name, _value: REDACTED)


def redact_shapes(text: str, is_placeholder: Callable[[str], bool] = lambda _secret: False) -> str:
    """The text without secrets that tell by themselves: in URLs, keys of well-known services, private keys, and what
    the environment holds.

    Args:
        text: Any text. What is replaced leaves its line breaks behind.
        is_placeholder: Whether what stands in a secret's place in a URL is none and stays.
    """

    def mark(found: re.Match[str]) -> str:
        if is_placeholder(found["secret"]):
            return found[0]
        return found["before"] + REDACTED + "\n" * found["secret"].count("\n") + found["after"]

    if _environment_secrets is not None:
        text = _environment_secrets.sub(REDACTED, text)
    if "://" in text:
        text = _URL_TOKEN.sub(mark, _URL_PASSWORD.sub(mark, text))
    for shape in (_URL_SECRET, _WEBHOOK, _BEARER, _BASIC, _PRIVATE_KEY):
        text = shape.sub(mark, text)
    return _KNOWN_SHAPES.sub(REDACTED, text) if any(known in text for known in _KNOWN_MARKS) else text


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
        return REDACTED
    if isinstance(value, Number):
        return value
    if isinstance(value, str):
        return redact_text(value)
    if depth == 0:
        return "[nested too deep]"
    if isinstance(value, Mapping):
        return {
            name if isinstance(name, str) else _text(name): _redacted(inner, _text(name), depth - 1)
            for name, inner in value.items()
        }
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_redacted(inner, "", depth - 1) for inner in value]
    return redact_text(_text(value))


def _text(value: object) -> str:
    try:
        return str(value)
    except Exception:  # noqa: BLE001 - an object of the user's own may raise anything
        return f"[a {type(value).__name__}]"
