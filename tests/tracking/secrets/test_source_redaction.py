"""Each source file loses its secrets by the rules of its language, and so do differences of files."""

from __future__ import annotations

import ast
import configparser
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kedro_viz.tracking.secrets.redaction import REDACTED
from kedro_viz.tracking.secrets.source_redaction import redact_diff, redact_source, redacted_source


@pytest.mark.parametrize(
    ("path", "text", "left"),
    [
        ("a.py", "password = 'hunter2'\n", f"password = '{REDACTED}'\n"),
        ("a.yml", "password: hunter2\n", f'password: "{REDACTED}"\n'),
        ("a.YAML", "password: hunter2\n", f'password: "{REDACTED}"\n'),
        ("a.json", '{"password": "hunter2"}', f'{{"password": "{REDACTED}"}}'),
        ("a.toml", "[credentials]\nkey = 'hunter2'\n", f"[credentials]\nkey = '{REDACTED}'\n"),
        ("a.js", "const password = 'hunter2', n = {token: 'hunter2'}", None),
        ("a.R", 'password <- "hunter2"\n', f'password <- "{REDACTED}"\n'),
        ("a.sql", "ALTER USER me PASSWORD 'hunter2';", f"ALTER USER me PASSWORD '{REDACTED}';"),
        ("a.sh", "export PASSWORD=hunter2\ncurl --token hunter2\n", None),
        ("a.md", "Log in with password: hunter2\n", None),
        ("Dockerfile", "ENV API_KEY=hunter2\n", None),
        ("requirements.txt", "--index-url https://me:hunter2@host/simple\n", None),
        ("requirements.txt", "--index-url https://me:${PASSWORD}@host/simple\n", "--index-url https://me:${PASSWORD}@host/simple\n"),
        ("a.py", "url = 'postgresql://me:hunter2@db'", f"url = 'postgresql://me:{REDACTED}@db'"),
        ("a.py", "url = f'postgresql://me:{pw}@db'", "url = f'postgresql://me:{pw}@db'"),
        ("a.py", "key = 'AKIAIOSFODNN7EXAMPLE'", f"key = '{REDACTED}'"),
        ("conf/base/catalog.yml", "a:\n  credentials: dev\n", "a:\n  credentials: dev\n"),
        ("conf/base/catalog/a.yml", "a:\n  credentials: dev\n", "a:\n  credentials: dev\n"),
        ("conf/base/catalog_a.yml", "a:\n  credentials: dev\n", "a:\n  credentials: dev\n"),
        ("conf/base/parameters.yml", "credentials: hunter2\n", f'credentials: "{REDACTED}"\n'),
        ("a.py", "# İ\npassword = 'hunter2'", f"# İ\npassword = '{REDACTED}'"),
    ],
)  # fmt: skip
def test_file_is_redacted_by_its_language(path: str, text: str, left: str | None) -> None:
    redacted = redact_source(text, path)
    assert "hunter2" not in redacted
    assert redacted.count("\n") == text.count("\n")
    if left is None:
        assert REDACTED in redacted
    else:
        assert redacted == left


def test_settings_file_loses_values_and_the_lines_they_go_on_in() -> None:
    text = (
        "[db]\nuser = me\npassword = a, hunter2\n  hunter2\n\nn: 3\n[db.credentials]\nkey = hunter2\n[x]\nkey = fine\n"
    )
    redacted = redact_source(text, "setup.cfg")
    assert redacted.count("\n") == text.count("\n")
    settings = configparser.ConfigParser()
    settings.read_string(redacted)
    assert "hunter2" not in redacted
    assert dict(settings["db"]) == {"user": "me", "password": f"{REDACTED}\n{REDACTED}", "n": "3"}
    assert settings["db.credentials"]["key"] == REDACTED
    assert settings["x"]["key"] == "fine"


# Anything that a notebook's file may hold.
def notebook(*cells: object, **more: object) -> str:
    return json.dumps({"cells": cells, "nbformat": 4, **more}, indent=1, ensure_ascii=False) + "\n"


def test_notebook_loses_secrets_of_its_cells_and_of_what_they_printed() -> None:
    code = {
        "cell_type": "code",
        "execution_count": 1,
        "metadata": {},
        "source": ["import x\n", "password = (\n", "    'hunter2'\n", ")\n", "token = 'the'"],
        "outputs": [{"output_type": "stream", "text": ["password=hunter2\n", "n=3\n"]}],
    }
    text = {"cell_type": "markdown", "metadata": {}, "source": "The password: hunter2"}
    redacted = redact_source(notebook(code, text, metadata={"api_key": "hunter2"}), "a.ipynb")
    assert "hunter2" not in redacted
    data = json.loads(redacted)
    assert list(data) == ["cells", "nbformat", "metadata"]
    assert data["cells"][0]["source"] == ["import x\n", "password = (\n", f"    '{REDACTED}'\n", ")\n", "token = 'the'"]
    assert data["cells"][0]["outputs"][0]["text"][1] == "n=3\n"
    ast.parse("".join(data["cells"][0]["source"]))


@pytest.mark.parametrize(
    "text",
    [
        notebook({"cell_type": "code", "source": ["token = 'the'\n"], "outputs": [], "metadata": {}}),
        notebook({"cell_type": "code", "source": "max_tokens = 12"}, "no cell", {"source": None}, 3, None),
        '{"cells": "none"}',
        "[]",
        "no notebook",
    ],
)
def test_notebook_without_secrets_is_left_as_it_was(text: str) -> None:
    assert redact_source(text, "a.ipynb") == text


