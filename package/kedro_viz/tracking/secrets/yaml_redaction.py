"""Takes secrets out of YAML: values of secret keys, with all that is nested in them.

Works line by line and keeps their number. What is replaced is quoted, so that the file can still be read, and
references to what is filled in when it is read, such as `${oc.env:PASSWORD}`, stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from kedro_viz.tracking.secrets.lazy_pattern import LazyPattern
from kedro_viz.tracking.secrets.redaction import REDACTED, redact_text, redacted_assigned
from kedro_viz.tracking.secrets.secret_names import (
    is_plural_of_tokens,
    is_secret_in_code,
    looks_random,
    may_be_a_number,
)

MARK = f'"{REDACTED}"'

_INDENT = re.compile(r"\s*(?:[-?]\s+)*")
_KEY = re.compile(
    r"(?P<key>\"(?:[^\"\\]|\\.)*\"\s*|'(?:[^']|'')*'\s*|[^\s\"'#{}\[\],&*!|>%@`](?:[^#{}\[\],:]|:(?=\S)|(?<=\S)#)*)"
    r":(?=\s|$)(?P<gap>\s*)(?P<value>.*)"
)
# Its default value, if it has one, may be a secret.
_REFERENCE = re.compile(r"\$\{(?P<what>[^{},\n]*)(?P<default>,[^{}\n]*)?\}")
_HARMLESS_DEFAULT = re.compile(r",\s*(?:null|none|~|true|false|''|\"\")?\s*", re.IGNORECASE)
_HARMLESS = re.compile(r"(?:null|~|true|false|''|\"\"|\{\s*\}|\[\s*\]|\*\S+)?\s*(?:#.*)?", re.IGNORECASE)
_NUMBER = re.compile(r"[-+]?[\d_]+(?:\.\d*)?(?:e[-+]?\d+)?\s*(?:#.*)?", re.IGNORECASE)
# An anchor or a tag before a value, or the beginning of a text of several lines.
_OPENS_BLOCK = re.compile(r"(?:[&!]\S*\s*)*(?:[|>][-+\d]*\s*)?(?:#.*)?")
# What a shell fills in.
_VARIABLE = re.compile(r"\$[A-Za-z_]\w*|\$\([^()]*\)|%[A-Z_]+%")
_WORDS_OF_VALUE = re.compile(r"[^\s,'\"\[\](){}]+")
_ANCHOR = re.compile(r"&\S+\s+")
_QUOTED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"\\]|\\.)*\"|(?<!\S)#.*")
_CREDENTIALS_NAME = re.compile(r"['\"]?[\w.{}\-]+['\"]?\s*(?:#.*)?")
# A list of two below `auth`: who somebody is, and the password.
_AUTH_LIST = LazyPattern(
    r"(?P<before>\w{0,40}auth['\"]?:[ \t]*\r?\n[ \t]*- [^\n]{1,200}\n[ \t]*- )(?P<secret>[^\s#][^\n#]{0,200}?)"
    r"(?P<after>\s*(?:#[^\n]*)?(?:\n(?![ \t]*- )|\Z))"
)
# `name: DB_PASSWORD` and then `value: …`, with no more than two lines in between; and the value before the name.
_NAMING = (
    r"\b(?:name|key|variable|var|env|parameter|param|option|field|header|id)['\"]?:[ \t]{1,20}"
    r"['\"]?(?P<name>[\w.\-]{2,100})['\"]?"
)
_VALUE_KEY = r"\b(?:value|val|default|content)['\"]?:[ \t]{1,20}"
_SCALAR = r"(?P<secret>'[^'\n]*'|\"[^\"\n]*\"|(?![|>&*\[{])[^\s,}#][^\n,}#]{0,500}?)(?=[ \t]*(?:[\r\n,}]|[ \t]#|\Z))"
_NAME_AND_VALUE = LazyPattern(
    rf"(?P<before>{_NAMING}[ \t]*(?:,[ \t]*|(?:\r?\n[ \t]*(?!-)[^\n]{{0,200}}){{0,2}}?\r?\n[ \t]*){_VALUE_KEY})"
    rf"{_SCALAR}"
)
_VALUE_AND_NAME = LazyPattern(
    rf"(?P<before>{_VALUE_KEY}){_SCALAR}(?=[ \t]*(?:,[ \t]*|(?:#[^\n]*)?\r?\n[ \t]*(?!-)){_NAMING})"
)
# `auth: [me, password]`
_AUTH_FLOW = LazyPattern(
    r"(?P<before>\b\w{0,40}auth['\"]?\s{0,3}[=:]\s{0,3}[(\[]\s{0,20}[^\s,()\[\]]{1,100}\s{0,20},\s{0,20})"
    r"(?P<secret>[^\s,()\[\]]{1,200})(?=\s{0,20}[)\]])"
)
# `[api_key, …]`
_NAMED_PAIR = LazyPattern(
    r"(?P<before>\[[ \t]*['\"]?(?P<name>[\w.\-]{2,60})['\"]?[ \t]*,[ \t]*)(?P<secret>[^\s,\[\]{}]{6,200})(?=[ \t]*\])"
)


def redact_yaml(text: str, *, is_catalog: bool = False) -> str:
    """The text without values of secret keys.

    Args:
        text: YAML, or lines of it.
        is_catalog: Whether it is a catalog of Kedro: what `credentials` names there is a key of another file.
    """
    return "".join(redacted_yaml(text, is_catalog=is_catalog))


def redacted_yaml(text: str, *, is_catalog: bool = False) -> Iterator[str]:
    """As `redact_yaml`, line by line."""
    reader = _Reader(is_catalog)
    for number, line in enumerate(_without_pairs(_REFERENCE.sub(_without_default, text)).split("\n")):
        yield reader.read(line) if number == 0 else f"\n{reader.read(line)}"


def redact_flow(text: str) -> str:
    """The text without values that are given to secret names, where values end at commas and brackets.

    Such are YAML between brackets, and all languages of which no more is known.
    """
    return "".join(redacted_flow(text))


def redacted_flow(text: str) -> Iterator[str]:
    """As `redact_flow`, part by part."""
    return redacted_assigned(_without_pairs(text), is_secret_in_code, _replaced)


def _without_pairs(text: str) -> str:
    """The text without secrets that another value beside them tells: a user's name, or what it is the value of."""
    if "auth" in text:
        for pair in (_AUTH_FLOW, _AUTH_LIST):
            text = pair.sub(_marked_pair, text)
    if "[" in text:
        text = _NAMED_PAIR.sub(lambda pair: _marked_pair(pair) if looks_random(pair["secret"]) else pair[0], text)
    if ":" in text and any(key in text for key in ("val", "default", "content")):
        for pair in (_NAME_AND_VALUE, _VALUE_AND_NAME):
            text = pair.sub(_marked_pair, text)
    return text


