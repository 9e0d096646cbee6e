"""Parses GraphQL documents, within bounds. The app sends the same few again and again: these are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from graphql import DocumentNode, GraphQLError, parse

from kedro_viz.api.query_limits import problem_of
from kedro_viz.tracking.content import describe_size

# Our longest query has 2 kB; one that names 1,000 runs in its text has 30.
MAX_QUERY_BYTES = 100_000
MAX_TOKENS = 20_000

# A parsed document takes some hundred times the memory of its text.
_KEPT = 100
_MAX_KEPT_BYTES = 5_000


@dataclass(frozen=True)
class ParsedDocument:
    """A document.

    Attributes:
        document: Parsed.
        problem: Why it is too large to be answered; None if it is not.
    """

    document: DocumentNode
    problem: str | None


class Documents:
    """Parsed documents, by their text. May be used from any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: OrderedDict[str, ParsedDocument] = OrderedDict()

    def known(self, text: str) -> ParsedDocument | None:
        """A document that was parsed before; None if it was not, or is not kept."""
        with self._lock:
            found = self._known.get(text)
            if found is not None:
                self._known.move_to_end(text)
            return found

    def parsed(self, text: str) -> ParsedDocument:
        """A document.

        Raises:
            GraphQLError: If it is too long, or cannot be parsed.
        """
        found = self.known(text)
        if found is not None:
            return found
        refuse_long(text)
        document = parse(text, max_tokens=MAX_TOKENS)
        found = ParsedDocument(document, problem_of(document))
        if len(text) <= _MAX_KEPT_BYTES:
            with self._lock:
                self._known[text] = found
                while len(self._known) > _KEPT:
                    self._known.popitem(last=False)
        return found


def refuse_long(text: str) -> None:
    """Refuse a text that would take long even to be parsed.

    Raises:
        GraphQLError: If it is one.
    """
    # Characters come first: they are quickly counted.
    if len(text) > MAX_QUERY_BYTES or len(text.encode("utf-8", "replace")) > MAX_QUERY_BYTES:
        limit = describe_size(MAX_QUERY_BYTES)
        raise GraphQLError(f"The text of the query is longer than {limit}. Send long lists, such as ids, as variables.")


documents = Documents()
