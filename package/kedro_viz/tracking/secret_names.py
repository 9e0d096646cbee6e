"""Tells by its name whether a parameter, option, variable or setting is likely to hold a secret."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

# A name is secret when one of these words stands in it as a word of its own: `api_key`, `AWS_SECRET_ACCESS_KEY`,
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
# In code a name that ends so says something of a secret, and is none: `token_pattern`, `password_field`, `secret_name`.
_DESCRIPTIONS = frozenset({
    "alias", "class", "col", "cols", "column", "columns", "count", "counts", "dir", "directory", "endpoint", "env",
    "environ", "field", "fields", "file", "filename", "filepath", "folder", "format", "header", "index", "indices",
    "kind", "label", "len", "length", "limit", "manager", "method", "mode", "name", "names", "path", "pattern",
    "prefix", "provider", "regex", "scope", "separator", "size", "store", "suffix", "type", "types", "uri", "url",
    "var", "variable", "version",
})  # fmt: skip

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
# Any text that has a secret name in it matches this, in small letters. Fast to search for.
_HINT = re.compile(
    r"pass(?:w|phrase)|pwd|secret|token|credential|authorization|bearer|cookie|dsn"
    r"|(?:api|access|private|account|encryption|signing)[\W_]*key|connection[\W_]*string|sas[\W_]*url"
)
_NAME_UP_TO = re.compile(r"[\w.\-]*\Z")
_NAME_FROM = re.compile(r"[\w.\-]*")
_MAX_NAME = 100


def is_secret_key(key: str) -> bool:
    """Whether a parameter, option or setting of this name is likely to hold a secret."""
    return any(_is_secret_name(part) for part in re.split(r"[.:]", key.strip("-'\"")))


def is_secret_in_code(name: str) -> bool:
    """Whether a literal that is given to this name in code or configuration is likely to be a secret."""
    words = [word.lower() for word in _WORDS.findall(re.split(r"[.:]", name)[-1])]
    describes = len(words) > 1 and words[-1] in _DESCRIPTIONS and (words[-2], words[-1]) not in _SECRET_PAIRS
    return not describes and is_secret_key(name)


def is_often_harmless(name: str) -> bool:
    """Whether what makes the name secret is only the word `token`, which is also a piece of language."""
    words = [word.lower() for word in _WORDS.findall(name)]
    return "token" in words and not _is_secret_name("_".join(word for word in words if word != "token"))


def secret_names_in(text: str) -> Iterator[str]:
    """The secret names in code or configuration, as far as that can be told quickly: none is missed."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # Some letters become two.
        lowered = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    for hint in _HINT.finditer(lowered):
        before = _NAME_UP_TO.search(text[max(0, hint.start() - _MAX_NAME) : hint.start()])
        after = _NAME_FROM.match(text[hint.end() : hint.end() + _MAX_NAME])
        name = "".join([before[0] if before else "", text[slice(*hint.span())], after[0] if after else ""])
        if is_secret_in_code(name):
            yield name


def may_be_a_number(key: str) -> bool:
    """Whether a number under this secret key is harmless, such as a count of tokens. A password may be a number."""
    words = _WORDS.findall(key.rsplit(".", 1)[-1])
    last = words[-1].lower() if words else ""
    return not (any(part in last for part in _PASSWORD_PARTS) or last in ("pwd", "secret"))


def _is_secret_name(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    for position, word in enumerate(words):
        if any(part in word for part in _PASSWORD_PARTS) or word.endswith(_SECRET_ENDINGS):
            return True
        harmless = word == "token" and position > 0 and words[position - 1] in _HARMLESS_BEFORE_TOKEN
        if word in _SECRET_WORDS and not harmless:
            return True
    return any(pair in _SECRET_PAIRS for pair in itertools.pairwise(words))
