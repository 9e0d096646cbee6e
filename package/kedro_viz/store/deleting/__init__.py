"""Deletes runs: first into a trash within the store, then for good."""
