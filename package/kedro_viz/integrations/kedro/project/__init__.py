"""Opens a Kedro project for the app: settings, catalog and store."""
