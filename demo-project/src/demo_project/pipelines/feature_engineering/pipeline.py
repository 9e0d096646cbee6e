"""The feature engineering pipeline."""

from __future__ import annotations

from kedro.pipeline import Node, Pipeline

from demo_project.pipelines.feature_engineering.nodes import derive_features, select_features


def create_pipeline() -> Pipeline:
    """Turn `shuttle_table` into `model_input_table`."""
    return Pipeline(
        [
            Node(derive_features, inputs="shuttle_table", outputs="derived_features", name="derive_features"),
            Node(
                select_features,
                inputs=["derived_features", "params:selection"],
                outputs=["model_input_table", "feature_columns"],
                name="select_features",
            ),
        ],
        namespace="feature_engineering",
        inputs="shuttle_table",
        outputs="model_input_table",
    )
