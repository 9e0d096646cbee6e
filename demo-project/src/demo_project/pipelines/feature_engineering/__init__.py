"""From the table of shuttles to the numbers that models learn from."""

from .pipeline import create_pipeline

__all__ = ["create_pipeline"]
