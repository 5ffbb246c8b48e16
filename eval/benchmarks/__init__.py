"""Benchmarks: each states machine, data and what is timed, and runs its peer in the same run on the same core."""
