"""The data that a run read and wrote, in the API."""

from __future__ import annotations

import strawberry

from kedro_viz.tracking import data_use


@strawberry.type(
    description="A dataset that a run loaded, or `saved`. Two uses with the same `fingerprint` had the same data."
)
class DataUse:
    """See `kedro_viz.tracking.data_use.DataUse`."""

    dataset: str
    dataset_type: str
    saved: bool
    path: str | None
    version: str | None
    size: float | None
    fingerprint: str | None

    @classmethod
    def of(cls, use: data_use.DataUse) -> DataUse:
        """The use as the API tells it."""
        return cls(
            dataset=use.dataset,
            dataset_type=use.type,
            saved=bool(use.saved),
            path=use.path,
            version=use.version,
            size=use.size,
            fingerprint=use.fingerprint,
        )
