"""Text of runs as words of a shell command: whatever a record holds, a shell reads it as one harmless word."""

from __future__ import annotations

import re
from collections.abc import Iterable

# What no shell gives a meaning to. A tilde or an equals sign has one at the beginning of a word.
_BARE = re.compile(r"(?![=])[A-Za-z0-9_@%+=:,./-]+")
# Within single quotes, fish reads backslashes. Within a command substitution, bash may look for "!" in its history.
# A dash at the front would be an option of printf.
_OCTAL = frozenset("'\\%!-")


def shell_word(text: str) -> str:
    """Quote a text so that a POSIX shell, zsh or fish reads it as one word.

    Control characters, characters that cannot be seen and backslashes become `printf`'s octal escapes. So the result
    is one printable line, which also a terminal that is pasted into takes as such.

    Args:
        text: Any text. A null character, which no argument can hold, becomes a replacement character. Line feeds at
            the end are lost, as in every command substitution.
    """
    if _BARE.fullmatch(text):
        return text
    text = text.replace("\0", "\N{REPLACEMENT CHARACTER}")
    if text.isprintable() and "\\" not in text:
        return "'" + text.replace("'", "'\"'\"'") + "'"
    return f"\"$(printf '{''.join(map(_in_format, text))}')\""


def shell_line(words: Iterable[str]) -> str:
    """Write words as one command line."""
    return " ".join(map(shell_word, words))


def recorded_command(text: str) -> str:
    """A run's command line as it may be pasted into a shell.

    Args:
        text: As recorded: Kedro joins the words by spaces and does not quote them. So a word that had spaces is
            several words here.
    """
    return shell_line(text.split())


def _in_format(character: str) -> str:
    if character.isprintable() and character not in _OCTAL:
        return character
    # A file's name may hold bytes that are no UTF-8, which Python keeps as halves of pairs.
    return "".join(f"\\{byte:03o}" for byte in character.encode("utf-8", _errors(character)))


def _errors(character: str) -> str:
    return "surrogateescape" if "\udc80" <= character <= "\udcff" else "replace"
