"""Rankers: the probability that a coder keeps a candidate."""
