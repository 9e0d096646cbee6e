"""What a file really is, told from its first bytes: a name may claim anything."""

from __future__ import annotations

from pathlib import PurePosixPath

from kedro_viz.tracking.dataset_types import short_type_name

PLOTLY = "application/vnd.plotly.v1+json"
UNKNOWN = "application/octet-stream"

# Bytes that are needed to tell.
SNIFFED_BYTES = 512

_BY_SUFFIX = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".svg": "image/svg+xml",
    ".pdf": "application/pdf",
    ".json": "application/json",
}

# Shown by the browser itself; anything else is offered for download.
SHOWN = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/svg+xml", PLOTLY, "application/json"})


def expected_media_type(dataset_type: str, name: str) -> str:
    """What a dataset's file should be, by its type and name."""
    if short_type_name(dataset_type).startswith("plotly."):
        return PLOTLY
    return _BY_SUFFIX.get(PurePosixPath(name).suffix.lower(), UNKNOWN)


def sniff(head: bytes) -> str:
    """What a file is, by its first bytes.

    Args:
        head: The first `SNIFFED_BYTES` of the file, or fewer.
    """
    for magic, media_type in (
        (b"\x89PNG\r\n\x1a\n", "image/png"),
        (b"\xff\xd8\xff", "image/jpeg"),
        (b"GIF87a", "image/gif"),
        (b"GIF89a", "image/gif"),
        (b"%PDF-", "application/pdf"),
    ):
        if head.startswith(magic):
            return media_type
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if text[:1] in (b"{", b"["):
        return "application/json"
    if text.startswith((b"<svg", b"<?xml")) and b"<svg" in text:
        return "image/svg+xml"
    return UNKNOWN
