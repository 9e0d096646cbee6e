"""The commands that Kedro-Viz adds to `kedro`."""
