"""Columns of runs as bytes: a tenth of what they are as JSON, and read by browsers without parsing.

`KVRC`, the length of a header (32 bits), the header as JSON, and blocks of numbers. All numbers are little-endian. A
block of numbers of several bytes holds the first bytes of all numbers, then the second ones, and so on: what is alike
stands together, and compresses.

Header:
    version, runs: 1, and how many runs there are.
    ids: a block of characters (`width` a run) where all ids are as long as each other, else the texts themselves.
    started: a block: the first start, then what each is later than the one before that has one; NaN has none.
    titles: {places: block, texts}, for runs that have one.
    columns: numbers are {name, kind: "number", values: block, notNumbers: block, digits, wholeNumbers: {places: block,
        texts}}; NaN has none, and those of `notNumbers` told NaN. `wholeNumbers` has the digits of those that are whole
        and beyond 2**53. `digits` says how many digits count; without it, all do. Categories are
        {name, kind: "category", codes: block, labels, leftOut}; -1 has none.
    A block is {type, start, count}: `start` counts from the end of the header.
"""

from __future__ import annotations

import math
import struct
import sys
import zlib
from array import array
from collections.abc import Iterable, Sequence
from typing import TypedDict

import orjson

from kedro_viz.analysis.column_values import NONE, CategoryValues, NumberValues, RunValues

MAGIC = b"KVRC"
VERSION = 1

_TYPES = {"b": "int8", "h": "int16", "i": "int32", "I": "uint32", "f": "float32", "d": "float64"}

# What 32-bit floats can hold: numbers of this size, with so many digits, and whole ones up to here without loss.
_FLOAT32_RANGE = (1.2e-38, 3.4e38)
_FLOAT32_DIGITS = 7
_FLOAT32_WHOLE = 2.0**24
# Numbers that lie closer than this beside their size need the other digits to be told apart.
_LEAST_SPREAD = 2.0**-10


class Block(TypedDict):
    """Where numbers stand."""

    type: str
    start: int
    count: int


class _Blocks:
    def __init__(self) -> None:
        self.parts: list[bytes] = []
        self._size = 0

    def add(self, values: array[int] | array[float]) -> Block:
        if sys.byteorder == "big":
            values = values[:]
            values.byteswap()
        data, size = values.tobytes(), values.itemsize
        shuffled = data if size == 1 else b"".join(data[place::size] for place in range(size))
        return self._add(_TYPES[values.typecode], shuffled, len(values))

    def add_texts(self, texts: bytes, width: int) -> Block:
        """Texts of one length, one after another."""
        return self._add("text", b"".join(texts[place::width] for place in range(width)), len(texts))

    def _add(self, kind: str, data: bytes, count: int) -> Block:
        block = Block(type=kind, start=self._size, count=count)
        self.parts.append(data)
        self._size += len(data)
        return block


def encode(table: RunValues) -> bytes:
    """A table as bytes."""
    blocks = _Blocks()
    header = {
        "version": VERSION,
        "runs": len(table.run_ids),
        "ids": _ids(table.run_ids, blocks),
        "started": blocks.add(_steps(table.started_at)),
        "titles": {"places": blocks.add(array("I", table.titles)), "texts": list(table.titles.values())},
        "columns": [
            _numbers(column, blocks) if isinstance(column, NumberValues) else _categories(column, blocks)
            for column in table.columns
        ],
    }
    told = orjson.dumps(header)
    return b"".join((MAGIC, struct.pack("<I", len(told)), told, *blocks.parts))


def compress(body: bytes) -> bytes:
    """Compress an encoded table, as gzip.

    The low digits of measurements are noise, in which looking for repetitions only takes time: what makes them smaller
    is that bytes have fewer values than they could, and that the high ones repeat.
    """
    packing = zlib.compressobj(1, zlib.DEFLATED, 31, 9, zlib.Z_RLE)
    return packing.compress(body) + packing.flush()


def _ids(run_ids: Sequence[str], blocks: _Blocks) -> object:
    joined = "".join(run_ids)
    width = len(run_ids[0]) if run_ids else 0
    if width and joined.isascii() and all(len(run_id) == width for run_id in run_ids):
        return {"width": width, "block": blocks.add_texts(joined.encode(), width)}
    return {"texts": run_ids}


def _steps(times: Iterable[int | None]) -> array[float]:
    steps = array("d")
    last = 0
    for time in times:
        if time is None:
            steps.append(NONE)
        else:
            steps.append(time - last)
            last = time
    return steps


def _categories(column: CategoryValues, blocks: _Blocks) -> object:
    kind = "b" if len(column.labels) < 2**7 else "h" if len(column.labels) < 2**15 else "i"
    codes = array(kind, column.codes)
    return {
        "name": column.name,
        "kind": "category",
        "codes": blocks.add(codes),
        "labels": column.labels,
        "leftOut": column.left_out,
    }


def _numbers(column: NumberValues, blocks: _Blocks) -> object:
    digits = None if column.exact else _enough_digits(column.values)
    values = column.values if digits is None else array("f", column.values)
    told: dict[str, object] = {"name": column.name, "kind": "number", "values": blocks.add(values)}
    if digits:
        told["digits"] = digits
    if column.not_numbers:
        told["notNumbers"] = blocks.add(array("I", column.not_numbers))
    if column.whole_numbers:
        places = blocks.add(array("I", column.whole_numbers))
        told["wholeNumbers"] = {"places": places, "texts": list(map(str, column.whole_numbers.values()))}
    return told


def _enough_digits(values: array[float]) -> int | None:
    """How many digits of numbers a 32-bit float must keep: 0 if it keeps all of them, None if it cannot."""
    # A sum is finite only if all that is summed is: most columns have a number in each row.
    numbers: Sequence[float] = values
    if not math.isfinite(sum(values)):
        numbers = [value for value in values if math.isfinite(value)]
    if not numbers:
        return 0
    least, most = min(numbers), max(numbers)
    largest = max(-least, most)
    if all(map(float.is_integer, numbers)):
        return 0 if largest <= _FLOAT32_WHOLE else None
    if most - least < _LEAST_SPREAD * largest or largest > _FLOAT32_RANGE[1]:
        return None
    smallest = least if least > 0 else -most if most < 0 else min(map(abs, filter(None, numbers)))
    return _FLOAT32_DIGITS if smallest >= _FLOAT32_RANGE[0] else None
