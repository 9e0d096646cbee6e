"""Tells by its name whether a parameter, option, variable or setting is likely to hold a secret."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

# A name is secret when one of these words stands in it as a word of its own: `api_key`, `AWS_SECRET_ACCESS_KEY`,
# `clientSecret`, but not `tokenizer`, `n_tokens` or `monkey`.
_SECRET_WORDS = frozenset({
    "pwd", "secret", "secrets", "token", "credential", "credentials", "authorization", "bearer", "cookie", "dsn",
    "passcode",
})  # fmt: skip
# These are secret at a name's end only: `db_pass` and `DB_PASS_2`, but not `pass_rate`; `jwt`, but not `jwt_algorithm`.
_SECRET_LAST_WORDS = frozenset({"pass", "jwt"})
# These tell wherever they stand in a word: `PGPASSWORD`, `dbpassword`.
_PASSWORD_PARTS = ("password", "passwd", "passphrase")
# Words that are secret together only, beside each other or written as one: `api_key`, `apiKeys`, `accountkey`.
_SECRET_PAIRS = frozenset({
    *itertools.product(
        (
            "access", "account", "aes", "anthropic", "api", "app", "application", "auth", "aws", "azure", "client",
            "consumer", "decryption", "deploy", "encryption", "fernet", "function", "functions", "gpg", "hmac",
            "instrumentation", "license", "master", "openai", "pgp", "private", "rsa", "sa", "secret", "service",
            "session", "shared", "signing", "ssh", "storage", "stripe", "subscription",
        ),
        ("key", "keys"),
    ),
    *itertools.product(
        ("access", "api", "auth", "bearer", "bot", "oauth", "refresh", "session"), ("token", "tokens"),
    ),
    *itertools.product(("db", "ftp", "mail", "mongo", "mysql", "pg", "redis", "smtp", "ssh", "user"), ("pass",)),
    *itertools.product(("connection", "conn"), ("string", "strings", "str")),
    *itertools.product(("basic", "docker", "http", "proxy", "redis", "rediscli"), ("auth",)),
    *itertools.product(("databricks", "ext", "github", "gitlab", "snowflake"), ("pat",)),
    *itertools.product(("discord", "slack", "teams"), ("webhook",)),
    ("access", "signature"), ("sas", "url"), ("webhook", "url"),
})  # fmt: skip
_SECRET_ENDINGS = ("secret", *(first + second for first, second in sorted(_SECRET_PAIRS)))
# `max_token`, `pad_token` or `token_count` are a model's settings.
_HARMLESS_BEFORE_TOKEN = frozenset({
    "max", "min", "pad", "eos", "bos", "unk", "sep", "cls", "mask", "per", "num", "stop",
    "start", "end", "special",
})  # fmt: skip
_HARMLESS_AFTER_TOKEN = frozenset({
    "budget", "count", "counts", "embedding", "embeddings", "length", "limit", "lengths", "size", "type",
})  # fmt: skip
# `forward_pass` is a piece of a model's work, `low_pass` a filter.
_HARMLESS_BEFORE_PASS = frozenset({
    "all", "backward", "band", "did", "each", "final", "first", "forward", "full", "high", "is", "last", "low", "max",
    "min", "n", "next", "num", "one", "per", "second", "single", "to", "two", "will",
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
_HINTS = sorted([
    "pass", "pwd", "secret", "token", "credential", "authorization", "bearer", "cookie", "dsn", "jwt",
    *(rf"{first}[\W_]*{second}" for first, second in _SECRET_PAIRS),
])  # fmt: skip
# Any text that has a secret name in it matches this, in small letters. Put together by first letters it is searched for
# in a fifth of the time.
_HINT = re.compile(
    "|".join(
        f"{letter}(?:{'|'.join(hint[1:] for hint in hints)})"
        for letter, hints in itertools.groupby(_HINTS, key=lambda hint: hint[0])
    )
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
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if any(part in word for part in _PASSWORD_PARTS) or word.endswith(_SECRET_ENDINGS):
            return True
        if word == "token" and (before in _HARMLESS_BEFORE_TOKEN or after in _HARMLESS_AFTER_TOKEN):
            continue
        if word in _SECRET_WORDS or (before, word) in _SECRET_PAIRS:
            return True
    last_words = [word for word in words if not word.isdigit()][-2:]
    is_a_step = last_words[-1:] == ["pass"] and last_words[0] in _HARMLESS_BEFORE_PASS
    return bool(last_words) and last_words[-1] in _SECRET_LAST_WORDS and not is_a_step
