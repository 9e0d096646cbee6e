"""Tables of runs as files that other tools read."""
