"""Reads what a SQLite file says that it contains, without SQLite.

SQLite parses all of a file's schema before it answers a first question. A view does its harm only when it is queried,
but a hundred megabytes of CREATE statements, or of samples for the query planner, take time and memory at once. So the
table `sqlite_schema` of a file that nobody vouches for is read here, with limits, and judged before SQLite opens the
file. The format is https://www.sqlite.org/fileformat2.html.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

# A session store has some 35 tables and indexes, of less than a kilobyte each; and may have some of its owner's own.
_MAX_ENTRIES = 300
_MAX_ENTRY_BYTES = 20_000
_MAX_PAGES = 600

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_UTF_8 = 1
_INTERIOR, _LEAF = 0x05, 0x0D
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}

Value = str | bytes | int | float | None


class SchemaTableError(ValueError):
    """The file is no SQLite database, is damaged, or says more than a session store does."""


@dataclass(frozen=True)
class SchemaEntry:
    """One table, index, view or trigger.

    Attributes:
        kind: What it is: `table`, `index`, `view` or `trigger`.
        name: Its name.
        table: The table that it belongs to.
        root: The page that its rows begin at; 0 or None for what has none, such as views and virtual tables.
        sql: The statement that makes it; None for indexes that a table needs for its own constraints.
    """

    kind: str
    name: str
    table: str
    root: int | None
    sql: str | None


def read_schema_table(path: Path) -> list[SchemaEntry]:
    """All tables, indexes, views and triggers of a SQLite file.

    Args:
        path: The file. Only the file itself is read, not a log beside it.

    Raises:
        SchemaTableError: If it cannot be read, or has more entries than a session store could have.
        OSError: If the file cannot be read.
    """
    with path.open("rb") as file:
        reader = _Reader(file)
        try:
            return [_entry(_values(payload)) for payload in reader.payloads()]
        except (IndexError, UnicodeDecodeError) as error:
            raise SchemaTableError("its schema is damaged") from error


class _Reader:
    """The rows of the B-tree on the first page."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        header = file.read(_HEADER_BYTES)
        if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
            raise SchemaTableError("it is no SQLite database")
        size = int.from_bytes(header[16:18], "big")
        # 65,536 does not fit into the field.
        self._page_size = 65_536 if size == 1 else size
        self._usable = self._page_size - header[20]
        if self._page_size not in (512 << shift for shift in range(8)) or self._usable < 480:
            raise SchemaTableError("its header is damaged")
        if int.from_bytes(header[56:60], "big") != _UTF_8:
            raise SchemaTableError("its texts are not in UTF-8")
        self._pages = 0

    def payloads(self) -> Iterator[bytes]:
        """The content of each row, in order."""
        entries = 0
        waiting = [1]
        while waiting:
            number = waiting.pop()
            page = self._page(number)
            header = _HEADER_BYTES if number == 1 else 0
            kind, count = page[header], int.from_bytes(page[header + 3 : header + 5], "big")
            array = header + (12 if kind == _INTERIOR else 8)
            cells = [int.from_bytes(page[at : at + 2], "big") for at in range(array, array + 2 * count, 2)]
            if kind == _INTERIOR:
                right = int.from_bytes(page[header + 8 : header + 12], "big")
                children = [int.from_bytes(page[cell : cell + 4], "big") for cell in cells]
                waiting += [right, *reversed(children)]
            elif kind == _LEAF:
                entries += count
                if entries > _MAX_ENTRIES:
                    raise SchemaTableError(f"it has more than {_MAX_ENTRIES} tables and indexes")
                yield from (self._payload(page, cell) for cell in cells)
            else:
                raise SchemaTableError("its schema is damaged")

    def _page(self, number: int) -> bytes:
        # A damaged file may lead in circles.
        self._pages += 1
        if self._pages > _MAX_PAGES or number < 1:
            raise SchemaTableError("its schema is damaged or too large")
        self._file.seek((number - 1) * self._page_size)
        page = self._file.read(self._page_size)
        if len(page) < self._page_size:
            raise SchemaTableError("its schema is damaged")
        return page

    def _payload(self, page: bytes, cell: int) -> bytes:
        size, at = _varint(page, cell)
        _, at = _varint(page, at)
        if size > _MAX_ENTRY_BYTES:
            raise SchemaTableError(f"a statement of its schema has more than {_MAX_ENTRY_BYTES:,} bytes")
        local = self._local_bytes(size)
        if at + local > self._usable:
            raise SchemaTableError("its schema is damaged")
        payload = page[at : at + local]
        following = int.from_bytes(page[at + local : at + local + 4], "big") if local < size else 0
        while len(payload) < size:
            overflow = self._page(following)
            following = int.from_bytes(overflow[:4], "big")
            payload += overflow[4 : min(self._usable, 4 + size - len(payload))]
        return payload

    def _local_bytes(self, size: int) -> int:
        """How much of a row is in its page; the rest is in a chain of others."""
        if size <= self._usable - 35:
            return size
        least = (self._usable - 12) * 32 // 255 - 23
        fitting = least + (size - least) % (self._usable - 4)
        return fitting if fitting <= self._usable - 35 else least


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of variable length, and where what follows it begins."""
    value = 0
    for _ in range(8):
        byte = data[at]
        at += 1
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at
    return value << 8 | data[at], at + 1


def _values(payload: bytes) -> list[Value]:
    """The columns of a row."""
    end, at = _varint(payload, 0)
    types: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        types.append(kind)
    values: list[Value] = []
    for kind in types:
        value, size = _value(kind, payload, at)
        values.append(value)
        at += size
    return values


def _value(kind: int, payload: bytes, at: int) -> tuple[Value, int]:
    if kind >= 12:
        data = payload[at : at + (kind - 12) // 2]
        if len(data) < (kind - 12) // 2:
            raise SchemaTableError("its schema is damaged")
        return data.decode() if kind % 2 else data, len(data)
    if kind in _INTEGER_BYTES:
        size = _INTEGER_BYTES[kind]
        return int.from_bytes(payload[at : at + size], "big", signed=True), size
    if kind in (8, 9):
        return kind - 8, 0
    if kind == 0:
        return None, 0
    raise SchemaTableError("its schema is damaged")


def _entry(values: list[Value]) -> SchemaEntry:
    if len(values) != 5:
        raise SchemaTableError("its schema is damaged")
    kind, name, table, root, sql = values
    if (
        not isinstance(kind, str)
        or not isinstance(name, str)
        or not isinstance(table, str)
        or not (root is None or isinstance(root, int))
        or not (sql is None or isinstance(sql, str))
    ):
        raise SchemaTableError("its schema is damaged")
    return SchemaEntry(kind, name, table, root, sql)
