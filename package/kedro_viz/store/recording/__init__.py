"""Writes the events of runs to a store, or to the spool while the store cannot take them."""
