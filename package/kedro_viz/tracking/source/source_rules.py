"""Which files of a project are its source, and which must never be in a record of it."""

from __future__ import annotations

from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path, PurePosixPath

# The project's folders of what runs read and write.
DATA_FOLDERS = ("data", "logs")
# Folders that are made by tools.
_TOOL_FOLDERS = ("__pycache__", "node_modules", "site-packages", "*.egg-info", "*.dist-info")
# Files that are there to hold secrets, in small letters. Kedro takes all that begins with `credentials` for such.
_SECRET_FILES = (
    *("credentials*", ".env*", "*.env", ".netrc", "_netrc", ".pypirc", ".npmrc", ".pgpass", ".my.cnf", ".htpasswd"),
    *(".git-credentials", ".dockercfg", "secrets.toml", "secrets.y*ml", "secrets.json", "secrets.ini", "*.pem"),
    *("*.key", "*.p12", "*.pfx", "*.jks", "*.keystore", "*.kdbx", "*.ppk", "id_rsa*", "id_dsa*", "id_ecdsa*"),
    "id_ed25519*",
)
# Text, but no source. In the folders of code and configuration it may be needed to run them.
_DATA_FILES = ("*.csv", "*.tsv", "*.jsonl", "*.ndjson", "*.log")


@dataclass(frozen=True)
class SourceRules:
    """The rules of one project.

    Attributes:
        configuration: Its folder of configuration, relative to the project.
        store: The session store's file; None if it is not known.
    """

    configuration: str = "conf"
    store: Path | None = None

    def leaves_out(self, path: str) -> bool:
        """Whether nothing of a file is told, not even its name.

        Args:
            path: Its path relative to the project, with forward slashes.
        """
        folders = PurePosixPath(path).parts[:-1]
        if (folders and folders[0] in DATA_FOLDERS) or path.startswith(f"{self.configuration}/local/"):
            return True
        return any(folder.startswith(".") or _is_like(folder, _TOOL_FOLDERS) for folder in folders)

    def leaves_out_folder(self, path: str) -> bool:
        """Whether nothing in a folder is told."""
        return self.leaves_out(f"{path}/any")

    def may_hold_secrets(self, path: str) -> bool:
        """Whether a file is told by its name alone, because it is there to hold secrets."""
        *folders, name = PurePosixPath(path.lower()).parts
        return any(folder.startswith("credentials") for folder in folders) or _is_like(name, _SECRET_FILES)

    def is_of_store(self, path: Path) -> bool:
        """Whether a file or folder is the session store, or lies beside it and belongs to it."""
        return self.store is not None and path.parent == self.store.parent and path.name.startswith(self.store.name)

    def is_data(self, path: str) -> bool:
        """Whether a file is data, which a record of the source only names."""
        parts = PurePosixPath(path).parts
        return _is_like(parts[-1].lower(), _DATA_FILES) and parts[0] not in ("src", self.configuration)

    def is_only_named(self, path: str) -> bool:
        """Whether nothing of what is in a file is told."""
        return self.leaves_out(path) or self.may_hold_secrets(path) or self.is_data(path)


def _is_like(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)
