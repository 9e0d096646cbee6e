"""Remembers from which configuration Kedro has made a catalog: it tells that only once, before the run begins."""

from __future__ import annotations

import weakref
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol


# Any in this class: catalogs of every kind, and whatever the user's YAML holds.
class CatalogConfigurations:
    """The configuration of each catalog that there is in this process. It goes with the catalog."""

    def __init__(self) -> None:
        self._by_identity: dict[int, tuple[weakref.ref[Any], Mapping[str, Any]]] = {}

    def remember(self, catalog: CatalogProtocol[Any, Any], configuration: Mapping[str, Any]) -> None:
        """Kedro has made a catalog."""
        identity = id(catalog)
        try:
            reference = weakref.ref(catalog, lambda _gone: self._by_identity.pop(identity, None))
        except TypeError:
            # A class of the user's own may not allow it. Nothing is kept alive for our sake.
            return
        self._by_identity[identity] = reference, configuration

    def of(self, catalog: CatalogProtocol[Any, Any]) -> Mapping[str, Any] | None:
        """The configuration that a catalog was made from; None if nobody has told."""
        reference, configuration = self._by_identity.get(id(catalog), (None, None))
        return configuration if reference is not None and reference() is catalog else None


catalog_configurations = CatalogConfigurations()
"""Those of this process."""
