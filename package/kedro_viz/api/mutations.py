"""The mutations of the API."""

from __future__ import annotations

import os

import anyio.to_thread
import strawberry

from kedro_viz.api.context import ApiInfo
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
from kedro_viz.api.types.run import Run
from kedro_viz.store.edits import EditError
from kedro_viz.store.errors import StoreError
from kedro_viz.store.remote import USERNAME_VARIABLE
from kedro_viz.store.run_details import RunNotFoundError
from kedro_viz.tracking.author import user_name


@strawberry.type
class Mutation:
    """What users say of runs."""

    @strawberry.mutation(description="Change a run's title, notes or bookmark.")
    async def update_run_details(
        self, info: ApiInfo, run_id: strawberry.ID, run_input: RunInput
    ) -> UpdateRunDetailsResponse:
        """Keep an edit, or tell why not."""
        details = info.context.services.repository.details

        def save() -> UpdateRunDetailsSuccess:
            run = details.update(
                run_id,
                title=run_input.title,
                notes=run_input.notes,
                bookmark=run_input.bookmark,
                author=_author(),
            )
            return UpdateRunDetailsSuccess(run=Run.of(run))

        try:
            return await anyio.to_thread.run_sync(save)
        except (RunNotFoundError, EditError) as error:
            return UpdateRunDetailsFailure(id=run_id, error_message=str(error))

    @strawberry.mutation(description="Change what is said of runs: of all of them, or of none.")
    async def edit_runs(self, info: ApiInfo, run_ids: list[strawberry.ID], edit: RunEdit) -> EditRunsResponse:
        """Keep an edit of many runs, or tell why not."""
        details = info.context.services.repository.details
        try:
            runs = await anyio.to_thread.run_sync(details.edit, bounded(run_ids), edit.as_said(), _author())
        except EditError as error:
            return EditFailure(error_message=str(error))
        return EditRunsSuccess(runs=[Run.of(run) for run in runs])

    @strawberry.mutation(description="Delete runs; `withFiles`: also the files that they saved.")
    async def delete_runs(
        self, info: ApiInfo, run_ids: list[strawberry.ID], with_files: bool = False
    ) -> DeleteRunsResponse:
        """Delete runs, or tell why not."""
        try:
            deletion = info.context.services.deletion
            deleted = await anyio.to_thread.run_sync(deletion.delete, bounded(run_ids), with_files)
        except StoreError as error:
            return DeletionFailure(error_message=str(error))
        return DeleteRunsSuccess(run_ids=[strawberry.ID(run_id) for run_id in deleted])

    @strawberry.mutation(description="Bring deleted runs back, which is possible while the server runs.")
    async def restore_runs(self, info: ApiInfo, run_ids: list[strawberry.ID]) -> RestoreRunsResponse:
        """Take a deletion back, or tell why not."""
        try:
            deletion = info.context.services.deletion
            restored = await anyio.to_thread.run_sync(deletion.restore, bounded(run_ids))
        except StoreError as error:
            return DeletionFailure(error_message=str(error))
        return RestoreRunsSuccess(run_ids=[strawberry.ID(run_id) for run_id in restored])


def _author() -> str | None:
    return os.environ.get(USERNAME_VARIABLE) or user_name()
