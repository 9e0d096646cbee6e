"""Texts and files as the store keeps them: named by the hash of what they hold, and compressed."""

from __future__ import annotations

import hashlib
import zlib

# A hostile store may hold a few bytes that unpack to terabytes.
MAX_CONTENT_BYTES = 64_000_000


def content_hash(data: bytes) -> str:
    """The name of a content: its SHA-256, as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def pack(data: bytes) -> bytes:
    """Compress a content. The same content is always packed alike."""
    return zlib.compress(data, 6)


def unpack(packed: bytes, limit: int = MAX_CONTENT_BYTES) -> bytes:
    """Read a content back.

    Raises:
        ValueError: If it is not one that `pack` made, or is larger than `limit` bytes.
    """
    decompressor = zlib.decompressobj()
    try:
        data = decompressor.decompress(packed, limit + 1)
    except zlib.error as error:
        raise ValueError(f"Not a packed content: {error}") from error
    if len(data) > limit:
        raise ValueError(f"The content is larger than {limit:,} bytes.")
    if not decompressor.eof:
        raise ValueError("Not a packed content: its end is missing.")
    return data


def unpack_named(name: str, packed: bytes, limit: int = MAX_CONTENT_BYTES) -> bytes:
    """Read back a content that is what its name says: a store from elsewhere may hold anything under any name.

    Raises:
        ValueError: If it is another one, larger than `limit` bytes, or none that `pack` made.
    """
    data = unpack(packed, limit)
    if content_hash(data) != name:
        raise ValueError(f"The content '{name[:64]}' holds something else than its name says.")
    return data
