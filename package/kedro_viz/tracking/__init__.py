"""The domain of experiment tracking: runs, metrics, artifacts and how they are recorded. No web, no SQL, no Kedro."""
