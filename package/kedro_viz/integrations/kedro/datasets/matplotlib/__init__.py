"""Datasets that keep Matplotlib figures as picture files."""

from kedro_viz.integrations.kedro.datasets.matplotlib.matplotlib_writer import MatplotlibWriter

__all__ = ["MatplotlibWriter"]
