"""The pipelines that `kedro run --pipelines` knows."""

from __future__ import annotations

from kedro.pipeline import Pipeline

from demo_project.pipelines import data_ingestion, feature_engineering, modelling, reporting


def register_pipelines() -> dict[str, Pipeline]:
    """Name the project's pipelines.

    Returns:
        The whole road as `__default__`, and each of its parts by name.
    """
    parts = {
        "data_ingestion": data_ingestion.create_pipeline(),
        "feature_engineering": feature_engineering.create_pipeline(),
        "modelling": modelling.create_pipeline(),
        "reporting": reporting.create_pipeline(),
    }
    return {"__default__": sum(parts.values(), Pipeline([])), **parts}
