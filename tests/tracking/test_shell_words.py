"""Whatever a record holds, a shell reads it as one word."""

from __future__ import annotations

import os
import shutil
import subprocess

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kedro_viz.tracking.shell_words import recorded_command, shell_line, shell_word

SHELLS = [found for name in ("sh", "bash", "dash", "zsh", "fish") if (found := shutil.which(name))]

HOSTILE = [
    *("2026; touch PWNED #", "$(touch PWNED)", "`touch PWNED`", "a\ntouch PWNED\n#", "a'; touch PWNED; '", "\\"),
    *("a\\' ; touch PWNED #", "$HOME", "~", "=ls", "", " ", "!!", "'!!'\\", "*", "a\rb", "\x1b[201~touch PWNED\r"),
    *(
        "\u202egnp.x",
        "a\u200bb",
        "it's",
        "100%s\\n",
        "日本 語",
        "-rf",
        "--",
        "#",
        "a\tb",
        "-v\x1f",
        "{a,b}",
        "x=~",
        "'\"'\\''",
    ),
]


def read_by(shell: str, words: list[str]) -> list[str]:
    """The words that a shell makes of a line."""
    line = shell_line(words)
    command = f"printf '%s\\0' {line}"
    done = subprocess.run([shell, "-c", command], capture_output=True, check=True, cwd="/")
    return os.fsdecode(done.stdout).split("\0")[:-1]


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_reads_hostile_words_as_they_were(shell: str) -> None:
    assert read_by(shell, HOSTILE) == HOSTILE


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_a_shell_reads_any_words_as_they_were(words: list[str]) -> None:
    # A command substitution takes line feeds off its end.
    assert read_by("sh", words) == [word.rstrip("\n") for word in words]


@given(st.text())
def test_a_word_is_one_printable_line(text: str) -> None:
    assert shell_word(text).isprintable()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("2024-05-01T12.00.00.000Z", "2024-05-01T12.00.00.000Z"),
        ("data/01_raw/cars.csv", "data/01_raw/cars.csv"),
        ("s3://bucket/a=1/x.csv", "s3://bucket/a=1/x.csv"),
        ("my file.csv", "'my file.csv'"),
        ("it's", "'it'\"'\"'s'"),
        ("a\x1bb", "\"$(printf 'a\\033b')\""),
        ("a\0b", "'a\ufffdb'"),
        ("", "''"),
    ],
)
def test_common_words_stay_readable(text: str, word: str) -> None:
    assert shell_word(text) == word


def test_bytes_that_are_no_text_reach_the_command() -> None:
    name = os.fsdecode(b"caf\xe9 x")
    assert read_by("sh", [name]) == [name]


def test_a_recorded_command_is_no_more_than_its_words() -> None:
    assert recorded_command("kedro run --params a=1,b=2") == "kedro run --params a=1,b=2"
    assert recorded_command("kedro run; touch PWNED #") == "kedro 'run;' touch PWNED '#'"
    assert recorded_command("kedro run\ntouch PWNED") == "kedro run touch PWNED"
