"""The code of a run: git, source files and their snapshot."""
