"""What a run ran with: author, machine, environment and configuration."""
