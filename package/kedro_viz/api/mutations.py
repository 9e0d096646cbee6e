"""The mutations of the API."""

from __future__ import annotations

import os

import anyio.to_thread
import strawberry

from kedro_viz.api.context import ApiInfo
from kedro_viz.api.types.kedro_viz_10 import (
    RunInput,
    UpdateRunDetailsFailure,
    UpdateRunDetailsResponse,
    UpdateRunDetailsSuccess,
)
from kedro_viz.api.types.run import Run
from kedro_viz.store.remote import USERNAME_VARIABLE
from kedro_viz.store.repository import RunDetailsError, RunNotFoundError
from kedro_viz.tracking.author import user_name


@strawberry.type
class Mutation:
    """What users say of runs."""

    @strawberry.mutation(description="Change a run's title, notes or bookmark.")
    async def update_run_details(
        self, info: ApiInfo, run_id: strawberry.ID, run_input: RunInput
    ) -> UpdateRunDetailsResponse:
        """Keep an edit, or tell why not."""
        repository = info.context.services.repository

        def save() -> UpdateRunDetailsSuccess:
            run = repository.update_details(
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
