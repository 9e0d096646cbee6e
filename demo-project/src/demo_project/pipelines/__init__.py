"""The parts of the road from raw tables to a report."""
