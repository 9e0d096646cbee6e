"""Kedro-Viz with experiment tracking: records every pipeline run and shows, compares and charts them."""

__version__ = "13.0.0"
