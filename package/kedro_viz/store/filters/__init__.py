"""What users type to find runs, as conditions of SQL."""
