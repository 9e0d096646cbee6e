"""Where words of a search stand, in the API."""

from __future__ import annotations

import strawberry

from kedro_viz.store.reading import word_matches


@strawberry.type(
    description="A word of a search, what holds it, by the name that queries have for it, and what stands around it "
    "there."
)
class WordMatch:
    """See `kedro_viz.store.reading.word_matches.WordMatch`."""

    word: str
    field: str
    text: str

    @classmethod
    def of(cls, match: word_matches.WordMatch) -> WordMatch:
        """The match as the API tells it."""
        return cls(word=match.word, field=match.field, text=match.text)
