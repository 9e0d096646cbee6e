"""From raw tables to one clean table of shuttles."""

from .pipeline import create_pipeline

__all__ = ["create_pipeline"]
