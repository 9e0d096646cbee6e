"""The mutations of the API."""

from __future__ import annotations

import os

import strawberry
from strawberry.scalars import JSON

from kedro_viz.api.context import ApiInfo
from kedro_viz.api.field_costs import cost
from kedro_viz.api.query_limits import bounded
from kedro_viz.api.types.deletion import (
    DeleteRunsResponse,
    DeleteRunsSuccess,
    DeletionFailure,
    RestoreRunsResponse,
    RestoreRunsSuccess,
)
from kedro_viz.api.types.edits import EditFailure, EditRunsResponse, EditRunsSuccess, RunEdit
from kedro_viz.api.types.kedro_viz_10 import (
    RunInput,
    UpdateRunDetailsFailure,
    UpdateRunDetailsResponse,
    UpdateRunDetailsSuccess,
)
from kedro_viz.api.types.metric_direction import SetMetricDirectionResponse, SetMetricDirectionSuccess
from kedro_viz.api.types.run import Run
from kedro_viz.api.types.saved_views import (
    DeleteViewResponse,
    DeleteViewSuccess,
    SavedView,
    SaveViewResponse,
    SaveViewSuccess,
)
from kedro_viz.store.editing.edits import EditError
from kedro_viz.store.editing.run_details import RunNotFoundError
from kedro_viz.store.errors import StoreError
from kedro_viz.store.sharing.remote import USERNAME_VARIABLE
from kedro_viz.tracking.metric_direction import MetricDirection
from kedro_viz.tracking.surroundings.author import user_name


@strawberry.type
class Mutation:
    """What users say of runs."""

    @strawberry.mutation(description="Change a run's title, notes or bookmark.", metadata=cost(1_000))
    def update_run_details(self, info: ApiInfo, run_id: strawberry.ID, run_input: RunInput) -> UpdateRunDetailsResponse:
        """Keep an edit, or tell why not."""
        details = info.context.services.repository.details

        def save() -> UpdateRunDetailsSuccess:
            run = details.update(
                run_id,
                title=run_input.title,
                notes=run_input.notes,
                bookmark=run_input.bookmark,
                author=_author(info),
            )
            return UpdateRunDetailsSuccess(run=Run.of(run))

        try:
            return save()
        except (RunNotFoundError, EditError) as error:
            return UpdateRunDetailsFailure(id=run_id, error_message=str(error))

    @strawberry.mutation(
        description="Change what is said of runs: of all of them, or of none.",
        metadata=cost(1_000, runs="run_ids", each=2),
    )
    def edit_runs(self, info: ApiInfo, run_ids: list[strawberry.ID], edit: RunEdit) -> EditRunsResponse:
        """Keep an edit of many runs, or tell why not."""
        details = info.context.services.repository.details
        try:
            runs = details.edit(bounded(run_ids), edit.as_said(), _author(info))
        except EditError as error:
            return EditFailure(error_message=str(error))
        return EditRunsSuccess(runs=[Run.of(run) for run in runs])

    @strawberry.mutation(
        description="Say which way of a metric is better; null: as its name tells.", metadata=cost(1_000)
    )
    def set_metric_direction(
        self, info: ApiInfo, metric: strawberry.ID, direction: MetricDirection | None = None
    ) -> SetMetricDirectionResponse:
        """Keep a direction, or tell why not."""
        directions = info.context.services.repository.directions
        try:
            holds = directions.set(metric, direction, _author(info))
        except EditError as error:
            return EditFailure(error_message=str(error))
        return SetMetricDirectionSuccess(metric=metric, direction=holds, direction_is_set=direction is not None)

    @strawberry.mutation(
        description="Save a view of the list of runs: a new one, or that of the `id`.", metadata=cost(1_000)
    )
    def save_view(
        self,
        info: ApiInfo,
        name: str,
        state: JSON,
        id: strawberry.ID | None = None,  # noqa: A002 - the API's own name
    ) -> SaveViewResponse:
        """Keep a view, or tell why not."""
        views = info.context.services.repository.views
        try:
            view = views.save(name, state, id, _author(info))
        except EditError as error:
            return EditFailure(error_message=str(error))
        return SaveViewSuccess(view=SavedView.of(view))

    @strawberry.mutation(description="Delete a saved view.", metadata=cost(1_000))
    def delete_view(
        self,
        info: ApiInfo,
        id: strawberry.ID,  # noqa: A002 - the API's own name
    ) -> DeleteViewResponse:
        """Delete a view, or tell why not."""
        views = info.context.services.repository.views
        try:
            views.delete(id, _author(info))
        except EditError as error:
            return EditFailure(error_message=str(error))
        return DeleteViewSuccess(id=id)

    @strawberry.mutation(
        description="Delete runs; `withFiles`: also the files that they saved.",
        metadata=cost(1_000, runs="run_ids", each=5),
    )
    def delete_runs(self, info: ApiInfo, run_ids: list[strawberry.ID], with_files: bool = False) -> DeleteRunsResponse:
        """Delete runs, or tell why not."""
        try:
            deletion = info.context.services.deletion
            deleted = deletion.delete(bounded(run_ids), with_files)
        except StoreError as error:
            return DeletionFailure(error_message=str(error))
        return DeleteRunsSuccess(run_ids=[strawberry.ID(run_id) for run_id in deleted])

    @strawberry.mutation(
        description="Bring deleted runs back, which is possible while the server runs.",
        metadata=cost(1_000, runs="run_ids", each=5),
    )
    def restore_runs(self, info: ApiInfo, run_ids: list[strawberry.ID]) -> RestoreRunsResponse:
        """Take a deletion back, or tell why not."""
        try:
            deletion = info.context.services.deletion
            restored = deletion.restore(bounded(run_ids))
        except StoreError as error:
            return DeletionFailure(error_message=str(error))
        return RestoreRunsSuccess(run_ids=[strawberry.ID(run_id) for run_id in restored])


def _author(info: ApiInfo) -> str | None:
    return info.context.viewer.person.name or os.environ.get(USERNAME_VARIABLE) or user_name()
