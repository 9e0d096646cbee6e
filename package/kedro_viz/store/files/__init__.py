"""The versioned files of datasets, and their index."""
