"""What can be said about many runs at once: columns, summaries and the importance of parameters."""
