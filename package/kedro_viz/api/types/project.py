"""The project in the API: what is served, and what is wrong with it."""

from __future__ import annotations

import strawberry

from kedro_viz.api.enums import ProblemCode
from kedro_viz.api.services import Services
from kedro_viz.tracking.secrets.redaction import redact_text


@strawberry.type(description="Something that the user should know and can mend.")
class Problem:
    """See `kedro_viz.tracking.project.Problem`."""

    title: str
    detail: str
    code: ProblemCode | None = strawberry.field(description="What follows from it, for programs.")


@strawberry.type(description="The session store. `configured` is false if `settings.py` does not set ours.")
class StoreState:
    """Where runs are kept, and how many there are."""

    configured: bool
    location: str | None
    remote_location: str | None
    total_runs: int


@strawberry.type(description="The reading of versioned files of runs that came without an index.")
class Indexing:
    """See `kedro_viz.store.files.file_index.IndexProgress`."""

    running: bool
    done: int
    total: int


@strawberry.type(description="The Kedro project that is served.")
class Project:
    """See `kedro_viz.tracking.project.Project`."""

    name: str
    package_name: str
    kedro_version: str
    settings_path: str
    store: StoreState
    indexing: Indexing
    problems: list[Problem]

    @classmethod
    def of(cls, services: Services) -> Project:
        """The project as it is now."""
        project, progress = services.project, services.index.progress
        location = project.store_location
        if location is not None and location.is_relative_to(project.path):
            location = location.relative_to(project.path)
        return cls(
            name=project.name,
            package_name=project.package_name,
            kedro_version=project.kedro_version,
            settings_path=project.settings_path,
            store=StoreState(
                configured=project.store_location is not None,
                location=None if location is None else location.as_posix(),
                # An address may hold a password.
                remote_location=None if project.remote_path is None else redact_text(project.remote_path),
                total_runs=services.repository.runs.count(),
            ),
            indexing=Indexing(running=progress.running, done=progress.done, total=progress.total),
            problems=[Problem(title=each.title, detail=each.detail, code=each.code) for each in services.problems],
        )
