"""The query language: from text to a tree, and what can come next. It knows no database."""
