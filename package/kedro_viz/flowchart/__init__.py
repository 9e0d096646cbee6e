"""The pipeline graph: tasks, datasets, parameters and what joins them. No web, no Kedro."""
