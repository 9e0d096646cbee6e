"""The domain of experiment tracking: runs, metrics, artifacts and how they are recorded. No web, no SQL, no Kedro.

Node code logs series with `from kedro_viz.tracking import log_metric`.
"""

from kedro_viz.tracking.series.series import log_metric

__all__ = ["log_metric"]
