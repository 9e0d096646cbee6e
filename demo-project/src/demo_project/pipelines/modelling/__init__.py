"""Trains each family of models and measures how well it tells prices."""

from .pipeline import create_pipeline

__all__ = ["create_pipeline"]
