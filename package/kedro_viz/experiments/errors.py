"""What may keep recorded runs from being read."""

from __future__ import annotations


class ExperimentsError(Exception):
    """A project, a run or a dataset that cannot be had. The message names it and the remedy."""
