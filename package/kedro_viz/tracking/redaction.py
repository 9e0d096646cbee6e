"""Takes secrets out of what is recorded, before anything is written.

A record is shared with a team and kept for years, so a password typed on a command line or put into a parameter must
not be in it. What looks secret is replaced by a mark; the rest is left as it was.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from numbers import Number
from typing import Any

REDACTED = "[redacted]"

# A key is secret when one of these words stands in it as a word of its own: `api_key`, `AWS_SECRET_ACCESS_KEY`,
# `clientSecret`, but not `tokenizer`, `n_tokens` or `monkey`.
_SECRET_WORDS = frozenset({
    "pwd", "secret", "secrets", "token", "credential", "credentials", "apikey", "authorization", "bearer", "cookie",
    "dsn",
})  # fmt: skip
# These tell wherever they stand in a word: `PGPASSWORD`, `dbpassword`.
_PASSWORD_PARTS = ("password", "passwd", "passphrase")
# And these at its end: names written without capitals and underscores.
_SECRET_ENDINGS = ("secret", "apikey", "secretkey", "accesskey", "privatekey", "accesstoken", "authtoken")
_SECRET_PAIRS = frozenset({
    ("api", "key"), ("access", "key"), ("private", "key"), ("account", "key"), ("encryption", "key"),
    ("signing", "key"), ("connection", "string"), ("sas", "url"),
})  # fmt: skip
# `max_token` or `pad_token` are a model's settings.
_HARMLESS_BEFORE_TOKEN = frozenset({
    "max", "min", "pad", "eos", "bos", "unk", "sep", "cls", "mask", "per", "num", "stop",
    "start", "end", "special",
})  # fmt: skip

# No user's settings are nested deeper than this; what is, is not looked at.
_MAX_DEPTH = 50

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# Each pattern below is bounded or begins only where the one before it ended: a hostile text of a megabyte must not hold
# up anyone's run. A password in a URL may hold an `@`; the host follows the last one.
_URL_PASSWORD = re.compile(
    r"(?P<scheme>(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]{0,40}://)(?P<user>[^\s:/@'\"]{0,200}):[^\s/'\"]{1,1000}@"
)
_URL_SECRET = re.compile(
    r"(?P<name>[?&](?:sig|signature|token|access_token|refresh_token|client_secret|api_key|apikey|key|password|secret|"
    r"AWSAccessKeyId|X-(?:Amz|Goog)-(?:Signature|Credential|Security-Token))=)[^&\s'\"]+",
    re.IGNORECASE,
)
# `name=value`, `name: value`, `--name value`, quoted or not, as in a command line, a message or a traceback.
_NAME = re.compile(r"(?P<name>(?<![\w.\-])(?:--)?[A-Za-z_][\w.\-]*)(?P<glue>['\"]?\s*[=:]\s*|(?<=\w)\s+(?=[^\s\-]))")
# A quoted value ends at its quote. Kedro splits `--params` at commas, so a bare value may hold blanks: it ends at the
# next comma, option, quote or line. A quote that is never closed, as in a text that was cut, hides the rest.
_VALUE = re.compile(
    re.escape(REDACTED) + r"|"
    r"'(?:[^'\\\n]|\\.)*'|\"(?:[^\"\\\n]|\\.)*\"|['\"][^\n]*"
    r"|(?:[^\s,;'\"}\])]|['\"}\])](?=\w)|[^\S\n]+(?![\s,;'\"}\])\-]|$))*"
)
# Keys that tell by their shape what they are: AWS access keys, GitHub, Slack, OpenAI-like and JSON web tokens.
_KNOWN_SHAPES = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}|\bgithub_pat_[A-Za-z0-9_]{20,}"
    r"|(?<![A-Za-z0-9-])xox[abprs]-[A-Za-z0-9-]{10,}|(?<![A-Za-z0-9_-])sk-[A-Za-z0-9_-]{20,}"
    r"|(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,1000}"
)


def is_secret_key(key: str) -> bool:
    """Whether a parameter, option or setting of this name is likely to hold a secret."""
    return any(_is_secret_name(part) for part in re.split(r"[.:]", key.strip("-'\"")))


def _is_secret_name(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    for position, word in enumerate(words):
        if any(part in word for part in _PASSWORD_PARTS) or word.endswith(_SECRET_ENDINGS):
            return True
        harmless = word == "token" and position > 0 and words[position - 1] in _HARMLESS_BEFORE_TOKEN
        if word in _SECRET_WORDS and not harmless:
            return True
    return any(pair in _SECRET_PAIRS for pair in itertools.pairwise(words))


def _may_be_a_number(key: str) -> bool:
    """Whether a number under this secret key is harmless, such as a count of tokens. A password may be a number."""
    words = _WORDS.findall(key.rsplit(".", 1)[-1])
    last = words[-1].lower() if words else ""
    return not (any(part in last for part in _PASSWORD_PARTS) or last in ("pwd", "secret"))


def redact_text(text: str) -> str:
    """The text without passwords in URLs, signed query strings, and values given to names that look secret.

    Made for command lines, messages and tracebacks: `--params "db.password=x,n=3"` keeps `n=3`.
    """

    text = _URL_PASSWORD.sub(rf"\g<scheme>\g<user>:{REDACTED}@", text)
    text = _URL_SECRET.sub(rf"\g<name>{REDACTED}", text)
    text = _KNOWN_SHAPES.sub(REDACTED, text)
    kept: list[str] = []
    position = 0
    while name := _NAME.search(text, position):
        kept.append(text[position : name.end()])
        position = name.end()
        # Words beside each other are a name and its value only for options: `--token abc`.
        assigns = bool(name["glue"].strip()) or name["name"].startswith("--")
        if assigns and is_secret_key(name["name"]) and (value := _VALUE.match(text, position)):
            kept.append(REDACTED)
            position = value.end()
    kept.append(text[position:])
    return "".join(kept)


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
    if key and is_secret_key(key) and not (isinstance(value, Number) and _may_be_a_number(key)):
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
