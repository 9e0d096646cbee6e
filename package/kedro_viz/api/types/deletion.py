"""Deleting runs, and taking that back, in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry


@strawberry.type(description="The runs that are deleted now. `restoreRuns` takes that back while the server runs.")
class DeleteRunsSuccess:
    """Runs that were deleted."""

    run_ids: list[strawberry.ID]


@strawberry.type(description="The runs that are back, with all that was recorded of them.")
class RestoreRunsSuccess:
    """Runs that were restored."""

    run_ids: list[strawberry.ID]


@strawberry.type(description="Why nothing was deleted or restored.")
class DeletionFailure:
    """Runs that were neither deleted nor restored."""

    error_message: str


DeleteRunsResponse = Annotated[DeleteRunsSuccess | DeletionFailure, strawberry.union(name="DeleteRunsResponse")]
RestoreRunsResponse = Annotated[RestoreRunsSuccess | DeletionFailure, strawberry.union(name="RestoreRunsResponse")]
