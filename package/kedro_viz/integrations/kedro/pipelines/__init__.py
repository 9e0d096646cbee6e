"""Imports pipelines in a process of their own and builds flowcharts from them."""
