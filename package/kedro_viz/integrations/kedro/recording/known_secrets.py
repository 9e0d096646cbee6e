"""Tells redaction which secrets Kedro has resolved in this process. They stay in memory and are written nowhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from kedro_viz.tracking.secrets.known_values import look_for_credentials, look_for_secrets_of_configuration

if TYPE_CHECKING:
    from kedro.io import CatalogProtocol


# Any in this module: configuration and catalogs are what users make them.
def look_for_secrets_of_catalog(credentials: Any, *configurations: Any) -> None:
    """Look for the credentials that a catalog was made with, and for what configuration gives to secret names.

    Args:
        credentials: All credentials that Kedro has loaded.
        configurations: The catalog's configuration, the parameters, and other mappings.
    """
    if isinstance(credentials, Mapping):
        look_for_credentials(credentials)
    for configuration in configurations:
        if isinstance(configuration, Mapping):
            look_for_secrets_of_configuration(configuration)


def look_for_secrets_of_datasets(catalog: CatalogProtocol[Any, Any]) -> None:
    """Look for the credentials of a catalog's datasets, in a worker process that was not told how it was made."""
    built = getattr(catalog, "_datasets", None)
    for dataset in list(built.values()) if isinstance(built, Mapping) else []:
        # What the dataset was made with, as Kedro keeps it to write its configuration.
        arguments = getattr(dataset, "_init_args", None)
        if isinstance(arguments, Mapping) and isinstance(arguments.get("credentials"), Mapping):
            look_for_credentials(arguments["credentials"])
