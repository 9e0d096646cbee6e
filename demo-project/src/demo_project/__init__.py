"""What does a shuttle cost? A Kedro project whose runs show experiment tracking in Kedro-Viz."""

__version__ = "1.0.0"
