"""Everything that is specific to SQLite: files, schema, connections and limits."""
