"""What a dataset that Kedro has built tells of itself. Nothing is built, loaded, listed or asked of a network here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from kedro.io import AbstractDataset, AbstractVersionedDataset, CachedDataset

from kedro_viz.tracking.dataset_types import short_type_name, tracking_group
from kedro_viz.tracking.secrets.redaction import redact_text

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol

_LOCAL = frozenset({"", "file", "local"})
# Also one that has been a `PurePosixPath`, which leaves one slash, and a chain such as `simplecache::s3://…`; but no
# drive of Windows.
_URL = re.compile(
    r"(?P<protocol>[A-Za-z][A-Za-z0-9+.\-]+(?:::[A-Za-z][A-Za-z0-9+.\-]+)*):(?P<slashes>/+)(?P<rest>.*)", re.DOTALL
)
# In these URLs a container or namespace stands where a user's name would.
_CONTAINER_BEFORE_HOST = frozenset({"abfs", "abfss", "wasb", "wasbs", "oci"})


# Any in this module: datasets and catalogs hold data of every kind.
def built_dataset(catalog: CatalogProtocol[Any, Any], name: str) -> AbstractDataset[Any, Any] | None:
    """A dataset of the catalog, or the one that it caches; None if Kedro has not built it."""
    # `get` would build it.
    built = getattr(catalog, "_datasets", None)
    dataset = built.get(name) if isinstance(built, Mapping) else None
    if isinstance(dataset, CachedDataset):
        dataset = dataset._dataset  # noqa: SLF001 - Kedro has no public way to the dataset that is cached
    return dataset if isinstance(dataset, AbstractDataset) else None


def type_name(dataset: AbstractDataset[Any, Any]) -> str:
    """The short type name of a dataset: of the tracked class that a user's class is derived from, if it is."""
    names = [f"{base.__module__}.{base.__qualname__}" for base in type(dataset).__mro__]
    return short_type_name(next((name for name in names if tracking_group(name) is not None), names[0]))


@dataclass(frozen=True)
class Place:
    """Where a dataset's data is: a path as fsspec takes it, without credentials, and whether it is on this machine."""

    path: str
    is_local: bool


def place(dataset: AbstractDataset[Any, Any], version: str | None = None) -> Place | None:
    """Where a dataset, or a version of it, is kept; None for data without a path, such as a table's."""
    path = getattr(dataset, "_filepath", None) or getattr(dataset, "_path", None)
    if version is not None and isinstance(dataset, AbstractVersionedDataset):
        path = dataset._get_versioned_path(version)  # noqa: SLF001 - `_get_save_path` refuses paths that exist
    if not isinstance(path, (str, PurePath)):
        return None
    text = str(path)
    protocol = getattr(dataset, "_protocol", "")
    url = _URL.match(text)
    if url is not None and url["protocol"] in _LOCAL:
        return Place(f"/{url['rest']}", is_local=True)
    if url is not None:
        return Place(_without_credentials(url["protocol"], url["slashes"], url["rest"]), is_local=False)
    if not isinstance(protocol, str) or protocol in _LOCAL:
        return Place(text, is_local=True)
    return Place(_without_credentials(protocol, "//", text), is_local=False)


def _without_credentials(protocol: str, slashes: str, rest: str) -> str:
    authority, slash, path = rest.partition("/")
    user, _, host = authority.rpartition("@")
    if ":" in user or protocol not in _CONTAINER_BEFORE_HOST:
        authority = host
    return redact_text(f"{protocol}:{slashes}{authority}{slash}{path}")


def loaded_version(dataset: AbstractDataset[Any, Any]) -> str | None:
    """The version that Kedro has loaded; None for a dataset without versions."""
    version = getattr(dataset, "_version", None)
    if not isinstance(dataset, AbstractVersionedDataset) or not version:
        return None
    return version.load or (dataset.resolve_load_version() if _knows_versions(dataset) else None)


def written_version(dataset: AbstractDataset[Any, Any]) -> str | None:
    """The version that Kedro has saved; None for a dataset without versions."""
    version = getattr(dataset, "_version", None)
    if not isinstance(dataset, AbstractVersionedDataset) or not version:
        return None
    return version.save or (dataset.resolve_save_version() if _knows_versions(dataset) else None)


def _knows_versions(dataset: AbstractVersionedDataset[Any, Any]) -> bool:
    # Kedro keeps what it found out, until it releases the dataset. Asking earlier or later would list a folder, which
    # may be remote, or make a new version up. Kedro 1.0 kept it under the second name.
    return bool(
        getattr(dataset, "_cached_load_version", None)
        or getattr(dataset, "_cached_save_version", None)
        or getattr(dataset, "_version_cache", None)
    )
