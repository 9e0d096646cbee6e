"""Numbers logged within a run."""
