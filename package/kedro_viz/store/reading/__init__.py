"""What the app asks of a session store, by subject."""
