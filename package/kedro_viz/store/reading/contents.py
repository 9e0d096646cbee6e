"""Reads texts and files that the store keeps by their hash."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from sqlalchemy import Engine, select

from kedro_viz.store.reading.rows import rows_of
from kedro_viz.store.tables import contents
from kedro_viz.tracking.packed_content import MAX_CONTENT_BYTES, unpack_named

logger = logging.getLogger(__name__)


class ContentReader:
    """The contents of a store.

    Args:
        engine: A store of today's schema.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def read(self, hashes: Sequence[str], limit: int = MAX_CONTENT_BYTES) -> Iterator[tuple[str, bytes]]:
        """Contents as they are read, so that no more than one need be held; what is missing or broken is left out.

        Args:
            hashes: Their names.
            limit: Leave out what is larger than so many bytes.
        """
        query = select(contents.c.hash, contents.c.data)
        for row in rows_of(self._engine, query, contents.c.hash, hashes):
            try:
                data = unpack_named(row.hash, row.data, limit)
            except (ValueError, TypeError) as error:
                logger.warning("The content '%s' cannot be read: %s", row.hash, error)
            else:
                yield row.hash, data
