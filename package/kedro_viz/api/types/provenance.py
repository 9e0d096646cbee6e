"""What a run ran with, in the API: code, environment and configuration."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from kedro_viz.api import stored_json
from kedro_viz.api.context import ApiInfo
from kedro_viz.tracking.source import source_snapshot
from kedro_viz.tracking.surroundings import configuration, environment


@strawberry.type(description="A file of a snapshot. `problem` says why its content is not kept.")
class SourceFile:
    """See `kedro_viz.tracking.source.source_snapshot.SourceFile`."""

    path: str
    size: float
    hash: str | None
    redacted: bool
    problem: str | None

    @classmethod
    def of(cls, file: source_snapshot.SourceFile) -> SourceFile:
        """The file as the API tells it."""
        return cls(path=file.path, size=file.size, hash=file.hash, redacted=file.redacted, problem=file.problem)


@strawberry.type(description="The source files of a run. Two runs with the same `id` ran the same code.")
class SourceSnapshot:
    """See `kedro_viz.tracking.source.source_snapshot.SourceSnapshot`. `id` is the hash of its manifest."""

    id: strawberry.ID

    @strawberry.field(description="Its files, by path.")
    async def files(self, info: ApiInfo) -> list[SourceFile]:
        """The files of the manifest, which is only read if they are asked for."""
        snapshot = await info.context.loaders.snapshots.load(self.id)
        files = snapshot.files if snapshot else ()
        info.context.size.add_listed(len(files))
        return [SourceFile.of(file) for file in files]

    @strawberry.field(description="Why there may be more than these files.")
    async def problem(self, info: ApiInfo) -> str | None:
        """The problem that the run had with taking it, or that we have with reading it."""
        snapshot = await info.context.loaders.snapshots.load(self.id)
        return snapshot.problem if snapshot else "The snapshot cannot be read."


@strawberry.type(description="An installed distribution. `source`: where it came from, if not from an index.")
class Package:
    """See `kedro_viz.tracking.surroundings.environment.Package`."""

    name: str
    version: str
    source: str | None

    @classmethod
    def of(cls, package: environment.Package) -> Package:
        """The package as the API tells it."""
        return cls(name=package.name, version=package.version, source=package.source)


@strawberry.type(
    description="The Python environment that a run ran in. Runs with the same `id` ran in the same one: ask for the "
    "packages of one of them."
)
class Environment:
    """See `kedro_viz.tracking.surroundings.environment.Environment`. `id` is the hash of its content."""

    id: strawberry.ID
    python: str
    implementation: str
    platform: str
    found: strawberry.Private[environment.Environment]

    @classmethod
    def of(cls, content: str, found: environment.Environment) -> Environment:
        """The environment as the API tells it; `content` is the hash of its content."""
        return cls(
            id=strawberry.ID(content),
            python=found.python,
            implementation=found.implementation,
            platform=found.platform,
            found=found,
        )

    @strawberry.field(description="What was installed, by name.")
    def packages(self, info: ApiInfo) -> list[Package]:
        """The packages of the environment."""
        info.context.size.add_listed(len(self.found.packages))
        return [Package.of(package) for package in self.found.packages]


@strawberry.type(description="What a run was told to do, as Kedro resolved it. Secrets are not kept.")
class Configuration:
    """See `kedro_viz.tracking.surroundings.configuration.Configuration`."""

    run: JSON
    parameters: JSON
    catalog: JSON

    @classmethod
    def of(cls, found: configuration.Configuration) -> Configuration:
        """The configuration as the API tells it."""
        run, parameters, catalog = map(stored_json.sendable, (found.run, found.parameters, found.catalog))
        return cls(run=JSON(run), parameters=JSON(parameters), catalog=JSON(catalog))
