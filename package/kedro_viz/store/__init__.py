"""Persistence: the session store's tables, its writer, its reader, and its copies elsewhere."""
