"""The table `contents`: texts and files by their hashes, each stored once for all runs that have it."""

from __future__ import annotations

import base64
import logging
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from kedro_viz.tracking.packed_content import content_hash, unpack

logger = logging.getLogger(__name__)

# SQLite takes some hundred values in one statement.
_BATCH = 500

# Others wait while contents are written: so many bytes go into one transaction.
_BATCH_BYTES = 1_000_000

_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class PackedContent:
    """A content as the store keeps it. `size`: of what it holds, in bytes."""

    hash: str
    size: int
    data: bytes


def is_hash(text: str) -> bool:
    """Whether a text has the form of a content's name."""
    return _HASH.fullmatch(text) is not None


def checked(name: str, packed: bytes) -> PackedContent:
    """A content that is what its name says.

    Args:
        name: Its hash.
        packed: What `packed_content.pack` made of it.

    Raises:
        ValueError: If it holds something else, is larger than a content can be, or is no packed content.
    """
    data = unpack(packed)
    if content_hash(data) != name:
        raise ValueError(f"The content '{name[:64]}' holds something else than its name says.")
    return PackedContent(name, len(data), packed)


def decoded(contents: Mapping[str, str]) -> Iterator[PackedContent]:
    """The contents that an event carries, as base64 text by hash; without those that are not what their names say."""
    for name, text in contents.items():
        try:
            yield checked(name, base64.b64decode(text, validate=True))
        except ValueError as error:
            logger.debug("Not kept: %s", error)


def batches(contents: Iterable[PackedContent]) -> Iterator[list[PackedContent]]:
    """The contents in such portions as may go into one transaction without keeping others waiting."""
    batch: list[PackedContent] = []
    size = 0
    for content in contents:
        if batch and size + len(content.data) > _BATCH_BYTES:
            yield batch
            batch, size = [], 0
        batch.append(content)
        size += len(content.data)
    if batch:
        yield batch


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
