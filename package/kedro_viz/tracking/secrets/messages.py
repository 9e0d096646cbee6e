"""Secrets in sentences: `with password 'X'`, `Invalid API key provided: X`."""

from __future__ import annotations

import re

from kedro_viz.tracking.secrets.lazy_pattern import LazyPattern
from kedro_viz.tracking.secrets.secret_names import looks_random

_NAME = (
    r"(?P<name>\b(?:pass(?:word|phrase|code|wd)|(?:api|access|secret|private|account|auth|license|subscription|client)"
    r"[ \t_\-]?(?:keys?|secrets?|tokens?)|(?P<vague>(?:(?:auth|bearer|refresh|session|security)[ \t])?tokens?|secrets?"
    r"|credentials?)))"
)
# What may stand between a secret's name and the secret. Not `for user`: what follows that is no secret.
_BETWEEN = (
    r"(?:[ \t]{1,3}(?:provided|given|supplied|used|entered|specified|received|submitted|passed|sent|value|was|is|of|as"
    r"|set|to|you|we|got|found)){0,4}"
)
_QUOTED = LazyPattern(
    rf"(?P<before>{_NAME}{_BETWEEN}[ \t]{{0,3}}[:=]?[ \t]{{1,3}}(?P<quote>['\"`]))"
    r"(?P<secret>[^'\"`\s]{1,200}|(?=[^'\"`\n]{0,200}\d)[^'\"`\n]{1,200})(?P<after>(?P=quote))",
    re.IGNORECASE,
)
# Without quotes only what does not look like words.
_BARE = LazyPattern(
    rf"(?P<before>{_NAME}(?:{_BETWEEN}[ \t]{{0,3}}[:=][ \t]{{0,3}}|{_BETWEEN}[ \t]{{1,3}}))"
    r"(?=[^\s'\"\d]{0,200}\d|[^\s'\"]{20})(?P<secret>[^\s'\"(){}\[\]<>,;:=/.][^\s'\"(){}\[\]<>,;]{4,500})(?P<after>)",
    re.IGNORECASE,
)
_ASSIGNS = re.compile(r"[ \t]*[:=]")
_MARKS = ("pass", "key", "token", "secret", "credential")


def replace_in_sentences(text: str, replacement: str) -> str:
    """The text without secrets that a sentence in it names as such.

    Values that are given to names, as in `password: x`, are left to other rules, which know where they end.
    """

    def replace(found: re.Match[str]) -> str:
        secret = found["secret"].rstrip(".!?")
        if " " not in found["name"] and _ASSIGNS.match(found[0], found.end("name") - found.start()):
            return found[0]
        is_vague = found["vague"] is not None or "quote" not in found.re.groupindex
        if is_vague and not (looks_random(secret) and any(each.isalpha() for each in secret)):
            return found[0]
        return found["before"] + replacement + found["secret"][len(secret) :] + found["after"]

    lowered = text.lower()
    if not any(mark in lowered for mark in _MARKS):
        return text
    return _BARE.sub(replace, _QUOTED.sub(replace, text))
