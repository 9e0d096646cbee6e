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
from kedro_viz.api.types.kedro_viz_10 import (
    RunInput,
    UpdateRunDetailsFailure,
    UpdateRunDetailsResponse,
    UpdateRunDetailsSuccess,
)
from kedro_viz.api.types.run import Run
from kedro_viz.store.errors import StoreError
from kedro_viz.store.remote import USERNAME_VARIABLE
from kedro_viz.store.run_details import RunDetailsError, RunNotFoundError
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
                author=os.environ.get(USERNAME_VARIABLE) or user_name(),
            )
            return UpdateRunDetailsSuccess(run=Run.of(run))

        try:
            return await anyio.to_thread.run_sync(save)
        except (RunNotFoundError, RunDetailsError) as error:
            return UpdateRunDetailsFailure(id=run_id, error_message=str(error))

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
