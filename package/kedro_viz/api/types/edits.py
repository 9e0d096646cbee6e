"""What people say of runs, in the API."""

from __future__ import annotations

from typing import Annotated

import strawberry

from kedro_viz.api.types.run import Run
from kedro_viz.store.editing import run_details


@strawberry.input(
    description="What a user says of runs. Null leaves a field as it is; empty notes clear them. A title is of one "
    "run: its id as the title brings the default one back."
)
class RunEdit:
    """See `kedro_viz.store.editing.run_details.RunEdit`."""

    title: str | None = None
    notes: str | None = None
    bookmark: bool | None = None
    archived: bool | None = None
    add_tags: list[str] | None = None
    remove_tags: list[str] | None = None

    def as_said(self) -> run_details.RunEdit:
        """The edit as the store knows it."""
        return run_details.RunEdit(
            title=self.title,
            notes=self.notes,
            bookmark=self.bookmark,
            archived=self.archived,
            add_tags=self.add_tags or (),
            remove_tags=self.remove_tags or (),
        )


@strawberry.type(description="The runs after the edit, without those that are not there any more.")
class EditRunsSuccess:
    """Runs whose edit was kept."""

    runs: list[Run]


@strawberry.type(description="Why an edit was not kept. Nothing has changed then.")
class EditFailure:
    """An edit that was not kept."""

    error_message: str


EditRunsResponse = Annotated[EditRunsSuccess | EditFailure, strawberry.union(name="EditRunsResponse")]


@strawberry.type(description="A tag, and how many runs have it.")
class TagUse:
    """See `kedro_viz.store.reading.tags.TagUse`."""

    tag: str
    runs: int
