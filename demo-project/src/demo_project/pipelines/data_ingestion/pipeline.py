"""The data ingestion pipeline."""

from __future__ import annotations

from kedro.pipeline import Node, Pipeline

from demo_project.pipelines.data_ingestion.nodes import (
    average_reviews,
    clean_companies,
    clean_shuttles,
    join_tables,
    keep_complete_rows,
)


def create_pipeline() -> Pipeline:
    """Clean the three raw tables and join them into `shuttle_table`."""
    return Pipeline(
        [
            Node(
                clean_companies,
                inputs="companies",
                outputs=["clean_companies", "companies_columns"],
                name="clean_companies",
            ),
            Node(
                clean_shuttles,
                inputs=["shuttles", "params:exchange_rates"],
                outputs="clean_shuttles",
                name="clean_shuttles",
            ),
            Node(average_reviews, inputs="reviews", outputs="review_scores", name="average_reviews"),
            Node(
                join_tables,
                inputs=["clean_companies", "clean_shuttles", "review_scores"],
                outputs="joined_tables",
                name="join_tables",
            ),
            Node(
                keep_complete_rows,
                inputs=["joined_tables", "params:max_missing_share"],
                outputs=["shuttle_table", "dataset_profile"],
                name="keep_complete_rows",
            ),
        ],
        namespace="data_ingestion",
        inputs={"companies", "shuttles", "reviews"},
        outputs="shuttle_table",
    )
