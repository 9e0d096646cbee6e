"""A session store as the app knows it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Engine

from kedro_viz.store.editing.metric_directions import MetricDirections
from kedro_viz.store.editing.run_details import RunDetails
from kedro_viz.store.editing.saved_views import SavedViews
from kedro_viz.store.reading.cells import CellReader
from kedro_viz.store.reading.contents import ContentReader
from kedro_viz.store.reading.metrics import MetricReader
from kedro_viz.store.reading.query_help import QueryHelp, help_with_query
from kedro_viz.store.reading.records import RecordReader
from kedro_viz.store.reading.remembered import Remembered
from kedro_viz.store.reading.run_columns import RunColumnReader
from kedro_viz.store.reading.run_ids import FoundRun, find_run
from kedro_viz.store.reading.runs import RunReader
from kedro_viz.store.reading.series import SeriesReader
from kedro_viz.store.reading.summaries import SummaryReader
from kedro_viz.store.reading.tags import TagReader
from kedro_viz.store.reading.word_matches import WordMatch, word_matches


class RunRepository:
    """All that the app asks of one session store, by subject, and the edits that it keeps there.

    Args:
        engine: A store of today's schema.
        read_only: Refuse edits, for a store that cannot keep them.
    """

    def __init__(self, engine: Engine, read_only: bool = False) -> None:
        self._engine = engine
        self.read_only = read_only
        self.records = RecordReader(engine)
        self.series = SeriesReader(engine)
        self.contents = ContentReader(engine)
        self.cells = CellReader(engine)
        remembered = Remembered(engine)
        self.metrics = MetricReader(engine, remembered)
        self.runs = RunReader(engine, remembered)
        self.tags = TagReader(engine, remembered)
        self.columns = RunColumnReader(engine, remembered)
        self.summaries = SummaryReader(engine, remembered)
        self.details = RunDetails(engine, read_only)
        self.views = SavedViews(engine, read_only)
        self.directions = MetricDirections(engine, read_only)

    def find_run(self, text: str) -> FoundRun:
        """The run that a text means. See `run_ids.find_run`."""
        return find_run(self._engine, text)

    def help_with_query(self, text: str, position: int) -> QueryHelp:
        """What is wrong with a query that is being typed, and what can come next. See `query_help`."""
        return help_with_query(self._engine, text, position)

    def word_matches(self, search: str, run_ids: Sequence[str]) -> dict[str, list[WordMatch]]:
        """Where the words of a search stand in runs. See `word_matches`."""
        return word_matches(self._engine, search, run_ids)
