"""Takes runs and edits from a colleague's SQLite file, which may hold anything."""
