"""Takes secrets out of what is recorded, before anything is written.

A record is shared with a team and kept for years, so a password typed on a command line or put into a parameter must
not be in it. What looks secret is replaced by a mark; the rest is left as it was.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping
from typing import Any

REDACTED = "[redacted]"

# A key is secret when one of these words stands in it as a word of its own: `api_key`, `AWS_SECRET_ACCESS_KEY`,
# `clientSecret`, but not `tokenizer`, `n_tokens` or `monkey`.
_SECRET_WORDS = frozenset({
    "password", "passwd", "pwd", "passphrase", "secret", "secrets", "token", "credential", "credentials", "apikey",
    "authorization", "bearer", "cookie", "dsn",
})  # fmt: skip
_SECRET_PAIRS = (
    ("api", "key"),
    ("access", "key"),
    ("private", "key"),
    ("account", "key"),
    ("connection", "string"),
    ("sas", "url"),
)
# `max_token` or `pad_token` are a model's settings, and numbers are never secrets of this kind.
_HARMLESS_BEFORE_TOKEN = frozenset({"max", "min", "pad", "eos", "bos", "unk", "sep", "cls", "mask", "per", "num"})

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# Every repetition is bounded: a hostile text of a megabyte must not hold up anyone's run.
_URL_PASSWORD = re.compile(
    r"(?P<scheme>(?<![A-Za-z0-9+.\-])[A-Za-z][A-Za-z0-9+.\-]{0,40}://)(?P<user>[^\s:/@'\"]{0,200}):[^\s/@'\"]{1,1000}@"
)
_URL_SECRET = re.compile(
    r"(?P<name>[?&](?:sig|signature|token|access_token|api_key|apikey|key|password|secret|X-Amz-Signature|"
    r"X-Amz-Credential|X-Amz-Security-Token)=)[^&\s'\"]+",
    re.IGNORECASE,
)
# `name=value`, `name: value`, `--name value`, quoted or not, as in a command line, a message or a traceback.
_NAME = re.compile(r"(?P<name>(?<![\w.\-])(?:--)?[A-Za-z_][\w.\-]*)(?P<glue>['\"]?\s*[=:]\s*|(?<=\w)\s+(?=[^\s\-]))")
# Kedro splits `--params` at commas, so a secret may hold blanks: it ends at the next comma, option, quote or line.
_VALUE = re.compile(r"'[^']*'|\"[^\"]*\"|[^,;\n'\"}\])]*?(?=\s+-|[,;\n'\"}\])]|$)")
# Keys that tell by their shape what they are: AWS access keys, GitHub, Slack, OpenAI-like and JSON web tokens.
_KNOWN_SHAPES = re.compile(
    r"\b(?:AKIA|ASIA)[A-Z0-9]{16}\b|\bgh[pousr]_[A-Za-z0-9]{20,}\b|\bxox[abprs]-[A-Za-z0-9-]{10,}\b"
    r"|\bsk-[A-Za-z0-9_-]{20,}\b|\beyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,8000}\.[A-Za-z0-9_-]{0,1000}"
)


def is_secret_key(key: str) -> bool:
    """Whether a parameter, option or setting of this name is likely to hold a secret."""
    for part in re.split(r"[.:]", key.strip("-'\"")):
        words = [word.lower() for word in _WORDS.findall(part)]
        for position, word in enumerate(words):
            if word not in _SECRET_WORDS:
                continue
            before = words[position - 1] if position else ""
            if word == "token" and before in _HARMLESS_BEFORE_TOKEN:
                continue
            return True
        if any(pair in itertools.pairwise(words) for pair in _SECRET_PAIRS):
            return True
    return False


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
        value: JSON-like data: mappings, lists, and leaves. Other objects come back as they are.
        key: The name that holds the value, if any.

    Returns:
        The same structure, where each value under a secret-looking key is replaced by the mark and each text is
        passed through `redact_text`.
    """
    if key and is_secret_key(key) and not isinstance(value, (bool, int, float, type(None))):
        return REDACTED
    if isinstance(value, Mapping):
        return {name: redact_mapping(inner, str(name)) for name, inner in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [redact_mapping(inner) for inner in value]
    if isinstance(value, str):
        return redact_text(value)
    return value
