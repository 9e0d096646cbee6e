"""The queries of the API for columns of runs."""

from __future__ import annotations

from collections.abc import Sequence

import strawberry
from graphql import GraphQLError
from strawberry.scalars import JSON

from kedro_viz.analysis.run_columns import AmbiguousMetricError
from kedro_viz.api import stored_json
from kedro_viz.api.answer_size import AnswerSize
from kedro_viz.api.context import ApiInfo
from kedro_viz.api.errors import query_error
from kedro_viz.api.field_costs import SEARCH, cost
from kedro_viz.api.query_limits import bounded
from kedro_viz.api.scalars import JSONTextColumn, NumberColumn
from kedro_viz.api.types.columns import MetricCells, MetricColumn, ParameterCells, ParameterColumn, RunCells
from kedro_viz.api.types.word_match import WordMatch
from kedro_viz.store.query.language.errors import FilterError
from kedro_viz.store.reading.cells import CellReader

# What is in view at once, and some more on each side.
MAX_CELL_RUNS = 1_000
MAX_CELL_COLUMNS = 200


@strawberry.type
class ColumnQueries:
    """What can be shown of runs in columns, and the cells of those in view."""

    @strawberry.field(description="Every metric that any run has, by dataset.", metadata=cost(SEARCH))
    def metric_columns(self, info: ApiInfo) -> list[MetricColumn]:
        """The metrics that a table of runs can show."""
        repository = info.context.services.repository

        def load() -> list[MetricColumn]:
            directions = repository.directions.all()
            return [
                MetricColumn.of(summary, directions.get((summary.dataset, summary.key)))
                for summary in repository.summaries.metrics()
            ]

        return load()

    @strawberry.field(description="Every parameter that any run has, by name.", metadata=cost(SEARCH))
    def parameter_columns(self, info: ApiInfo) -> list[ParameterColumn]:
        """The parameters that a table of runs can show."""
        found = info.context.services.repository.summaries.parameters()
        return [ParameterColumn.of(summary) for summary in found]

    @strawberry.field(
        description=f"Values of up to {MAX_CELL_RUNS:,} runs in up to {MAX_CELL_COLUMNS} columns: of metrics by their "
        "ids, of parameters by their flat names. What no run has is a column of nulls.",
        metadata=cost(runs="run_ids", each=5),
    )
    def run_cells(
        self,
        info: ApiInfo,
        run_ids: list[strawberry.ID],
        metrics: list[strawberry.ID] = [],  # noqa: B006 - GraphQL's default, which nobody changes
        parameters: list[str] = [],  # noqa: B006 - as above
    ) -> RunCells:
        """The cells of a table of runs that are in view."""
        if len(metrics) + len(parameters) > MAX_CELL_COLUMNS:
            asked = len(metrics) + len(parameters)
            raise GraphQLError(f"At most {MAX_CELL_COLUMNS} columns can be asked for at once, not {asked:,}.")
        cells = info.context.services.repository.cells
        runs, size = bounded(run_ids, MAX_CELL_RUNS), info.context.size

        def load() -> RunCells:
            try:
                values = cells.metrics(runs, metrics)
            except AmbiguousMetricError as error:
                raise GraphQLError(str(error)) from error
            return RunCells(
                metrics=[
                    MetricCells(id=metric, values=NumberColumn(column))
                    for metric, column in zip(metrics, values, strict=True)
                ],
                parameters=_parameter_cells(cells, runs, parameters, size),
            )

        return load()

    @strawberry.field(
        description=f"Where the words of a search stand in up to {MAX_CELL_RUNS:,} runs, run by run. Nothing for an "
        "expression.",
        metadata=cost(SEARCH, runs="run_ids"),
    )
    def word_matches(self, info: ApiInfo, search: str, run_ids: list[strawberry.ID]) -> list[list[WordMatch]]:
        """Why a search by words finds the runs that are in view."""
        wanted = bounded(run_ids, MAX_CELL_RUNS)
        try:
            found = info.context.services.repository.word_matches(search, wanted)
        except FilterError as error:
            raise query_error(error) from error
        return [[WordMatch.of(match) for match in found.get(run_id, [])] for run_id in wanted]


def _parameter_cells(
    cells: CellReader, run_ids: Sequence[str], names: Sequence[str], size: AnswerSize
) -> list[ParameterCells]:
    found: dict[str, dict[str, object]] = {name: {} for name in names}
    texts: dict[str, dict[str, str]] = {name: {} for name in names}
    exact: dict[str, str] = {}
    # Many runs share a value.
    parsed: dict[str, object] = {}
    for name, run_id, text in cells.parameters(run_ids, names):
        size.add_text(len(text))
        if text not in parsed:
            parsed[text] = stored_json.parse_or_text(text)
            exact[text] = stored_json.exact_text(text)
        found[name][run_id], texts[name][run_id] = parsed[text], exact[text]
    return [
        ParameterCells(
            name=name,
            values=JSON(list(map(found[name].get, run_ids))),
            texts=JSONTextColumn(list(map(texts[name].get, run_ids))),
        )
        for name in names
    ]
