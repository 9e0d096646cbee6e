"""Tells by its name whether a parameter, option, variable or setting is likely to hold a secret."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

from kedro_viz.tracking.secrets.lazy_pattern import LazyPattern

# A name is secret when one of these words stands in it as a word of its own: `api_key`, `AWS_SECRET_ACCESS_KEY`,
# `clientSecret`, but not `tokenizer`, `n_tokens` or `monkey`.
_SECRET_WORDS = frozenset({
    "pw", "pwd", "secret", "secrets", "token", "tokens", "cred", "creds", "credential", "credentials", "authorization",
    "bearer", "cookie", "dsn", "passcode", "passkey", "otp", "totp", "psk",
})  # fmt: skip
# These are secret at a name's end only: `db_pass` and `DB_PASS_2`, but not `pass_rate`; `jwt`, but not `jwt_algorithm`;
# `blob_sas`, but not `sas_dataset`.
_SECRET_LAST_WORDS = frozenset({"pass", "jwt", "sas"})
# These tell wherever they stand in a word: `PGPASSWORD`, `dbpassword`.
_PASSWORD_PARTS = ("password", "passwd", "passphrase", "passwort", "kennwort", "wachtwoord", "contrasena")
# Services that are used with a key: `KAGGLE_KEY`. Not those where a key names data, as in S3, Redis or Kafka.
_SERVICES_WITH_KEYS = (
    "airtable", "algolia", "alpaca", "alphavantage", "amplitude", "apify", "assemblyai", "bedrock", "binance", "brave",
    "clearml", "coinbase", "comet", "cohere", "dagshub", "databricks", "datadog", "dbt", "deepgram", "deepl",
    "deepseek", "eia", "elevenlabs", "exa", "firecrawl", "fireworks", "fred", "gcp", "gemini", "github", "gitlab",
    "gmaps", "grafana", "groq", "heroku", "hf", "honeycomb", "hubspot", "huggingface", "ibm", "jina", "jira", "kaggle",
    "labelbox", "langchain", "langfuse", "langsmith", "linear", "mailchimp", "mailgun", "mapbox", "mistral", "mixpanel",
    "neptune", "newrelic", "ngc", "notion", "nvidia", "openrouter", "openweather", "opsgenie", "owm", "pagerduty",
    "perplexity", "pinecone", "polygon", "postmark", "prefect", "qdrant", "quandl", "replicate", "roboflow", "rollbar",
    "segment", "sendgrid", "sentry", "serpapi", "serper", "shodan", "slack", "snowflake", "snyk", "sonar", "supabase",
    "tavily", "telegram", "tiingo", "together", "tomtom", "trello", "twilio", "typeform", "unsplash", "voyage", "wandb",
    "watson", "weaviate", "xai", "zapier", "zendesk",
)  # fmt: skip
# Words that are secret together only, beside each other or written as one: `api_key`, `apiKeys`, `accountkey`.
_SECRET_PAIRS = frozenset({
    *itertools.product(
        (
            "access", "account", "aes", "anthropic", "api", "app", "application", "auth", "aws", "azure", "client",
            "consumer", "decryption", "deploy", "encryption", "fernet", "function", "functions", "gpg", "hmac",
            "instrumentation", "license", "master", "openai", "pgp", "private", "rsa", "sa", "secret", "service",
            "session", "shared", "signing", "ssh", "storage", "stripe", "subscription", *_SERVICES_WITH_KEYS,
        ),
        ("key", "keys"),
    ),
    *itertools.product(
        ("access", "api", "auth", "bearer", "bot", "oauth", "refresh", "session"), ("token", "tokens"),
    ),
    *itertools.product(("db", "ftp", "mail", "mongo", "mysql", "pg", "redis", "smtp", "ssh", "user"), ("pass",)),
    *itertools.product(("connection", "conn"), ("string", "strings", "str")),
    *itertools.product(("basic", "docker", "http", "proxy", "redis", "rediscli"), ("auth",)),
    *itertools.product(
        ("ado", "azure", "databricks", "devops", "ext", "git", "github", "gitlab", "jira", "my", "repo", "snowflake"),
        ("pat",),
    ),
    *itertools.product(("discord", "slack", "teams"), ("webhook",)),
    *itertools.product(("pass",), ("word", "phrase")),
    *itertools.product(("sas",), ("key", "uri", "url")),
    *itertools.product(("mnemonic", "recovery", "seed"), ("phrase",)),
    ("access", "signature"), ("priv", "key"), ("webhook", "url"),
})  # fmt: skip
_SECRET_ENDINGS = ("secret", *(first + second for first, second in sorted(_SECRET_PAIRS)))
# `max_token`, `pad_token`, `n_tokens` or `token_count` are a model's settings.
_HARMLESS_BEFORE_TOKEN = frozenset({
    "added", "additional", "audio", "avg", "bad", "batch", "bos", "bpe", "budget", "cached", "char", "chunk", "class",
    "cls", "completion", "context", "count", "decoder", "encoder", "end", "eos", "eot", "extra", "first", "generated",
    "image", "input", "keep", "last", "mask", "max", "mean", "min", "n", "new", "next", "num", "number", "of", "output",
    "pad", "padding", "patch", "per", "prompt", "reasoning", "response", "sep", "separator", "special", "start", "stop",
    "sub", "subword", "suppress", "target", "text", "thinking", "total", "train", "unk", "unknown", "vocab", "word",
})  # fmt: skip
_HARMLESS_AFTER_TOKEN = frozenset({
    "budget", "classification", "classifier", "count", "counts", "dim", "drop", "dropout", "embedding", "embeddings",
    "entropy", "healing", "id", "ids", "index", "length", "lengths", "level", "limit", "logprobs", "loss", "mask",
    "masks", "merging", "mixer", "overlap", "per", "pooling", "probs", "pruning", "sampling", "shift", "size", "type",
    "types", "used", "weight", "weights", "window", "vocab",
})  # fmt: skip
# `forward_pass` is a piece of a model's work, `low_pass` a filter.
_HARMLESS_BEFORE_PASS = frozenset({
    "all", "backward", "band", "did", "each", "final", "first", "forward", "full", "high", "is", "last", "low", "max",
    "min", "n", "next", "num", "one", "per", "second", "single", "to", "two", "will",
})  # fmt: skip
# A name that ends so says something of a secret, and is none: `token_pattern`, `password_field`, `secret_name`.
_DESCRIPTIONS = frozenset({
    "age", "algorithm", "alias", "attempts", "bits", "class", "col", "cols", "column", "columns", "count", "counts",
    "days", "dir", "directory", "enabled", "endpoint", "entropy", "env", "environ", "error", "errors", "expiration",
    "expires", "expiry", "field", "fields", "file", "filename", "filepath", "folder", "format", "header", "hours",
    "index", "indices", "kind", "label", "len", "length", "lengths", "lifetime", "limit", "manager", "message",
    "method", "minutes", "mode", "name", "names", "path", "pattern", "policy", "prefix", "provider", "quota", "ratio",
    "regex", "required", "retries", "rotation", "rules", "scope", "scopes", "score", "seconds", "separator", "size",
    "store", "strength", "suffix", "template", "timeout", "ttl", "type", "types", "uri", "url", "usage", "validator",
    "var", "variable", "version",
})  # fmt: skip
# A count of secrets: `n_secrets`, `num_credentials`.
_COUNTS = frozenset({"n", "num", "nb", "count", "number", "max", "min", "is", "has", "use", "with", "requires"})

_WORDS = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_HINTS = sorted([
    "pass", "pw", "secret", "token", "cred", "authorization", "bearer", "cookie", "dsn", "jwt", "otp", "psk", "sas",
    "contrasena", "kennwort", "wachtwoord",
    *(rf"{first}[\W_]*{second}" for first, second in _SECRET_PAIRS),
])  # fmt: skip
# Any text that has a secret name in it matches this, in small letters. Put together by first letters it is searched for
# in a fifth of the time.
_HINT = LazyPattern(
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
    return any(map(_is_secret_part, re.split(r"[.:]", key.strip("-'\""))))


def is_secret_in_group(group: str, name: str) -> bool:
    """Whether a name that says nothing by itself may be secret because of what it belongs to: `key` in `kaggle`."""
    words = [word.lower() for word in _WORDS.findall(group)]
    return bool(words) and (words[-1], name.lower()) in _SECRET_PAIRS


def is_secret_in_code(name: str) -> bool:
    """Whether a literal that is given to this name in code or configuration is likely to be a secret."""
    return not _describes(re.split(r"[.:]", name)[-1]) and is_secret_key(name)


def is_often_harmless(name: str) -> bool:
    """Whether what makes the name secret is only the word `token` or `tokens`, which is also a piece of language."""
    words = [word.lower() for word in _WORDS.findall(name)]
    without = [word for word in words if word not in ("token", "tokens")]
    return len(without) < len(words) and not _is_secret_name("_".join(without))


def is_plural_of_tokens(name: str) -> bool:
    """Whether a name may mean pieces of a text as well as secrets: `tokens`, but not `access_tokens`."""
    words = [word.lower() for word in _WORDS.findall(name.rsplit(".", 1)[-1])]
    return words[-1:] == ["tokens"] and tuple(words[-2:]) not in _SECRET_PAIRS and is_often_harmless(name)


def looks_random(value: str) -> bool:
    """Whether a text is no word and no mark of a text, such as `the` or `<unk>`, but may be a secret."""
    has_both = any(each.isdigit() for each in value) and any(each.isalpha() for each in value)
    return re.search(r"\s|^[<\[]", value) is None and len(value) >= (6 if has_both else 20)


def secret_names_in(text: str) -> Iterator[str]:
    """The secret names in code or configuration, as far as that can be told quickly: none is missed."""
    lowered = text.lower()
    if len(lowered) != len(text):
        # Some letters become two.
        lowered = "".join(letter.lower() if letter.isascii() else letter for letter in text)
    for hint in _HINT.compiled.finditer(lowered):
        before = _NAME_UP_TO.search(text[max(0, hint.start() - _MAX_NAME) : hint.start()])
        after = _NAME_FROM.match(text[hint.end() : hint.end() + _MAX_NAME])
        name = "".join([before[0] if before else "", text[slice(*hint.span())], after[0] if after else ""])
        if is_secret_in_code(name):
            yield name


def may_be_a_number(key: str) -> bool:
    """Whether a number under this secret key is harmless, such as a count of tokens. Other secrets may be numbers."""
    last = key.rsplit(".", 1)[-1]
    words = [word.lower() for word in _WORDS.findall(last)]
    if tuple(words[-2:]) in _SECRET_PAIRS:
        return False
    return is_often_harmless(last) or words in (["pass"], ["cookie"], ["bearer"])


@lru_cache(maxsize=16_384)
def _is_secret_part(name: str) -> bool:
    return _is_secret_name(name) and not _describes(name)


def _describes(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    if len(words) < 2:
        return False
    return (words[-1] in _DESCRIPTIONS and (words[-2], words[-1]) not in _SECRET_PAIRS) or (
        words[0] in _COUNTS and words[-1] in ("secrets", "credentials", "passwords", "keys", "cookies", "token")
    )


def _is_secret_name(name: str) -> bool:
    words = [word.lower() for word in _WORDS.findall(name)]
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if any(part in word for part in _PASSWORD_PARTS) or word.endswith(_SECRET_ENDINGS):
            return True
        if word in ("token", "tokens") and (before in _HARMLESS_BEFORE_TOKEN or after in _HARMLESS_AFTER_TOKEN):
            continue
        if word in _SECRET_WORDS or (before, word) in _SECRET_PAIRS:
            return True
    last_words = [word for word in words if not word.isdigit()][-2:]
    is_a_step = last_words[-1:] == ["pass"] and last_words[0] in _HARMLESS_BEFORE_PASS
    return bool(last_words) and last_words[-1] in _SECRET_LAST_WORDS and not is_a_step
