"""The pipeline as a graph of nodes, datasets and parameters."""
