"""The dataset types of experiment tracking that kedro-datasets dropped in its releases 7 and 9.

`tracking.MetricsDataset`, `tracking.JSONDataset` and `matplotlib.MatplotlibWriter` in a catalog, and
`from kedro_datasets.tracking import MetricsDataset` in Python, go on working once `install` has been called.
Nothing but the standard library is imported here: a `kedro run` pays for a class only where its catalog
names it.
"""

from kedro_viz.integrations.kedro.datasets.dropped_names import install

__all__ = ["install"]
