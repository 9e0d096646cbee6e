"""What the file system under a store can do."""

from __future__ import annotations

import os
from pathlib import Path

# SQLite's write-ahead log needs memory shared between all processes that open the file, which these file systems cannot
# give between machines: https://www.sqlite.org/wal.html
_NETWORK_FILE_SYSTEMS = frozenset(
    {"nfs", "nfs4", "cifs", "smb3", "smbfs", "afs", "ncpfs", "9p", "ceph", "lustre", "glusterfs", "beegfs", "gpfs"}
)


def allows_wal(path: Path) -> bool:
    """Whether a file at this path may use SQLite's write-ahead log.

    Returns:
        False on network file systems, and on Windows network shares; True where nothing speaks against it.
    """
    if str(path).startswith("\\\\"):
        return False
    kind = _mounted_type(path)
    return kind not in _NETWORK_FILE_SYSTEMS and not kind.startswith("fuse.")


def _mounted_type(path: Path) -> str:
    """The type of the file system that holds a path, as Linux names it; empty where that cannot be known."""
    try:
        mounts = Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    resolved = os.path.realpath(path)
    best, kind = "", ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        point = fields[1].replace("\\040", " ")
        inside = resolved == point or resolved.startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(best):
            best, kind = point, fields[2]
    return kind
