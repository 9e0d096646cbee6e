"""What the tracking datasets have in common: a versioned JSON file on any file system that fsspec knows."""

from __future__ import annotations

import json
import os
from copy import deepcopy
from pathlib import PurePosixPath
from typing import Any, Generic, TypeVar

import fsspec
from kedro.io.core import (
    AbstractVersionedDataset,
    DatasetError,
    Version,
    get_filepath_str,
    get_protocol_and_path,
)

Saved = TypeVar("Saved")
Loaded = TypeVar("Loaded")


class VersionedJSONFile(AbstractVersionedDataset[Saved, Loaded], Generic[Saved, Loaded]):
    """A dataset in a JSON file of which each run keeps a version of its own.

    Takes the arguments of kedro-datasets' `json.JSONDataset` and writes the file as that does. Declared in a
    catalog it is always versioned, without `versioned: true`. Made in Python it is so if `version` is given.
    """

    versioned = True
    """Tells Kedro to give each dataset of a catalog the run's version."""

    # Any: these go to `json.dumps` and fsspec as the user wrote them.
    DEFAULT_SAVE_ARGS: dict[str, Any] = {"indent": 2}  # noqa: RUF012  # Kedro's way to say it
    DEFAULT_FS_ARGS: dict[str, Any] = {  # noqa: RUF012
        "open_args_load": {"mode": "r", "encoding": "utf-8"},
        "open_args_save": {"mode": "w", "encoding": "utf-8"},
    }

    def __init__(
        self,
        *,
        filepath: str | os.PathLike[str],
        save_args: dict[str, Any] | None = None,
        version: Version | None = None,
        credentials: dict[str, Any] | None = None,
        fs_args: dict[str, Any] | None = None,
        metadata: dict[str, Any] | None = None,
    ) -> None:
        """Describe the file.

        Args:
            filepath: A local path, or a URL with a protocol of fsspec's such as `s3://bucket/metrics.json`.
            save_args: Arguments for `json.dumps`; two spaces of indentation unless told otherwise.
            version: The versions to load and to save. Kedro gives it to the datasets of a catalog.
            credentials: Arguments for the fsspec file system that must not be shown.
            fs_args: Further arguments for it; `open_args_load` and `open_args_save` in it go to its `open`.
            metadata: Anything; kept for plugins.

        Raises:
            DatasetError: The protocol cannot keep versions (`http`, `https`).
        """
        fs_args = deepcopy(fs_args) or {}
        open_args_load = fs_args.pop("open_args_load", None) or {}
        open_args_save = fs_args.pop("open_args_save", None) or {}
        protocol, path = get_protocol_and_path(filepath, version)
        if protocol == "file":
            fs_args.setdefault("auto_mkdir", True)

        self._protocol = protocol
        self._fs = fsspec.filesystem(protocol, **(deepcopy(credentials) or {}), **fs_args)
        self._save_args = {**self.DEFAULT_SAVE_ARGS, **(save_args or {})}
        self._open_args_load = {**self.DEFAULT_FS_ARGS["open_args_load"], **open_args_load}
        self._open_args_save = {**self.DEFAULT_FS_ARGS["open_args_save"], **open_args_save}
        self.metadata = metadata
        super().__init__(
            filepath=PurePosixPath(path),
            version=version,
            exists_function=self._fs.exists,
            glob_function=self._fs.glob,
        )

    def _describe(self) -> dict[str, Any]:
        return {
            "filepath": self._filepath,
            "protocol": self._protocol,
            "save_args": self._save_args,
            "version": self._version,
        }

    def _read(self) -> object:
        path = get_filepath_str(self._get_load_path(), self._protocol)
        with self._fs.open(path, **self._open_args_load) as file:
            content: object = json.load(file)
        return content

    def _write(self, content: object) -> None:
        # Made before the file is opened: what cannot be written must not leave half a file behind.
        text = json.dumps(content, **self._save_args)
        path = get_filepath_str(self._get_save_path(), self._protocol)
        with self._fs.open(path, **self._open_args_save) as file:
            file.write(text)
        self._invalidate_cache()

    def _exists(self) -> bool:
        try:
            path = get_filepath_str(self._get_load_path(), self._protocol)
        except DatasetError:
            return False
        return bool(self._fs.exists(path))

    def _release(self) -> None:
        super()._release()
        self._invalidate_cache()

    def _invalidate_cache(self) -> None:
        self._fs.invalidate_cache(get_filepath_str(self._filepath, self._protocol))
