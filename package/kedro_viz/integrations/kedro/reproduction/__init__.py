"""Writes a recorded run as a project that runs it again."""
