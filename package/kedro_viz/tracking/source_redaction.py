"""Takes secrets out of source files and of their differences, each by the rules of its language."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from typing import Any

from kedro_viz.tracking.code_redaction import Language, is_placeholder, redact_code
from kedro_viz.tracking.redaction import REDACTED, redact_mapping, redact_shapes, redact_text
from kedro_viz.tracking.secret_names import is_secret_in_code, secret_names_in
from kedro_viz.tracking.yaml_redaction import redact_flow, redact_yaml

_CODE = {
    **dict.fromkeys((".py", ".pyi", ".pyx"), Language.PYTHON),
    **dict.fromkeys((".json", ".js", ".jsx", ".ts", ".tsx", ".r", ".jl", ".scala"), Language.OTHER),
    ".toml": Language.TOML,
}
_YAML = frozenset({".yml", ".yaml"})
_SETTINGS = frozenset({".ini", ".cfg", ".conf", ".properties"})

_SECTION = re.compile(r"\s*\[([^\]]*)\]\s*")
_SETTING = re.compile(r"(?P<before>\s*(?P<key>[\w.\-]+(?:[ ]+[\w.\-]+)*)\s*[=:])(?P<value>.*)")
# `ALTER USER me PASSWORD 'x'`
_SQL_PASSWORD = re.compile(r"(\b(?:password|identified\s{1,9}by)\s{1,9})'[^'\n]*'", re.IGNORECASE)
# A line of a notebook's file that is a line of a cell.
_CELL_LINE = re.compile(r"(\s*)(\"(?:[^\"\\]|\\.)*\")(,?\s*)")

_DIFF_NAME = re.compile(r"^(?:---|\+\+\+) \"?[a-z]/(?P<path>[^\"\t\n]*)", re.MULTILINE)
_HUNK_BEGIN = re.compile(r"(?P<where>@@+ [^@]*@@+)(?P<context>.*)")


def redact_source(text: str, path: str) -> str:
    """The text of a source file without secrets. Its lines keep their numbers, and code still parses.

    Args:
        text: The file's text, or lines of it.
        path: Its path in the project, which tells its language.
    """
    suffix = PurePosixPath(path).suffix.lower()
    if suffix == ".ipynb":
        return _redact_notebook(text)
    text = redact_shapes(text, is_placeholder)
    if next(secret_names_in(text), None) is None:
        return text
    if suffix in _YAML:
        return redact_yaml(text, is_catalog=_is_of_catalog(path))
    if suffix in _CODE:
        return redact_code(text, _CODE[suffix])
    if suffix in _SETTINGS:
        return _redact_settings(text)
    return redact_flow(_SQL_PASSWORD.sub(rf"\1'{REDACTED}'", text))


def redact_diff(text: str, is_left_out: Callable[[str], bool]) -> Iterator[str]:
    """What `git diff` wrote, without secrets, file by file.

    Args:
        text: Its text.
        is_left_out: Whether nothing of the file at this path may be told.
    """
    return (_redact_file_diff(part, is_left_out) for part in re.split(r"^(?=diff --git )", text, flags=re.MULTILINE))


def _redact_file_diff(text: str, is_left_out: Callable[[str], bool]) -> str:
    # In a hunk each line has a mark before it: none begins with `@@`.
    header, *hunks = re.split(r"^(?=@@)", text, flags=re.MULTILINE)
    paths = [found["path"] for found in _DIFF_NAME.finditer(header)]
    if any(is_left_out(path) for path in paths):
        return header + "What changed in this file is not recorded.\n"
    return header + "".join(_redact_hunk(hunk, paths[-1] if paths else "") for hunk in hunks)


def _redact_hunk(text: str, path: str) -> str:
    first, *lines = text.split("\n")
    begin = _HUNK_BEGIN.fullmatch(first)
    if begin is not None:
        first = begin["where"] + redact_source(begin["context"], path)
    # What was there and what is there now are a text each.
    before = iter(_redact_part([line[1:] for line in lines if not line.startswith("+")], path))
    after = iter(_redact_part([line[1:] for line in lines if not line.startswith("-")], path))
    redacted = [first]
    for line in lines:
        old = next(before) if not line.startswith("+") else ""
        new = next(after) if not line.startswith("-") else ""
        redacted.append(line[:1] + (old if line.startswith("-") else new))
    return "\n".join(redacted)


def _redact_part(lines: list[str], path: str) -> list[str]:
    """Some lines of a file."""
    if path.endswith(".ipynb"):
        return [_redact_cell_line(line) for line in lines]
    redacted = redact_source("\n".join(lines), path).split("\n")
    language = _CODE.get(PurePosixPath(path).suffix.lower())
    if language is None:
        return redacted
    # They may begin inside of a text of several lines, so that what is quoted and what is not is confused.
    return [redact_code(line, language, is_inside=True) for line in redacted]


def _redact_cell_line(line: str) -> str:
    found = _CELL_LINE.fullmatch(line)
    if found is None:
        return redact_text(line)
    content = json.loads(found[2], strict=False)
    redacted = redact_code(redact_shapes(content, is_placeholder), is_inside=True)
    return line if redacted == content else found[1] + json.dumps(redacted, ensure_ascii=False) + found[3]


def _redact_notebook(text: str) -> str:
    # Any: a notebook's file may hold anything.
    try:
        notebook: Any = json.loads(text)
    except (ValueError, RecursionError):
        return redact_code(redact_shapes(text, is_placeholder), Language.OTHER)
    if not isinstance(notebook, dict):
        return redact_code(redact_shapes(text, is_placeholder), Language.OTHER)
    redacted = {
        key: [_redact_cell(cell) for cell in value]
        if key == "cells" and isinstance(value, list)
        else redact_mapping(value, key)
        for key, value in notebook.items()
    }
    return text if redacted == notebook else json.dumps(redacted, indent=1, ensure_ascii=False) + "\n"


# Any: see above.
def _redact_cell(cell: Any) -> Any:
    source = cell.get("source") if isinstance(cell, dict) else None
    lines = source if isinstance(source, list) else [source]
    texts = [line for line in lines if isinstance(line, str)]
    if len(texts) != len(lines):
        return redact_mapping(cell)
    code = redact_source("".join(texts), "cell.py" if cell.get("cell_type") == "code" else "cell.md")
    return {
        **{key: redact_mapping(value, key) for key, value in cell.items()},
        "source": re.findall(r"[^\n]*\n|[^\n]+", code) if isinstance(source, list) else code,
    }


def _redact_settings(text: str) -> str:
    """The text of an INI file, where a value ends with its line, or goes on in lines that are indented."""
    section_is_secret = key_is_secret = False
    redacted: list[str] = []
    for line in text.split("\n"):
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
        redacted.append(kept)
    return "\n".join(redacted)


def _is_of_catalog(path: str) -> bool:
    return any(part.startswith("catalog") for part in PurePosixPath(path).parts)
