"""Measures: gold sets, metrics and benchmarks."""
