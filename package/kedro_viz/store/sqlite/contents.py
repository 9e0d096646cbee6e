"""The table `contents`: texts and files by their hashes, each stored once for all runs that have it."""

from __future__ import annotations

import base64
import logging
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from kedro_viz.tracking.packed_content import MAX_CONTENT_BYTES, unpack, unpack_named
from kedro_viz.tracking.source.source_snapshot import SourceSnapshot

Thing = TypeVar("Thing")

logger = logging.getLogger(__name__)

# SQLite takes some hundred values in one statement.
_BATCH = 500

# Others wait while contents are written: so many bytes go into one transaction.
_BATCH_BYTES = 1_000_000

# The columns of `runs` that hold a content's hash.
HASH_COLUMNS = ("git_diff", "source", "environment", "configuration")


@dataclass(frozen=True)
class PackedContent:
    """A content as the store keeps it. `size`: of what it holds, in bytes."""

    hash: str
    size: int
    data: bytes


def checked(name: str, packed: bytes, limit: int = MAX_CONTENT_BYTES) -> PackedContent:
    """A content that is what its name says.

    Args:
        name: Its hash.
        packed: What `packed_content.pack` made of it.
        limit: How many bytes it may hold.

    Raises:
        ValueError: If it holds something else, is larger than a content can be, or is no packed content.
    """
    return PackedContent(name, len(unpack_named(name, packed, limit)), packed)


def decoded(contents: Mapping[str, str]) -> Iterator[PackedContent]:
    """The contents that an event carries, as base64 text by hash; without those that are not what their names say."""
    for name, text in contents.items():
        try:
            yield checked(name, base64.b64decode(text, validate=True))
        except ValueError as error:
            logger.debug("Not kept: %s", error)


def batches(contents: Iterable[PackedContent]) -> Iterator[list[PackedContent]]:
    """The contents in such portions as may go into one transaction without keeping others waiting."""
    return in_portions(((content, len(content.data)) for content in contents), _BATCH_BYTES)


def put(connection: sqlite3.Connection, contents: Iterable[PackedContent]) -> None:
    """Store the contents that are not there yet."""
    connection.executemany(
        "INSERT OR IGNORE INTO contents (hash, size, data) VALUES (?, ?, ?)",
        ((content.hash, content.size, content.data) for content in contents),
    )


def missing(connection: sqlite3.Connection, hashes: Iterable[str]) -> set[str]:
    """Those of the hashes whose contents are not in the store."""
    absent = set(hashes)
    names = sorted(absent)
    for start in range(0, len(names), _BATCH):
        batch = names[start : start + _BATCH]
        marks = ", ".join("?" * len(batch))
        rows = connection.execute(f"SELECT hash FROM contents WHERE hash IN ({marks})", batch)  # noqa: S608 - marks
        absent.difference_update(name for (name,) in rows)
    return absent


def named_by_runs(connection: sqlite3.Connection) -> set[str]:
    """The hashes that the runs of a store name. A snapshot's manifest names further ones: see `unused`."""
    hashes: set[str] = set()
    for column in HASH_COLUMNS:
        rows = connection.execute(f"SELECT DISTINCT {column} FROM runs WHERE {column} IS NOT NULL")  # noqa: S608 - ours
        hashes.update(name for (name,) in rows)
    return hashes


def unused(connection: sqlite3.Connection, also_needed: Collection[str] = ()) -> list[tuple[str, int]]:
    """The contents of a store that none of its runs needs.

    Args:
        connection: The store.
        also_needed: Hashes that others name.

    Returns:
        Their hashes, and how many bytes each takes.
    """
    named = named_by_runs(connection).union(also_needed)
    needed = set(named)
    for name in named:
        for (packed,) in connection.execute("SELECT data FROM contents WHERE hash = ?", (name,)):
            needed.update(named_by_manifest(packed))
    rows = connection.execute("SELECT hash, length(data) FROM contents")
    return [(name, size) for name, size in rows if name not in needed]


def named_by_manifest(packed: bytes) -> list[str]:
    """The hashes in a source snapshot's manifest; none if it is another content."""
    try:
        snapshot = SourceSnapshot.from_json(unpack(packed))
    except (ValueError, TypeError, RecursionError):
        return []
    return [file.hash for file in snapshot.files if file.hash is not None]


def in_portions(sizes: Iterable[tuple[Thing, int]], most: int) -> Iterator[list[Thing]]:
    """Things with their sizes, in portions that take at most so many bytes each, or are one thing."""
    portion: list[Thing] = []
    total = 0
    for thing, size in sizes:
        if portion and total + size > most:
            yield portion
            portion, total = [], 0
        portion.append(thing)
        total += size
    if portion:
        yield portion


def remove(connection: sqlite3.Connection, hashes: Iterable[str]) -> None:
    """Delete contents."""
    connection.executemany("DELETE FROM contents WHERE hash = ?", ((name,) for name in hashes))
