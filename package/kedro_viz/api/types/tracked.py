"""What a run was given and what it left, in the API: parameters, metrics, JSON, and files."""

from __future__ import annotations

import strawberry
from strawberry.scalars import JSON

from kedro_viz.api import stored_json
from kedro_viz.api.artifact_files import artifact_url
from kedro_viz.api.media_types import expected_media_type
from kedro_viz.api.scalars import JSONText, Number
from kedro_viz.store.reading.records import StoredArtifact
from kedro_viz.tracking import metric as tracking_metric
from kedro_viz.tracking import parameters
from kedro_viz.tracking.events import FOLDER_MARK


@strawberry.type(
    description="One number of a run. `id` is `<dataset>.<key>`, or a longer one where several metrics share that: "
    '`["<dataset>"]["<key>"]`.'
)
class Metric:
    """See `kedro_viz.tracking.metric.Metric`."""

    id: strawberry.ID
    dataset: str
    key: str
    value: Number

    @classmethod
    def of(cls, metric: tracking_metric.Metric) -> Metric:
        """The metric as the API tells it."""
        return cls(id=strawberry.ID(metric.id), dataset=metric.dataset, key=metric.key, value=Number(metric.value))


@strawberry.type(description="A parameter, by its flat name such as `model_options.test_size`.")
class Parameter:
    """See `kedro_viz.tracking.parameters.Parameter`."""

    name: str
    value: JSON | None
    json: JSONText = strawberry.field(description="The value as text, which no reader of JSON can change.")

    @classmethod
    def of(cls, parameter: parameters.Parameter) -> Parameter:
        """The parameter as the API tells it: a value that is not JSON, as text."""
        return cls(
            name=parameter.name,
            value=JSON(stored_json.parse_or_text(parameter.value)),
            json=JSONText(stored_json.exact_text(parameter.value)),
        )


@strawberry.type(
    description="A tracked JSON dataset of a run. `problem` says what is missing, and why. `url`: its file; null if it "
    "is kept in several."
)
class TrackedJson:
    """The content of a `tracking.JSONDataset`, or of metrics that are not all numbers."""

    dataset: str
    dataset_type: str
    data: JSON | None
    json: JSONText | None = strawberry.field(description="`data` as text, which no reader of JSON can change.")
    problem: str | None
    url: str | None

    @classmethod
    def of(cls, artifact: StoredArtifact, document: str | None) -> TrackedJson:
        """The content as the API tells it."""
        data, text, problem = None, None, artifact.problem
        if document is not None:
            try:
                data = JSON(stored_json.parse(document))
                text = JSONText(stored_json.exact_text(document))
            except stored_json.StoredJsonError as error:
                problem = str(error)
        return cls(
            dataset=artifact.dataset,
            dataset_type=artifact.type,
            data=data,
            json=text,
            problem=problem,
            url=None
            if artifact.name.endswith(FOLDER_MARK)
            else artifact_url(artifact.run_id, artifact.dataset, artifact.name),
        )


@strawberry.type(description="A file that a run left. `url` is relative to the app.")
class Artifact:
    """See `kedro_viz.store.reading.records.StoredArtifact`."""

    dataset: str
    dataset_type: str
    name: str
    media_type: str
    size: float | None
    url: str
    problem: str | None

    @classmethod
    def of(cls, artifact: StoredArtifact) -> Artifact:
        """The artifact as the API tells it."""
        return cls(
            dataset=artifact.dataset,
            dataset_type=artifact.type,
            name=artifact.name,
            media_type=expected_media_type(artifact.type, artifact.name),
            size=artifact.size,
            url=artifact_url(artifact.run_id, artifact.dataset, artifact.name),
            problem=artifact.problem,
        )
