"""All that Kedro calls, and all that calls Kedro."""