def _marked_pair(pair: re.Match[str]) -> str:
    secret = pair["secret"]
    name = pair["name"] if "name" in pair.re.groupindex else "password"
    if not is_secret_in_code(name) or _is_harmless(name, secret) or secret.strip("'\"") == REDACTED:
        return pair[0]
    after = pair["after"] if "after" in pair.re.groupindex else ""
    return pair["before"] + MARK + after


def _replaced(key: str, value: str) -> str:
    return value if _is_harmless(key, value) else MARK


def _is_harmless(key: str, value: str) -> bool:
    """Whether what stands under a secret key is no secret: nothing, a reference to one, or a count of tokens."""
    if is_plural_of_tokens(key) and not any(map(looks_random, _WORDS_OF_VALUE.findall(value))):
        return True
    if _VARIABLE.fullmatch(value.strip("'\" \t\r")):
        return True
    if _HARMLESS.fullmatch(value) or not _REFERENCE.sub(_if_secret, value).strip("\"' \t\r"):
        return True
    return _NUMBER.fullmatch(value) is not None and may_be_a_number(key)


def _without_default(reference: re.Match[str]) -> str:
    default = reference["default"]
    is_secret = any(is_secret_in_code(part) for part in reference["what"].split(":"))
    if default is None or not is_secret or _HARMLESS_DEFAULT.fullmatch(default):
        return reference[0]
    return f"${{{reference['what']},{REDACTED}}}"


class _Part(Enum):
    """What the lines below a secret key are."""

    ENTRIES = "entries"
    TEXT = "text"
    REST = "the rest of a value"


