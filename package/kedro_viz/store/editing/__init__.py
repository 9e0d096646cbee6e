"""What people add to runs: titles, notes, tags, metric directions and saved views."""
