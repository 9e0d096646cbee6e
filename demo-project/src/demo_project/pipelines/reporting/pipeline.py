"""The reporting pipeline."""

from __future__ import annotations

from kedro.pipeline import Node, Pipeline

from demo_project.pipelines.modelling.pipeline import FAMILIES
from demo_project.pipelines.reporting.nodes import (
    name_champion,
    plot_feature_correlation,
    plot_model_comparison,
    plot_price_bands,
    rank_families,
    select_prices,
)


def create_pipeline() -> Pipeline:
    """Turn the families' predictions and the `model_input_table` into a report."""
    predictions = {family: f"modelling.{family}.predictions" for family in FAMILIES}
    return Pipeline(
        [
            Node(rank_families, inputs=predictions, outputs="family_ranking", name="rank_families"),
            Node(name_champion, inputs="family_ranking", outputs="champion", name="name_champion"),
            Node(
                plot_model_comparison, inputs="family_ranking", outputs="model_comparison", name="plot_model_comparison"
            ),
            Node(
                plot_price_bands,
                inputs=[predictions["gradient_boosting"], "params:bands"],
                outputs="price_bands",
                name="plot_price_bands",
            ),
            Node(
                plot_feature_correlation,
                inputs="model_input_table",
                outputs="feature_correlation",
                name="plot_feature_correlation",
            ),
            Node(select_prices, inputs="model_input_table", outputs="price_histogram", name="select_prices"),
        ],
        namespace="reporting",
        inputs={"model_input_table", *predictions.values()},
    )