def _if_secret(reference: re.Match[str]) -> str:
    default = reference["default"] or ""
    return "" if default == f",{REDACTED}" or not default or _HARMLESS_DEFAULT.fullmatch(default) else default


@dataclass(frozen=True)
class _Secret:
    """A secret key whose value goes on in the next lines, and the column where it begins."""

    key: str
    column: int
    part: _Part


class _Reader:
    def __init__(self, is_catalog: bool) -> None:
        self._is_catalog = is_catalog
        self._secret: _Secret | None = None
        self._open_brackets = 0
        self._is_dropping = False

    def read(self, line: str) -> str:
        """What stands for a line."""
        lead = _INDENT.match(line)
        column = lead.end() if lead else 0
        rest = line[column:]
        if self._open_brackets > 0:
            self._count_brackets(rest)
            return _end_of(line) if self._is_dropping else redact_flow(line)
        if not rest.strip():
            return line
        if self._secret is not None:
            if _is_below(self._secret, line, column):
                return self._read_secret(self._secret, line, column)
            self._secret = None
        if rest.startswith("#"):
            return redact_text(line)
        found = _KEY.fullmatch(rest)
        if found is None:
            self._begin_brackets(rest, is_dropping=False)
            return redact_flow(line)
        return line[:column] + self._read_entry(found, column)

    def _read_entry(self, entry: re.Match[str], column: int) -> str:
        key, value = entry["key"].strip().strip("'\""), entry["value"]
        before = entry[0][: entry.start("value") - entry.start()]
        if is_secret_in_code(key) and not (self._is_catalog and _names_credentials(key, value)):
            return before + self._secret_value(key, value, column)
        self._begin_brackets(value, is_dropping=False)
        return before + redact_flow(value)

    def _secret_value(self, key: str, value: str, column: int) -> str:
        if _OPENS_BLOCK.fullmatch(value):
            is_text = re.search(r"(?:^|\s)[|>]", value) is not None
            self._secret = _Secret(key, column, _Part.TEXT if is_text else _Part.ENTRIES)
            return value
        if _is_harmless(key, value):
            return value
        # It may go on in lines that begin further to the right, or until its brackets are closed.
        self._secret = _Secret(key, column, _Part.REST)
        self._begin_brackets(value, is_dropping=True)
        return _marked(value)

    def _read_secret(self, secret: _Secret, line: str, column: int) -> str:
        """A line of what is secret as a whole."""
        indent = line[: len(line) - len(line.lstrip())]
        if secret.part is _Part.REST:
            return _end_of(line)
        if secret.part is _Part.TEXT:
            return indent + REDACTED + _end_of(line)
        rest = line[column:]
        if rest.startswith("#"):
            return f"{indent}# {REDACTED}{_end_of(line)}"
        entry = _KEY.fullmatch(rest)
        if entry is None and column == len(indent):
            # A value that began in a line before.
            return _end_of(line)
        start = column + (entry.start("value") if entry else 0)
        value = line[start:]
        if _OPENS_BLOCK.fullmatch(value) or _is_harmless(secret.key, value):
            return line
        self._begin_brackets(value, is_dropping=True)
        return line[:start] + _marked(value)

    def _begin_brackets(self, value: str, *, is_dropping: bool) -> None:
        if value.startswith(("{", "[")):
            self._is_dropping = is_dropping
            self._count_brackets(value)

    def _count_brackets(self, text: str) -> None:
        plain = _QUOTED.sub("", text)
        self._open_brackets += sum(plain.count(each) for each in "{[") - sum(plain.count(each) for each in "}]")
        self._open_brackets = max(0, self._open_brackets)


def _names_credentials(key: str, value: str) -> bool:
    return key == "credentials" and _CREDENTIALS_NAME.fullmatch(value) is not None


def _is_below(secret: _Secret, line: str, column: int) -> bool:
    indent = len(line) - len(line.lstrip())
    # A list may stand right below its key.
    return indent > secret.column or (indent == secret.column and column > indent)


def _marked(value: str) -> str:
    # Another place in the file may refer to the value.
    anchor = _ANCHOR.match(value)
    return (anchor[0] if anchor else "") + MARK + _end_of(value)


def _end_of(line: str) -> str:
    return "\r" if line.endswith("\r") else ""
