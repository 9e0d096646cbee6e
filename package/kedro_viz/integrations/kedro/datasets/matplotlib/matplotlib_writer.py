"""`matplotlib.MatplotlibWriter`: the older name of kedro-datasets' `MatplotlibDataset`."""

from kedro_datasets.matplotlib.matplotlib_dataset import MatplotlibDataset

__all__ = ["MatplotlibWriter"]


class MatplotlibWriter(MatplotlibDataset):  # type: ignore[misc]  # kedro-datasets publishes no types
    """Keeps one or more Matplotlib figures as picture files: kedro-datasets' `MatplotlibDataset` under its
    older name.

    Takes a figure, a list or dict of figures, or the module `matplotlib.pyplot`, whose current figure is
    meant then.

    Examples:
        ```yaml
        confusion_matrix:
          type: matplotlib.MatplotlibWriter
          filepath: data/09_tracking/confusion_matrix.png
          versioned: true
        ```
    """
