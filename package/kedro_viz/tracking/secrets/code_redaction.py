"""Takes secrets out of code: literals that are assigned or passed to secret names.

Made for Python, and good for what writes literals alike: JSON, TOML, JavaScript, R. Only what stands between quotes is
replaced, so that the code still parses and its lines keep their numbers. Python's own parser is not used: some code
makes it crash, and this runs beside a user's pipeline.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import chain

from kedro_viz.tracking.secrets.redaction import REDACTED, redact_text
from kedro_viz.tracking.secrets.secret_names import (
    is_often_harmless,
    is_secret_in_code,
    is_secret_key,
    looks_random,
    may_be_a_number,
)

_TOKEN = re.compile(
    r"""
    (?P<string>(?:(?<!\w)[A-Za-z]{1,2})?(?:
        '''[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*(?:'''|\Z)
        |\"\"\"[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:\"\"\"|\Z)
        |'[^'\\\n]*(?:\\.[^'\\\n]*)*(?:'|(?=\n)|\Z)
        |"[^"\\\n]*(?:\\.[^"\\\n]*)*(?:"|(?=\n)|\Z)
    ))
    |(?P<name>[^\W\d](?:\w|-(?=\w))*)
    |(?P<number>\d(?:\w|\.(?=\w))*)
    |(?P<comment>\#[^\n]*)
    |(?P<line>\n)
    |(?P<gap>(?:[^\S\n]|\\\r?\n)+)
    |(?P<operator>==|!=|:=|\+=|<-|.)
    """,
    re.VERBOSE | re.DOTALL,
)
_STRING = re.compile(r"(?P<open>\w*(?:'''|\"\"\"|'|\"))(?P<content>.*?)(?P<close>'''|\"\"\"|'|\"|)", re.DOTALL)
_SECTION = re.compile(r"[^\S\n]*\[+([^\]\n]*)\]")
_KEY = re.compile(r"[\w.\- ]{1,100}")
# What a program fills in itself: `{password}`, `${oc.env:PASSWORD}`, `%(password)s`, `<your password>`.
_FILLED_IN = re.compile(r"\$?\{[^{}\n]*\}|%\(\w+\)s|%s|<[^<>\n]*>|\*+")
_WORDS_BEFORE_SECRETS = frozenset({"", "bearer", "basic", "token"})
# The name of an environment variable that holds a secret.
_VARIABLE = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
# The value of a setting inside a text, as in `Server=db;Password=…;` or `{"password": "…"}`, and its name before it.
_SETTING = re.compile(r"(?P<before>(?:=|['\"]\s{0,3}:\s{0,3})['\"]?)(?P<value>[^\s;&,'\"\\{}%$<>]+)")
_SETTING_NAME = re.compile(r"[\w.\- ]*\Z")
_MAX_SETTING_NAME = 60

_KEYWORDS = frozenset({
    "and", "as", "assert", "await", "case", "del", "elif", "else", "except", "for", "from", "if", "import", "in", "is",
    "lambda", "match", "not", "or", "raise", "return", "while", "with", "yield",
})  # fmt: skip
_DECLARATIONS = frozenset({"const", "let", "var"})
# Calls of which a secret is made.
_WRAPPERS = frozenset({
    "SecretStr", "SecretBytes", "str", "bytes", "bytearray", "b64decode", "quote", "quote_plus", "dict", "list",
})  # fmt: skip
_OPENERS = {")": "(", "]": "[", "}": "{"}


class Language(Enum):
    """What is written differently: sections have names in TOML, and keys may be bare in most others than Python."""

    PYTHON = "python"
    TOML = "toml"
    OTHER = "other"


def redact_code(text: str, language: Language = Language.PYTHON, *, is_inside: bool = False) -> str:
    """The code without literals that are assigned or passed to secret names.

    Args:
        text: Code.
        language: What it is written in.
        is_inside: Whether it is a part, which may be from the middle of a mapping.
    """
    return "".join(redacted_code(text, language, is_inside=is_inside))


def redacted_code(text: str, language: Language = Language.PYTHON, *, is_inside: bool = False) -> Iterator[str]:
    """As `redact_code`, part by part, each within some milliseconds."""
    position = 0
    for start, end, replacement in _Reader(text, language, is_inside).replacements():
        yield text[position:start] + replacement
        position = end
    yield text[position:]


def is_placeholder(value: str) -> bool:
    """Whether a value is no secret itself, but says where one is filled in: `{password}`, `Bearer {token}`."""
    return re.sub(r"\W", "", _FILLED_IN.sub("", value)).lower() in _WORDS_BEFORE_SECRETS


def _is_secret(value: str, name: str, *, is_certain: bool) -> bool:
    """Whether a literal is a secret.

    Args:
        value: What it says.
        name: The secret name that it belongs to.
        is_certain: Whether it is given to that name; else it only stands beside it.
    """
    if is_placeholder(value) or (_VARIABLE.fullmatch(value) and is_secret_key(value)):
        return False
    if is_often_harmless(name):
        return looks_random(value)
    return is_certain or (len(value) >= 4 and re.search(r"\s", value) is None and not is_secret_key(value))


# Some milliseconds' work.
_TOKENS_AT_ONCE = 500


@dataclass
class _Bracket:
    """What is known inside an open bracket, or outside of all.

    Attributes:
        kind: The bracket; empty outside of all.
        is_called: Whether it holds the arguments of a call, or a subscript.
        inherited: The secret name whose value the whole bracket is; empty if none.
        secret: The secret name whose value is being read; empty if none.
        is_certain: Whether that value is given to the name, and does not only stand beside it.
        name: The name or key that was read last, if a value may follow.
        is_quoted: Whether that is a key.
        is_beginning: Whether what that name belongs to began a statement or an argument.
        annotated: The name whose annotation is being read; empty if none.
        is_first: Whether no comma has been read yet.
    """

    kind: str = ""
    is_called: bool = False
    inherited: str = ""
    secret: str = ""
    is_certain: bool = True
    name: str = ""
    is_quoted: bool = False
    is_beginning: bool = True
    annotated: str = ""
    is_first: bool = True

    def begin(self) -> None:
        """A new statement, entry or argument begins."""
        self.secret, self.is_certain = self.inherited, True
        self.forget_name()

    def forget_name(self) -> None:
        self.name, self.is_quoted, self.annotated = "", False, ""

    def give(self, name: str, *, is_certain: bool = True) -> None:
        """What follows is the value of this name."""
        if is_secret_in_code(name):
            self.secret, self.is_certain = name, is_certain
        self.forget_name()


class _Reader:
    """Reads code from its beginning to its end, and finds the literals that are secrets."""

    def __init__(self, text: str, language: Language, is_inside: bool) -> None:
        self._text = text
        self._language = language
        self._brackets = [_Bracket("{" if is_inside else "")]
        self._open_kinds = dict.fromkeys(_OPENERS.values(), 0)
        self._before = "\n"
        self._compared = ""

    def replacements(self) -> Iterator[tuple[int, int, str]]:
        """What is replaced, in order: its start, its end, and what stands there instead.

        Now and then it is a token by itself, so that who asks is never kept waiting.
        """
        self._read_section(0)
        tokens = (token for token in _TOKEN.finditer(self._text) if token.lastgroup != "gap")
        token = next(tokens, None)
        for number, following in enumerate(chain(tokens, [None])):
            if token is None:
                break
            replacement = self._read(token, following[0] if following else "\n")
            if replacement != token[0] or number % _TOKENS_AT_ONCE == 0:
                yield token.start(), token.end(), replacement
            if token.lastgroup != "comment":
                self._before = token[0]
            token = following

    def _read(self, token: re.Match[str], following: str) -> str:
        """Read a token. What stands for it, which is mostly itself."""
        compared, self._compared = self._compared, ""
        word = token[0]
        match token.lastgroup:
            case "string":
                return self._read_string(word, compared, following)
            case "number":
                return self._read_number(word, following)
            case "comment":
                return redact_text(word)
            case "name":
                self._read_name(word)
            case "line":
                self._read_line(token.end())
            case _:
                self._read_operator(word)
        return word

    def _read_string(self, literal: str, compared: str, following: str) -> str:
        here = self._brackets[-1]
        parts = _STRING.fullmatch(literal)
        if parts is None:
            return literal
        content = parts["content"]
        is_key = following == ":" and here.kind == "{"
        name, is_certain = (compared, False) if compared else (here.secret, here.is_certain)
        here.name, here.is_quoted = (content, True) if _KEY.fullmatch(content) else ("", False)
        if is_key:
            return literal
        if name and _is_secret(content, name, is_certain=is_certain):
            line_break = "\n" if len(parts["close"]) == 3 else "\\\n"
            return parts["open"] + REDACTED + line_break * content.count("\n") + parts["close"]
        return parts["open"] + _SETTING.sub(_redacted_setting, content) + parts["close"]

    def _read_number(self, number: str, following: str) -> str:
        here = self._brackets[-1]
        is_alone = following in (",", ")", "]", "}", ";", "\n") or following.startswith("#")
        here.forget_name()
        if here.secret and here.is_certain and is_alone and not may_be_a_number(here.secret):
            return f'"{REDACTED}"'
        return number

    def _read_name(self, word: str) -> None:
        here = self._brackets[-1]
        if word in _KEYWORDS:
            here.forget_name()
            return
        if self._before != ".":
            here.is_beginning = self._before in ("\n", ";", "(", ",", "*", "{") or self._before in _DECLARATIONS
        elif self._language is Language.TOML and here.name:
            word = f"{here.name}.{word}"
        here.name, here.is_quoted = word, False

    def _read_line(self, end: int) -> None:
        if len(self._brackets) == 1:
            self._read_section(end)
            self._brackets[0].begin()

    def _read_section(self, start: int) -> None:
        section = _SECTION.match(self._text, start) if self._language is Language.TOML else None
        if section is not None:
            self._brackets[0].inherited = section[1] if is_secret_in_code(section[1]) else ""

    def _read_operator(self, operator: str) -> None:
        here = self._brackets[-1]
        if operator in ("(", "[", "{"):
            self._open(operator)
        elif operator in _OPENERS:
            self._close(_OPENERS[operator])
        elif operator in ("=", ":=", "+=", "<-"):
            # A type that says so tells as much as a name.
            here.give(here.name if is_secret_in_code(here.name) else here.annotated or here.name)
        elif operator in ("==", "!="):
            self._compared = here.name if is_secret_in_code(here.name) else ""
            here.forget_name()
        elif operator == ":":
            self._read_colon(here)
        elif operator == ",":
            self._read_comma(here)
        elif operator == ";" and len(self._brackets) == 1:
            here.begin()
        elif operator != ".":
            here.name, here.is_quoted = "", False

    def _read_colon(self, here: _Bracket) -> None:
        if here.kind == "{" and (here.is_quoted or self._language is not Language.PYTHON):
            here.secret = here.inherited
            here.give(here.name)
        elif here.name and here.is_beginning and not here.annotated:
            here.annotated, here.name = here.name, ""
        else:
            here.name = ""

    def _read_comma(self, here: _Bracket) -> None:
        name, is_pair = here.name, here.is_first and here.is_quoted and here.kind == "("
        here.is_first = False
        if not here.kind:
            # Several values in a row, as in `passwords = "a", "b"`.
            here.forget_name()
            return
        here.begin()
        if is_pair:
            here.give(name, is_certain=False)

    def _open(self, bracket: str) -> None:
        here = self._brackets[-1]
        before = self._before
        follows_value = before in (")", "]") or (before[:1].isidentifier() and before not in _KEYWORDS)
        is_called = bracket != "{" and follows_value
        is_value = before != ")" if bracket == "{" else not is_called or before in _WRAPPERS
        inherited = here.secret if is_value else ""
        here.name, here.is_quoted = "", False
        self._open_kinds[bracket] += 1
        self._brackets.append(_Bracket(bracket, is_called, inherited, inherited, here.is_certain))

    def _close(self, bracket: str) -> None:
        if not self._open_kinds[bracket]:
            return
        closed = self._brackets.pop()
        while closed.kind != bracket:
            self._open_kinds[closed.kind] -= 1
            closed = self._brackets.pop()
        self._open_kinds[bracket] -= 1
        here = self._brackets[-1]
        # `environ["PASSWORD"] = …`
        is_key = closed.kind == "[" and closed.is_called and closed.is_quoted
        here.name, here.is_quoted = (closed.name, True) if is_key else ("", False)


def _redacted_setting(setting: re.Match[str]) -> str:
    name = _SETTING_NAME.search(setting.string[max(0, setting.start() - _MAX_SETTING_NAME) : setting.start()])
    if name is not None and is_secret_in_code(name[0]) and _is_secret(setting["value"], name[0], is_certain=False):
        return setting["before"] + REDACTED
    return setting[0]