@pytest.mark.parametrize(
    "text", ['{"password": "hunter2"', '["password=hunter2"]', "[" * 100_000 + '{"password": "hunter2"}']
)
def test_notebook_that_is_none_loses_its_secrets_too(text: str) -> None:
    assert "hunter2" not in redact_source(text, "a.ipynb")


def git(folder: Path, *arguments: str) -> str:
    options = ["-c", "user.name=Me", "-c", "user.email=me@example.org"]
    return subprocess.run(["git", *options, *arguments], cwd=folder, check=True, capture_output=True, text=True).stdout


LINES = 2_000
# By the rules of each language. Something has to be found in them, or nothing is looked at.
LONG = {
    "a.py": "total = combine(first, 'second')\n" * LINES + "password = 'hunter2'\n",
    "a.yml": "total: second\n" * LINES + "password: hunter2\n",
    "a.cfg": "total = second\n" * LINES + "password = hunter2\n",
    "a.md": "total = second\n" * LINES + "password = hunter2\n",
    "a.ipynb": notebook(*[{"cell_type": "code", "source": "password = 'hunter2'\n"}] * LINES),
}


@pytest.mark.parametrize("path", LONG)
def test_long_texts_are_read_bit_by_bit(path: str) -> None:
    parts = list(redacted_source(LONG[path], path))
    assert len(parts) > LINES / 100
    assert "".join(parts) == redact_source(LONG[path], path) != LONG[path]


@pytest.mark.parametrize("path", LONG)
def test_long_differences_are_read_bit_by_bit(path: str) -> None:
    added = "".join(f"+{line}\n" for line in LONG[path].splitlines())
    text = f"diff --git a/{path} b/{path}\n--- /dev/null\n+++ b/{path}\n@@ -0,0 +1,{LINES} @@\n{added}"
    parts = list(redact_diff(text, lambda _path: False))
    assert len(parts) > LINES / 100
    assert "hunter2" not in "".join(parts)


@pytest.fixture
def diff(tmp_path: Path) -> Callable[..., str]:
    """Makes git's own difference between two states of files."""

    def make(before: dict[str, str], after: dict[str, str]) -> str:
        git(tmp_path, "init", "--quiet")
        for files in (before, after):
            for name, text in files.items():
                (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
                (tmp_path / name).write_text(text, encoding="utf-8")
            if files is before:
                git(tmp_path, "add", "--all")
                git(tmp_path, "commit", "--quiet", "--message", "one")
        return git(tmp_path, "diff", "HEAD")

    return make


def test_differences_lose_their_secrets_by_the_language_of_each_file(diff: Callable[..., str]) -> None:
    text = diff(
        {
            "src/a.py": "def connect(\n    password='hunter2'):\n    '''Connect.\n\n\n\n\n'''\n    n = 1\n",
            "conf/catalog.yml": "a:\n  credentials:\n    key: hunter2\n    user: me\n  n: 1\n",
            "conf/x.yml": "password: hunter2\n",
            "b.ipynb": notebook({"source": ["{\n", '"password": "hunter2",\n', "n = 1\n"]}),
            "gone.txt": "password=hunter2\n",
        },
        {
            "src/a.py": "def connect(\n    password='hunter2'):\n    '''Connect.\n\n\n\n\n'''\n    token = 'hunter2'\n",
            "conf/catalog.yml": "a:\n  credentials:\n    key: hunter2\n    user: hunter2\n  n: 2\n",
            "conf/x.yml": "password: hunter2b\n",
            "b.ipynb": notebook({"source": ["{\n", '"password": "hunter2b",\n', "n = 2\n"]}),
            "gone.txt": "",
        },
    )
    redacted = "".join(redact_diff(text, lambda _path: False))
    assert "hunter2" not in redacted
    assert redacted.count("\n") == text.count("\n")
    assert [line[:1] for line in redacted.split("\n")] == [line[:1] for line in text.split("\n")]
    assert f"+    token = '{REDACTED}'\n" in redacted
    assert f'-    user: "{REDACTED}"\n-  n: 1\n+    user: "{REDACTED}"\n+  n: 2\n' in redacted
    assert '\n-    "n = 1\\n"\n' in redacted
    assert '\n+    "n = 2\\n"\n' in redacted


def test_differences_of_files_that_are_left_out_are_not_told(diff: Callable[..., str]) -> None:
    text = diff({"a.txt": "hunter1\n", "b.txt": "one\n"}, {"a.txt": "hunter2\n", "b.txt": "two\n"})
    redacted = "".join(redact_diff(text, lambda path: path == "a.txt"))
    assert "hunter" not in redacted
    assert "a.txt" in redacted
    assert "-one\n+two\n" in redacted


@pytest.mark.parametrize("text", ["", "no difference\n", "@@ -1 +1 @@ password: hunter2\n", "diff --git a/x b/x\n@@\n"])
def test_text_that_is_no_difference_is_read_all_the_same(text: str) -> None:
    redacted = "".join(redact_diff(text, lambda _path: False))
    assert "hunter2" not in redacted
    assert redacted.count("\n") == text.count("\n")
