"""The `kedro viz` commands."""
