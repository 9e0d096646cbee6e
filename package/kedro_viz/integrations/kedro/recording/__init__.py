"""Records one run as Kedro reports it."""
