"""Takes secrets out of source files and of their differences, each by the rules of its language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Generator, Iterator
from pathlib import PurePosixPath
from typing import Any

from kedro_viz.tracking.secrets.code_redaction import Language, is_placeholder, redact_code, redacted_code
from kedro_viz.tracking.secrets.messages import replace_in_sentences
from kedro_viz.tracking.secrets.redaction import REDACTED, redact_mapping, redact_shapes, redact_text
from kedro_viz.tracking.secrets.secret_names import is_secret_in_code, secret_names_in
from kedro_viz.tracking.secrets.yaml_redaction import redacted_flow, redacted_yaml

_CODE = {
    **dict.fromkeys((".py", ".pyi", ".pyx"), Language.PYTHON),
    **dict.fromkeys((".json", ".js", ".jsx", ".ts", ".tsx", ".r", ".jl", ".scala"), Language.OTHER),
    ".toml": Language.TOML,
}
_YAML = frozenset({".yml", ".yaml"})
_SETTINGS = frozenset({".ini", ".cfg", ".conf", ".properties"})
_PROSE = frozenset({".md", ".rst", ".txt", ".html", ".adoc"})
_SHELL = frozenset({".sh", ".bash", ".zsh", ".fish", ".ps1", ".bat", ".cmd", ".mk", ".envrc"})
_SHELL_NAMES = ("dockerfile", "containerfile", "makefile", "justfile", "procfile", ".env", ".envrc")

_SECTION = re.compile(r"\s*\[([^\]]*)\]\s*")
_SETTING = re.compile(r"(?P<before>\s*(?P<key>[\w.\-]+(?:[ ]+[\w.\-]+)*)\s*[=:])(?P<value>.*)")
# `ALTER USER me PASSWORD 'x'`
_SQL_PASSWORD = re.compile(r"(\b(?:password|identified\s{1,9}by)\s{1,9})'[^'\n]*'", re.IGNORECASE)
# A line of a notebook's file that is a line of a cell.
_CELL_LINE = re.compile(r"(\s*)(\"(?:[^\"\\]|\\.)*\")(,?\s*)")

# What IPython hands to a shell or to one of its magics, with the lines that go on after a backslash.
_MAGIC = re.compile(r"^[ \t]*(?:[\w, \t]{1,100}=[ \t]*)?[!%][^\n]*(?:(?<=\\)\n[^\n]*)*", re.MULTILINE)
_CELL_MAGIC = re.compile(r"\s*%%(?P<kind>[\w!]+)[ \t]*(?:-\S+[ \t]+)*(?P<path>\S*)")
_PYTHON_MAGICS = frozenset({"time", "timeit", "capture", "prun", "python", "python3", "memit", "mprun", "px"})
_SHELL_VALUE = re.compile(
    r"(?P<before>(?<![\w.\-])(?:--)?(?P<name>[A-Za-z_][\w.\-]{0,100})=)"
    r"(?P<value>'[^'\n]*'|\"(?:[^\"\\\n]|\\.)*\"|[^\s'\"|;&<>()]+)"
)

_DIFF_NAME = re.compile(r"^(?:---|\+\+\+) \"?[a-z]/(?P<path>[^\"\t\n]*)", re.MULTILINE)
_HUNK_BEGIN = re.compile(r"(?P<where>@@+ [^@]*@@+)(?P<context>.*)")


def redact_source(text: str, path: str) -> str:
    """The text of a source file without secrets. Its lines keep their numbers, and code still parses.

    Args:
        text: The file's text, or lines of it.
        path: Its path in the project, which tells its language.
    """
    return "".join(redacted_source(text, path))


def redacted_source(text: str, path: str) -> Iterator[str]:
    """As `redact_source`, part by part, so that other work can be done in between. Parts may be empty."""
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".ipynb":
        yield from _redacted_notebook(text)
        return
    text = redact_shapes(text, is_placeholder)
    yield ""
    if suffix in _PROSE or suffix in _YAML:
        text = replace_in_sentences(text, REDACTED)
    if next(secret_names_in(text), None) is None:
        # Only YAML says by a list below `auth` what is secret, without any secret name.
        yield "".join(redacted_yaml(text)) if suffix in _YAML and "auth" in text else text
    elif suffix in _YAML:
        yield from redacted_yaml(text, is_catalog=_is_of_catalog(path))
    elif suffix in _CODE:
        yield from redacted_code(text, _CODE[suffix])
    elif suffix in _SETTINGS:
        yield from _redacted_settings(text)
    elif suffix in _SHELL or PurePosixPath(path).name.lower().startswith(_SHELL_NAMES):
        yield _redact_shell(text)
    else:
        yield from redacted_flow(_SQL_PASSWORD.sub(rf"\1'{REDACTED}'", text))


def redact_diff(text: str, is_left_out: Callable[[str], bool]) -> Iterator[str]:
    """What `git diff` wrote, without secrets, part by part, so that other work can be done in between.

    Args:
        text: Its text.
        is_left_out: Whether nothing of the file at this path may be told.
    """
    for part in re.split(r"^(?=diff --git )", text, flags=re.MULTILINE):
        yield from _redacted_file_diff(part, is_left_out)


def _redacted_file_diff(text: str, is_left_out: Callable[[str], bool]) -> Iterator[str]:
    # In a hunk each line has a mark before it: none begins with `@@`.
    header, *hunks = re.split(r"^(?=@@)", text, flags=re.MULTILINE)
    paths = [found["path"] for found in _DIFF_NAME.finditer(header)]
    yield header
    if any(is_left_out(path) for path in paths):
        yield "What changed in this file is not recorded.\n"
        return
    for hunk in hunks:
        yield from _redacted_hunk(hunk, paths[-1] if paths else "")


def _redacted_hunk(text: str, path: str) -> Iterator[str]:
    first, *lines = text.split("\n")
    begin = _HUNK_BEGIN.fullmatch(first)
    if begin is not None:
        first = begin["where"] + redact_source(begin["context"], path)
    # What was there and what is there now are a text each.
    before = iter((yield from _redact_lines([line[1:] for line in lines if not line.startswith("+")], path)))
    after = iter((yield from _redact_lines([line[1:] for line in lines if not line.startswith("-")], path)))
    redacted = [first]
    for line in lines:
        old = next(before) if not line.startswith("+") else ""
        new = next(after) if not line.startswith("-") else ""
        redacted.append(line[:1] + (old if line.startswith("-") else new))
    yield "\n".join(redacted)


def _redact_lines(lines: list[str], path: str) -> Generator[str, None, list[str]]:
    """Some lines of a file. Gives empty texts now and then, so that other work can be done in between."""
    if path.endswith(".ipynb"):
        return (yield from _one_by_one(lines, _redact_cell_line))
    parts = []
    for part in redacted_source("\n".join(lines), path):
        parts.append(part)
        yield ""
    redacted = "".join(parts).split("\n")
    language = _CODE.get(PurePosixPath(path).suffix.lower())
    if language is None:
        return redacted
    # They may begin inside of a text of several lines, so that what is quoted and what is not is confused.
    return (yield from _one_by_one(redacted, lambda line: redact_code(line, language, is_inside=True)))


def _one_by_one(lines: list[str], redact: Callable[[str], str]) -> Generator[str, None, list[str]]:
    redacted = []
    for line in lines:
        redacted.append(redact(line))
        yield ""
    return redacted


def _redact_shell(text: str) -> str:
    """Commands without values that are given to secret names. In a shell a value ends at a blank."""
    return "".join(redacted_flow(_SHELL_VALUE.sub(_without_value, text)))


def _without_value(assignment: re.Match[str]) -> str:
    value = assignment["value"]
    is_filled_in = value.strip("'\"").startswith("$") or is_placeholder(value)
    return (
        assignment[0] if is_filled_in or not is_secret_in_code(assignment["name"]) else assignment["before"] + REDACTED
    )


def _redact_magics(code: str) -> str:
    """A cell's code where what IPython does not read as Python is without secrets: `%env TOKEN=x`, `!export TOKEN=x`.

    Lines keep their numbers.
    """
    first, line_break, rest = code.partition("\n")
    cell_magic = _CELL_MAGIC.match(first)
    if cell_magic is not None:
        path = cell_magic["path"] if cell_magic["kind"] in ("writefile", "file") else "cell.sh"
        is_python = cell_magic["kind"] in _PYTHON_MAGICS
        rest = redact_source(rest, "cell.py" if is_python else path or "cell.sh")
        return _redact_command(first) + line_break + rest
    return _MAGIC.sub(lambda found: _redact_command(found[0]), code)


def _redact_command(text: str) -> str:
    return _redact_shell(redact_shapes(text, is_placeholder))


def _redact_cell_line(line: str) -> str:
    found = _CELL_LINE.fullmatch(line)
    if found is None:
        return redact_text(line)
    content = json.loads(found[2], strict=False)
    redacted = redact_code(redact_shapes(_redact_magics(content), is_placeholder), is_inside=True)
    return line if redacted == content else found[1] + json.dumps(redacted, ensure_ascii=False) + found[3]


def _redacted_notebook(text: str) -> Iterator[str]:
    # Any: a notebook's file may hold anything.
    try:
        notebook: Any = json.loads(text)
    except (ValueError, RecursionError):
        notebook = None
    if not isinstance(notebook, dict):
        yield from redacted_code(redact_shapes(text, is_placeholder), Language.OTHER)
        return
    redacted = {}
    for key, value in notebook.items():
        if key != "cells" or not isinstance(value, list):
            redacted[key] = redact_mapping(value, key)
            continue
        redacted[key] = cells = []
        for cell in value:
            cells.append(_redact_cell(cell))
            yield ""
    yield text if redacted == notebook else json.dumps(redacted, indent=1, ensure_ascii=False) + "\n"


# Any: see above.
def _redact_cell(cell: Any) -> Any:
    source = cell.get("source") if isinstance(cell, dict) else None
    lines = source if isinstance(source, list) else [source]
    texts = [line for line in lines if isinstance(line, str)]
    if len(texts) != len(lines):
        return redact_mapping(cell)
    text = "".join(texts)
    is_code = cell.get("cell_type") == "code"
    code = redact_source(_redact_magics(text) if is_code else text, "cell.py" if is_code else "cell.md")
    return {
        **{key: redact_mapping(value, key) for key, value in cell.items()},
        "source": re.findall(r"[^\n]*\n|[^\n]+", code) if isinstance(source, list) else code,
    }


def _redacted_settings(text: str) -> Iterator[str]:
    """The text of an INI file, where a value ends with its line, or goes on in lines that are indented."""
    section_is_secret = key_is_secret = False
    for number, line in enumerate(text.split("\n")):
        section, setting = _SECTION.fullmatch(line), _SETTING.fullmatch(line)
        kept = line
        if section is not None:
            section_is_secret, key_is_secret = is_secret_in_code(section[1]), False
        elif key_is_secret and line[:1].isspace() and line.strip():
            kept = line[:1] + REDACTED
        elif setting is not None:
            key_is_secret = section_is_secret or is_secret_in_code(setting["key"])
            if key_is_secret and setting["value"].strip() and not is_placeholder(setting["value"]):
                kept = f"{setting['before']} {REDACTED}"
        elif line.strip():
            key_is_secret, kept = False, redact_text(line)
        yield kept if number == 0 else f"\n{kept}"


def _is_of_catalog(path: str) -> bool:
    return any(part.startswith("catalog") for part in PurePosixPath(path).parts)
