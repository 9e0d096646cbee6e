"""Compares the families and draws what a reader wants to see."""

from .pipeline import create_pipeline

__all__ = ["create_pipeline"]
